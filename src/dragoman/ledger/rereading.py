"""Reading again: what an older version read is replaced, from the text that the ledger keeps."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import Select, func, select

from dragoman.ledger import schema
from dragoman.ledger.correction import Correction
from dragoman.ledger.corrections import all_corrections
from dragoman.ledger.ingest import Writer
from dragoman.ledger.readings import unpacked
from dragoman.ledger.store import Ledger
from dragoman.records import Failure, ReadBy, Record, Report

BATCH = 50  # reports held at once

ReadReports = Callable[[Iterable[Report]], Iterator[Record | Failure]]


def outdated(ledger: Ledger, read_by: ReadBy | None) -> int:
    """Return how many reports were read by other versions than these; by any, where None is given."""
    with ledger.reading() as connection:
        return connection.execute(_by_others(read_by).with_only_columns(func.count())).scalar_one()


def reread(writer: Writer, read: ReadReports, read_by: ReadBy | None) -> Iterator[Record | Failure]:
    """Read the reports that other versions read, replace what was read, and yield the new records.

    A run that is killed goes on where it was: what is replaced is no longer by another version. A report that cannot
    be read again keeps what was read.
    """
    for item in read(_reports(writer.ledger, read_by)):
        writer.add(item, replace=True)
        yield item
    writer.flush()


def unplaced(ledger: Ledger) -> list[Correction]:
    """Return the corrections that the present readings of their reports have no place for."""
    with ledger.reading() as connection:
        return [one for one in all_corrections(connection) if one.unplaced and not one.withdrawn]


def _reports(ledger: Ledger, read_by: ReadBy | None) -> Iterator[Report]:
    """Yield the reports to be read again, as their sources gave them."""
    last = 0
    while True:
        asked = (
            _by_others(read_by)
            .with_only_columns(schema.reports.c.key, schema.records.c.json)
            .join(schema.records, schema.records.c.report == schema.reports.c.key)
            .where(schema.reports.c.key > last)
            .order_by(schema.reports.c.key)
            .limit(BATCH)
        )
        with ledger.reading() as connection:
            rows = connection.execute(asked).all()
        if not rows:
            return
        for row in rows:
            yield unpacked(row.json).report
        last = rows[-1].key


def _by_others(read_by: ReadBy | None) -> Select[tuple[int]]:
    reports, readers = schema.reports, schema.readers
    asked = select(reports.c.key).select_from(reports.join(readers, readers.c.key == reports.c.reader))
    if read_by is None:
        return asked
    same = [readers.c[name] == getattr(read_by, name) for name in ReadBy.__struct_fields__]
    return asked.where(~(same[0] & same[1] & same[2] & same[3]))
