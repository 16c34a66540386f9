"""Every row of the tables finds its example."""

import re

import pytest

from dragoman.checks.likeness import distance
from dragoman.checks.names import _alike
from dragoman.checks.numerals import figures
from dragoman.checks.tables import rows, words


@pytest.mark.parametrize("row", rows("boilerplate"), ids=lambda row: row["name"])
def test_a_row_of_boilerplate_finds_its_example(row: dict[str, str]) -> None:
    assert re.search(row["pattern"], row["example"], re.MULTILINE)
    assert any(hint in row["example"].lower() for hint in row["hints"].split("|"))


@pytest.mark.parametrize("row", rows("opposites"), ids=lambda row: row["example"])
def test_a_row_of_opposites_reads_its_headline(row: dict[str, str]) -> None:
    assert re.search(rf"\b(?:{row['states']})\b", row["example"])


def test_words_are_lists() -> None:
    assert "schedule" in words("dates_planning")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("forty-two men", [42]), ("$1.5 billion", [1.5e9]), ("a 10-day truce", [10]), ("1,500 tons", [1500]),
        ("20 percent", [20]), ("on 29/7/2022", []), ("the 1980s", []), ("attention", []),
    ],
)  # fmt: skip
def test_figures_are_read(text: str, values: list[float]) -> None:
    assert [figure.value for figure in figures(text)] == values


def test_a_slip_is_told_from_another_name() -> None:
    assert _alike("Radulovic", "Radulovich")
    assert not _alike("Petrov", "Petrova")
    assert not _alike("Clinton", "Clintons")
    assert distance("Trabelsi", "Trabesli") == 1
