"""The ledger's numbered shapes: making one, bringing an older one up, refusing a newer one."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from sqlalchemy import Connection, func, insert, inspect, select

from dragoman.errors import LedgerError, LedgerTooNew
from dragoman.ledger import fulltext, schema, views

Migration = Callable[[Connection], None]


def _joinings(connection: Connection) -> None:
    """Make room for what joining keeps."""
    schema.METADATA.create_all(connection, tables=[schema.joined_reports, schema.joinings])


def _covering(connection: Connection) -> None:
    """Make the indexes that whole ledgers are counted from, wider than those they replace."""
    counted = map(schema.COUNTED.format, ("events", "occurrences"))
    new = {"ledger_events_point", "ledger_pairs_dyad", "ledger_pairs_recipient", *counted}
    for name in sorted({"ledger_events_near", *new}):
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {name}")
    tables = (schema.events, schema.pairs, schema.occurrences)
    for index in (one for table in tables for one in table.indexes if one.name in new):
        index.create(connection)


def _ties(connection: Connection) -> None:
    """Put rows of one intensity into their order in PostgreSQL's index."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP INDEX ledger_events_intensity")
        connection.exec_driver_sql("CREATE INDEX ledger_events_intensity ON ledger_events (intensity, key)")


# The n-th brings a ledger from shape n to shape n + 1. A new ledger is made in the last shape at once.
MIGRATIONS: Sequence[Migration] = (_joinings, _covering, _ties)
SHAPE = len(MIGRATIONS) + 1


def shape_of(connection: Connection, name: str) -> int:
    """Return the shape that a ledger has, 0 where the database is empty; LedgerError where it is something else."""
    tables = set(inspect(connection).get_table_names())
    if schema.versions.name in tables:
        return connection.execute(select(func.max(schema.versions.c.key))).scalar() or 0
    if tables and connection.dialect.name == "sqlite":
        raise LedgerError(name, "is a database, but no ledger", "name another file")
    return 0


def bring_up(connection: Connection, name: str, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Make a ledger in an empty database, or bring an older one to the present shape; once, in a transaction."""
    last = len(migrations) + 1
    found = shape_of(connection, name)
    check(found, name, last)
    if found == 0:
        _make(connection)
    for number in range(found or last, last):
        migrations[number - 1](connection)
    for number in range(found + 1, last + 1):
        stamp = {"key": number, "applied": datetime.now(UTC).isoformat("T", "seconds"), "dragoman": version("dragoman")}
        connection.execute(insert(schema.versions), stamp)


def check(found: int, name: str, last: int = SHAPE) -> None:
    """Raise LedgerTooNew where a later version made the ledger."""
    if found > last:
        raise LedgerTooNew(name, found, last)


def _make(connection: Connection) -> None:
    dialect = connection.dialect.name
    schema.METADATA.create_all(connection)
    for statement in (*fulltext.statements_for(dialect), *views.statements_for(dialect)):
        connection.exec_driver_sql(statement)
