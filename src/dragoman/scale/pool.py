"""Many processes on one machine: documents go out in small chunks, results come back in the documents' order.

Each reading process loads its own models; nothing else is shared. What is in flight is bounded, so a slow reader of
the results slows the reading, and memory stays what it is.
"""

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import LifoQueue

from dragoman.language.encoder import SMALL
from dragoman.language.pipeline import DEFAULT_MODEL
from dragoman.reader import BATCH
from dragoman.records import Failure, Record
from dragoman.scale.frames import Setup
from dragoman.scale.process import Lost, Worker
from dragoman.sources import RawDocument
from dragoman.sources.document import storable

REPORT_TIMEOUT = 300.0  # seconds: a report of a million characters, the longest that is read, takes half of that
LONG_CHUNK = 100_000  # characters after which a chunk takes no more: a long report then holds up no others
AHEAD = 16  # chunks a process in flight: one report that takes minutes does not leave the other processes idle
MOST_AHEAD = 32_000_000  # characters in flight, however few the documents
UNHURRIED = 60.0  # seconds that a chunk may take where that is more than one report may
LIVES = 3  # processes that a report alone may end: the third time it was not somebody else who ended them
REMEDY = "read it alone with more memory free, or split it"
SLOW_REMEDY = "raise --report-timeout, or split it"

logger = logging.getLogger(__name__)

Found = RawDocument | Failure


@dataclass(slots=True)
class Chunk:
    """A few documents, in order, that one process reads together."""

    items: list[Found] = field(default_factory=list)
    characters: int = 0

    def add(self, item: Found) -> None:
        """Take one more."""
        self.items.append(item)
        self.characters += len(item.content) if isinstance(item, RawDocument) else 0

    @property
    def is_full(self) -> bool:
        """Whether it takes no more."""
        return len(self.items) >= BATCH or self.characters >= LONG_CHUNK


class Pool:
    """Reading processes, each with a thread here that waits for it; close it, or use it in a `with`."""

    def __init__(
        self,
        workers: int,
        model: str = DEFAULT_MODEL,
        report_timeout: float = REPORT_TIMEOUT,
        knowledge: str | None = None,
        coder: str = SMALL,
    ) -> None:
        self._workers = [Worker(Setup(model, knowledge, coder)) for _ in range(workers)]
        self._idle: LifoQueue[Worker] = LifoQueue()  # the last one used is warm: few reports start few processes
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(workers, "dragoman-pool")
        self._seconds = report_timeout

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes, whatever they are at."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.end()
        self._threads.shutdown(wait=True)
        for worker in self._workers:
            worker.close()

    def read(self, raw: Iterable[Found]) -> Iterator[Record | Failure]:
        """Yield a record or a failure for each document, in their order."""
        waiting: deque[tuple[Chunk, Future[list[Record | Failure]]]] = deque()
        characters = 0
        for chunk in _chunks(raw):
            waiting.append((chunk, self._threads.submit(self._read, chunk)))
            characters += chunk.characters
            while len(waiting) >= AHEAD * len(self._workers) or characters > MOST_AHEAD:
                first, result = waiting.popleft()
                yield from result.result()
                characters -= first.characters
        for _, result in waiting:
            yield from result.result()

    def _read(self, chunk: Chunk) -> list[Record | Failure]:
        """Read a chunk, in a thread: what was no document keeps its place."""
        documents = [item for item in chunk.items if isinstance(item, RawDocument)]
        worker = self._idle.get()
        try:
            read = iter(self._together(worker, documents))
        finally:
            self._idle.put(worker)
        return [next(read) if isinstance(item, RawDocument) else item for item in chunk.items]

    def _together(self, worker: Worker, documents: list[RawDocument]) -> list[Record | Failure]:
        """Read documents together; where that ends their process, each alone."""
        if len(documents) > 1:
            try:
                return worker.read(documents, min(self._seconds * len(documents), max(self._seconds, UNHURRIED)))
            except Lost as lost:
                logger.info("%d reports are read one by one: one of them %s", len(documents), lost.reason)
        return [self._alone(worker, document) for document in documents]

    def _alone(self, worker: Worker, document: RawDocument) -> Record | Failure:
        """Read one document; set it aside where it is too slow, or ends one process after the other."""
        for life in range(1, LIVES + 1):
            try:
                [item] = worker.read([document], self._seconds)
                return item
            except Lost as lost:
                logger.info("%s: %s (try %d of %d)", document.uri, lost.reason, life, LIVES)
                reason, remedy = lost.reason, SLOW_REMEDY if lost.too_slow else REMEDY
                if lost.too_slow:
                    break
        return Failure(uri=document.uri, reason=reason, remedy=remedy)


def _chunks(raw: Iterable[Found]) -> Iterator[Chunk]:
    """Yield documents in chunks of a batch, fewer where they are long."""
    chunk = Chunk()
    for item in raw:
        chunk.add(storable(item))
        if chunk.is_full:
            yield chunk
            chunk = Chunk()
    if chunk.items:
        yield chunk
