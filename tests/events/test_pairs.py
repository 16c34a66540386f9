"""Pairs that a person has marked: where they stand, and what passes through."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from dragoman.errors import MissingModel, UnreadableSource
from dragoman.events.coder import Coding, Convention, trained
from dragoman.events.pairs import Row, UnplacedPair, code_pairs, pair_of, rows_of
from dragoman.language.layout import Spans
from dragoman.records import Failure

SENTENCE = "Chad accused Sudan of arming rebels, and Sudan denied it."


class Accuser:
    """A coder that takes everything for an accusation."""

    def code_marked(self, text: str, spans: Spans, *, allow_none: bool, convention: Convention) -> Coding:
        if allow_none:
            return Coding(None, (), "actual", 0.9, "NONE", (), "model")
        return Coding("ACCUSE", ("allege",), "actual", 0.87654, "ACCUSE.allege", (), "model")


def words(row: Mapping[str, object]) -> tuple[list[str], list[str]]:
    pair = pair_of(row)
    actors, recipients = ([pair.text[a:b] for a, b in pair.spans[role]] for role in ("actor", "recipient"))
    return actors, recipients


@pytest.mark.parametrize(
    "row",
    [
        {"marked_sentence": "<s>Chad</s> accused <t>Sudan</t> of arming rebels."},
        {"sentence": SENTENCE, "source": "Chad", "target": "Sudan"},
        {"sentence": SENTENCE, "source": "0:4", "target": "13-18"},
        {"sentence": SENTENCE, "source": [0, 4], "target": {"start": 13, "end": 18}},
        {"sentence": SENTENCE, "source_start": "0", "source_end": "4", "target_start": 13, "target_end": 18},
        {"marked_sentence": "<s>Chad</s> accused Sudan of arming rebels.", "target": "Sudan"},
        {"marked_sentence": "Chad accused <t>Sudan</t> of arming rebels.", "source": "Chad"},
        {"marked_sentence": "<s>Chad accused <t>Sudan</t>.", "source": "chad"},
        {"sentence": SENTENCE, "marked_sentence": "", "source": " Chad ", "target": "Sudan"},
    ],
)
def test_a_pair_is_placed_however_it_is_marked(row: dict[str, object]) -> None:
    assert words(row) == (["Chad"], ["Sudan"])


def test_marks_are_taken_out_of_the_sentence() -> None:
    pair = pair_of({"marked_sentence": "<s>Chad</s> accused <t>Sudan</t> of arming rebels."})
    assert pair.text == "Chad accused Sudan of arming rebels."
    assert pair.spans["trigger"] == []


def test_a_whole_word_goes_before_a_part_of_one() -> None:
    row = {"sentence": "Nigerian troops from Niger met Mali's.", "source": "Niger", "target": "Mali"}
    assert pair_of(row).spans["actor"] == [(21, 26)]


def test_two_sides_of_one_name_are_two_places() -> None:
    pair = pair_of({"sentence": "Sudan attacked Sudan.", "source": "Sudan", "target": "Sudan"})
    assert (pair.spans["actor"], pair.spans["recipient"]) == ([(0, 5)], [(15, 20)])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"source": "Chad", "target": "Sudan"}, "has no sentence"),
        ({"sentence": SENTENCE, "source": "Libya", "target": "Peru"}, "has a source that is not in its sentence"),
        ({"sentence": SENTENCE}, "marks no source; marks no target"),
    ],
)
def test_a_pair_that_cannot_be_placed_says_why(row: dict[str, object], reason: str) -> None:
    with pytest.raises(UnplacedPair, match=reason):
        pair_of(row)


@pytest.mark.parametrize(
    ("row", "reason", "placed"),
    [
        ({"sentence": SENTENCE, "source": "Chad"}, "marks no target", "actor"),
        (
            {"sentence": SENTENCE, "source": "Libya", "target": "Sudan"},
            "a source that is not in its sentence",
            "recipient",
        ),
        ({"sentence": SENTENCE, "source": "0:4", "target": "90:99"}, "has a target outside its sentence", "actor"),
    ],
)
def test_a_pair_with_one_side_is_coded_by_it_and_says_so(row: dict[str, object], reason: str, placed: str) -> None:
    pair = pair_of(row)
    assert reason in pair.missing
    assert [role for role, places in pair.spans.items() if places] == [placed]


def test_columns_pass_through_and_ours_are_added() -> None:
    row: Row = {"uid": "7", "sentence": SENTENCE, "source": "Chad", "target": "Sudan", "type": "gold"}
    [coded] = code_pairs([row], Accuser())
    assert not isinstance(coded, Failure)
    added = {
        "type": "ACCUSE",
        "modes": ["allege"],
        "status": "actual",
        "quad": "verbal conflict",
        "probability": 0.8765,
    }
    passed = {"uid": "7", "sentence": SENTENCE, "source": "Chad", "target": "Sudan", "input_type": "gold"}
    assert coded == (passed | added, "")


def test_a_row_that_cannot_be_placed_keeps_its_place() -> None:
    rows: list[Row | Failure] = [{"uid": 1}, {"uid": 2, "sentence": SENTENCE, "source": "Chad", "target": "Sudan"}]
    first, second = code_pairs(rows, Accuser())
    assert not isinstance(first, Failure)
    assert not isinstance(second, Failure)
    assert (first[0]["uid"], first[0]["type"], first[1]) == (1, None, "has no sentence")
    assert (second[0]["uid"], second[0]["type"]) == (2, "ACCUSE")


def test_none_is_an_answer_only_where_it_is_allowed() -> None:
    [coded] = code_pairs([{"sentence": SENTENCE, "source": "Chad", "target": "Sudan"}], Accuser(), allow_none=True)
    assert not isinstance(coded, Failure)
    assert (coded[0]["type"], coded[0]["quad"]) == ("NONE", None)


def test_a_broken_line_of_json_is_reported_and_the_others_are_read() -> None:
    rows = list(rows_of(['{"uid": 1}\n', "{\n", "\n", "[1]\n", '{"uid": 2}\n'], "a.jsonl", json_lines=True))
    assert [row.uri for row in rows if isinstance(row, Failure)] == ["a.jsonl#2", "a.jsonl#4"]
    assert [row["uid"] for row in rows if not isinstance(row, Failure)] == [1, 2]


def test_a_table_without_a_sentence_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="has no column sentence"):
        list(rows_of(["uid\ttext\n", "1\tTalks failed.\n"], "a.tsv", json_lines=False))


def test_where_no_coder_is_built_its_absence_is_said(tmp_path: Path) -> None:
    with pytest.raises(MissingModel, match="build it with"):
        trained(str(tmp_path))
