"""Opening a ledger's database: what its name means, and how each database is set for one writer and many readers."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from dragoman.errors import LedgerError, UsageError

WAIT = 60_000  # milliseconds that a writer waits for another
PAGES = 10_000  # of 4 KiB that a writer appends before they go into the file
CACHE = 64_000  # KiB of pages that a connection keeps
WRITER = 0x44524147  # the PostgreSQL lock that writers take in turn: "DRAG"


def url_of(where: str | os.PathLike[str]) -> URL:
    """Return the address that a ledger's name means: a file, or a database by URL.

    >>> url_of("news.db").database
    'news.db'
    >>> url_of("postgresql://localhost/news").drivername
    'postgresql+psycopg'
    """
    name = os.fspath(where)
    if "://" not in name:
        return URL.create("sqlite", database=name)
    try:
        url = make_url(name)
    except ArgumentError as error:
        raise UsageError("the ledger's address is no URL; write it as postgresql://user@host/database") from error
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite":
        return url
    raise UsageError(f"a ledger cannot be kept in {url.drivername}; name a file or postgresql://…")


def name_of(url: URL) -> str:
    """Return what a person is told of an address: no password."""
    return url.database or "" if url.drivername == "sqlite" else url.render_as_string(hide_password=True)


def engine_for(url: URL, *, create: bool) -> Engine:
    """Return the engine of a ledger; LedgerError where it is not there and is not to be made."""
    if url.drivername != "sqlite":
        return _postgresql(url)
    file = Path(url.database or "")
    if not file.exists():
        if not create:
            raise LedgerError(str(file), "is not there", "make it with `dragoman ingest … --ledger`")
        if not file.absolute().parent.is_dir():
            raise LedgerError(str(file), "is in a folder that is not there", "make the folder first")
    elif not file.is_file():
        raise LedgerError(str(file), "is no file", "name a file for the ledger")
    engine = create_engine(
        url,
        poolclass=QueuePool,  # a connection is used by one thread at a time
        connect_args={"timeout": WAIT / 1000, "check_same_thread": False},
        hide_parameters=True,  # errors name no text of reports
    )
    event.listen(engine, "connect", _set_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(url, poolclass=QueuePool, hide_parameters=True)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise UsageError("PostgreSQL needs its driver; install it with pip install 'dragoman[postgres]'") from error
    event.listen(engine, "begin", _begin)
    return engine


def _set_sqlite(connection: Any, _: object) -> None:
    """Set what a connection to SQLite keeps to: readers beside one writer, and our own BEGIN."""
    connection.isolation_level = None  # the driver would begin late, after the first read
    for setting in (
        f"busy_timeout = {WAIT}",
        "journal_mode = WAL",
        "synchronous = NORMAL",  # a power cut may lose the last commits, never half of one
        "foreign_keys = ON",
        f"cache_size = -{CACHE}",
        f"wal_autocheckpoint = {PAGES}",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {setting}").close()


def _begin(connection: Connection) -> None:
    """Begin a transaction: a writer's takes the one turn to write at its start."""
    writes = connection.get_execution_options().get("writes", False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
    elif writes:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER})")
