"""The contract of records: every span points at its words, and JSON loses nothing."""

import json
from collections.abc import Callable, Iterator

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman import Failure, Reader, Record, as_json, from_json
from dragoman.records import Cue, FlagSpan, Mention, Span, id_of
from dragoman.sources import RawDocument


def spans_in(value: object) -> Iterator[Span | Mention | Cue | FlagSpan]:
    """Every span anywhere in a record."""
    if isinstance(value, Span | Mention | Cue | FlagSpan):
        yield value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from spans_in(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_in(item)


def assert_spans_are_found(record: Record) -> None:
    text = record.report.text
    for span in spans_in(record):
        found = (record.report.title or "") if isinstance(span, FlagSpan) and span.in_ == "title" else text
        assert found[span.start : span.end] == span.text
        assert span.start < span.end


def assert_ids_are_known(record: Record) -> None:
    entities = {entity.id for entity in record.entities}
    statements = {statement.id for statement in record.statements}
    for event in record.events:
        assert {*event.actors, *event.recipients} <= entities
        assert event.claimed_in in statements | {None}
    for statement in record.statements:
        assert {statement.source, statement.addressee} <= entities | {None}
        assert statement.inside in statements | {None}


def test_every_span_of_every_example_stands_at_its_offsets(examples: list[Record]) -> None:
    for record in examples:
        assert_spans_are_found(record)


def test_every_id_that_a_record_names_is_there(examples: list[Record]) -> None:
    for record in examples:
        assert_ids_are_known(record)


def test_no_two_records_of_a_report_share_an_id(examples: list[Record]) -> None:
    for record in examples:
        ids = [one.id for one in (*record.entities, *record.statements, *record.events, *record.negotiations)]
        assert len(ids) == len(set(ids))


def test_json_gives_the_record_back(examples: list[Record]) -> None:
    for record in examples:
        assert from_json(as_json(record)) == record


def test_json_is_one_line_of_utf_8(examples: list[Record]) -> None:
    for record in examples:
        line = as_json(record).decode("utf-8")
        assert "\n" not in line
        assert json.loads(line)["report"]["text"] == record.report.text


def test_json_that_is_no_record_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        from_json(b'{"report": 7}')


def test_the_same_text_is_the_same_report() -> None:
    assert id_of("Talks failed.") == id_of("Talks failed.") != id_of("Talks failed")


def test_an_entity_is_found_by_its_id(read_text: Callable[..., Record]) -> None:
    record = read_text("France condemned Mali on Monday.")
    assert record.entity(record.entities[0].id) == record.entities[0]
    with pytest.raises(KeyError):
        record.entity("e999")


SENTENCES = (
    "U.S. President Jimmy Carter telephoned Egyptian President Anwar Sadat on Monday.",
    "“We shall never sign it,” the minister said, “and they know it.”",
    "Mali's army killed at least 20 rebels near Gao, a spokesman said.",
    "Paris and Berlin held talks in Rome.",
    '"Stop the war," the Pope urged both sides. "Now."',
    "The Kremlin rejected the offer as “unserious”—again…",
    "Thousands marched through Lima after the vote; police fired tear gas.",
    "He did not say when they would meet.",
)
DIRT = st.sampled_from(
    ("", " ", "\n", "\n\n", "\t", "\xa0", "\u200b", "\u202e", "\ufeff", "â€™", "“", '"', "’", "😀", "&amp;")
)


@given(st.lists(st.tuples(st.sampled_from(SENTENCES), DIRT, st.integers(0, 80)), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_mangled_report_has_its_spans_where_they_say(reader: Reader, parts: list[tuple[str, str, int]]) -> None:
    text = " ".join(sentence[:cut] + dirt + sentence[cut:] for sentence, dirt, cut in parts)
    for item in reader.read_documents([RawDocument("mangled.txt", "text", text, published="1979-03-12")]):
        if not isinstance(item, Failure):
            assert_spans_are_found(item)
            assert_ids_are_known(item)
            assert from_json(as_json(item)) == item
