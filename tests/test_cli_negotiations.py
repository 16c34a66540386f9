"""`dragoman negotiations`: an archive goes in, its bargains come out."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman import Reader, Record, as_json
from dragoman.cli import app
from dragoman.sources import RawDocument

TEXTS = {
    "2008-02-04": "Norway offered to close two mines in exchange for a fishing zone from Russia.",
    "2008-02-19": "Russia rejected Norway's offer to close two mines.",
}


@pytest.fixture(scope="module")
def records(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    raw = [RawDocument(day, "text", text, published=day, published_from="given") for day, text in TEXTS.items()]
    path = tmp_path_factory.mktemp("records") / "records.jsonl"
    lines = [as_json(item) for item in reader.read_documents(raw) if isinstance(item, Record)]
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["negotiations", *words])


def test_ready_records_become_one_bargain_with_two_moves(records: Path) -> None:
    result = run("--records", str(records), "-f", "json")
    assert result.exit_code == 0
    [bargain] = map(json.loads, result.stdout.splitlines())
    assert [(move["day"], move["move"]) for move in bargain["moves"]] == [
        ("2008-02-04", "offer"),
        ("2008-02-19", "rejected"),
    ]


def test_a_bargain_is_shown_as_it_stood_on_a_day(records: Path) -> None:
    result = run("--records", str(records), "--as-of", "2008-02-10")
    assert "offered since 2008-02-04" in result.stdout
    assert "rejected" not in result.stdout


def test_no_bargains_are_no_error(tmp_path: Path, records: Path) -> None:
    result = run("--records", str(records), "--as-of", "1999-01-01")
    assert (result.exit_code, result.stdout) == (0, "No bargaining found.\n")


def test_a_line_that_is_no_record_is_named_and_the_others_are_followed(tmp_path: Path, records: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(b"{}\n" + records.read_bytes())
    result = run("--records", str(broken))
    assert result.exit_code == 1
    assert "line 1" in result.stderr
    assert "Norway" in result.stdout


@pytest.mark.parametrize("words", [(), ("a.txt", "--records", "b.jsonl"), ("a.txt", "--as-of", "03/04")])
def test_a_call_that_makes_no_sense_says_so(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stderr.startswith("dragoman: ")
