"""Joining again after reports came, changed or went gives what joining everything anew gives."""

import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from dragoman import Ledger, Record, from_json
from dragoman.corpus import join as joining
from dragoman.corpus.join import join
from dragoman.corpus.linking import rarity_of
from dragoman.corpus.stored import reports_since_join
from dragoman.errors import LedgerError
from dragoman.ledger.ingest import Writer
from dragoman.ledger.review import correct, withdraw
from dragoman.records import id_of

MAKER = Path(__file__).parents[2] / "benchmarks" / "archive.py"
REPORTS = 240
Rows = dict[str, list[tuple[object, ...]]]
QUESTIONS = {
    "occurrences": "SELECT id, type, quad, intensity, status, day, date_start, date_end, place, lat, lon, killed_low, "
    "killed_high, claimed, confidence, reports, publishers, first_published, says, disagrees FROM ledger_occurrences",
    "firsts": "SELECT o.id, r.id FROM ledger_occurrences o JOIN ledger_reports r ON r.key = o.first_report",
    "members": "SELECT o.id, r.id, e.id, m.score FROM ledger_occurrence_members m "
    "JOIN ledger_occurrences o ON o.key = m.occurrence JOIN ledger_events e ON e.key = m.event "
    "JOIN ledger_reports r ON r.key = e.report",
    "sides": "SELECT o.id, s.side, s.n, s.name, s.country, s.sector, a.id FROM ledger_occurrence_sides s "
    "JOIN ledger_occurrences o ON o.key = s.occurrence LEFT JOIN ledger_actors a ON a.key = s.actor",
    "events": "SELECT r.id, e.id, o.id FROM ledger_events e JOIN ledger_reports r ON r.key = e.report "
    "LEFT JOIN ledger_occurrences o ON o.key = e.occurrence WHERE e.shown",
    "actors": "SELECT id, name, folded, kind, country, sector, wikidata FROM ledger_actors",
    "names": "SELECT a.id, n.n, n.name, n.kind, n.since, n.until FROM ledger_actor_names n "
    "JOIN ledger_actors a ON a.key = n.actor",
    "entities": "SELECT r.id, e.id, a.id FROM ledger_entities e JOIN ledger_reports r ON r.key = e.report "
    "LEFT JOIN ledger_actors a ON a.key = e.actor WHERE e.shown",
    "participants": "SELECT r.id, e.id, p.side, p.n, a.id FROM ledger_participants p "
    "JOIN ledger_events e ON e.key = p.event JOIN ledger_reports r ON r.key = e.report "
    "LEFT JOIN ledger_actors a ON a.key = p.actor WHERE e.shown",
    "copies": "SELECT r.id, f.id, d.kind, d.similarity, c.size FROM ledger_duplicates d "
    "JOIN ledger_duplicate_clusters c ON c.key = d.cluster JOIN ledger_reports r ON r.key = d.report "
    "JOIN ledger_reports f ON f.key = c.first_report",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    """A synthetic archive: copies, acts that several reports tell, with the errors that readers make."""
    path = tmp_path_factory.mktemp("archive") / "archive.jsonl"
    subprocess.run([sys.executable, str(MAKER), "--reports", str(REPORTS), "--seed", "21", "-o", str(path)], check=True)
    return [from_json(line) for line in path.read_bytes().splitlines()]


def add(ledger: Ledger, records: Sequence[Record], *, replace: bool = False) -> None:
    run = ledger.begin_run("ingest")
    with Writer(ledger, run) as writer:
        for record in records:
            writer.add(record, replace=replace)
    ledger.end_run(run)


def all_joined(ledger: Ledger) -> Rows:
    """What was joined, told without the numbers of rows."""
    with ledger.reading() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(text(question))), key=repr)
            for name, question in QUESTIONS.items()
        }


def in_parts(records: Sequence[Record], seed: int) -> list[list[Record]]:
    """The records in random order: most of them, then a few at a time."""
    shuffled = list(records)
    chance = random.Random(seed)
    chance.shuffle(shuffled)
    ends = [0, len(shuffled) * 2 // 3, *sorted(chance.sample(range(len(shuffled) * 2 // 3 + 1, len(shuffled)), 4))]
    return [shuffled[start:end] for start, end in zip(ends, [*ends[1:], len(shuffled)], strict=True)]


@pytest.mark.parametrize("seed", [1, 2])
def test_joining_what_is_new_gives_what_joining_anew_gives(archive: list[Record], tmp_path: Path, seed: int) -> None:
    looked_at = []
    with Ledger(tmp_path / "again.db", create=True) as again, Ledger(tmp_path / "anew.db", create=True) as anew:
        for part in in_parts(archive, seed):
            add(again, part)
            add(anew, part)
            done = join(again)
            assert join(anew, anew=True).occurrences == done.occurrences
            assert all_joined(again) == all_joined(anew)
            looked_at.append(done.anew / done.occurrences)
    assert looked_at[0] == 1


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_an_archive_in_three_instalments_is_joined_as_the_whole_is(
    archive: list[Record], tmp_path: Path, seed: int
) -> None:
    first, second = sorted(random.Random(seed).sample(range(1, len(archive)), 2))
    with Ledger(tmp_path / "whole.db", create=True) as whole, Ledger(tmp_path / "grown.db", create=True) as grown:
        add(whole, archive)
        at_once = join(whole)
        for part in (archive[:first], archive[first:second], archive[second:]):
            add(grown, part)
            done = join(grown)
        assert (done.reports, done.copies, done.actors, done.events, done.occurrences) == (
            at_once.reports, at_once.copies, at_once.actors, at_once.events, at_once.occurrences,
        )  # fmt: skip
        assert all_joined(grown) == all_joined(whole)


def test_an_event_that_a_person_only_accepts_stays_in_its_act(archive: list[Record], tmp_path: Path) -> None:
    told = next(record for record in archive if record.events)
    with Ledger(tmp_path / "news.db", create=True) as ledger:
        add(ledger, archive[:60] if told in archive[:60] else [told, *archive[:60]])
        join(ledger)
        before = all_joined(ledger)
        correct(ledger, f"{told.report.id}/{told.events[0].id}", "accept", who="me")
        join(ledger)
        assert all_joined(ledger) == before
        assert reports_since_join(ledger) == 0


def test_news_of_today_leaves_the_acts_of_long_ago_alone(archive: list[Record], tmp_path: Path) -> None:
    in_time = sorted(archive, key=lambda record: record.report.published or "")
    with Ledger(tmp_path / "news.db", create=True) as ledger:
        add(ledger, [moved(record, "1999") for record in in_time] + in_time[:-20])
        first = join(ledger)
        add(ledger, in_time[-20:])
        second = join(ledger)
        assert first.anew == first.occurrences
        assert 0 < second.anew < second.occurrences * 0.6
        assert join(ledger).anew == 0
        before = all_joined(ledger)
        join(ledger, anew=True)
        assert all_joined(ledger) == before


def moved(record: Record, year: str) -> Record:
    """A report of long ago that is no copy of this one, with no day but that of its publication."""
    report = record.report
    body = " ".join(reversed(report.text.split()))
    published = f"{year}{(report.published or '')[4:]}"
    again = msgspec.structs.replace(
        report, text=body, id=id_of(body), published=published, uri=f"{report.uri}-{year}"
    )  # fmt: skip
    events = tuple(msgspec.structs.replace(event, date=None) for event in record.events)
    return msgspec.structs.replace(record, report=again, events=events)


def test_what_people_change_is_joined_as_if_it_had_always_been_so(archive: list[Record], tmp_path: Path) -> None:
    with Ledger(tmp_path / "again.db", create=True) as ledger:
        add(ledger, archive)
        join(ledger)
        told = list({record.report.id: record for record in archive if record.events}.values())
        named = [f"{record.report.id}/{record.events[0].id}" for record in told[:12]]
        said = [correct(ledger, target, "change", field="type", value="AID", who="me") for target in named[:4]]
        for target in named[4:8]:
            correct(ledger, target, "reject", who="me")
        correct(ledger, told[9].report.id, "change", field="published", value="2001-01-01", who="me")
        withdraw(ledger, said[0].id)
        add(ledger, [msgspec.structs.replace(told[20], events=told[20].events[:-1])], replace=True)
        done = join(ledger)
        assert done.anew > 0
        before = all_joined(ledger)
        join(ledger, anew=True)
        assert all_joined(ledger) == before
        assert reports_since_join(ledger) == 0


def test_a_joining_that_was_killed_is_gone_on_with(
    archive: list[Record], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(tmp_path / "news.db", create=True) as ledger:
        add(ledger, archive[:60])
        monkeypatch.setattr(joining, "TOGETHER", 25)
        with monkeypatch.context() as patch:
            patch.setattr(joining, "clusters_of", interrupted)
            with pytest.raises(KeyboardInterrupt):
                join(ledger)
        with ledger.reading() as connection:
            kept = connection.execute(text("SELECT count(data), count(*) FROM ledger_joined_reports")).one()
            shown = connection.execute(text("SELECT count(*) FROM ledger_occurrences")).scalar_one()
        reports = len({record.report.id for record in archive[:60]})
        assert (tuple(kept), shown) == ((reports, reports), 0)
        join(ledger)
        before = all_joined(ledger)
        join(ledger, anew=True)
        assert all_joined(ledger) == before


def interrupted(_: object) -> None:
    raise KeyboardInterrupt


def test_a_report_that_changes_while_it_is_joined_waits_for_the_next_time(
    archive: list[Record], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = next(record for record in archive if record.events)
    with Ledger(tmp_path / "news.db", create=True) as ledger:
        add(ledger, archive[:60] if told in archive[:60] else [told, *archive[:60]])

        def meanwhile(voices: object) -> object:
            correct(ledger, f"{told.report.id}/{told.events[0].id}", "reject", who="me")
            return rarity_of(voices)  # type: ignore[arg-type]

        with monkeypatch.context() as patch:
            patch.setattr(joining, "rarity_of", meanwhile)
            join(ledger)
        join(ledger)
        before = all_joined(ledger)
        join(ledger, anew=True)
        assert all_joined(ledger) == before


def test_two_who_join_at_once_do_not_mix_what_they_found(
    archive: list[Record], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(tmp_path / "news.db", create=True) as ledger:
        add(ledger, archive[:30])

        def meanwhile(voices: object) -> object:
            monkeypatch.setattr(joining, "rarity_of", rarity_of)
            join(ledger)
            return rarity_of(voices)  # type: ignore[arg-type]

        monkeypatch.setattr(joining, "rarity_of", meanwhile)
        with pytest.raises(LedgerError, match="was joined by somebody else meanwhile"):
            join(ledger)
