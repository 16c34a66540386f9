"""Claims about bargains told without a word of offering: side by side, tied to one another, named as a price."""

import pytest

from .reading import bargains

TOLD = {
    "Norway and Russia swapped prisoners. Norway freed two agents, and Russia released a pilot.":
        "Norway > Russia: two agents / pilot",
    "Peru is to ship forty tons of grain abroad and to receive two tractors, under a deal with Chile.":
        "Peru > Chile: ship forty tons of grain abroad / two tractors",
    "Kenya tied the withdrawal of its soldiers to the surrender of Somalia's guns.":
        "Kenya > Somalia: withdrawal of its soldiers / surrender of Somalia's guns",
    "Libya promised to buy wheat, and France agreed in exchange to drop its tariffs.":
        "Libya > France: buy wheat / drop its tariffs",
    "Libya will close its camps. In return, France will lift the embargo.":
        "Libya > France: close its camps / lift the embargo",
}  # fmt: skip

NOT_TOLD = (
    "Norway freed two agents, and Russia released a pilot.",
    "The minister linked the rise in prices to the war in Chad.",
    "Peru received two tractors and sent forty tons of grain abroad.",
    "Kenya promised to fight on until Somalia was free.",
    "Norway offered its condolences to Russia, and Russia rejected the offer.",
)


@pytest.mark.parametrize(("text", "expected"), TOLD.items())
def test_two_clauses_beside_a_word_of_exchange_are_a_bargain(text: str, expected: str) -> None:
    found = bargains(text).told()
    gives = expected.split(": ")[1]
    assert [line.split(": ")[1] for line in found[:1]] == [gives]
    assert found[0].split(" > ")[0] == expected.split(" > ")[0]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_two_clauses_alone_are_none(text: str) -> None:
    assert bargains(text).told() == []


@pytest.mark.parametrize(
    ("denial", "status"),
    [
        ("France denied that there had been any exchange.", "rejected"),
        ("France said that nothing had been offered.", "rejected"),
        ("France disputed that.", "rejected"),
    ],
)
def test_who_tells_and_who_denies_are_both_kept(denial: str, status: str) -> None:
    read = bargains(f"Iran said that it had offered France two pilots in exchange for a banker. {denial}")
    said = {read.entities[by.entity].name: by.status for p in read.proposals for by in p.status_by if by.entity}
    assert said == {"Iran": "offered", "France": status}
