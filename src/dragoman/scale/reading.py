"""One function for every command that reads many reports: in this process, or in as many as are worth it."""

import os
import time
from collections.abc import Generator, Iterable, Iterator
from itertools import chain, islice

from dragoman.entities import knowledge as tables
from dragoman.language.encoder import SMALL
from dragoman.language.pipeline import DEFAULT_MODEL
from dragoman.reader import Reader
from dragoman.records import Failure, Record
from dragoman.scale.pool import REPORT_TIMEOUT, Found, Pool

FEW = 64  # reports that one process has read by the time that others have loaded their models
PATIENCE = 1.0  # seconds to wait for as many: of a source that is slower than that, one process keeps up
WORKER_BYTES = 900_000_000  # memory that a process may come to need
SHARE = 0.75  # of the machine's memory that processes may take together


def read_documents_with(
    workers: int | None,
    raw: Iterable[Found],
    *,
    model: str = DEFAULT_MODEL,
    report_timeout: float | None = None,
    knowledge: str | None = None,
    coder: str = SMALL,
) -> Generator[Record | Failure, None, None]:
    """Yield a record for each document, in order, or why there is none: what `Reader.read_documents` yields.

    `workers` is how many processes read; None lets small jobs be read in this process, and others by as many as there
    are cores and memory. A report that takes longer than `report_timeout` seconds (300 where none is given), or ends
    the process that reads it, becomes a failure. With one worker and no limit all is read in this process.

    `knowledge` is the path of a table to lay over the shipped ones; UnreadableSource where it cannot be used. `coder`
    names the event coder.

    Close the generator to end the processes early; MissingModel and WorkersLost end it.

    >>> from dragoman.sources import documents
    >>> [record.events[0].type for record in read_documents_with(None, documents(["examples/geneva-call.txt"]))]
    ['CONSULT']
    """
    if workers is None:
        workers, raw = _chosen(raw)
    if workers == 1 and report_timeout is None:
        yield from Reader(model, knowledge=knowledge, coder=coder).read_documents(raw)
        return
    if knowledge is not None:
        tables.load(knowledge)  # here: a fault in it is told once, before any process starts
    with Pool(workers, model, report_timeout or REPORT_TIMEOUT, knowledge, coder) as pool:
        yield from pool.read(raw)


def most_workers() -> int:
    """Return how many processes this machine has cores and memory for."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # not known on this system
        return cores
    return max(1, min(cores, int(memory * SHARE) // WORKER_BYTES))


def _chosen(raw: Iterable[Found]) -> tuple[int, Iterator[Found]]:
    """Return how many processes a job is worth, and its documents with those put back that were counted."""
    documents = iter(raw)
    until = time.monotonic() + PATIENCE
    head: list[Found] = []
    while len(head) < FEW and time.monotonic() < until and (found := list(islice(documents, 1))):
        head += found
    return most_workers() if len(head) == FEW else 1, chain(head, documents)
