"""How a question is asked: which index gives the rows, so that a page is quick whatever is asked for.

Neither database knows how many rows a filter leaves before it asks, and both guess wrong where it matters: a page of 50
of a million. So the indexes are asked first, up to a bound. Where one filter leaves few rows, these are looked at and
sorted. Where several together do, what their indexes have in common is. Where none does, rows are walked in the order
that is wanted, and 50 are found soon. A number that an index gives twice is counted twice: to tell them apart takes
ten times as long as to count.

PostgreSQL is told that few rows are left, and finds them by itself: it can lay indexes of one table over each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from sqlalchemy import ColumnElement, Connection, select

from dragoman.ledger.condition import Condition, Keys
from dragoman.ledger.estimates import expected, size_of, up_to
from dragoman.ledger.lists import Listed, Sort, free

FEW = 10_000  # rows that are looked up one by one and sorted in a twentieth of a second
MANY = 150_000  # numbers that an index gives in a twentieth of a second


@dataclass(frozen=True, slots=True)
class Plan:
    """The conditions of a question; `driven` where an index gives the rows, which are sorted when they are there."""

    tests: Sequence[ColumnElement[bool]]
    driven: bool


def plan_for(
    connection: Connection, listed: Listed, conditions: Sequence[Condition], *, sort: Sort | None, raw: bool
) -> Plan:
    """Return the plan of a question; `sort` is None where all rows are wanted and not a page of them."""
    shown = listed.shown(raw=raw)
    counted = [(_number(connection, one, one.keys), one) for one in conditions if one.keys is not None]
    counted = sorted(counted, key=lambda pair: pair[0])
    driving = _driving(connection, listed, counted, paged=sort is not None)
    if not driving:
        walked = _walked(conditions, counted, sort)
        tests = [one.walked if one is walked and one.walked is not None else one.test for one in conditions]
        return Plan([*shown, *tests], driven=False)
    if connection.dialect.name == "postgresql":
        return Plan([*shown, *_found(listed, conditions, driving)], driven=True)
    few = {id(one) for number, one in counted if number <= MANY}
    given = {id(one) for one in driving}
    tests = [
        one.few if one.few is not None and id(one) in few else one.test for one in conditions if id(one) not in given
    ]
    return Plan([_given_by(connection, listed, driving), *shown, *tests], driven=True)


def _driving(
    connection: Connection, listed: Listed, counted: Sequence[tuple[int, Condition]], *, paged: bool
) -> list[Condition]:
    """Return the conditions whose indexes give the rows, the rarest first; none where rows are walked."""
    if not counted:
        return []
    fewest, first = counted[0]
    if fewest <= FEW:
        return [first]
    quick = [(number, one) for number, one in counted if number <= MANY]
    if not paged:
        return [first] if quick else []
    if len(quick) > 1:
        total = size_of(connection, listed.table)
        for enough in range(2, len(quick) + 1):  # each further index costs as much as looking at some thousand rows
            if total * prod(min(1.0, number / total) for number, _ in quick[:enough]) <= FEW:
                return [one for _, one in quick[:enough]]
    return []


def _walked(
    conditions: Sequence[Condition], counted: Sequence[tuple[int, Condition]], sort: Sort | None
) -> Condition | None:
    """Return the condition whose own index lies in the order that is wanted, the rarest."""
    if sort is None or sort.name != "day":
        return None
    able = [one for _, one in counted if one.walked is not None] or [
        one for one in conditions if one.walked is not None
    ]
    return able[0] if able else None


def _given_by(connection: Connection, listed: Listed, driving: Sequence[Condition]) -> ColumnElement[bool]:
    """Return the condition that a row is one of those that all the indexes give: the first is gone through once."""
    first, *others = [
        one.keys.with_only_columns(_number_of(one.keys).label("number")) for one in driving if one.keys is not None
    ]
    number = free(_number_of(first).element, connection.dialect)
    for other in others:
        first = first.where(number.in_(other))
    return listed.table.c.key.in_(select(first.cte("found").c.number))


def _found(listed: Listed, conditions: Sequence[Condition], driving: Sequence[Condition]) -> list[ColumnElement[bool]]:
    """Return the tests by which PostgreSQL finds the few rows, those of other tables as numbers that these give."""
    key, driven = listed.table.c.key, {id(one) for one in driving}
    return [
        key.in_(one.keys) if one.keys is not None and id(one) in driven and not _is_own(one.keys, listed) else one.test
        for one in conditions
    ]


def _is_own(question: Keys, listed: Listed) -> bool:
    """Return whether the numbers that an index gives come from the list's own table."""
    return _number_of(question) is listed.table.c.key


def _number_of(question: Keys) -> ColumnElement[int]:
    return next(iter(question.selected_columns))


def _number(connection: Connection, condition: Condition, question: Keys) -> int:
    """Return how many rows an index gives, up to a bound; guessed where PostgreSQL would take long to count them."""
    if condition.known and connection.dialect.name == "postgresql":
        return min(expected(connection, question), MANY + 1)
    return up_to(connection, question, MANY + 1)
