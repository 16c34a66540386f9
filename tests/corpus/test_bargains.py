"""Claims about bargains that are followed over an archive."""

from typing import Any

import msgspec
import pytest

from dragoman.corpus.bargain_sides import words_of
from dragoman.corpus.bargain_text import text_of
from dragoman.corpus.bargains import Bargain, as_json, bargains_of
from dragoman.records import (
    Entity,
    Item,
    Negotiation,
    Obstacle,
    Proposal,
    ReadBy,
    Record,
    Report,
    Span,
    StatusBy,
    id_of,
)

READ_BY = ReadBy(dragoman="0", model="0", ontology="0", knowledge="0")
SIDES = {"NOR": "Norway", "RUS": "Russia", "SWE": "Sweden", "rebels": "the rebels of Azawad", "MLI": "Mali"}


def told(
    day: str | None,
    by: str,
    to: str,
    gives: tuple[str, ...] = (),
    gets: tuple[str, ...] = (),
    status: Any = "offered",
    said: tuple[tuple[str, str], ...] = (),
    subject: str = "territory and borders",
    words: str = "",
) -> Record:
    """A report with one proposal."""
    words = words or f"{by} told {to} of {gives} for {gets}: {status} on {day}."
    proposal = Proposal(
        id="p1", by=(by,), to=(to,), gives=tuple(map(item, gives)), gets=tuple(map(item, gets)), answers=None,
        status=status, status_by=tuple(StatusBy(entity=e, status=s) for e, s in said), date=None, channel=None,
        claimed_in=None, evidence=(Span(0, len(words), words),),
    )  # fmt: skip
    bargain = Negotiation(id="n1", subject=subject, parties=(by, to), proposals=(proposal,), obstacles=())
    return record_of(day, words, bargain)


def record_of(day: str | None, words: str, *bargains: Negotiation) -> Record:
    report = Report(
        id=id_of(words), uri=f"report of {day}", title=None, publisher=None, authors=(), language="en", published=day,
        published_from=None, dateline=None, text=words,
    )  # fmt: skip
    return Record(
        report=report, entities=tuple(map(entity, SIDES)), statements=(), events=(), negotiations=bargains, flags=(),
        read_by=READ_BY,
    )  # fmt: skip


def entity(id_: str) -> Entity:
    country = id_ if id_.isupper() else None
    return Entity(
        id=id_, name=SIDES[id_], kind="country" if country else "group", country=country,
        sector="GOV" if country else "REB",
    )  # fmt: skip


def item(words: str) -> Item:
    """An item; a person where it is written as a name."""
    return Item(item=words, kind="commitment", entity=words if words.istitle() else None, held_by=None)


MINES, ZONE = ("close two mines",), ("a fishing zone",)
OFFER = told("2008-02-04", "NOR", "RUS", MINES, ZONE)
REFUSAL = told("2008-02-19", "NOR", "RUS", ("close two mines",), (), "rejected", (("RUS", "rejected"),))
COUNTER = told("2008-03-11", "RUS", "NOR", ("share the fishing zone",), ("closing of four mines",))
SPIES = told("2008-02-21", "RUS", "NOR", ("Lars Hauge",), ("two agents",), subject="prisoner exchange")


def moves(bargain: Bargain) -> list[str]:
    return [f"{move.day} {move.move} {', '.join(move.by)}" for move in bargain.moves]


def test_an_offer_its_refusal_and_a_counter_offer_are_one_bargain_in_the_order_of_days() -> None:
    [bargain] = bargains_of([COUNTER, OFFER, REFUSAL])
    assert moves(bargain) == ["2008-02-04 offer Norway", "2008-02-19 rejected Russia", "2008-03-11 counter Russia"]


def test_the_same_sides_over_another_thing_are_another_bargain() -> None:
    assert [b.subject for b in bargains_of([OFFER, SPIES, COUNTER])] == ["territory and borders", "prisoner exchange"]


def test_two_prisoners_of_the_same_sides_are_two_bargains() -> None:
    other = told("2008-02-27", "RUS", "NOR", ("Berit Lund",), ("two agents",), subject="prisoner exchange")
    assert len(bargains_of([SPIES, other])) == 2


def test_the_same_prisoner_told_under_two_subjects_is_one_bargain() -> None:
    again = told("2008-04-15", "NOR", "RUS", ("two agents",), ("Lars Hauge",), "carried out", subject="extradition")
    [bargain] = bargains_of([SPIES, again])
    assert (bargain.state, bargain.since) == ("carried out", "2008-04-15")


def test_other_sides_over_the_same_thing_are_another_bargain() -> None:
    assert len(bargains_of([OFFER, told("2008-02-05", "SWE", "MLI", MINES, ZONE)])) == 2


def test_the_same_things_ten_years_later_are_bargained_over_anew() -> None:
    assert len(bargains_of([OFFER, told("2018-02-04", "NOR", "RUS", MINES, ZONE, words="Ten years on.")])) == 2


def test_rebels_do_not_stand_for_their_country() -> None:
    state = told("2017-09-05", "MLI", "SWE", MINES, ZONE)
    assert len(bargains_of([state, told("2017-09-06", "rebels", "SWE", ("reopen the mines",), ("a road",))])) == 2


def test_a_state_on_a_day_knows_nothing_of_later_days() -> None:
    [before] = bargains_of([OFFER, REFUSAL, COUNTER], as_of="2008-02-20")
    assert (before.state, [offer.status for offer in before.offers]) == ("rejected", ["rejected"])
    assert bargains_of([OFFER], as_of="2008-02-03") == ()


def test_a_report_without_a_day_comes_last_and_has_no_part_in_a_state() -> None:
    undated = told(None, "RUS", "NOR", ("share the fishing zone",), ("closing of four mines",))
    [bargain] = bargains_of([undated, OFFER])
    assert [move.day for move in bargain.moves] == ["2008-02-04", None]
    assert len(bargains_of([undated, OFFER], as_of="2030-01-01")[0].moves) == 1


def test_a_copy_of_a_report_adds_no_move() -> None:
    assert len(bargains_of([OFFER, OFFER])[0].moves) == 1


def test_an_offer_told_again_is_one_offer_and_no_new_move() -> None:
    [bargain] = bargains_of([OFFER, told("2008-02-06", "NOR", "RUS", MINES, ZONE)])
    assert (len(bargain.offers), moves(bargain)) == (1, ["2008-02-04 offer Norway"])


def test_more_of_the_same_is_a_new_offer() -> None:
    [bargain] = bargains_of([OFFER, told("2008-02-06", "NOR", "RUS", ("close three mines",), ZONE)])
    assert [offer.gives for offer in bargain.offers] == [("close two mines",), ("close three mines",)]


def test_what_a_side_disputes_is_a_move_of_its_own_and_leaves_the_state() -> None:
    said = (("NOR", "accepted"), ("RUS", "rejected"))
    [bargain] = bargains_of([told("2008-05-01", "NOR", "RUS", MINES, ZONE, "accepted", said)])
    assert (bargain.state, moves(bargain)[-1]) == ("accepted", "2008-05-01 disputed: rejected Russia")


def test_a_commitment_that_is_not_kept_is_a_bargain_at_issue() -> None:
    obstacle = Obstacle(text="Russia is said to break its commitment: open the zone", entity="RUS", evidence=())
    parties = ("NOR", "RUS")
    bargain = Negotiation(id="n1", subject="peace terms", parties=parties, proposals=(), obstacles=(obstacle,))
    [found] = bargains_of([record_of("2010-01-01", "Broken.", bargain)])
    assert (found.state, moves(found)) == ("at issue", ["2010-01-01 obstacle Russia"])


def test_the_text_of_a_bargain_says_who_would_give_what_for_what() -> None:
    [bargain] = bargains_of([OFFER, REFUSAL])
    text = text_of(bargain)
    assert "rejected since 2008-02-19" in text
    assert "2008-02-04  o1 offer, Norway: close two mines for a fishing zone, to Russia" in text


def test_a_report_cannot_write_to_the_terminal() -> None:
    [bargain] = bargains_of([told("2008-02-04", "NOR", "RUS", ("mines \x1b[31mred",), ZONE, words="\x1b[2J cleared")])
    assert "\x1b" not in text_of(bargain)


def test_the_json_of_a_bargain_is_read_back_the_same() -> None:
    [bargain] = bargains_of([OFFER, REFUSAL, COUNTER])
    assert msgspec.json.decode(as_json(bargain), type=Bargain) == bargain


@pytest.mark.parametrize(("text", "expected"), [("two mines", {"mine"}), ("a return of 5 million dollars", {"dollar"})])
def test_words_that_tell_things_apart(text: str, expected: set[str]) -> None:
    assert words_of(text) == expected
