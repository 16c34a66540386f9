"""Many processes: the output of one, whatever happens to them."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from dragoman import Failure, MissingModel, Record
from dragoman.errors import WorkersLost
from dragoman.reader import BATCH
from dragoman.scale import process, read_documents_with, reading
from dragoman.scale.pool import AHEAD, Chunk
from dragoman.scale.reading import FEW, most_workers
from dragoman.sources import RawDocument

from .conftest import report, written

PROCESSES = Path("/proc")


def children(parent: int | str = "self") -> list[int]:
    """The processes that this one, or another, has started and that still run."""
    found = []
    for thread in (PROCESSES / str(parent) / "task").iterdir():
        with suppress(OSError):  # a thread may end while its kin are counted
            found += [int(word) for word in (thread / "children").read_text().split()]
    return found


def test_two_processes_write_what_one_writes(raws: list[RawDocument | Failure], expected: list[bytes]) -> None:
    before = children()
    assert list(map(written, read_documents_with(2, raws))) == expected
    assert children() == before


@pytest.mark.skipif(not PROCESSES.exists(), reason="finds the processes in /proc")
def test_processes_killed_again_and_again_change_nothing(
    raws: list[RawDocument | Failure], expected: list[bytes]
) -> None:
    before = children()
    killed: list[int] = []
    found: list[bytes] = []
    for item in read_documents_with(2, raws * 3):
        found.append(written(item))
        alive = [pid for pid in children() if pid not in before]
        if len(found) % 9 == 0 and alive:
            killed.append(random.choice(alive))
            os.kill(killed[-1], signal.SIGKILL)
    assert found == expected * 3
    assert len(set(killed)) > 2


def test_a_report_that_ends_its_process_is_set_aside_and_its_neighbours_are_read(trapped: str) -> None:
    raws = [report(n) for n in range(10)]
    raws[3] = RawDocument("kill.txt", "text", "Killword fell on Monday, France said.")
    raws[7] = RawDocument("exit.txt", "text", "Exitword fell on Monday, France said.")
    raws[8] = RawDocument("break.txt", "text", "Breakword fell on Monday, France said.")
    items = list(read_documents_with(1, raws, model=trapped, report_timeout=120))
    failures = {item.uri: item.reason for item in items if isinstance(item, Failure)}
    assert failures == {
        "kill.txt": "ended the process that read it (signal 9, as when memory runs out)",
        "exit.txt": "ended the process that read it (code 3)",
        "break.txt": "could not be read (ZeroDivisionError: no such number)",
    }
    assert [item.uri for n, item in enumerate(items) if n in (3, 7, 8)] == ["kill.txt", "exit.txt", "break.txt"]
    assert [item.report.uri for item in items if isinstance(item, Record)] == [
        f"{n}.txt" for n in (0, 1, 2, 4, 5, 6, 9)
    ]


@pytest.mark.slow
def test_a_report_that_hangs_is_set_aside_after_its_time(trapped: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.scale.pool.UNHURRIED", 15.0)
    hanging = RawDocument("hang.txt", "text", "Hangword fell on Monday, France said.")
    items = list(read_documents_with(1, [report(0), hanging, report(1)], model=trapped, report_timeout=15))
    assert [isinstance(item, Failure) for item in items] == [False, True, False], items
    assert items[1] == Failure(
        uri="hang.txt", reason="took longer than 15 seconds to read", remedy="raise --report-timeout, or split it"
    )


def test_what_is_in_flight_is_bounded_and_a_run_that_is_given_up_leaves_no_process_behind() -> None:
    before = children()
    taken = 0

    def counted() -> Iterator[RawDocument | Failure]:
        nonlocal taken
        for n in range(10_000):
            taken += 1
            yield report(n)

    items = read_documents_with(1, counted(), report_timeout=60)
    assert isinstance(next(items), Record)
    assert taken == BATCH * AHEAD
    assert len(children()) == len(before) + 1
    started = time.monotonic()
    items.close()
    assert children() == before
    assert time.monotonic() - started < 5


def test_a_pipeline_that_is_not_there_is_an_error_in_many_processes_too() -> None:
    with pytest.raises(MissingModel, match="xx_no_such_pipeline is not there; install"):
        list(read_documents_with(1, [report(0)], report_timeout=9, model="xx_no_such_pipeline"))


def test_processes_that_die_at_once_end_the_run_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "BOOT", "raise SystemExit(1)")
    with pytest.raises(WorkersLost, match="end before their models are loaded; free memory, or use --workers 1"):
        list(read_documents_with(2, [report(0), report(1)]))


def test_a_small_job_is_read_in_this_process() -> None:
    before = children()
    items = read_documents_with(None, [report(n) for n in range(FEW - 1)])
    next(items)
    assert children() == before


def test_a_job_of_some_size_is_read_by_all_cores_and_loses_no_report() -> None:
    workers, raw = reading._chosen(report(n) for n in range(FEW + 7))
    assert workers == most_workers()
    assert [item.uri for item in raw] == [f"{n}.txt" for n in range(FEW + 7)]


def test_a_source_that_is_slower_than_one_process_is_read_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0.0)
    workers, raw = reading._chosen(report(n) for n in range(FEW + 7))
    assert (workers, len(list(raw))) == (1, FEW + 7)


def test_a_long_report_has_a_chunk_of_its_own() -> None:
    chunk = Chunk()
    chunk.add(RawDocument("a.txt", "text", "x" * 200_000))
    assert chunk.is_full


def test_a_process_whose_run_was_killed_ends_too() -> None:
    code = (
        "import itertools; from dragoman.scale import read_documents_with; from dragoman.sources import RawDocument\n"
        "raws = (RawDocument(str(n), 'text', 'France condemned Serbia.') for n in itertools.count())\n"
        "items = read_documents_with(1, raws, report_timeout=60); next(items); print('up', flush=True)\n"
        "[None for _ in items]"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        try:
            assert run.stdout.readline() == b"up\n"
            pids = children(run.pid)
            assert pids
        finally:
            run.kill()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(Path(f"/proc/{pid}").exists() for pid in pids):
        time.sleep(0.1)
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
