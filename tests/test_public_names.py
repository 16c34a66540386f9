"""The public names are those listed, and each is in the manual."""

from pathlib import Path

import pytest

import dragoman

DOCS = Path(__file__).parents[1] / "docs"


def test_what_is_listed_is_there_and_sorted() -> None:
    assert dragoman.__all__ == sorted(dragoman.__all__)
    assert all(hasattr(dragoman, name) for name in dragoman.__all__)


@pytest.mark.parametrize("name", dragoman.__all__)
def test_a_public_name_says_what_it_is(name: str) -> None:
    assert getattr(dragoman, name).__doc__


@pytest.mark.parametrize("name", dragoman.__all__)
def test_a_public_name_is_in_the_manual(name: str) -> None:
    manual = "".join((DOCS / page).read_text("utf-8") for page in ("records.md", "tutorial.md"))
    assert f"`{name}" in manual
