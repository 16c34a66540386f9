"""Inserting many rows at once, past the layers between: what decides how fast a ledger is filled."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Connection, Table
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    import psycopg  # only where a ledger is kept in PostgreSQL

Row = dict[str, Any]


def insert_all(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all name the same columns; what they do not name is null."""
    if not rows:
        return
    names = tuple(rows[0])
    if connection.dialect.name == "postgresql":
        _copy(connection, table, names, rows)
    else:
        connection.exec_driver_sql(_statement(table, names), [tuple(row.values()) for row in rows])


@cache
def _statement(table: Table, names: tuple[str, ...]) -> str:
    """Return SQLite's statement for these columns, in this order."""
    unknown = set(names) - set(table.c.keys())
    assert not unknown, f"{table.name} has no {unknown}"
    columns = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608 - names are ours


def _copy(connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Send rows to PostgreSQL as one COPY; what it refuses is raised as the layers between would raise it."""
    columns = ", ".join(f'"{name}"' for name in names)
    driver = cast("psycopg.Connection[object]", connection.connection.driver_connection)
    statement = f"COPY {table.name} ({columns}) FROM STDIN"
    refused: type[Exception] = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement.encode()) as copy:
            for row in rows:
                copy.write_row(tuple(row.values()))
    except refused as error:
        raise DBAPIError.instance(statement, None, error, refused, dialect=connection.dialect) from error
