"""The knowledge tables and the word lists are whole, and the manual has their columns."""

import csv
import doctest
import importlib
import importlib.util
import pkgutil
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from dragoman import entities
from dragoman.entities import knowledge, words

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "src" / "dragoman" / "entities" / "knowledge"
TABLES = sorted(FOLDER.rglob("*.csv"))
MODULES = sorted(module.name for module in pkgutil.iter_modules(entities.__path__))


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "training" / "knowledge" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["check_tables", "check_offices"])
def test_the_tables_have_no_fault(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert script(name).main() == 0, capsys.readouterr().out


def test_a_broken_table_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = shutil.copytree(FOLDER, tmp_path / "knowledge") / "roles.csv"
    broken.write_text(broken.read_text("utf-8") + "Grand Vizier,XYZ,person\n", "utf-8")
    assert script("check_tables").main(broken.parent) == 1
    assert "unknown sector 'XYZ'" in capsys.readouterr().out


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_every_column_of_a_table_is_in_the_manual(table: Path) -> None:
    page = (ROOT / "docs" / "knowledge.md").read_text("utf-8")
    name = "offices/*.csv" if table.parent.name == "offices" else table.name
    section = page.partition(f"## `{name}`")[2].partition("\n## ")[0]
    with table.open(encoding="utf-8", newline="") as handle:
        columns = next(csv.reader(handle))
    assert [column for column in columns if f"| `{column}` |" not in section] == []


def test_every_list_of_words_is_read_by_a_rule() -> None:
    code = "".join(path.read_text("utf-8") for path in Path(entities.__file__).parent.glob("*.py"))
    assert [name for name in words.names() if f'"{name}")' not in code] == []


def test_a_set_of_two_can_be_made_of_what_the_lists_pair() -> None:
    assert words.words("paired") <= set(words.rows("sets"))


def test_the_longest_meaning_of_a_name_counts() -> None:
    size, means = knowledge.load().names.at("United States Virgin Islands".split(), 0) or (0, [])
    assert (size, [name.body.name for name in means if name.body]) == (4, ["US Virgin Islands"])


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_code_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"dragoman.entities.{name}")).failed == 0
