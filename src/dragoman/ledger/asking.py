"""A read-only prompt's half that asks: SQL over the views, one question at a time, within a time limit.

That nothing is written is held by the database: a SQLite file is opened for reading, and all but reading is refused
while a statement is prepared; PostgreSQL asks in a read-only transaction that is rolled back.
"""

import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from dragoman.errors import LedgerError, UsageError
from dragoman.ledger import fulltext
from dragoman.ledger.connection import url_of
from dragoman.ledger.store import Ledger

ASKS = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/|\()*(?:select|with|values|explain|table)\b", re.IGNORECASE | re.DOTALL)
STEPS = 10_000  # of SQLite's machine between two looks at the clock
LARGEST = 50_000_000  # bytes of a value
AT_ONCE = 500  # rows fetched
ALLOWED = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE))
REFUSED = frozenset(("load_extension", "writefile", "readfile", "edit", "fts3_tokenizer"))


@dataclass(frozen=True, slots=True)
class Answer:
    """The columns of an answer and its rows; `more` where there are more than were asked for."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    more: bool


def ask(ledger: Ledger, question: str, *, seconds: float = 30.0, limit: int | None = None) -> Answer:
    """Return the answer to one SQL question; UsageError where it is none, or takes longer than the seconds.

    >>> ask(ledger, "SELECT count(*) AS reports FROM reports").columns
    ['reports']
    """
    if not ASKS.match(question):
        raise UsageError("only questions are taken here: SELECT, WITH, VALUES, TABLE or EXPLAIN; nothing is written")
    question = question.strip().rstrip(";")
    asked = _sqlite if ledger.engine.dialect.name == "sqlite" else _postgresql
    with asked(ledger, question, seconds) as cursor:
        columns = [column[0] for column in cursor.description or ()]
        rows = list(islice(_rows(cursor), None if limit is None else limit + 1))
    more = limit is not None and len(rows) > limit
    return Answer(columns, rows[:limit], more)


def _rows(cursor: Any) -> Iterator[Sequence[Any]]:
    while rows := cursor.fetchmany(AT_ONCE):
        yield from rows


@contextmanager
def _sqlite(ledger: Ledger, question: str, seconds: float) -> Iterator[Any]:
    file = Path(ledger.engine.url.database or "").absolute()
    ends = time.monotonic() + seconds
    connection = None
    try:
        connection = sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)
        connection.execute("PRAGMA query_only = ON").close()
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
        for table in fulltext.INDEXED:  # an index is opened with its first question, which takes more than reading
            connection.execute(f"SELECT rowid FROM {table.name}_fts LIMIT 0").close()  # noqa: S608 - names are ours
        connection.set_authorizer(_authorized)
        connection.set_progress_handler(lambda: time.monotonic() > ends, STEPS)
        yield connection.execute(question)
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise _refusal(ledger, str(error), late=time.monotonic() > ends, seconds=seconds) from error
    finally:
        if connection is not None:
            connection.close()


def _authorized(action: int, first: str | None, second: str | None, _: str | None, __: str | None) -> int:
    """Allow reading, and nothing else."""
    reads = action in ALLOWED and not (action == sqlite3.SQLITE_FUNCTION and (second or "").casefold() in REFUSED)
    # FTS5 asks for the state of the file while it matches.
    reads = reads or (action == sqlite3.SQLITE_PRAGMA and first == "data_version" and second is None)
    return sqlite3.SQLITE_OK if reads else sqlite3.SQLITE_DENY


@contextmanager
def _postgresql(ledger: Ledger, question: str, seconds: float) -> Iterator[Any]:
    import psycopg

    engine = create_engine(url_of(ledger.engine.url.render_as_string(hide_password=False)), poolclass=NullPool)
    connection = engine.raw_connection()
    try:
        cursor: Any = connection.cursor()
        cursor.execute("SET TRANSACTION READ ONLY")
        cursor.execute(f"SET LOCAL statement_timeout = {max(1, round(seconds * 1000))}")
        # Prepared, so that it is one statement: no second one behind a semicolon leaves the transaction.
        cursor.execute(question.encode(), prepare=True)
        yield cursor
    except psycopg.Error as error:
        late = isinstance(error, psycopg.errors.QueryCanceled)
        raise _refusal(ledger, str(error), late=late, seconds=seconds) from error
    finally:
        connection.rollback()
        connection.close()
        engine.dispose()


def _refusal(ledger: Ledger, reason: str, *, late: bool, seconds: float) -> Exception:
    if late:
        return UsageError(f"the question took longer than {seconds:g} seconds; ask for less, or give --seconds")
    if "unable to open" in reason:
        return LedgerError(ledger.name, f"could not be opened for reading ({reason})", "see that it may be read")
    return UsageError(f"the database says: {reason.splitlines()[0] if reason else 'no'}; `.views` lists what is there")
