"""Conditions on what a row belongs to: its report, the words of either, the events that an occurrence has."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Table, and_, or_, select

from dragoman.ledger import fulltext, schema
from dragoman.ledger.by_party import participant
from dragoman.ledger.condition import Asked, Condition, Make, Test
from dragoman.ledger.filter_values import Who, cased
from dragoman.ledger.lists import LISTS

E, R, O = schema.events.c, schema.reports.c, schema.occurrences.c  # noqa: E741


def of_report(make: Callable[[Asked, Sequence[Any]], Test]) -> Make:
    """Make the condition that a list's report is one of some."""

    def condition(asked: Asked, values: Sequence[Any]) -> Condition:
        reports = select(R.key).where(make(asked, values))
        if asked.listed.of_report or asked.table is schema.reports:
            keys = select(asked.table.c.key).select_from(asked.listed.source).where(R.key.in_(reports))
            return Condition(make(asked, values), keys)
        keys = select(asked.table.c.key).where(asked.table.c.report.in_(reports))
        return Condition(asked.free(asked.table.c.report).in_(reports), keys)

    return condition


def begins(asked: Asked, values: Sequence[str]) -> Test:
    """Return the test that a report's id begins as one of some."""
    return or_(*(and_(R.id >= value, R.id < value + "g") for value in values))


def publisher(asked: Asked, values: Sequence[str]) -> Test:
    """Return the test that a report is of one of some publishers."""
    return R.publisher.in_([form for value in values for form in cased(value)])


def text(table: Table) -> Make:
    """Make the condition that a row, or the report that it is of, holds words."""

    def make(asked: Asked, values: Sequence[str]) -> Condition:
        tests = [fulltext.matches(table, value, asked.dialect) for value in values]
        found = [fulltext.keys_matching(table, value, asked.dialect) for value in values]
        if asked.table is table:
            few = or_(*((asked.table.c.key + 0).in_(keys) for keys in found))
            return Condition(or_(*tests), found[0] if len(found) == 1 else None, few, known=True)
        keys = select(asked.table.c.key).where(or_(*(asked.table.c.report.in_(some) for some in found)))
        return Condition(or_(*tests), keys)

    return make


def occurrence(asked: Asked, values: Sequence[str]) -> Condition:
    """Return the condition that an event tells one of some occurrences."""
    them = select(O.key).where(O.id.in_(values))
    return Condition(asked.free(E.occurrence).in_(them), select(E.key).where(E.occurrence.in_(them)))


def _told(asked: Asked, of_events: Condition) -> Condition:
    """Return the condition that one of an occurrence's events is as it should be."""
    test = select(E.id).where(E.occurrence == O.key, E.shown.is_(True), of_events.test)
    keys = None
    if of_events.keys is not None:
        keys = select(E.occurrence).where(E.key.in_(of_events.keys), E.shown.is_(True), E.occurrence.is_not(None))
    return Condition(asked.has(test.correlate(schema.occurrences)), keys)


def by_events(make: Make) -> Make:
    """Make the condition of an occurrence from that of its events."""
    return lambda asked, values: _told(asked, make(replace(asked, listed=LISTS["events"], days=None), values))


def side(*sides: str) -> Make:
    """Make the condition that who is meant takes part in an occurrence, by what its events say."""

    def make(asked: Asked, values: Sequence[Who]) -> Condition:
        of_events = participant(*sides)(replace(asked, listed=LISTS["events"], days=None), values)
        return _told(asked, of_events)

    return make
