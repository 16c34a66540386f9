"""The lists that questions are asked of: where their rows are, and by what they can be sorted."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Dialect, FromClause, Table
from sqlalchemy.sql.elements import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from dragoman.errors import UsageError
from dragoman.ledger import schema

E, O = schema.events.c, schema.occurrences.c  # noqa: E741
LATEST = "-"


@dataclass(frozen=True, slots=True)
class Sort:
    """What rows are sorted by: a column, or None for the order of the ledger; the last first where `down`."""

    name: str
    column: ColumnElement[Any] | None
    down: bool


@dataclass(frozen=True)
class Listed:
    """A list: its table, the columns it is sorted by, whether its day and publisher are those of its report."""

    name: str
    table: Table
    sorts: Mapping[str, ColumnElement[Any]]
    of_report: bool = False

    @cached_property
    def source(self) -> FromClause:
        """What rows are asked from."""
        if not self.of_report:
            return self.table
        return self.table.join(schema.reports, schema.reports.c.key == self.table.c.report)

    def shown(self, *, raw: bool) -> list[ColumnElement[bool]]:
        """Return the condition that rows are what the ledger shows, or what the machine read."""
        if self.name == "occurrences":
            return []
        if self.name == "reports":
            return [schema.reports.c.current.is_not(False)]  # so that SQLite walks the order that is wanted, not this
        return [self.table.c.raw.is_(True) if raw else self.table.c.shown.is_(True)]

    def sort(self, written: str | None) -> Sort:
        """Return the sort of a word such as `day`, or `-day` for the latest first; UsageError names those known."""
        name = (written or "day").removeprefix(LATEST)
        known = {**self.sorts, "added": None}
        if name not in known:
            raise UsageError(f"{self.name} cannot be sorted by {name!r}; known are {', '.join(known)}, or -… downwards")
        return Sort(name, known[name], down=bool(written) and written != name)


def free(column: ColumnElement[Any], dialect: Dialect) -> ColumnElement[Any]:
    """Return a column that SQLite uses no index of; PostgreSQL has statistics to choose by."""
    return UnaryExpression(column, operator=custom_op("+"), type_=column.type) if dialect.name == "sqlite" else column


LISTS: Mapping[str, Listed] = {
    one.name: one
    for one in (
        Listed(
            "events",
            schema.events,
            {
                "day": E.day,
                "confidence": E.confidence,
                "intensity": E.intensity,
                "killed": E.killed_low,
                "size": E.size_low,
            },
        ),
        Listed("statements", schema.statements, {"day": schema.statements.c.day}),
        Listed("reports", schema.reports, {"day": schema.reports.c.day}),
        Listed("negotiations", schema.negotiations, {"day": schema.reports.c.day}, of_report=True),
        Listed("flags", schema.flags, {"day": schema.reports.c.day}, of_report=True),
        Listed("occurrences", schema.occurrences, {"day": O.day, "confidence": O.confidence, "reports": O.reports}),
    )
}
