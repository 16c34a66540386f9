"""The manual says what the code does."""

import doctest
import importlib
import importlib.util
import re
import typing
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from dragoman import records
from dragoman.cli import COMMANDS, command_named

ROOT = Path(__file__).parents[1]
SECTION = re.compile(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| `(\w+)` \| (.*) \|$", re.MULTILINE)
SNIPPET = re.compile(r"```python\n(.*?)```", re.DOTALL)
STRUCTS = [kind for kind in vars(records).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]
DOCTESTED = """
    scale.reading scale.parts scale.manifest cli.journal engines corpus.shingles corpus.unions corpus.identity
    corpus.tellings corpus.acts corpus.periods corpus.intervals corpus.spread records errors reader explain
    sources sources.document sources.rows sources.formats sources.paths text ontology events.pairs
    render.phrases render.characters render.marks render.markdown ledger.keys ledger.rows ledger.fulltext
    ledger.writing ledger.connection ledger.watching
"""


def refresh() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh", ROOT / "docs" / "refresh.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", refresh().PAGES)
def test_the_outputs_in_the_manual_are_real(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / page).read_text("utf-8")
    assert rounded(refresh().refreshed(text)) == rounded(text), f"{page} is stale: run `python docs/refresh.py`"


def rounded(page: str) -> str:
    """Probabilities differ in the last digit from one processor to another."""
    return re.sub(r"\b[01]\.\d\d\b", "0.xx", page)


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md"])
def test_the_snippets_in_the_manual_run(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    snippets = SNIPPET.findall((ROOT / page).read_text("utf-8"))
    assert snippets
    for snippet in snippets:
        exec(compile(snippet, page, "exec"), {"__name__": "snippet"})


def test_every_command_is_in_the_manual_and_says_what_it_does() -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert re.findall(r"^## dragoman (\w+)$", page, re.MULTILINE) == list(COMMANDS)
    for name in COMMANDS:
        command = command_named(name)
        assert f"<!-- options of {name} -->" in page
        assert command is not None
        assert command.help
        assert all(parameter.help for parameter in command.params)


def test_every_record_is_in_the_manual() -> None:
    page = (ROOT / "docs" / "records.md").read_text("utf-8")
    documented = {name for name, _ in SECTION.findall(page)}
    assert documented == {kind.__name__ for kind in STRUCTS} - {"Struct", "msgspec"}


@pytest.mark.parametrize("kind", [kind for kind in STRUCTS if kind is not records.Struct])
def test_every_field_of_a_record_is_in_the_manual(kind: type[msgspec.Struct]) -> None:
    page = (ROOT / "docs" / "records.md").read_text("utf-8")
    rows = dict(ROW.findall(dict(SECTION.findall(page))[kind.__name__]))
    assert list(rows) == list(kind.__struct_encode_fields__)
    hints = typing.get_type_hints(kind)
    for field, name in zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True):
        for value in values_of(hints[field]):
            assert f"`{value}`" in rows[name], f"{kind.__name__}.{name} may be {value!r}"


def values_of(hint: object) -> list[str]:
    """The words that a field may have, where they are a fixed list."""
    if typing.get_origin(hint) is typing.Literal:
        return list(typing.get_args(hint))
    return [value for part in typing.get_args(hint) for value in values_of(part)] if is_union(hint) else []


def is_union(hint: object) -> bool:
    return type(None) in typing.get_args(hint)


def test_the_links_of_the_manual_lead_somewhere() -> None:
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


@pytest.mark.parametrize("name", DOCTESTED.split())
def test_the_examples_in_the_code_are_true(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    module = importlib.import_module(f"dragoman.{name}")
    finder = doctest.DocTestFinder(exclude_empty=True)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL)
    for test in finder.find(module, f"dragoman.{name}"):
        if not any(word in test.docstring for word in ("(record", "print(text_of", "markdown_of(")):
            runner.run(test)
    assert runner.summarize(verbose=False).failed == 0
