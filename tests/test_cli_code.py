"""`dragoman code`: rows go in, and come out with the coder's columns."""

import csv
import importlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman.cli import app
from dragoman.events.coder import Coding, Convention
from dragoman.language.layout import Spans

TABLE = (
    "uid\tmarked_sentence\tsource\ttarget\n"
    "a\t<s>Chad</s> accused <t>Sudan</t> of arming rebels.\tChad\tSudan\n"
    "b\tChad accused Sudan of arming rebels.\tLibya\tSudan\n"
    "c\tChad accused <t>Sudan</t> of arming rebels.\tChad\tSudan\n"
)


class Accuser:
    """A coder that takes everything for an accusation, or under CAMEO's habits for coercion."""

    def code_marked(self, text: str, spans: Spans, *, allow_none: bool, convention: Convention) -> Coding:
        type_ = None if allow_none else "ACCUSE" if convention == "plover" else "COERCE"
        return Coding(type_, ("allege", "disapprove") if type_ else (), "actual", 0.875, "ACCUSE.allege", (), "model")


@pytest.fixture
def code(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setattr(importlib.import_module("dragoman.cli.code"), "trained", lambda name: Accuser())

    def run(*words: object, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, ["code", *map(str, words)], input=stdin)

    return run


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def test_a_table_comes_back_with_its_own_columns_and_ours(code: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text(TABLE)
    result = code(path)
    first, second, third = rows(result.stdout)
    assert (first["uid"], first["type"], first["modes"], first["quad"]) == (
        "a", "ACCUSE", "allege disapprove", "verbal conflict"
    )  # fmt: skip
    assert (second["uid"], second["type"], second["probability"]) == ("b", "ACCUSE", "0.875")
    assert (third["uid"], third["type"], third["probability"]) == ("c", "ACCUSE", "0.875")


def test_a_row_with_one_side_only_is_coded_and_reported(code: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text(TABLE)
    result = code(path, "-o", tmp_path / "out.tsv")
    assert result.exit_code == 1
    assert "1 of 3 rows failed:" in result.stderr
    assert "row 2  has a source that is not in its sentence ('Libya')" in result.stderr
    assert len(rows((tmp_path / "out.tsv").read_text())) == 3


def test_json_lines_come_back_as_json_lines(code: Callable[..., Result]) -> None:
    row = {"uid": 7, "sentence": "Chad accused Sudan.", "source": [0, 4], "target": "Sudan"}
    result = code("-", stdin=json.dumps(row) + "\n")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == row | {
        "type": "ACCUSE", "modes": ["allege", "disapprove"], "status": "actual", "quad": "verbal conflict",
        "probability": 0.875,
    }  # fmt: skip


def test_the_convention_and_none_are_asked_for(code: Callable[..., Result]) -> None:
    row = json.dumps({"sentence": "Chad accused Sudan.", "source": "Chad", "target": "Sudan"})
    assert json.loads(code("-", "--convention", "cameo", stdin=row).stdout)["type"] == "COERCE"
    assert json.loads(code("-", "--allow-none", stdin=row).stdout)["type"] == "NONE"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.tsv", b"uid\ttext\n", "has no column sentence or marked_sentence"),
        ("b.tsv", b"sentence\n\xff\xfe\xfa\n", "is not UTF-8"),
        ("c.tsv", None, "No such file"),
    ],
)
def test_a_file_that_holds_no_pairs_ends_with_2(
    code: Callable[..., Result], tmp_path: Path, name: str, data: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    result = code(path)
    assert result.exit_code == 2
    assert name in result.stderr
    assert said in result.stderr
