"""Counts: of rows, of reports, of occurrences, in groups by what they have in common."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, FromClause, Integer, Text, cast, distinct, func, select

from dragoman.errors import UsageError
from dragoman.ledger import schema
from dragoman.ledger.lists import Listed
from dragoman.ledger.plans import Plan

Counted = Literal["occurrences", "reports", "rows"]
COUNTED: Sequence[Counted] = get_args(Counted)
MOST = 4  # groups in groups
E, S, R, O = schema.events.c, schema.statements.c, schema.reports.c, schema.occurrences.c  # noqa: E741


@dataclass(frozen=True, slots=True)
class Group:
    """What rows have in common: a column, and what must be joined to have it."""

    column: ColumnElement[Any]
    join: Callable[[FromClause], FromClause] = lambda source: source
    in_time: bool = False


def _side(side: str, column: str) -> Group:
    table = schema.participants.alias(f"{side}_{column}")
    return Group(
        table.c[column], lambda source: source.outerjoin(table, (table.c.event == E.key) & (table.c.side == side))
    )


def _linked(table: Any, column: str) -> Group:
    return Group(table.c[column], lambda source: source.outerjoin(table, table.c.event == E.key))


def _speaker(link: ColumnElement[Any], name: str, column: str) -> Group:
    table = schema.entities.alias(name)
    return Group(table.c[column], lambda source: source.outerjoin(table, table.c.key == link))


def _days(day: ColumnElement[Any], dialect: str) -> dict[str, Group]:
    """Return the groups of time; a week is named by its Monday."""
    if dialect == "sqlite":
        monday = func.date(day, "weekday 0", "-6 days")
    else:
        monday = func.to_char(func.date_trunc("week", func.to_date(day, "YYYY-MM-DD")), "YYYY-MM-DD")
    quarter = (cast(func.substr(day, 6, 2), Integer) + 2) // 3
    return {
        "day": Group(day, in_time=True),
        "week": Group(monday, in_time=True),
        "month": Group(func.substr(day, 1, 7), in_time=True),
        "quarter": Group(func.substr(day, 1, 4) + "-Q" + cast(quarter, Text), in_time=True),
        "year": Group(func.substr(day, 1, 4), in_time=True),
    }


def _plain(table: Any, *names: str) -> dict[str, Group]:
    return {name: Group(table[name]) for name in names}


GROUPS: Mapping[str, Mapping[str, Group]] = {
    "events": {
        **_plain(E, "type", "quad", "status", "claimed", "place", "place_country", "lat", "lon", "publisher", "review"),
        "mode": _linked(schema.modes, "mode"),
        "context": _linked(schema.contexts, "context"),
        "actor": _side("actor", "name"),
        "actor_country": _side("actor", "country"),
        "actor_sector": _side("actor", "sector"),
        "recipient": _side("recipient", "name"),
        "recipient_country": _side("recipient", "country"),
        "recipient_sector": _side("recipient", "sector"),
        "dyad": Group(
            schema.pairs.c.actor + "-" + schema.pairs.c.recipient,
            lambda source: source.join(schema.pairs, schema.pairs.c.event == E.key),
        ),
    },
    "statements": {
        **_plain(S, "kind", "attribution", "publisher", "review"),
        "cue": Group(S.lemma),
        "source": _speaker(S.source, "speaker", "name"),
        "source_country": _speaker(S.source, "speaker_country", "country"),
        "source_sector": _speaker(S.source, "speaker_sector", "sector"),
        "addressee_country": _speaker(S.addressee, "hearer_country", "country"),
    },
    "reports": _plain(R, "publisher", "language", "published_from", "dateline_country"),
    "negotiations": {**_plain(schema.negotiations.c, "subject", "review"), **_plain(R, "publisher")},
    "flags": {**_plain(schema.flags.c, "kind", "severity", "review"), **_plain(R, "publisher")},
    "occurrences": _plain(
        O, "type", "quad", "status", "claimed", "place", "place_country", "lat", "lon", "reports", "publishers"
    ),
}


def groups_of(listed: Listed, names: Sequence[str], dialect: str) -> dict[str, Group]:
    """Return the groups of names; UsageError where one is not known."""
    known = {**_days(listed.sorts["day"], dialect), **GROUPS[listed.name]}
    for name in names:
        if name not in known:
            raise UsageError(f"{listed.name} cannot be grouped by {name!r}; known are {', '.join(known)}")
    if len(set(names)) > MOST:
        raise UsageError(f"rows are grouped by {MOST} things at most")
    return {name: known[name] for name in names}


def counts_of(
    connection: Connection, listed: Listed, plan: Plan, counted: Counted, by: Sequence[str], limit: int | None = None
) -> list[dict[str, Any]]:
    """Return a row a group with its `count`: in time where the first group is one, else the greatest first."""
    if counted == "occurrences" and listed.name == "events" and not is_joined(connection):
        counted = "rows"  # the same, and counted in half the time
    groups = groups_of(listed, by, connection.dialect.name)
    source = listed.source
    for group in groups.values():
        source = group.join(source)
    number = _number(listed, counted, joined=source is not listed.source).label("count")
    columns = [group.column.label(name) for name, group in groups.items()]
    asked = select(*columns, number).select_from(source).where(*plan.tests).group_by(*columns)
    first = next(iter(groups.values()), None)
    if first is not None:
        asked = asked.order_by(*((*columns, number) if first.in_time else (number.desc(), *columns)))
    return [dict(row) for row in connection.execute(asked.limit(limit)).mappings()]


def is_joined(connection: Connection) -> bool:
    """Return whether any event of the ledger was found to tell an act that others may tell too."""
    return connection.execute(select(O.key).limit(1)).first() is not None


def acts_counted() -> ColumnElement[int]:
    """Return the number of acts that events tell; an event that was joined with no other is an act of its own."""
    return func.count(distinct(func.coalesce(E.occurrence, -E.key)))


def _number(listed: Listed, counted: Counted, *, joined: bool) -> ColumnElement[int]:
    """Return what is counted."""
    key = listed.table.c.key
    if counted == "reports":
        report = key if listed.name == "reports" else listed.table.c.get("report")
        if report is None:
            return func.coalesce(func.sum(O.reports), 0)
        return func.count(distinct(report))
    if counted == "occurrences" and listed.name == "events":
        return acts_counted()
    if counted == "occurrences" and listed.name != "occurrences":
        raise UsageError(f"{listed.name} are counted as rows or reports; occurrences are counted of events")
    return func.count(distinct(key)) if joined else func.count()
