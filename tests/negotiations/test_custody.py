"""Claims about who holds what a bargain is about."""

import pytest

from .reading import bargains

HELD = {
    "Iran offered two drones in return for five billion dollars frozen in Japanese banks.": ["", "Japan"],
    "Iran offered to free two engineers in return for two drones.": ["Iran", ""],
    "Greece offered four ships in exchange for the islands occupied by Turkey.": ["", "Turkey"],
    "Russia offered the United States two engineers in exchange for Vadim Orlov. But Orlov serves life in Germany.":
        ["", "Germany"],
    "Norway offered four ships in exchange for Karl Berg. Berg has been imprisoned in Mali since June.": ["", "Mali"],
    "Syria offered six officers in exchange for a pilot. The pilot was in Jordanian custody.": ["", "Jordan"],
}  # fmt: skip

NOT_HELD = (
    "Norway offered four ships in exchange for Karl Berg. Berg was arrested in Mali.",
    "Norway offered four ships in exchange for Karl Berg. Berg was not held in Mali.",
    "Norway offered four ships in exchange for six pilots from Mali. The talks were held in Kenya.",
    "Norway offered four pilots in exchange for six pilots from Mali. The pilots were held in Kenya.",
)


@pytest.mark.parametrize(("text", "expected"), HELD.items())
def test_who_holds_a_thing_is_told_by_a_participle_a_sentence_or_a_cell(text: str, expected: list[str]) -> None:
    read = bargains(text)
    items = [item for proposal in read.proposals for item in (*proposal.gives, *proposal.gets)]
    assert [_country(read.names((item.held_by,))[0]) if item.held_by else "" for item in items] == expected


def _country(name: str) -> str:
    return {"Japanese banks": "Japan"}.get(name, name)


@pytest.mark.parametrize("text", NOT_HELD)
def test_an_arrest_a_denial_or_talks_say_no_holder(text: str) -> None:
    proposals = bargains(text).proposals
    assert proposals
    assert [i.held_by for p in proposals for i in (*p.gives, *p.gets) if i.held_by] == []


def test_an_item_that_a_third_party_holds_is_an_obstacle() -> None:
    read = bargains(
        "Russia offered the United States two engineers in exchange for Vadim Orlov. But Orlov is in German custody."
    )
    assert [(o.text, o.evidence[0].text) for b in read.negotiations for o in b.obstacles] == [
        ("Vadim Orlov is held by Germany, not by who would have to give it", "But Orlov is in German custody.")
    ]
