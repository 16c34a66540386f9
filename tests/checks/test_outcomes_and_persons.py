"""Claims about one outcome told with two values, and one person told with two first names or ranks."""

from collections.abc import Callable

import pytest

from dragoman.records import Flag

FAULTY = (
    ("number-conflict", "A bomb killed 14 people in Lima on Monday. The 17 victims were traders, the police said."),
    ("number-conflict", "Chad expelled 16 aid workers on Tuesday. All 19 aid workers flew to Paris."),
    ("name-conflict", "The army chief, General Bikram Thapa, was dismissed. Colonel Thapa refused to go."),
    ("self-contradiction", "The Senate voted by 18 to 0 for the treaty. Two members voted against the treaty."),
)
CLEAN = (
    "A bomb killed 14 people in Lima on Monday. The 14 victims were traders, the police said.",
    "A bomb killed 14 people in Lima, and a second one killed 3 in Cuzco. The 17 victims were traders.",
    "General Bikram Thapa was dismissed. Colonel Thapa, as he then was, had led the raid.",
    "Lieutenant Colonel Thapa was dismissed. Colonel Thapa refused to go.",
    "The Senate voted by 18 to 2 for the treaty. Two members voted against the treaty.",
    "The brothers Juhan Laar and Jaan Laar were arrested on Monday. They deny the charge.",
)


@pytest.mark.parametrize(("kind", "text"), FAULTY)
def test_a_second_value_is_queried(kind: str, text: str, flags_of: Callable[..., tuple[Flag, ...]]) -> None:
    assert kind in {flag.kind for flag in flags_of(text)}


@pytest.mark.parametrize("text", CLEAN)
def test_what_may_well_be_so_is_not(text: str, flags_of: Callable[..., tuple[Flag, ...]]) -> None:
    assert not {f.kind for f in flags_of(text)} & {"number-conflict", "name-conflict", "self-contradiction"}
