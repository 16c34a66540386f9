"""Pages of a question: any of them as quick as the first, for a page begins where the one before ended."""

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, literal, select, tuple_

from dragoman.errors import UsageError
from dragoman.ledger.filters import Filters
from dragoman.ledger.lists import Listed, Sort, free
from dragoman.ledger.plans import Plan

Position = tuple[str | float | None, int]  # what the last row of a page is sorted by, and its number


class Cursor(msgspec.Struct, array_like=True):
    """Where a page ended, and of which question."""

    question: str
    value: str | float | None
    key: int


@dataclass(frozen=True, slots=True)
class Question:
    """What pages are of: the filters, the order, whose reading."""

    filters: Filters
    sort: Sort
    raw: bool

    @property
    def mark(self) -> str:
        """What tells this question from another."""
        told = repr((self.filters, self.sort.name, self.sort.down, self.raw)).encode()
        return hashlib.blake2b(told, digest_size=6).hexdigest()

    def cursor(self, at: Position) -> str:
        """Return what a person gives to go on behind a row."""
        return base64.urlsafe_b64encode(msgspec.json.encode(Cursor(self.mark, *at))).decode().rstrip("=")

    def position(self, cursor: str) -> Position:
        """Return where a cursor stands; UsageError where it is none, or one of another question."""
        try:
            padded = cursor + "=" * (-len(cursor) % 4)
            found = msgspec.json.decode(base64.urlsafe_b64decode(padded), type=Cursor)
        except (ValueError, binascii.Error, msgspec.DecodeError):
            raise UsageError(f"{cursor[:40]!r} is no cursor; take the one that the page before ended with") from None
        if found.question != self.mark:
            raise UsageError("the cursor is of another question; ask with the same filters and the same sort")
        return found.value, found.key


def keys_of(
    connection: Connection, listed: Listed, question: Question, plan: Plan, limit: int, after: Position | None
) -> list[Position]:
    """Return the next rows by what they are sorted by and their numbers; those without a value come last."""
    found: list[Position] = []
    for asked in _parts(connection, listed, question.sort, plan, after):
        found += [(row[0], row[1]) for row in connection.execute(asked.limit(limit - len(found)))]
        if len(found) >= limit:
            break
    return found


def _parts(
    connection: Connection, listed: Listed, sort: Sort, plan: Plan, after: Position | None
) -> Iterator[Select[Any, int]]:
    """Yield the questions for rows that have what they are sorted by, then for those that have not."""
    value = sort.column
    if value is None:
        asked, _, key = _select(connection, listed, literal(None), plan)
        if after is not None:
            asked = asked.where(key < after[1] if sort.down else key > after[1])
        yield asked.order_by(key.desc() if sort.down else key)
        return
    if after is None or after[0] is not None:
        asked, ordered, key = _select(connection, listed, value, plan, value.is_not(None))
        if after is not None:
            here, there = tuple_(ordered, key), tuple_(literal(after[0], value.type), literal(after[1]))
            asked = asked.where(here < there if sort.down else here > there)
        yield asked.order_by(*((ordered.desc(), key.desc()) if sort.down else (ordered, key)))
    unknown, _, key = _select(connection, listed, literal(None), plan, value.is_(None))
    if after is not None and after[0] is None:
        unknown = unknown.where(key > after[1])
    yield unknown.order_by(key)


def _select(
    connection: Connection, listed: Listed, value: ColumnElement[Any], plan: Plan, *tests: ColumnElement[bool]
) -> tuple[Select[Any, int], ColumnElement[Any], ColumnElement[int]]:
    """Return the question for rows, and what they are sorted by: what they have there, and their numbers."""
    key = listed.table.c.key
    asked = select(value.label("value"), key).select_from(listed.source).where(*plan.tests, *tests)
    if not plan.driven:
        return asked, value, key
    if connection.dialect.name != "postgresql":
        return asked, free(value, connection.dialect), key
    found = asked.cte("found").prefix_with("MATERIALIZED")  # or it would think of their order first
    return select(found.c.value, found.c.key), found.c.value, found.c.key
