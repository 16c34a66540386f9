"""A report's rows in both readings: what the machine read, and that with corrections applied."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert

from dragoman.ledger import schema
from dragoman.ledger.applying import applied
from dragoman.ledger.correction import Correction
from dragoman.ledger.rows import Reading, Row, Rows, rows_of
from dragoman.records import Record

# In this order rows point at nothing that is not there, both when they come and when they go.
ORDER = schema.METADATA.sorted_tables
ROOTS = (schema.events, schema.proposals, schema.negotiations, schema.flags, schema.statements, schema.entities)


def readings_of(key: int, record: Record, corrections: Sequence[Correction], *, current: bool) -> list[Rows]:
    """Return the rows of a report: one set, or two where a person corrected something."""
    if not current:
        return [rows_of(record, Reading(key, raw=False, shown=False))]
    if not corrections:
        return [rows_of(record, Reading(key))]
    result = applied(record, corrections)
    corrected = Reading(key, raw=False, shown=True, corrected=True, reviews=result.reviews)
    return [rows_of(record, Reading(key, shown=False)), rows_of(result.record, corrected)]


def write_rows(connection: Connection, sets: Iterable[Rows]) -> None:
    """Write rows of any number of reports, a table at a time."""
    together: defaultdict[Table, list[Row]] = defaultdict(list)
    for rows in sets:
        for table, some in rows.items():
            together[table] += some
    for table in ORDER:
        if together[table]:
            connection.execute(insert(table), together[table])


def remove_rows(connection: Connection, reports: Iterable[int]) -> None:
    """Remove the rows of reports, and what hangs on them; the reports and their JSON stay."""
    keys = list(reports)
    for table in ROOTS if keys else ():
        connection.execute(delete(table).where(table.c.report.in_(keys)))


def changes(table: Table, values: Any) -> Any:
    """Return the columns that an update sets."""
    return {table.c[name]: value for name, value in values.items()}
