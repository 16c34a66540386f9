"""A ledger holds whole reports only: killed at random, with a full disk, and while others read it."""

import os
import random
import resource
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman import Failure, Ledger, Record, as_json, from_json
from dragoman.cli.ingest import prepared as items_of
from dragoman.ledger import ingest
from dragoman.ledger.ingest import Writer
from dragoman.ledger.keys import report_of
from dragoman.scale.manifest import How, add_line, begun
from dragoman.scale.slices import Slice

from .whole import Rows, all_rows, in_a_child

REPORTS = 40
MANY = "DRAGOMAN_TEST_KILLS"  # how often to kill, where the usual number is not enough
KILLS = {("sqlite", "lines"): 50, ("postgresql", "lines"): 15, ("sqlite", "parts"): 15, ("postgresql", "parts"): 5}

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


@pytest.fixture(scope="module")
def prepared(news: Callable[..., Record], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records as `dragoman read --format json` writes them; every fifth replaces the text of the one before it."""
    path = tmp_path_factory.mktemp("records") / "records.jsonl"
    with path.open("wb") as file:
        for n in range(REPORTS):
            text = f"Chad condemned Niger for the {n}th time. Niger rejected it. Chad said that it was sorry. " * 4
            record = news(
                text,
                {"Chad": "TCD", "Niger": "NER"},
                [("ACCUSE", "condemned", ["Chad"], ["Niger"]), ("REJECT", "rejected", ["Niger"], ["Chad"])],
                [("Chad", "said", "that it was sorry")],
                uri=f"https://news.example/{n - 1 if n % 5 == 4 else n}",
            )
            file.write(as_json(record) + b"\n")
    return path


class Read:
    """A pool that has read everything already, and gives 15 reports at a time."""

    def __init__(self, lines: Path) -> None:
        self.items: list[Record | Failure] = [from_json(line) for line in lines.read_bytes().splitlines()]

    def read(self, _: object) -> Iterator[Record | Failure]:
        yield from self.items[:15]
        self.items = self.items[15:]


@pytest.fixture(params=["lines", "parts"])
def archive(request: pytest.FixtureRequest, prepared: Path, tmp_path: Path) -> Path:
    """The same records as lines, and as the Parquet parts that `dragoman read --engine ray` writes."""
    if request.param == "lines":
        return prepared
    pytest.importorskip("pyarrow", reason="pip install 'dragoman[parquet]'")
    from dragoman.scale.parts import write_part

    how, pool = How(str(tmp_path / "parts")), Read(prepared)
    begun(how)
    for n in range(3):
        add_line(Path(how.folder), write_part((Slice(f"{n}.txt", "whole", 0, 4),), how, pool))  # type: ignore[arg-type]
    return Path(how.folder)


@pytest.fixture(autouse=True)
def _small_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "MOST", 3)


def take_in(place: str, prepared: Path, pause: float = 0.0) -> None:
    """What `dragoman ingest` does with --records FILE, and with --from-parquet FOLDER."""
    with Ledger(place, create=True) as ledger:
        run = ledger.begin_run("ingest", [str(prepared)])
        with Writer(ledger, run) as writer:
            for _ in writer.add_all(items_of(str(prepared))):
                time.sleep(pause)  # so that others see it at work on a machine that is busy
        ledger.end_run(run)


def assert_whole(place: str, full: Rows) -> int:
    """The ledger holds the first reports and nothing of the others; return how many."""
    with Ledger(place, create=True) as ledger:
        rows = all_rows(ledger)
    reports = len(rows["ledger_reports"])
    assert [row[1] for row in rows["ledger_reports"]] == [row[1] for row in full["ledger_reports"][:reports]]
    assert rows["ledger_records"] == full["ledger_records"][:reports]
    for name in ("ledger_entities", "ledger_statements", "ledger_events"):
        ids = [(row[0], row[2]) for row in rows[name]]
        assert ids == [(row[0], row[2]) for row in full[name] if report_of(int(str(row[0]))) <= reports]
    for name in ("ledger_participants", "ledger_pairs", "ledger_evidence", "ledger_mentions", "ledger_contents"):
        expected = [row[0] for row in full[name] if report_of(int(str(row[0]))) <= reports]
        assert [row[0] for row in rows[name]] == expected
    return reports


@pytest.fixture
def places(place: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """As many empty places as are asked for."""

    def more() -> Iterator[str]:
        number = 0
        while True:
            number += 1
            yield str(tmp_path / f"{number}.db") if "://" not in place else another(place, number)

    def another(place: str, number: int) -> str:
        import psycopg

        base, _, rest = place.partition("?")
        name = f"{base.rpartition('/')[2]}_{number}"
        folder = rest.removeprefix("host=")
        with psycopg.connect(host=folder, user="dragoman", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"{base.rpartition('/')[0]}/{name}?{rest}"

    return more()


def test_random_kills_lose_nothing_double_nothing_and_leave_nothing_half_written(
    places: Iterator[str], archive: Path
) -> None:
    whole = next(places)
    began = time.monotonic()
    os.waitpid(in_a_child(lambda: take_in(whole, archive)), 0)
    span = time.monotonic() - began
    with Ledger(whole) as ledger:
        full = all_rows(ledger)
    assert len(full["ledger_reports"]) == REPORTS
    chance = random.Random(2026)
    kills = partly = 0
    usual = KILLS["postgresql" if "://" in whole else "sqlite", "parts" if archive.is_dir() else "lines"]
    wanted = int(os.environ.get(MANY, usual))
    while kills < wanted:
        place = next(places)
        done = False
        while not done:
            child = in_a_child(lambda place=place: take_in(place, archive))  # type: ignore[misc]
            time.sleep(chance.uniform(0, span / 2) if kills < wanted else 0)
            if kills < wanted:
                os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            if os.WIFSIGNALED(status):
                kills += 1
                partly += 0 < assert_whole(place, full) < REPORTS
            else:
                assert os.waitstatus_to_exitcode(status) == 0
                done = True
        with Ledger(place) as ledger:
            assert all_rows(ledger) == full
    assert partly >= wanted / 5, "the kills came before or after the work, not in it"


def test_a_full_disk_leaves_whole_reports_and_the_same_command_goes_on(tmp_path: Path, prepared: Path) -> None:
    whole, place = tmp_path / "whole.db", tmp_path / "full.db"
    take_in(str(whole), prepared)
    with Ledger(whole) as ledger:
        full = all_rows(ledger)
    seen = set()
    size = whole.stat().st_size

    def with_little_room(room: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        take_in(str(place), prepared)

    for part in (0.3, 0.5, 0.6, 0.7, 0.8, 0.9):
        child = in_a_child(lambda room=int(size * part): with_little_room(room))  # type: ignore[misc]
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 2
        seen.add(assert_whole(str(place), full))
    assert any(0 < reports < REPORTS for reports in seen)
    take_in(str(place), prepared)
    with Ledger(place) as ledger:
        assert all_rows(ledger) == full


def test_readers_read_while_it_is_written(place: str, prepared: Path) -> None:
    Ledger(place, create=True).close()
    child = in_a_child(lambda: take_in(place, prepared, pause=0.02))
    seen = []
    with Ledger(place) as ledger:
        while os.waitpid(child, os.WNOHANG) == (0, 0):
            rows = all_rows(ledger) if "://" not in place else {}
            if rows:  # SQLite's reader sees one moment
                assert len(rows["ledger_events"]) == 2 * len(rows["ledger_reports"])
            for record in ledger.records():
                assert len(record.events) == 2
            seen.append(ledger.counts()["reports"])
        seen.append(ledger.counts()["reports"])
    assert seen == sorted(seen)
    assert len(set(seen)) > 2, "the reader saw no work in progress"
