"""Taking reports into a ledger: what is known is passed over, what is new is read, and a killed run goes on."""

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.exc import DataError, IntegrityError

from dragoman.errors import LedgerError
from dragoman.ledger import schema
from dragoman.ledger.store import Ledger
from dragoman.ledger.writing import Pending, Tally, digest_of
from dragoman.records import Failure, Record
from dragoman.sources import RawDocument

MOST = 200  # reports in a transaction
LARGEST = 5_000_000  # characters of text in a transaction
LONGEST = 1.0  # seconds of reading that a kill may cost
REFUSED = "read it again with `dragoman read`"

Raw = Iterable[RawDocument | Failure]
Read = Callable[[Raw], Iterator[Record | Failure]]


class Writer:
    """Writes what a run reads, many reports a transaction, each of them whole.

    >>> with Ledger("news.db", create=True) as ledger, Writer(ledger, ledger.begin_run("ingest")) as writer:
    ...     writer.add(Failure(uri="a.txt", reason="is empty"))
    >>> writer.tally.failed
    1
    """

    def __init__(self, ledger: Ledger, run: int) -> None:
        self.ledger = ledger
        self.run = run
        self.tally = Tally()
        self._pending: list[Pending] = []
        self._characters = 0
        self._since = time.monotonic()

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None or issubclass(kind, KeyboardInterrupt):
            self.flush()

    def add(self, item: Record | Failure, digest: bytes | None = None, *, replace: bool = False) -> None:
        """Take one in; it is in the ledger after the next flush."""
        self._pending.append(Pending(item, digest, replace=replace))
        self._characters += len(item.report.text) if isinstance(item, Record) else 0
        late = time.monotonic() - self._since > LONGEST
        if late or len(self._pending) >= MOST or self._characters >= LARGEST:
            self.flush()

    def add_all(self, items: Iterable[Record | Failure]) -> Iterator[Record | Failure]:
        """Take all in, and yield each."""
        for item in items:
            self.add(item)
            yield item
        self.flush()

    def flush(self) -> None:
        """Write what was taken in."""
        pending, self._pending, self._characters = self._pending, [], 0
        if pending:
            self.tally += self._written(pending)
        self._since = time.monotonic()

    def _written(self, pending: list[Pending]) -> Tally:
        """Write reports; where the database refuses one of them, the others all the same."""
        try:
            return self.ledger.write(self.run, pending)
        except LedgerError as error:
            if not isinstance(error.__cause__, DataError | IntegrityError):
                raise
            if len(pending) > 1:
                return sum((self._written([one]) for one in pending), Tally())
            item = pending[0].item
            if isinstance(item, Failure):
                raise
            failure = Failure(uri=item.report.uri, reason=f"is refused: the ledger {error.reason}", remedy=REFUSED)
            return self.ledger.write(self.run, [Pending(failure, pending[0].digest)])


def ingest_documents(
    writer: Writer, raw: Raw, read: Read, *, retry: bool = False
) -> Generator[Record | Failure, None, None]:
    """Read the documents that the ledger does not have and write them; yield each that was read, or why not.

    `retry` takes up those too that failed before. Close it to end the reading early, with the processes that read.
    """
    digests: deque[bytes | None] = deque()

    def unknown() -> Iterator[RawDocument | Failure]:
        for document in raw:
            digest = None
            if isinstance(document, RawDocument):
                digest = digest_of(document)
                if _known(writer.ledger, digest, retry):
                    writer.tally.same += 1
                    continue
            digests.append(digest)
            yield document

    for item in read(unknown()):
        writer.add(item, digests.popleft())
        yield item
    writer.flush()


def _known(ledger: Ledger, digest: bytes, retry: bool) -> bool:
    """Return whether this very document was read, or failed before."""
    documents, failures = schema.documents.c, schema.failures.c
    read = select(documents.digest).where(documents.digest == digest)
    with ledger.reading() as connection:
        if connection.execute(read).first() is not None:
            return True
        failed = select(failures.key).where(failures.digest == digest)
        return not retry and connection.execute(failed).first() is not None
