"""Acts to be counted, from the tables of a ledger: only those that have one of the sides asked for."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Table, and_, false, func, not_, or_, select

from dragoman.corpus.acts import Act
from dragoman.corpus.occurrences import Party
from dragoman.corpus.tallies import Tally
from dragoman.corpus.tellings import STAGES
from dragoman.errors import UsageError
from dragoman.ledger import Ledger, schema
from dragoman.ledger.rows import folded
from dragoman.records import Record

EVENTS, OCCURRENCES, ACTORS = schema.events.c, schema.occurrences.c, schema.actors.c
IN_TIME = (func.coalesce(OCCURRENCES.day, ""), OCCURRENCES.id)


def occurrences_in(ledger: Ledger, sides: Sequence[str]) -> list[Act]:
    """Return the ledger's occurrences of some sides; UsageError where nothing was joined yet."""
    with ledger.reading() as connection:
        if not connection.execute(select(OCCURRENCES.key).limit(1)).first():
            if connection.execute(select(EVENTS.key).limit(1)).first():
                raise UsageError(
                    f"{ledger.name} is not joined yet; run `dragoman join --ledger`, or take --count reports"
                )
            return []
        table = schema.occurrence_sides
        wanted = _with_a_side(table, table.c.occurrence, sides)
        parties = _parties(connection, table, table.c.occurrence, wanted)
        sentence = select(func.min(EVENTS.sentence)).where(EVENTS.occurrence == OCCURRENCES.key).scalar_subquery()
        asked = select(schema.occurrences, sentence.label("sentence")).where(OCCURRENCES.key.in_(wanted))
        return [_act(row, row.id, row.reports, parties) for row in connection.execute(asked.order_by(*IN_TIME))]


def events_in(ledger: Ledger, sides: Sequence[str]) -> list[Act]:
    """Return the ledger's events of some sides, each report's on its own."""
    with ledger.reading() as connection:
        table = schema.participants
        wanted = _with_a_side(table, table.c.event, sides)
        parties = _parties(connection, table, table.c.event, wanted)
        asked = (
            select(schema.events, schema.reports.c.short)
            .join(schema.reports, schema.reports.c.key == EVENTS.report)
            .where(EVENTS.shown, EVENTS.key.in_(wanted))
            .order_by(EVENTS.key)
        )
        return [_act(row, f"{row.short}/{row.id}", 1, parties) for row in connection.execute(asked)]


def tallies_in(ledger: Ledger, sides: Sequence[str]) -> tuple[list[Tally], bool]:
    """Return how often a side, or two, acted by day, quad and intensity, and whether occurrences were counted.

    Counted are the acts that a series of the sides counts, in either direction; each report's events on their own
    where nothing was joined yet.
    """
    with ledger.reading() as connection:
        is_joined = connection.execute(select(OCCURRENCES.key).limit(1)).first() is not None
        table, acts = (schema.occurrence_sides, OCCURRENCES) if is_joined else (schema.participants, EVENTS)
        done = [status for status, stage in STAGES.items() if stage == "done"]
        asked = (
            select(acts.day, acts.quad, acts.intensity, func.count())
            .where(acts.key.in_(_between(table, sides)), acts.status.in_(done))
            .group_by(acts.day, acts.quad, acts.intensity)
        )
        if not is_joined:
            asked = asked.where(EVENTS.shown)
        once: dict[Any, Any] = {}  # thousands of rows share a value
        found = [
            Tally(once.setdefault(day, day), once.setdefault(quad, quad), once.setdefault(level, level), number)
            for day, quad, level, number in connection.execute(asked)
        ]
        return found, is_joined


def _between(table: Table, sides: Sequence[str]) -> Select[Any]:
    """Return the question for the acts of a side, or of two, as `acts.between` decides."""
    one = table.alias("one")
    key = next(column for column in one.c if column.primary_key)
    asked = select(key).where(_is_side(one, sides[0]))
    if len(sides) == 1:
        return asked.distinct()
    other = table.alias("other")
    same = next(column for column in other.c if column.primary_key) == key
    neither = and_(one.c.side == "recipient", other.c.side == "recipient")
    return asked.join(other, same).where(_is_side(other, sides[1]), not_(neither)).distinct()


def _is_side(table: FromClause, term: str) -> ColumnElement[bool]:
    """Return the condition that a party is meant by a term, as `acts.is_side` decides."""
    country, colon, sector = term.partition(":")
    name = folded(term)
    known = select(ACTORS.key).where(or_(ACTORS.id == term, ACTORS.folded == name if " " in name else false()))
    by_country = and_(table.c.country == country, table.c.sector == sector) if colon else table.c.country == term
    return or_(by_country, table.c.actor.in_(known))


def volume_in(ledger: Ledger, *, copies: bool) -> dict[str, int]:
    """Return how many reports the ledger has of each day; without `copies` only first publications."""
    reports, duplicates = schema.reports.c, schema.duplicates.c
    asked = select(reports.day, func.count()).where(reports.current, reports.day.is_not(None))
    if not copies:
        asked = asked.where(reports.key.not_in(select(duplicates.report).where(duplicates.kind != "first")))
    with ledger.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(asked.group_by(reports.day).order_by(reports.day))}


def records_naming(ledger: Ledger, name: str) -> list[Record]:
    """Return the records with an actor that a name may mean, by its key, a name of it, or the end of one."""
    asked = folded(name)
    names = schema.actor_names.c
    ends = names.folded.like("% " + asked.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"), escape="\\")
    called = select(names.actor).where(names.kind != "office", or_(names.folded == asked, ends))
    meant = select(ACTORS.key).where(or_(ACTORS.id == name, ACTORS.key.in_(called)))
    entities, reports = schema.entities.c, schema.reports.c
    having = select(entities.report).where(entities.shown, entities.actor.in_(meant))
    with ledger.reading() as connection:
        _check_joined(ledger, connection)
        ids = (
            connection.execute(select(reports.id).where(reports.key.in_(having)).order_by(reports.key)).scalars().all()
        )
    return [ledger.record(id_) for id_ in ids]


def reports_since_join(ledger: Ledger) -> int:
    """Return how many reports have events that are in no occurrence: they came or changed after the last joining."""
    asked = select(func.count(EVENTS.report.distinct())).where(EVENTS.shown, EVENTS.occurrence.is_(None))
    with ledger.reading() as connection:
        return connection.execute(asked).scalar_one()


def _check_joined(ledger: Ledger, connection: Connection) -> None:
    runs = schema.runs.c
    joined = select(runs.key).where(runs.kind == "join", runs.finished.is_not(None)).limit(1)
    if connection.execute(joined).first() is None:
        raise UsageError(f"{ledger.name} is not joined yet; run `dragoman join --ledger {ledger.name}` first")


def _with_a_side(table: Table, key: ColumnElement[Any], sides: Sequence[str]) -> Select[Any]:
    """Return the question for what has one of the sides in it; `acts.between` decides on the rest."""
    tests = [
        test
        for term in sides
        for test in (
            table.c.country == term.partition(":")[0],
            table.c.actor.in_(select(ACTORS.key).where(or_(ACTORS.id == term, ACTORS.folded == folded(term)))),
        )
    ]
    return select(key).where(or_(*tests))


def _parties(
    connection: Connection, table: Table, key: ColumnElement[Any], wanted: Select[Any]
) -> dict[tuple[int, str], list[Party]]:
    asked = (
        select(key.label("owner"), table.c.side, table.c.name, table.c.country, table.c.sector, ACTORS.id)
        .join(schema.actors, ACTORS.key == table.c.actor, isouter=True)
        .where(key.in_(wanted))
        .order_by(key, table.c.side, table.c.n)
    )
    found: dict[tuple[int, str], list[Party]] = defaultdict(list)
    for row in connection.execute(asked):
        found[row.owner, row.side].append(Party(row.id, row.name, row.country, row.sector))
    return found


def _act(row: Any, id_: str, reports: int, parties: dict[tuple[int, str], list[Party]]) -> Act:
    return Act(
        id=id_,
        day=row.day,
        type=row.type,
        quad=row.quad,
        intensity=row.intensity,
        stage=STAGES[row.status],
        claimed=float(row.claimed),
        confidence=row.confidence,
        reports=reports,
        actors=tuple(parties[row.key, "actor"]),
        recipients=tuple(parties[row.key, "recipient"]),
        sentence=row.sentence or "",
    )
