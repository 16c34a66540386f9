"""Every format: whole or not there, in the same memory, and every example in the code is true."""

import doctest
import importlib
import pkgutil
import re
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from dragoman import exports, imports
from dragoman.errors import UsageError
from dragoman.exports import FORMATS, Choice, Settings, export
from dragoman.records import Record

from .conftest import RECORD, report

DOCS = Path(__file__).parents[2] / "docs" / "exports.md"
FILES = [name for name, form in FORMATS.items() if not form.folder]
FOLDERS = [name for name, form in FORMATS.items() if form.folder]
MODULES = ["dragoman.ontology.cameo"] + [
    f"{package.__name__}.{module.name}"
    for package in (exports, imports)
    for module in pkgutil.iter_modules(package.__path__)
]


def broken() -> Iterator[Record]:
    yield RECORD
    raise RuntimeError("the disk is full")


def many(count: int) -> Iterator[Record]:
    for number in range(count):
        month = f"{2000 + number % 20}-{1 + number % 12:02}"
        yield msgspec.structs.replace(RECORD, report=report(id=f"sha256:{number:064x}", published=f"{month}-01"))


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_that_fails_leaves_nothing(format: str, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="the disk is full"):
        export(broken(), format, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", FILES)
def test_an_export_that_fails_leaves_the_file_that_was_there(format: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("before")
    with pytest.raises(RuntimeError):
        export(broken(), format, target)
    assert target.read_text() == "before"
    assert export([RECORD], format, target) == 1
    assert target.read_text("utf-8") != "before"


@pytest.mark.parametrize("format", FOLDERS)
def test_a_folder_with_files_is_not_written_over(format: str, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds files already"):
        export([RECORD], format, tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize("format", FOLDERS)
def test_an_empty_folder_may_be_the_target(format: str, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert export([RECORD], format, tmp_path / "out") == 1
    assert any((tmp_path / "out").iterdir())


def test_a_format_that_is_none_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no export format 'icews'; name one of polecat, gdelt"):
        export([], "icews", tmp_path / "out")


@pytest.mark.parametrize("format", [name for name, form in FORMATS.items() if not form.chooses])
def test_a_format_that_holds_all_events_refuses_a_choice(format: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no use for a choice"):
        export([RECORD], format, tmp_path / "out", Settings(Choice(claims=True)))


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "parquet"])
def test_ten_times_the_records_take_the_same_memory(format: str, tmp_path: Path) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        export(many(count), format, tmp_path / f"{count}")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    export(many(2), format, tmp_path / "warm")  # tables are loaded once
    assert peak(100) < peak(10) + 100_000


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_code_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name), optionflags=doctest.IGNORE_EXCEPTION_DETAIL).failed == 0


def test_every_format_is_in_the_manual() -> None:
    page = DOCS.read_text("utf-8")
    table = page.partition("## What each keeps")[2].partition("\n## ")[0]
    rows = "".join(row.split("|")[1] for row in table.splitlines() if row.startswith("| `"))
    assert re.findall(r"`([\w-]+)`", rows) == list(FORMATS)


def test_the_snippet_of_the_manual_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    [snippet] = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    exec(compile(snippet, "docs/exports.md", "exec"), {"__name__": "snippet"})
    assert (tmp_path / "events.txt").read_text().startswith("Event ID\t")
