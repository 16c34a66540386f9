"""Writing: whole reports, in the order in which they come, any number in a transaction."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, delete, func, insert, select, update

from dragoman.ledger import schema
from dragoman.ledger.correction import Correction, now
from dragoman.ledger.corrections import corrections_of, note_unplaced
from dragoman.ledger.inserting import insert_all
from dragoman.ledger.readings import packed, readings_of, record_of, remove_rows, write_rows
from dragoman.ledger.rows import Row, Rows, plain, report_row
from dragoman.records import Failure, ReadBy, Record
from dragoman.sources import RawDocument

MANY = 500  # ids asked for at once


@dataclass(slots=True)
class Tally:
    """What became of the reports of a run."""

    added: int = 0
    same: int = 0
    failed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.added + other.added, self.same + other.same, self.failed + other.failed)

    @property
    def total(self) -> int:
        """How many there were in all."""
        return self.added + self.same + self.failed

    def told(self) -> str:
        """Return the tally as a person reads it."""
        return f"{self.added} added, {self.same} known already, {self.failed} failed"


@dataclass(frozen=True, slots=True)
class Pending:
    """A record or a failure that is to be written, and the digest of the document that it came from."""

    item: Record | Failure
    digest: bytes | None = None
    replace: bool = False  # a reading that replaces the one that is there


def digest_of(document: RawDocument) -> bytes:
    """Return what tells a raw document from every other: its address, its content, what its source says of it."""
    told = hashlib.blake2b(digest_size=16)
    for part in (document.uri, document.kind, document.content, document.title, document.publisher,
                 document.published, *document.authors):  # fmt: skip
        data = ("\0" if part is None else part).encode("utf-8", "surrogatepass")
        told.update(len(data).to_bytes(8, "big") + data)
    return told.digest()


def is_address(uri: str) -> bool:
    """Return whether a name stands for one report over time, so that another text under it is a new version.

    The running number of a row, standard input and no name at all do not.

    >>> is_address("https://news.example/a"), is_address("a.txt"), is_address("17"), is_address("stdin")
    (True, True, False, False)
    """
    return not uri.startswith("stdin") and any(mark in uri for mark in "/.:")


def write(connection: Connection, run: int, pending: Sequence[Pending]) -> Tally:
    """Write records and failures, in order, within the transaction that is open; return what became of them."""
    batch = _Batch(connection, run, pending)
    for one in pending:
        if isinstance(one.item, Record):
            batch.take(one.item, one.digest, replace=one.replace)
        else:
            batch.fail(one.item, one.digest)
    batch.finish()
    return batch.tally


@dataclass(slots=True)
class _Report:
    """What is known of a report in the ledger."""

    key: int
    current: bool
    reader: int


@dataclass(slots=True)
class _Sighting:
    key: int
    report: int
    version: int
    current: bool


class _Batch:
    """One transaction's worth of reports: what the ledger knows of them, and the rows that they become."""

    def __init__(self, connection: Connection, run: int, pending: Sequence[Pending]) -> None:
        self.connection = connection
        self.run = run
        self.at = now()
        self.tally = Tally()
        records = [one.item for one in pending if isinstance(one.item, Record)]
        ids = {record.report.id for record in records}
        self.reports = self._reports(ids)
        self.sightings = self._sightings({plain(record.report.uri) for record in records})
        self.corrections = corrections_of(connection, ids)
        self.readers: dict[ReadBy, int] = {}
        self.next_report = _last(connection, schema.reports) + 1
        self.next_sighting = _last(connection, schema.sightings) + 1
        self.rows: defaultdict[Table, list[Row]] = defaultdict(list)
        self.sets: list[Rows] = []
        self.read: set[str] = set()  # addresses that gave a report
        self.failed: dict[str, Row] = {}
        self.turned: set[int] = set()  # reports that may have become current, or stopped to be
        self.fresh: dict[int, Record] = {}
        self.replaced: dict[int, Record] = {}
        self.digests: dict[bytes, int] = {}

    def take(self, record: Record, digest: bytes | None, *, replace: bool) -> None:
        """Take a record in: a report that is new, one seen elsewhere too, a new version, or nothing new."""
        known = self.reports.get(record.report.id)
        if known is None:
            known = self._new(record)
        elif replace:
            self.replaced[known.key] = record
            known.reader = self._reader(record.read_by)
            self.tally.added += 1
        else:
            self.tally.same += 1
        self._see(record, known)
        uri = plain(record.report.uri)
        self.failed.pop(uri, None)
        self.read.add(uri)
        if digest is not None:
            self.digests[digest] = known.key

    def _new(self, record: Record) -> _Report:
        key = self.next_report
        self.next_report += 1
        known = _Report(key, current=True, reader=self._reader(record.read_by))
        self.reports[record.report.id] = known
        self.fresh[key] = record
        row = report_row(record.report)
        where = {"reader": known.reader, "run": self.run, "first_run": self.run, "added": self.at, "changed": self.at}
        self.rows[schema.reports].append({"key": key, "current": True, **row, **where})
        self.rows[schema.records].append({"report": key, "json": packed(record)})
        self.tally.added += 1
        return known

    def _see(self, record: Record, known: _Report) -> None:
        """Note where the text was seen; under an address that gave another text, it is the next version.

        A text that an address gave before is nothing new, even if it gave another since: one file may hold both, and
        going through it twice must not turn them round.
        """
        uri = plain(record.report.uri)
        before = self.sightings[uri]
        if any(one.report == known.key for one in before):
            return
        if not known.current:
            self.turned.add(known.key)
        version = 1
        if is_address(uri):
            version += max((one.version for one in before), default=0)
            for one in before:
                if one.current:
                    one.current = False
                    self.turned.add(one.report)
                    self._leave(one)
        sighting = _Sighting(self.next_sighting, known.key, version, current=True)
        self.next_sighting += 1
        before.append(sighting)
        report = record.report
        self.rows[schema.sightings].append(
            {
                "key": sighting.key,
                "report": known.key,
                "uri": uri,
                "version": version,
                "current": True,
                "title": _plain(report.title),
                "publisher": _plain(report.publisher),
                "published": report.published,
                "run": self.run,
                "seen": self.at,
            }
        )

    def _leave(self, sighting: _Sighting) -> None:
        """Note that an address gives another text by now."""
        for row in self.rows[schema.sightings]:
            if row["key"] == sighting.key:
                row["current"] = False
                return
        self.connection.execute(
            update(schema.sightings).where(schema.sightings.c.key == sighting.key).values(current=False)
        )

    def fail(self, failure: Failure, digest: bytes | None) -> None:
        """Take a failure in: one row an address, with how often it was tried."""
        uri = plain(failure.uri)
        self.failed[uri] = {
            "uri": uri,
            "reason": plain(failure.reason),
            "remedy": plain(failure.remedy),
            "digest": digest,
            "run": self.run,
            "failed": self.at,
        }
        self.tally.failed += 1

    def finish(self) -> None:
        """Write all that was taken in."""
        for table in (schema.reports, schema.records, schema.sightings):
            insert_all(self.connection, table, self.rows[table])
        self._write_readings()
        self._write_digests()
        self._write_failures()
        counts = {name: schema.runs.c[name] + getattr(self.tally, name) for name in ("added", "same", "failed")}
        self.connection.execute(update(schema.runs).where(schema.runs.c.key == self.run).values(**counts))

    def _write_readings(self) -> None:
        turned = self._turned()
        self.fresh.update(self.replaced)
        again = {*turned, *self.replaced}
        remove_rows(self.connection, sorted(again))
        for key, current in turned.items():
            self.connection.execute(
                update(schema.reports).where(schema.reports.c.key == key).values(current=current, changed=self.at)
            )
        for key, record in self.replaced.items():
            values = {"reader": self._reader(record.read_by), "run": self.run, "changed": self.at}
            self.connection.execute(update(schema.reports).where(schema.reports.c.key == key).values(**values))
            self.connection.execute(
                update(schema.records).where(schema.records.c.report == key).values(json=packed(record))
            )
        currents = {known.key: known.current for known in self.reports.values()} | turned
        for key in sorted({*self.fresh, *again}):
            record = self.fresh.get(key) or record_of(self.connection, key)
            corrections: Sequence[Correction] = self.corrections.get(record.report.id, ())
            readings = readings_of(key, record, corrections, current=currents[key])
            note_unplaced(self.connection, corrections, readings.unplaced)
            self.sets += readings.sets
        write_rows(self.connection, self.sets)

    def _turned(self) -> dict[int, bool]:
        """Return which reports became current or stopped to be, by what their addresses show now."""
        if not self.turned:
            return {}
        shown = select(schema.sightings.c.report).where(
            schema.sightings.c.report.in_(sorted(self.turned)), schema.sightings.c.current
        )
        current = set(self.connection.execute(shown).scalars())
        reports = select(schema.reports.c.key, schema.reports.c.current, schema.reports.c.id).where(
            schema.reports.c.key.in_(sorted(self.turned))
        )
        found = self.connection.execute(reports).all()
        changed = {row.key: row.key in current for row in found if row.current != (row.key in current)}
        self.corrections |= corrections_of(self.connection, {row.id for row in found if row.key in changed})
        return changed

    def _write_digests(self) -> None:
        if not self.digests:
            return
        for some in _parts(sorted(self.digests)):
            self.connection.execute(delete(schema.documents).where(schema.documents.c.digest.in_(some)))
        rows = [{"digest": digest, "report": report} for digest, report in self.digests.items()]
        self.connection.execute(insert(schema.documents), rows)

    def _write_failures(self) -> None:
        attempts: dict[str, int] = {}
        for some in _parts(sorted({*self.read, *self.failed})):
            found = select(schema.failures.c.uri, schema.failures.c.attempts).where(schema.failures.c.uri.in_(some))
            attempts |= {row.uri: row.attempts for row in self.connection.execute(found)}
        for some in _parts(sorted(attempts)):
            self.connection.execute(delete(schema.failures).where(schema.failures.c.uri.in_(some)))
        rows = [{**row, "attempts": attempts.get(uri, 0) + 1} for uri, row in self.failed.items()]
        if rows:
            self.connection.execute(insert(schema.failures), rows)

    def _reports(self, ids: Iterable[str]) -> dict[str, _Report]:
        table = schema.reports.c
        return {
            row.id: _Report(row.key, row.current, row.reader)
            for some in _parts(sorted(ids))
            for row in self.connection.execute(
                select(table.id, table.key, table.current, table.reader).where(table.id.in_(some))
            )
        }

    def _sightings(self, uris: Iterable[str]) -> defaultdict[str, list[_Sighting]]:
        table = schema.sightings.c
        found: defaultdict[str, list[_Sighting]] = defaultdict(list)
        for some in _parts(sorted(uris)):
            asked = select(table.uri, table.key, table.report, table.version, table.current).where(table.uri.in_(some))
            for row in self.connection.execute(asked):
                found[row.uri].append(_Sighting(row.key, row.report, row.version, row.current))
        return found

    def _reader(self, read_by: ReadBy) -> int:
        """Return the number of the versions that made a record."""
        if read_by not in self.readers:
            self.readers[read_by] = reader_key(self.connection, read_by)
        return self.readers[read_by]


def reader_key(connection: Connection, read_by: ReadBy) -> int:
    """Return the number of the versions that made a record, with a row made where there is none."""
    values = msgspec.structs.asdict(read_by)
    table = schema.readers
    found = connection.execute(
        select(table.c.key).where(*(table.c[name] == value for name, value in values.items()))
    ).scalar()
    if found is not None:
        return int(found)
    key = _last(connection, table) + 1
    connection.execute(insert(table), {"key": key, **values})
    return key


def _last(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.max(table.c.key))).scalar() or 0


def _parts(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Yield values in parts that a statement takes."""
    return (values[start : start + MANY] for start in range(0, len(values), MANY))


def _plain(text: str | None) -> str | None:
    return None if text is None else plain(text)
