"""A report's rows in both readings: what the machine read, and that with corrections applied."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Table, delete, select, update

from dragoman.ledger import schema
from dragoman.ledger.applying import applied
from dragoman.ledger.correction import Correction, now
from dragoman.ledger.corrections import corrections_of, note_unplaced
from dragoman.ledger.inserting import insert_all
from dragoman.ledger.names import note_names
from dragoman.ledger.rows import Reading, Row, Rows, rows_of
from dragoman.records import Record, as_json, from_json

# In this order rows point at nothing that is not there, both when they come and when they go.
ORDER = schema.METADATA.sorted_tables
ROOTS = (schema.events, schema.proposals, schema.negotiations, schema.flags, schema.statements, schema.entities)


@dataclass(frozen=True, slots=True)
class Readings:
    """A report's rows, one set or two, and which corrections found no place in it."""

    sets: Sequence[Rows]
    unplaced: Mapping[str, str] = field(default_factory=dict)


def readings_of(key: int, record: Record, corrections: Sequence[Correction], *, current: bool) -> Readings:
    """Return the rows of a report: two sets where a person corrected something."""
    if not current:
        return Readings([rows_of(record, Reading(key, raw=False, shown=False))])
    if not corrections:
        return Readings([rows_of(record, Reading(key))])
    result = applied(record, corrections)
    corrected = Reading(key, raw=False, shown=True, corrected=True, reviews=result.reviews)
    return Readings([rows_of(record, Reading(key, shown=False)), rows_of(result.record, corrected)], result.unplaced)


def write_rows(connection: Connection, sets: Iterable[Rows]) -> None:
    """Write rows of any number of reports, a table at a time."""
    together: defaultdict[Table, list[Row]] = defaultdict(list)
    for rows in sets:
        for table, some in rows.items():
            together[table] += some
    for table in ORDER:
        insert_all(connection, table, together[table])
    note_names(connection, together[schema.entities])


def remove_rows(connection: Connection, reports: Iterable[int]) -> None:
    """Remove the rows of reports, and what hangs on them; the reports and their JSON stay."""
    keys = list(reports)
    for table in (*ROOTS, schema.joined_reports) if keys else ():
        connection.execute(delete(table).where(table.c.report.in_(keys)))


def make_again(connection: Connection, key: int) -> None:
    """Make the rows of a report again, after a person said something of it."""
    asked = select(schema.reports.c.id, schema.reports.c.current).where(schema.reports.c.key == key)
    report = connection.execute(asked).one()
    corrections = corrections_of(connection, [report.id]).get(report.id, [])
    readings = readings_of(key, record_of(connection, key), corrections, current=report.current)
    remove_rows(connection, [key])
    write_rows(connection, readings.sets)
    note_unplaced(connection, corrections, readings.unplaced)
    connection.execute(update(schema.reports).where(schema.reports.c.key == key).values(changed=now()))


def record_of(connection: Connection, key: int) -> Record:
    """Return what the machine read of a report."""
    asked = select(schema.records.c.json).where(schema.records.c.report == key)
    return unpacked(connection.execute(asked).scalar_one())


def packed(record: Record) -> bytes:
    """Return a record as the ledger keeps it: its exact JSON, deflated."""
    return zlib.compress(as_json(record), 6)


def unpacked(data: bytes) -> Record:
    """Return the record that was packed."""
    return from_json(zlib.decompress(data))
