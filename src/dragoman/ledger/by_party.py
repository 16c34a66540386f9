"""Conditions on what hangs on a row: who takes part, on which side, its modes and proposals."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, or_, select

from dragoman.ledger import schema
from dragoman.ledger.condition import Asked, Condition, Make, Test
from dragoman.ledger.filter_values import Pair, Who
from dragoman.ledger.names import named

E, S, P, N = schema.events.c, schema.statements.c, schema.participants.c, schema.entities.c
Of = Callable[[ColumnElement[Any]], ColumnElement[Any]]


def _any(table: Any, values: Sequence[Who], of: Of = lambda column: column) -> Test:
    """Return that an entity, or a participant, is one of those who are meant."""
    return or_(*(_is(table, value, of) for value in values))


def _is(table: Any, value: Who, of: Of) -> Test:
    match value.kind:
        case "country":
            return of(table.country) == value.value
        case "sector":
            return of(table.sector) == value.value
        case "wikidata":
            entities = select(N.key).where(N.wikidata == value.value)
            return cast(Test, of(table.entity if "entity" in table else table.key).in_(entities))
        case _:
            return cast(Test, of(table.folded).in_(named(value.value)))


def participant(*sides: str) -> Make:
    """Make the condition that who is meant takes part on a side."""

    def make(asked: Asked, values: Sequence[Who]) -> Condition:
        side = P.side.in_(sides)
        keys = select(P.event).where(side, _any(P, values), *asked.in_days(P.day))
        test = select(P.n).where(P.event == E.key, side, _any(P, values, asked.free)).correlate(schema.events)
        return Condition(asked.has(test), keys, known=all(value.kind in ("country", "sector") for value in values))

    return make


def speaker(*columns: ColumnElement[Any]) -> Make:
    """Make the condition that a statement is by whom, or to whom, is meant."""

    def make(asked: Asked, values: Sequence[Who]) -> Condition:
        them = select(N.key).where(_any(N, values))
        each = or_(*(and_(N.key == column, _any(N, values, asked.free)) for column in columns))
        keys = select(S.key).where(or_(*(column.in_(them) for column in columns)), *asked.in_days(S.day))
        return Condition(asked.has(select(N.id).where(each).correlate(schema.statements)), keys)

    return make


def linked(table: Table, owner: str) -> Make:
    """Make the condition that an entity which a list names, or a report holds, is who is meant."""

    def make(asked: Asked, values: Sequence[Who]) -> Condition:
        them, each = _any(N, values), _any(N, values, asked.free)
        if table is schema.entities:
            there = select(N.report).where(them, N.shown.is_(True))
            test = select(N.id).where(N.report == asked.table.c.key, N.shown.is_(True), each)
            return Condition(asked.has(test.correlate(asked.table)), there)
        joined = table.join(schema.entities, N.key == table.c.entity)
        keys = select(table.c[owner]).select_from(joined).where(them)
        test = select(N.id).select_from(joined).where(table.c[owner] == asked.table.c.key, each)
        return Condition(asked.has(test.correlate(asked.table)), keys)

    return make


def dyad(asked: Asked, values: Sequence[Pair]) -> Condition:
    """Return the condition that one country acts on another."""
    pairs = schema.pairs.c
    there = or_(*(and_(pairs.actor == value.actor, pairs.recipient == value.recipient) for value in values))
    keys = select(pairs.event).where(there, *asked.in_days(pairs.day))
    each = or_(
        *(
            and_(asked.free(pairs.actor) == value.actor, asked.free(pairs.recipient) == value.recipient)
            for value in values
        )
    )
    return Condition(asked.has(select(pairs.type).where(pairs.event == E.key, each).correlate(schema.events)), keys)


def listed(table: Table, column: str) -> Make:
    """Make the condition that an event has one of some modes or contexts."""

    def make(asked: Asked, values: Sequence[str]) -> Condition:
        there = table.c[column].in_(values)
        keys = select(table.c.event).where(there)
        each = asked.free(table.c[column]).in_(values)
        test = select(table.c[column]).where(table.c.event == E.key, each).correlate(schema.events)
        return Condition(asked.has(test), keys)

    return make


def proposal(asked: Asked, values: Sequence[str]) -> Condition:
    """Return the condition that a proposal of a negotiation stands where it is asked for."""
    proposals = schema.proposals.c
    there = proposals.status.in_(values)
    test = select(proposals.id).where(proposals.negotiation == schema.negotiations.c.key, there)
    return Condition(asked.has(test.correlate(schema.negotiations)), select(proposals.negotiation).where(there))
