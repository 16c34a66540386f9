"""The reader: reports in, records or failures out, in order."""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

import dragoman
from dragoman import EmptyDocument, Failure, MissingModel, Reader, Record, UnreadableSource, as_json
from dragoman.language import pipeline
from dragoman.sources import RawDocument

NEWS = "PARIS, May 3, 1999 - France condemned Serbia on Monday."


def test_a_phone_call_is_one_event_between_two_leaders(read_text: Callable[..., Record]) -> None:
    record = read_text("U.S. President Jimmy Carter telephoned Egyptian President Anwar Sadat on Monday.", "1979-03-12")
    [call] = record.events
    assert (call.type, call.modes, call.status) == ("CONSULT", ("phone",), "actual")
    people = {record.entity(id_).name for id_ in (*call.actors, *call.recipients)}
    assert people == {"Jimmy Carter", "Anwar Sadat"}


def test_a_quotation_has_its_speaker(read_text: Callable[..., Record]) -> None:
    record = read_text("“We shall not sign,” Foreign Minister Tariq Aziz said in Geneva.")
    [statement] = [s for s in record.statements if s.kind == "direct"]
    assert statement.source is not None
    assert record.entity(statement.source).name == "Tariq Aziz"


@pytest.mark.parametrize(
    ("opening", "country"),
    [
        ("NAIROBI -", "KEN"),
        ("ODESA, Ukraine -", "UKR"),
        ("ATLANTA, Georgia -", "USA"),
        ("TBILISI, Georgia -", "GEO"),
        ("TOLEDO, Ohio -", "USA"),
        ("NOWHERE -", None),
    ],
)
def test_a_dateline_has_its_country(read_text: Callable[..., Record], opening: str, country: str | None) -> None:
    found = read_text(f"{opening} Talks on the truce failed on Monday, the envoy said.").report.dateline
    assert found is not None
    assert found.country == country


def test_a_failure_stands_in_the_place_of_its_report(reader: Reader) -> None:
    raw = [
        RawDocument("1", "text", NEWS),
        Failure(uri="2", reason="is not text"),
        RawDocument("3", "text", "   "),
        RawDocument("4", "text", NEWS),
    ]
    items = list(reader.read_documents(raw))
    assert [isinstance(item, Failure) for item in items] == [False, True, True, False]
    assert [item.uri for item in items if isinstance(item, Failure)] == ["2", "3"]


def test_a_report_in_another_language_is_named_and_skipped(reader: Reader) -> None:
    text = "Le président de la République a rencontré hier à Genève le ministre des Affaires étrangères de la Suisse."
    [item] = reader.read_documents([RawDocument("a.txt", "text", text)])
    assert isinstance(item, Failure)
    assert "language (fr)" in item.reason


def test_a_text_too_long_to_parse_is_refused_with_a_remedy(reader: Reader) -> None:
    text = "Talks on the truce failed on Monday, the envoy said.\n\n" * 20_000
    [item] = reader.read_documents([RawDocument("a.txt", "text", text)])
    assert isinstance(item, Failure)
    assert item.reason.startswith("is too long for one report")
    assert item.remedy == "split it into reports"


def test_reading_twice_gives_the_same_ledger(reader: Reader, examples: list[Record]) -> None:
    again = list(reader.read([str(Path(__file__).parents[1] / "examples")]))
    assert [as_json(item) for item in again if isinstance(item, Record)] == list(map(as_json, examples))


def test_a_report_is_read_alone_as_it_is_read_among_others(reader: Reader, examples: list[Record]) -> None:
    last = examples[-1]
    [alone] = reader.read_documents([RawDocument("a.txt", "text", last.report.text, published=last.report.published)])
    assert isinstance(alone, Record)
    assert (alone.events, alone.statements) == (last.events, last.statements)


def test_a_spacy_doc_is_read_as_it_is(reader: Reader) -> None:
    doc = pipeline.load()("France condemned Serbia on Monday.")
    record = reader.read_parsed(doc)
    assert record.report.text == doc.text
    assert [event.trigger.text for event in record.events] == ["condemned"]


def test_one_report_is_read_by_one_call(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NEWS)
    assert dragoman.read(str(path)).report.text == NEWS


def test_one_report_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"no\.txt"):
        dragoman.read(str(tmp_path / "no.txt"))
    assert issubclass(EmptyDocument, UnreadableSource)


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(MissingModel, match="xx_no_such_pipeline is not there; install"):
        Reader("xx_no_such_pipeline")


def test_a_record_names_the_versions_that_made_it(examples: list[Record]) -> None:
    made = examples[0].read_by
    assert made.dragoman == version("dragoman")
    assert made.model.startswith("en_core_web_sm")
    assert made.ontology == "PLOVER 2021"
