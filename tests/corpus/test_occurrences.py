"""One act in many reports is one occurrence; two acts are two."""

from itertools import permutations
from typing import Any

from dragoman.corpus.duplicates import find_duplicates
from dragoman.corpus.occurrences import Occurrence, find_occurrences
from dragoman.entities import knowledge
from dragoman.records import Record

TABLES = knowledge.load()
IMPOSED = "The United States imposed sanctions on three Russian banks over the seizure of the strait."
IMPOSED_TOO = "Sanctions on three Russian banks were imposed by Washington over the strait's seizure."
ATTACK = "Russia shelled the market of Lesk and killed {} shoppers."


def occurrences(*records: Record) -> list[Occurrence]:
    return find_occurrences(records, find_duplicates(records), TABLES)


def test_one_act_in_two_reports_is_one_occurrence(record: Any, event: Any) -> None:
    (found,) = occurrences(
        record("a", events=(event(IMPOSED, date="2022-03-03"),)),
        record("b", events=(event(IMPOSED_TOO, date="2022-03-03"),)),
    )
    assert [told.uri for told in found.told] == ["a", "b"]
    assert (found.reports, found.publishers, found.first, found.start) == (2, 2, "a", "2022-03-03")
    assert [party.key for party in (*found.actors, *found.recipients)] == ["USA", "RUS"]


def test_a_report_that_leaves_out_the_recipient_tells_the_same_act(record: Any, event: Any) -> None:
    (found,) = occurrences(
        record("a", events=(event(IMPOSED, date="2022-03-03"),)),
        record("b", events=(event(IMPOSED_TOO, date="2022-03-03", recipients=()),)),
    )
    assert [party.name for party in found.recipients] == ["Russia"]


def test_the_same_act_a_week_later_is_another(record: Any, event: Any) -> None:
    first = record("a", events=(event(IMPOSED, date="2022-03-03"),), published="2022-03-03")
    second = record("b", events=(event(IMPOSED_TOO, date="2022-03-10"),), published="2022-03-10")
    assert len(occurrences(first, second)) == 2


def test_two_shellings_of_one_day_in_two_towns_are_two(record: Any, event: Any) -> None:
    shelling = {"type": "ASSAULT", "actors": ("RUS",), "recipients": ("UKR",), "date": "2022-03-03"}
    first = event("Russia shelled the market of Lesk and killed nine shoppers.", place="Lesk", killed=9, **shelling)
    second = event("Russia struck a fuel depot at Karvel; 40 died.", place="Karvel", killed=40, **shelling)
    assert len(occurrences(record("a", events=(first,)), record("b", events=(second,)))) == 2


def test_two_acts_of_one_report_are_two(record: Any, event: Any) -> None:
    both = event(IMPOSED, date="2022-03-03"), event(IMPOSED, date="2022-03-03", id="v2")
    assert len(occurrences(record("a", events=both))) == 2


def test_an_act_announced_and_the_act_done_are_two(record: Any, event: Any) -> None:
    found = occurrences(
        record("a", events=(event(IMPOSED, date="2022-03-03", status="future"),)),
        record("b", events=(event(IMPOSED, date="2022-03-03"),)),
    )
    assert sorted(occurrence.stage for occurrence in found) == ["done", "planned"]


def test_background_in_a_later_report_is_the_act_of_that_day(record: Any, event: Any) -> None:
    (found,) = occurrences(
        record("a", events=(event(IMPOSED, date="2022-03-03"),)),
        record("b", events=(event(IMPOSED_TOO, date="2022-03-03", status="historical"),), published="2022-06-01"),
    )
    assert found.first == "a"


def test_a_reprint_is_no_second_publisher(record: Any, event: Any) -> None:
    telling = event(IMPOSED, date="2022-03-03", confidence=0.6)
    (found,) = occurrences(record("a", "One text.", events=(telling,)), record("b", "One text.", events=(telling,)))
    assert (found.reports, found.publishers, found.confidence) == (2, 1, 0.6)
    assert [told.copy for told in found.told] == [False, True]


def test_agreement_of_independent_reports_raises_the_confidence(record: Any, event: Any) -> None:
    (found,) = occurrences(
        record("a", events=(event(IMPOSED, date="2022-03-03", confidence=0.6),)),
        record("b", events=(event(IMPOSED_TOO, date="2022-03-03", confidence=0.6),)),
    )
    assert 0.6 < found.confidence < 1 - 0.4 * 0.4


def test_a_report_with_another_code_lowers_it_and_is_flagged(record: Any, event: Any) -> None:
    (found,) = occurrences(
        record("a", events=(event(IMPOSED, date="2022-03-03", confidence=0.9),)),
        record("b", events=(event(IMPOSED_TOO, "COERCE", date="2022-03-03", confidence=0.6),)),
    )
    assert found.type == "SANCTION"
    assert found.confidence < 0.9
    assert [flag.message for flag in found.disagreements] == [
        "reports differ on the type: SANCTION (publisher of a); COERCE (publisher of b)"
    ]


def test_figures_that_differ_are_shown_with_who_says_which(record: Any, event: Any) -> None:
    shelling = {"type": "ASSAULT", "actors": ("RUS",), "recipients": ("UKR",), "date": "2022-03-03", "place": "Lesk"}
    (found,) = occurrences(
        record("a", events=(event(ATTACK.format(9), killed=9, **shelling),)),
        record("b", events=(event(ATTACK.format(12), killed=12, **shelling),)),
    )
    assert found.figures == {"killed": (9, 12)}
    assert {said.value: said.publishers for said in found.spread.figures["killed"]} == {
        "9": ("publisher of a",),
        "12": ("publisher of b",),
    }
    assert [flag.field for flag in found.disagreements] == ["killed"]


def test_an_act_that_no_report_dates_counts_on_the_day_of_its_first_report(record: Any, event: Any) -> None:
    (found,) = occurrences(record("a", events=(event(IMPOSED),), published="2022-03-04T08:00:00"))
    assert (found.start, found.day) == (None, "2022-03-04")


def test_every_event_is_in_one_occurrence_whatever_the_order(record: Any, event: Any) -> None:
    records = [
        record("a", events=(event(IMPOSED, date="2022-03-03"), event(ATTACK, "ASSAULT", ("RUS",), ("UKR",), id="v2"))),
        record("b", events=(event(IMPOSED_TOO, recipients=()),)),
        record("c", events=(event(ATTACK, "ASSAULT", (), ("UKR",), date="2022-03-02"),)),
    ]
    expected = occurrences(*records)
    assert sorted(told.uri + told.event for found in expected for told in found.told) == ["av1", "av2", "bv1", "cv1"]
    for order in permutations(records):
        assert occurrences(*order) == expected


def test_reports_without_events_have_no_occurrences(record: Any) -> None:
    assert occurrences(record("a")) == []
