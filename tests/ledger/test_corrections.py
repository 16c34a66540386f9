"""What people say of records is kept beside them, applied on reading, and found again after a reread."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec
import pytest
from sqlalchemy import text

from dragoman import Ledger, Record, UsageError
from dragoman.ledger.ingest import Writer
from dragoman.ledger.rereading import outdated, reread, unplaced
from dragoman.ledger.review import correct, exported, imported, withdraw
from dragoman.records import ReadBy, Report

News = Callable[..., Record]
TEXT = "France condemned Iran on Friday. Iran rejected the criticism. France said that the talks would go on."
COUNTRIES = {"France": "FRA", "Iran": "IRN"}
EVENTS = [("ACCUSE", "condemned", ["France"], ["Iran"]), ("REJECT", "rejected", ["Iran"], ["France"])]
SAID = [("France", "said", "that the talks would go on")]


@dataclass(frozen=True)
class Kept:
    """A ledger with one report, which is known by its id's beginning."""

    ledger: Ledger
    record: Record
    report: str

    def correct(self, target: str, action: str, **said: object) -> str:
        where = f"{self.report}/{target}" if target else self.report
        return correct(self.ledger, where, action, who="A. Editor", why="a test", **said).id  # type: ignore[arg-type]

    def shown(self) -> Record:
        return self.ledger.record(self.report)

    def rows(self, question: str) -> list[tuple[object, ...]]:
        with self.ledger.reading() as connection:
            return [tuple(row) for row in connection.execute(text(question))]


@pytest.fixture
def kept(ledger: Ledger, condemned: Record) -> Kept:
    ledger.add(condemned)
    return Kept(ledger, condemned, condemned.report.id[7:23])


def test_an_accepted_event_says_so(kept: Kept) -> None:
    kept.correct("v1", "accept")
    assert kept.rows("SELECT type, review FROM events ORDER BY type") == [("ACCUSE", "accepted"), ("REJECT", None)]
    assert kept.shown() == kept.record


def test_a_rejected_event_is_not_shown_and_not_lost(kept: Kept) -> None:
    kept.correct("v1", "reject")
    assert [event.id for event in kept.shown().events] == ["v2"]
    assert kept.ledger.record(kept.report, raw=True) == kept.record
    assert kept.rows("SELECT type FROM events") == [("REJECT",)]
    assert kept.rows("SELECT count(*) FROM ledger_events WHERE raw") == [(2,)]


def test_a_changed_type_brings_its_quad_and_intensity(kept: Kept) -> None:
    kept.correct("v1", "change", field="type", value="SUPPORT")
    assert kept.rows("SELECT type, quad, intensity, review FROM events WHERE review = 'changed'") == [
        ("SUPPORT", "verbal cooperation", 5.0, "changed")
    ]


def test_a_changed_country_reaches_the_pairs(kept: Kept) -> None:
    kept.correct("e1", "change", field="country", value="DEU")
    assert kept.rows("SELECT actor, recipient FROM pairs ORDER BY actor") == [("DEU", "IRN"), ("IRN", "DEU")]


def test_a_missed_event_is_added_with_what_follows_from_it(kept: Kept) -> None:
    start = TEXT.index("talks")
    value = {
        "type": "CONSULT",
        "actors": ["e1"],
        "trigger": {"start": start, "end": start + 5},
        "evidence": [{"start": 62, "end": len(TEXT)}],
    }
    kept.correct("", "add", kind="event", value=value)
    added = kept.shown().events[-1]
    assert (added.trigger.text, added.quad, added.confidence) == ("talks", "verbal cooperation", 1.0)
    assert kept.rows("SELECT actors FROM events WHERE review = 'added'") == [("France",)]


def test_merged_entities_are_one_with_the_mentions_of_both(kept: Kept) -> None:
    kept.correct("e1", "merge", value=["e2"])
    [entity] = kept.shown().entities
    assert [mention.text for mention in entity.mentions] == ["France", "Iran", "Iran", "France"]
    assert {event.actors for event in kept.shown().events} == {("e1",)}


def test_a_split_entity_takes_its_statement_along(kept: Kept) -> None:
    start = TEXT.rindex("France")
    kept.correct("e1", "split", value={"mentions": [[start, start + 6]], "name": "The French envoy"})
    [old, _, new] = kept.shown().entities
    assert (len(old.mentions), new.name, len(new.mentions)) == (1, "The French envoy", 1)
    assert kept.shown().statements[0].source == new.id
    assert kept.shown().events[0].actors == ("e1",)


def test_a_claim_stays_a_claim_when_its_statement_is_rejected(ledger: Ledger, condemned: Record) -> None:
    claimed = msgspec.structs.replace(condemned.events[0], claimed_in="s1")
    ledger.add(msgspec.structs.replace(condemned, events=(claimed,)))
    correct(ledger, f"{condemned.report.id}/s1", "reject", who="A. Editor")
    [event] = ledger.record(condemned.report.id).events
    assert (event.claimed_in, event.hearsay) == (None, True)


def test_a_correction_taken_back_is_applied_no_more(kept: Kept) -> None:
    id_ = kept.correct("v1", "reject")
    withdraw(kept.ledger, id_)
    assert kept.shown() == kept.record
    assert kept.rows("SELECT action, withdrawn IS NOT NULL FROM corrections") == [("reject", True)]


@pytest.mark.parametrize(
    ("target", "action", "said", "reason"),
    [
        ("v9", "accept", {}, "has no event v9"),
        ("v1", "change", {"field": "type", "value": "SHOUT"}, "there is no type 'SHOUT'; name one of AGREE"),
        ("v1", "change", {"field": "id", "value": "v2"}, "id of event cannot be changed"),
        ("v1", "change", {"field": "colour", "value": "red"}, "event has no field colour"),
        ("v1", "change", {"field": "confidence", "value": "high"}, "makes no record: Expected `float`"),
        ("v1", "change", {"field": "trigger", "value": {"start": 0, "end": 2, "text": "no"}}, "words do not stand"),
        ("", "change", {"field": "text", "value": "x"}, "text of report cannot be changed"),
        ("e1", "merge", {"value": ["e9"]}, "merge takes an entity"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(
    kept: Kept, target: str, action: str, said: dict[str, object], reason: str
) -> None:
    with pytest.raises(UsageError, match=reason):
        kept.correct(target, action, **said)
    assert kept.shown() == kept.record
    assert list(exported(kept.ledger)) == []


def renumbered(news: News, **changed: object) -> Callable[[Iterator[Report]], Iterator[Record]]:
    """A newer version, which finds the entities and events in another order, so that all ids are others."""
    later = ReadBy(dragoman="0.2.0", model="en_test 2", ontology="plover 2021", knowledge="2027")
    parts = {"entities": dict(reversed(COUNTRIES.items())), "events": EVENTS[::-1], "statements": SAID, **changed}

    def read(reports: Iterator[Report]) -> Iterator[Record]:
        for report in reports:
            yield msgspec.structs.replace(news(report.text, **parts, read_by=later), report=report)

    return read


def read_again(kept: Kept, read: Callable[[Iterator[Report]], Iterator[Record]]) -> None:
    run = kept.ledger.begin_run("reread")
    with Writer(kept.ledger, run) as writer:
        list(reread(writer, read, None))  # type: ignore[arg-type]
    kept.ledger.end_run(run)


def test_a_reread_replaces_what_the_machine_read_and_keeps_what_people_said(kept: Kept, news: News) -> None:
    kept.correct("v1", "change", field="type", value="THREATEN")
    kept.correct("v1", "change", field="recipients", value=["e1"])
    kept.correct("e2", "change", field="name", value="Islamic Republic of Iran")
    before = outdated(kept.ledger, kept.record.read_by)
    read_again(kept, renumbered(news))
    assert (before, outdated(kept.ledger, kept.record.read_by)) == (0, 1)
    raw = kept.ledger.record(kept.report, raw=True)
    assert [(event.id, event.type) for event in raw.events] == [("v1", "REJECT"), ("v2", "ACCUSE")]
    assert kept.rows("SELECT type, actors, recipients FROM events ORDER BY type") == [
        ("REJECT", "Islamic Republic of Iran", "France"),
        ("THREATEN", "France", "France"),
    ]
    assert unplaced(kept.ledger) == []


def test_a_correction_without_a_place_in_the_new_reading_is_kept_and_told(kept: Kept, news: News) -> None:
    kept.correct("v1", "reject")
    read_again(kept, renumbered(news, events=EVENTS[1:]))
    [left] = unplaced(kept.ledger)
    assert left.unplaced == "this reading of the report has no v1 (ACCUSE)"
    assert [event.type for event in kept.shown().events] == ["REJECT"]
    read_again(kept, renumbered(news))
    assert unplaced(kept.ledger) == []
    assert [event.type for event in kept.shown().events] == ["REJECT"]


def test_corrections_move_to_another_ledger_as_lines_of_json(kept: Kept, tmp_path: object) -> None:
    kept.correct("v1", "change", field="type", value="THREATEN")
    kept.correct("v2", "reject")
    lines = list(exported(kept.ledger))
    with Ledger(f"{tmp_path}/other.db", create=True) as other:
        assert [imported(other, line).fate for line in lines] == ["unplaced", "unplaced"]
        other.add(kept.record)  # they waited for their report
        assert other.record(kept.report) == kept.shown()
        assert [imported(other, line).fate for line in lines] == ["known", "known"]
        assert list(exported(other)) == lines


def test_a_short_line_is_enough(kept: Kept) -> None:
    line = {"target": f"{kept.report}/v1", "action": "change", "field": "status", "value": "historical", "who": "me"}
    assert imported(kept.ledger, msgspec.json.encode(line)).fate == "stored"
    assert kept.shown().events[0].status == "historical"


def test_a_line_that_is_no_correction_is_refused(kept: Kept) -> None:
    for line in (b"{broken", b'{"action": "praise"}', b'{"target": "ffff/v1", "action": "accept"}'):
        with pytest.raises(UsageError):
            imported(kept.ledger, line)
