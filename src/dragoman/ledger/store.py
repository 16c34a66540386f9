"""The store: opening a ledger, writing whole reports into it, and reading them back."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Select, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from dragoman.errors import LedgerError, UsageError
from dragoman.ledger import schema
from dragoman.ledger.applying import applied
from dragoman.ledger.connection import engine_for, name_of, url_of
from dragoman.ledger.correction import now
from dragoman.ledger.corrections import corrections_of
from dragoman.ledger.migrations import SHAPE, bring_up, check, shape_of
from dragoman.ledger.questions import Questions
from dragoman.ledger.readings import unpacked
from dragoman.ledger.states import Watch
from dragoman.ledger.writing import Pending, Tally, write
from dragoman.records import Failure, Record

MANY = 100  # reports that change what is usual in a ledger
LOOKED_AT = 1000  # rows of each index that SQLite looks at for its plans
BATCH = 200  # records read at once
COUNTED = ("reports", "entities", "statements", "events", "negotiations", "proposals", "flags", "failures")
Options = Mapping[str, Any]


class Ledger(Questions):
    """An archive of records: a file, or a PostgreSQL database by URL.

    It is not made unless asked for; LedgerError where it is not there or is no ledger, LedgerTooNew where a later
    version made it. Any number may read while one writes; writers take turns.

    >>> with Ledger("news.db", create=True) as ledger:
    ...     ledger.counts()["reports"]
    0
    """

    def __init__(self, where: str | os.PathLike[str], *, create: bool = False) -> None:
        url = url_of(where)
        self.name = name_of(url)
        self.engine = engine_for(url, create=create)
        self._watch = Watch(self.engine)
        try:
            self._open(create=create)
        except BaseException:
            self.engine.dispose()
            raise

    def _open(self, *, create: bool) -> None:
        if create and self.engine.dialect.name == "sqlite":
            with self._told("cannot be written"), self.engine.connect() as connection:
                driver = connection.connection.driver_connection
                assert driver is not None
                driver.execute("PRAGMA journal_mode = WAL").close()
        with self.reading() as connection:
            found = shape_of(connection, self.name)
        check(found, self.name)
        if found == 0 and not create:
            raise LedgerError(self.name, "is no ledger yet", "make it with `dragoman ingest … --ledger`")
        if found < SHAPE:
            with self.writing() as connection:
                bring_up(connection, self.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the database go."""
        self._watch.close()
        self.engine.dispose()

    def state(self) -> str:
        """Return a mark that stays the same until anybody writes into the ledger."""
        with self._told("could not be read"):
            return self._watch.state()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees the ledger as it is at its first question."""
        with self._told("could not be read"), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection that has its turn to write: all of what is written with it is kept, or nothing."""
        with self._told("could not be written"), self.engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        """Turn what the database says into an error that says what to do."""
        try:
            yield
        except DBAPIError as error:
            reason = str(error.orig).splitlines()[0] if error.orig else str(error)
            remedy = "see that there is room and that it may be written; what is in it is whole, so run the same again"
            if "not a database" in reason:
                what, remedy = "is no ledger", "name another file"
            raise LedgerError(self.name, f"{what} ({reason})", remedy) from error

    def begin_run(self, kind: str, sources: Sequence[str] = (), options: Options | None = None) -> int:
        """Note that a run begins, and return its number."""
        with self.writing() as connection:
            key = (connection.execute(select(func.max(schema.runs.c.key))).scalar() or 0) + 1
            row = {
                "key": key,
                "kind": kind,
                "started": now(),
                "sources": json.dumps(list(sources), ensure_ascii=False),
                "options": json.dumps(dict(options or {}), ensure_ascii=False),
                **dict.fromkeys(("added", "same", "failed"), 0),
            }
            connection.execute(insert(schema.runs), row)
        return key

    def end_run(self, run: int) -> None:
        """Note that a run came to its end, and let the database look at what it added, for its plans."""
        with self.writing() as connection:
            ended = update(schema.runs).where(schema.runs.c.key == run).values(finished=now())
            added = connection.execute(ended.returning(schema.runs.c.added)).scalar()
            if added and added >= MANY:
                if connection.dialect.name == "sqlite":
                    connection.exec_driver_sql(f"PRAGMA analysis_limit = {LOOKED_AT}")
                connection.exec_driver_sql("ANALYZE")

    def write(self, run: int, pending: Sequence[Pending]) -> Tally:
        """Write records and failures of a run in one transaction; return what became of them."""
        with self.writing() as connection:
            return write(connection, run, pending)

    def add(self, item: Record | Failure) -> None:
        """Add a record, or the reason why there is none, in a transaction and a run of its own."""
        run = self.begin_run("add")
        self.write(run, [Pending(item)])
        self.end_run(run)

    def record(self, id: str, *, raw: bool = False) -> Record:
        """Return a report's record by its id or the beginning of it; `raw` leaves corrections out.

        LookupError where there is none, UsageError where several begin so.
        """
        with self.reading() as connection:
            record = unpacked(self._json(connection, id))
            if raw:
                return record
            return applied(record, corrections_of(connection, [record.report.id]).get(record.report.id, ())).record

    def _json(self, connection: Connection, id: str) -> bytes:
        full = id if id.startswith("sha256:") else f"sha256:{id}"
        asked = (
            select(schema.records.c.json)
            .join(schema.reports, schema.reports.c.key == schema.records.c.report)
            .where(schema.reports.c.id >= full, schema.reports.c.id < full + "g")
            .limit(2)
        )
        found = connection.execute(asked).scalars().all()
        if not found:
            raise LookupError(f"{self.name} has no report {id}")
        if len(found) > 1:
            raise UsageError(f"several reports of {self.name} begin with {id}; write more of it")
        return bytes(found[0])

    def records(self, *, raw: bool = False, versions: bool = False) -> Iterator[Record]:
        """Yield the records of all reports, oldest in the ledger first; `versions` adds those since replaced."""
        last = 0
        while True:
            asked = (
                select(schema.reports.c.key, schema.reports.c.id, schema.records.c.json)
                .join(schema.records, schema.records.c.report == schema.reports.c.key)
                .where(schema.reports.c.key > last)
                .order_by(schema.reports.c.key)
                .limit(BATCH)
            )
            with self.reading() as connection:
                rows = connection.execute(asked if versions else asked.where(schema.reports.c.current)).all()
                corrections = {} if raw else corrections_of(connection, [row.id for row in rows])
            if not rows:
                return
            for row in rows:
                record = unpacked(row.json)
                yield applied(record, corrections[row.id]).record if row.id in corrections else record
            last = rows[-1].key

    def records_at(self, keys: Sequence[int]) -> dict[int, Record]:
        """Return the records of reports by their numbers in the ledger, corrected; without those that are gone."""
        asked = select(schema.reports.c.key, schema.reports.c.id, schema.records.c.json).join(
            schema.records, schema.records.c.report == schema.reports.c.key
        )
        with self.reading() as connection:
            rows = connection.execute(asked.where(schema.reports.c.key.in_(keys))).all()
            corrections = corrections_of(connection, [row.id for row in rows])
        return {row.key: applied(unpacked(row.json), corrections.get(row.id, ())).record for row in rows}

    def failures(self) -> Iterator[Failure]:
        """Yield what could not be read, with the reason."""
        with self.reading() as connection:
            asked = select(schema.failures).order_by(schema.failures.c.key)
            rows = connection.execute(asked).all()
        for row in rows:
            yield Failure(uri=row.uri, reason=row.reason, remedy=row.remedy)

    def counts(self) -> dict[str, int]:
        """Return how many reports, entities, statements, events … the ledger shows."""
        with self.reading() as connection:
            return {name: connection.execute(_counted(name)).scalar_one() for name in COUNTED}


def _counted(name: str) -> Select[int]:
    """Return the question how many rows of a table are shown, answered from an index alone."""
    table = schema.METADATA.tables[f"ledger_{name}"]
    asked = select(func.count()).select_from(table)
    marks = [table.c[mark] for mark in ("shown", "current") if mark in table.c]
    return asked.where(*marks)
