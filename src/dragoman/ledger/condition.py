"""A filter as a condition of a question: a test of each row, and, where an index serves, the rows that it gives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Select, Table

from dragoman.ledger.filter_values import Days
from dragoman.ledger.lists import Listed, free

Test = ColumnElement[bool]
Keys = Select[Any]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition: its test of a row, and the question for the rows' numbers, None where no index serves it.

    `few` is the same test made of those numbers, which is quicker where there are few of them. `walked` is set where
    rows of one value lie in the order of days; `known` where PostgreSQL's statistics know how many rows there are.
    """

    test: Test
    keys: Keys | None = None
    few: Test | None = None
    walked: Test | None = None
    known: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What conditions are made from: the list, the database, the days that are asked for, the distance.

    `by_row` where what is there for a row is looked up row by row, and not all of it gathered first.
    """

    listed: Listed
    dialect: Dialect
    days: Days | None
    within: float | None
    by_row: bool = False

    @property
    def table(self) -> Table:
        """The list's table."""
        return self.listed.table

    def free(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return a column that is looked up in the row: which index serves is ours to say."""
        return free(column, self.dialect)

    def in_days(self, column: ColumnElement[Any]) -> list[Test]:
        """Return the conditions that a day of an index is one of those asked for."""
        return between_days(column, self.days) if self.days else []

    def has(self, question: Select[Any]) -> Test:
        """Return that a row has what a question about it asks for."""
        # PostgreSQL gathers the answers for a million rows to give a page of 50; behind an offset it cannot.
        return (question.offset(0) if self.by_row and self.dialect.name == "postgresql" else question).exists()


Make = Callable[[Asked, Sequence[Any]], Condition]


def between_days(column: ColumnElement[Any], value: Days) -> list[Test]:
    """Return the conditions that a day lies within days, of which either end may be open."""
    parts: list[Test] = [] if value.start is None else [column >= value.start]
    if value.end is not None:
        parts.append(column <= value.end)
    return parts or [column.is_not(None)]
