"""A ledger that was joined answers as the records do, and goes on doing so when it grows."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from dragoman import Ledger
from dragoman.corpus.join import join
from dragoman.corpus.series import series_of
from dragoman.corpus.stored import events_in, occurrences_in, records_naming, reports_since_join, volume_in
from dragoman.errors import UsageError
from dragoman.records import Mention, Record

IMPOSED = "The United States imposed sanctions on three Russian banks over the seizure of the strait."
IMPOSED_TOO = "Sanctions on three Russian banks were imposed by Washington over the strait's seizure."


@pytest.fixture
def archive(record: Any, event: Any) -> list[Record]:
    imposed = event(IMPOSED, date="2022-03-03")
    return [
        record("https://a.example/1", "One text for two papers.", events=(imposed,)),
        record("https://b.example/1", "One text for two papers. It was cut.", events=()),
        record("https://c.example/1", events=(event(IMPOSED_TOO, date="2022-03-02", claimed_in=None),)),
        record("https://d.example/1", events=(event("Iran met Russia.", "CONSULT", ("IRN",), ("RUS",)),)),
    ]


@pytest.fixture
def ledger(tmp_path: Path, archive: list[Record]) -> Any:
    with Ledger(tmp_path / "news.db", create=True) as made:
        for one in archive:
            made.add(one)
        yield made


def rows(ledger: Ledger, question: str) -> list[tuple[Any, ...]]:
    with ledger.reading() as connection:
        return [tuple(row) for row in connection.execute(text(question))]


def test_joining_says_how_much_it_joined(ledger: Ledger) -> None:
    joined = join(ledger)
    assert (joined.reports, joined.events, joined.occurrences) == (4, 3, 2)


def test_an_act_of_two_reports_is_one_row_with_who_says_what(ledger: Ledger) -> None:
    join(ledger)
    ((type_, reports, actors, recipients, says, disagrees),) = rows(
        ledger,
        "SELECT o.type, o.reports, v.actors, v.recipients, o.says, o.disagrees "
        "FROM ledger_occurrences o JOIN occurrences v ON v.id = o.id WHERE o.reports = 2",
    )
    assert (type_, reports, actors, recipients) == ("SANCTION", 2, "United States", "Russia")
    assert set(json.loads(says)["date"]) == {"2022-03-03", "2022-03-02"}
    assert json.loads(disagrees) == ["date"]


def test_every_event_leads_to_its_occurrence(ledger: Ledger) -> None:
    join(ledger)
    assert rows(ledger, "SELECT count(*) FROM ledger_events WHERE occurrence IS NULL AND shown") == [(0,)]
    assert rows(ledger, "SELECT count(*) FROM ledger_occurrence_members") == [(3,)]


def test_actors_are_one_over_reports(ledger: Ledger) -> None:
    join(ledger)
    assert ("RUS", 4) in rows(
        ledger,
        "SELECT a.id, count(*) FROM ledger_entities e JOIN ledger_actors a ON a.key = e.actor GROUP BY a.id",
    )
    assert rows(ledger, "SELECT count(*) FROM ledger_participants WHERE actor IS NULL") == [(0,)]


def test_joining_twice_changes_nothing(ledger: Ledger) -> None:
    join(ledger)
    before = rows(ledger, "SELECT id, confidence, reports FROM ledger_occurrences ORDER BY id")
    join(ledger)
    assert rows(ledger, "SELECT id, confidence, reports FROM ledger_occurrences ORDER BY id") == before


def test_a_new_report_of_an_old_act_joins_it(ledger: Ledger, record: Any, event: Any) -> None:
    join(ledger)
    assert reports_since_join(ledger) == 0
    late = event("Washington imposed sanctions on three banks over the strait.", date="2022-03-03")
    ledger.add(record("https://e.example/1", events=(late,)))
    assert reports_since_join(ledger) == 1
    assert join(ledger).occurrences == 2
    assert rows(ledger, "SELECT max(reports) FROM ledger_occurrences") == [(3,)]


def test_the_series_of_a_ledger_is_that_of_its_records(ledger: Ledger) -> None:
    join(ledger)
    by_act = series_of(occurrences_in(ledger, ("USA", "RUS")), ("USA", "RUS"), "month", volume_in(ledger, copies=False))
    by_report = series_of(events_in(ledger, ("USA", "RUS")), ("USA", "RUS"), "month", volume_in(ledger, copies=True))
    assert [(point.period, point.count) for point in by_act.points] == [("2022-03", 1)]
    assert [(point.count, point.volume) for point in by_report.points] == [(2, 4)]


def test_a_ledger_that_was_not_joined_says_so(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="not joined yet; run `dragoman join"):
        occurrences_in(ledger, ("USA",))


def test_a_surname_finds_the_reports_of_its_bearers(ledger: Ledger, record: Any, entity: Any) -> None:
    mention = Mention(start=0, end=12, text="Maria Halder", form="name")
    ledger.add(record("x", entities=(entity("e1", "Maria Halder", "AUT", kind="person", mentions=(mention,)),)))
    join(ledger)
    assert [found.report.uri for found in records_naming(ledger, "Halder")] == ["x"]
    assert records_naming(ledger, "alder") == []
    assert records_naming(ledger, "%") == []


def test_an_empty_ledger_joins_nothing(tmp_path: Path) -> None:
    with Ledger(tmp_path / "empty.db", create=True) as empty:
        assert join(empty).occurrences == 0
