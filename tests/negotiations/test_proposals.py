"""Claims about how reports tell of bargaining."""

import pytest

from .reading import bargains

EXCHANGES = {
    "Norway offered to close two mines in exchange for fishing rights in Russia.":
        "Norway > Russia: close two mines / fishing rights in Russia",
    "Peru will reopen the road only if Chile withdraws its guards.":
        "Peru > Chile: reopen the road / withdraws its guards",
    "Syria would free the pilot, and in return Israel would release forty prisoners.":
        "Syria > Israel: pilot / forty prisoners",
    "Hungary demanded that Austria reopen the bridge in return for cheaper gas.":
        "Hungary > Austria: cheaper gas / reopen the bridge",
    "If Iran stops enriching uranium, France will lift its sanctions on oil.":
        "France > Iran: lift its sanctions on oil / stops enriching uranium",
    "Chad and Libya signed a pact under which Chad will return two pilots, and Libya will release three smugglers.":
        "Chad > Libya: two pilots / three smugglers",
}  # fmt: skip

NO_BARGAINS = (
    "The hotel offered the passengers rooms and a refund.",
    "Poland will shut the crossing unless Belarus frees the journalist.",
    "Cambodia and Thailand exchanged fire near the temple.",
    "Finland and Russia exchanged ambassadors in May.",
    "NATO will respond if Russia attacks Estonia.",
    "The ministers urged Russia to withdraw its troops and called for talks.",
    "The central bank is prepared to act if prices rise.",
    "An official said, on condition of anonymity, that the talks had gone well.",
)


@pytest.mark.parametrize(("text", "expected"), EXCHANGES.items())
def test_an_exchange_has_two_sides_and_two_prices(text: str, expected: str) -> None:
    assert bargains(text).told() == [expected]


@pytest.mark.parametrize("text", NO_BARGAINS)
def test_what_is_no_bargain_gives_no_negotiation(text: str) -> None:
    assert bargains(text).told() == []


def test_an_addition_to_a_swap_is_a_counter_proposal_with_the_whole_swap() -> None:
    read = bargains(
        "Washington offered to swap Pavel Orlov for two engineers held in Russia. "
        "Moscow tried to add a banker, Ivan Belov, to the swap."
    )
    assert read.told()[1] == "Russia > United States: two engineers held in Russia / Ivan Belov; Pavel Orlov"
    assert [proposal.answers for proposal in read.proposals] == [None, read.proposals[0].id]


def test_sides_that_differ_are_both_kept() -> None:
    text = "Iran offered to free two pilots in exchange for a banker. France denied that it had been offered anything."
    assert {by.status for by in bargains(text).proposals[0].status_by} == {"offered", "rejected"}


def test_an_item_in_the_custody_of_a_third_party_is_an_obstacle() -> None:
    text = (
        "Russia offered to swap two engineers for Vadim Orlov. The United States did not take the idea seriously "
        "because Orlov was in German custody."
    )
    assert [o.text for b in bargains(text).negotiations for o in b.obstacles] == [
        "Vadim Orlov is held by Germany, not by who would have to give it"
    ]


def test_all_evidence_is_in_the_text() -> None:
    text = "Turkey offered to release two pilots in exchange for eight officers. Greece rejected the offer."
    spans = [span for proposal in bargains(text).proposals for span in proposal.evidence]
    assert len(spans) == 2
    assert all(text[span.start : span.end] == span.text for span in spans)
