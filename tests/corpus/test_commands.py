"""The commands over an archive: series, changes, who, join."""

import csv
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.records import Mention, Statement, as_json, span_of

SHELLED = "Russia shelled the port."


def run(*words: object) -> Any:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def file(tmp_path: Path, record: Any, event: Any, entity: Any) -> Path:
    spoken = "Sergei Lavrov wanted no talks\x1b[2J."
    mention = Mention(start=0, end=13, text="Sergei Lavrov", form="name")
    lavrov = entity("e1", "Sergei Lavrov", "RUS", kind="person", role="foreign minister", mentions=(mention,))
    said = Statement(
        id="s1",
        kind="indirect",
        source="e1",
        source_span=None,
        cue=None,
        content=(span_of(spoken, 21, len(spoken) - 1),),
    )
    shelling = {"type": "ASSAULT", "actors": ("RUS",), "recipients": ("UKR",)}
    records = [
        record("a", events=(event(SHELLED, date="2022-02-25", **shelling),), published="2022-02-26"),
        record("b", events=(event("Russia gave Ukraine tents.", date="2022-04-01", **{**shelling, "type": "AID"}),)),
        record("c", spoken, entities=(lavrov,), statements=(said,)),
    ]
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"".join(as_json(one) + b"\n" for one in records))
    return path


def test_a_series_as_a_table_has_every_month(file: Path) -> None:
    result = run("series", "RUS", "UKR", "--records", file)
    assert result.exit_code == 0
    assert [line.split()[:2] for line in result.output.splitlines()[1:-1]] == [
        ["2022-02", "1"], ["2022-03", "0"], ["2022-04", "1"],
    ]  # fmt: skip


def test_a_series_as_csv_has_figures_with_intervals_and_types(file: Path) -> None:
    rows = list(csv.DictReader(run("series", "RUS", "UKR", "--records", file, "-f", "csv").output.splitlines()))
    assert (rows[0]["count"], rows[0]["count_high"], rows[0]["ASSAULT"]) == ("1", "5.5716", "1")
    assert (rows[1]["count"], rows[1]["intensity_mean"], rows[2]["AID"]) == ("0", "", "1")


def test_a_series_as_json_leads_to_its_acts(file: Path) -> None:
    found = json.loads(run("series", "RUS", "UKR", "--records", file, "-f", "json", "--count", "reports").output)
    assert [point["acts"] for point in found["points"]] == [["a#v1"], [], ["b#v1"]]


def test_bars_are_for_a_terminal(file: Path) -> None:
    lines = run("series", "RUS", "UKR", "--records", file, "-f", "bars").output.splitlines()
    assert lines[0].startswith("2022-02  ██")
    assert lines[2].startswith("2022-04  ░░")


def test_pictures_are_what_they_say_and_the_same_each_time(file: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    for kind in ("svg", "png"):
        made = [tmp_path / f"{n}.{kind}" for n in (1, 2)]
        for path in made:
            assert run("series", "RUS", "UKR", "--records", file, "-f", kind, "-o", path).exit_code == 0
        assert made[0].read_bytes() == made[1].read_bytes()
    picture = ElementTree.parse(tmp_path / "1.svg").getroot()
    assert "RUS – UKR" in set(picture.itertext())
    assert any(words.startswith("2022-0") for words in picture.itertext())  # the days of the series on its axis
    assert (tmp_path / "1.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["series", "RUS"], "name --ledger, or --records"),
        (["series", "A", "B", "C", "--records", "FILE"], "one side or two"),
        (["series", "RUS", "--records", "FILE", "-f", "svg"], "name a file for it with -o"),
        (["series", "RUS", "--records", "FILE", "-f", "pie"], "there is no format 'pie'"),
        (["series", "RUS", "--records", "FILE", "--type", "WAR"], "there is no type 'WAR'"),
        (["series", "RUS", "--records", "FILE", "--since", "2022-05-01", "--until", "2022-01-01"], "is after"),
        (["changes", "RUS", "--ledger", "no-such.db"], "no-such.db"),
        (["who", "Lavrov", "--records", "FILE", "-f", "csv"], "there is no format 'csv'"),
    ],
)
def test_a_call_that_makes_no_sense_says_why(file: Path, words: list[str], message: str) -> None:
    result = run(*(file if word == "FILE" else word for word in words))
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_line_that_is_no_record_is_told_and_the_rest_counted(file: Path) -> None:
    with file.open("ab") as out:
        out.write(b"{}\n")
    result = run("series", "RUS", "UKR", "--records", file)
    assert result.exit_code == 1
    assert "2 acts" in result.stdout
    assert "is no record" in result.stderr


def test_who_gives_offices_and_statements_and_obeys_no_control_character(file: Path) -> None:
    result = run("who", "Lavrov", "--records", file)
    assert result.exit_code == 0
    assert result.output.startswith("Sergei Lavrov (person, RUS, GOV)")
    assert "held: foreign minister, RUS, 2004" in result.output
    assert "no talks\\x1b[2J" in result.output
    assert "\x1b" not in result.output


def test_who_finds_nobody(file: Path) -> None:
    result = run("who", "Nobody", "--records", file)
    assert result.exit_code == 1
    assert "nobody in the archive is called Nobody" in result.stderr


def test_a_ledger_is_joined_and_asked(file: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "news.db"
    assert run("ingest", "--records", file, "--ledger", ledger, "-q").exit_code == 0
    assert run("series", "RUS", "UKR", "--ledger", ledger).exit_code == 2
    assert "2 events tell 2 occurrences" in run("join", "--ledger", ledger).output
    assert run("series", "RUS", "UKR", "--ledger", ledger, "-f", "csv").output == (
        run("series", "RUS", "UKR", "--records", file, "-f", "csv").output
    )
    assert "held: foreign minister" in run("who", "Lavrov", "--ledger", ledger).output
    assert run("changes", "RUS", "UKR", "--ledger", ledger).output == "No week leaves its past range.\n"
