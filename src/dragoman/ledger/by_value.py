"""Conditions on what a row says itself: its type, numbers, days and place."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from dragoman.ledger import schema
from dragoman.ledger.condition import Asked, Condition, Make, Test, between_days
from dragoman.ledger.filter_values import Days, Range, Where, cased, located
from dragoman.ledger.near import near


def own(column: ColumnElement[Any], *, indexed: bool = True, spelt: bool = False) -> Make:
    """Make the condition that a column has one of some values; `spelt` in any case that names are written in."""

    def make(asked: Asked, values: Sequence[Any]) -> Condition:
        wanted = [form for value in values for form in (cased(value) if spelt else (value,))]
        day = asked.table.c.get("day") if not asked.listed.of_report else None
        keys = select(asked.table.c.key).where(column.in_(wanted)) if indexed else None
        if keys is not None and day is not None:
            keys = keys.where(*asked.in_days(day))
        walked = column == wanted[0] if indexed and day is not None and len(wanted) == 1 else None
        return Condition(asked.free(column).in_(wanted), keys, walked=walked, known=True)

    return make


def yes(column: ColumnElement[Any]) -> Make:
    """Make the condition that a column says yes, or no."""
    return lambda asked, values: Condition(or_(*(column.is_(value) for value in values)))


def number(column: ColumnElement[Any], *, indexed: bool = False) -> Make:
    """Make the condition that a number is in a range."""

    def make(asked: Asked, values: Sequence[Range]) -> Condition:
        keys = select(asked.table.c.key).where(or_(*(_within(column, value) for value in values)))
        test = or_(*(_within(asked.free(column), value) for value in values))
        return Condition(test, keys if indexed else None, known=True)

    return make


def _within(column: ColumnElement[Any], value: Range) -> Test:
    parts: list[Test] = [column.is_not(None)]
    if value.low is not None:
        parts.append(column > value.low if value.bare else column >= value.low)
    if value.high is not None:
        parts.append(column < value.high if value.bare else column <= value.high)
    return and_(*parts)


def date(column: ColumnElement[Any]) -> Make:
    """Make the condition that a day is one of those asked for."""

    def make(asked: Asked, values: Sequence[Days]) -> Condition:
        plain = or_(*(and_(*between_days(column, value)) for value in values))
        source = select(asked.table.c.key).select_from(asked.listed.source)
        free = or_(*(and_(*between_days(asked.free(column), value)) for value in values))
        return Condition(free, source.where(plain), walked=plain, known=True)

    return make


def place(asked: Asked, values: Sequence[Where]) -> Condition:
    """Make the condition that it was done at a place, in a country, or near a point."""
    columns = asked.table.c

    def any_of(free: Callable[[ColumnElement[Any]], ColumnElement[Any]]) -> Test:
        tests: list[Test] = [false()]
        for value in values:
            if asked.within is not None:
                tests.append(near(free(columns.lat), free(columns.lon), located(value), asked.within, asked.dialect))
            elif value.country:
                tests.append(free(columns.place_country) == value.country)
            else:
                tests.append(free(columns.place).in_(cased(value.name or "")))
        return or_(*tests)

    return Condition(any_of(asked.free), select(columns.key).where(any_of(lambda column: column)))


def point(asked: Asked, values: Sequence[Where | bool]) -> Condition:
    """Make the condition that its place is known to a point, or to none, or is at one."""
    columns = asked.table.c

    def test(value: Where | bool, free: Callable[[ColumnElement[Any]], ColumnElement[Any]]) -> Test:
        if isinstance(value, Where) and value.point is not None:
            return and_(free(columns.lat) == value.point[0], free(columns.lon) == value.point[1])
        named = and_(free(columns.place).is_not(None), free(columns.lat).is_(None))
        return free(columns.lat).is_not(None) if value else named

    keys = select(columns.key).where(or_(*(test(value, lambda column: column) for value in values)))
    return Condition(or_(*(test(value, asked.free) for value in values)), keys)


def subject(asked: Asked, values: Sequence[str]) -> Condition:
    """Return the condition that what is bargained over is called so."""
    column = schema.negotiations.c.subject
    return Condition(or_(*(column.icontains(word, autoescape=True) for word in values)))
