"""Acts to be counted, from the tables of a ledger: only those that have one of the sides asked for."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    func,
    not_,
    or_,
    select,
    true,
    union,
)

from dragoman.corpus.acts import Act, Tally
from dragoman.corpus.occurrences import Party
from dragoman.corpus.series import Choice
from dragoman.corpus.tellings import STAGES
from dragoman.errors import UsageError
from dragoman.ledger import Ledger, schema
from dragoman.ledger.lists import free
from dragoman.ledger.rows import folded
from dragoman.records import Record

Count = Literal["occurrences", "reports"]  # whether an act counts once, or once a report
MANY = 40_000  # acts that are looked up one by one in half a second
EVENTS, OCCURRENCES, ACTORS = schema.events.c, schema.occurrences.c, schema.actors.c
IN_TIME = (func.coalesce(OCCURRENCES.day, ""), OCCURRENCES.id)


def occurrences_in(ledger: Ledger, sides: Sequence[str]) -> list[Act]:
    """Return the ledger's occurrences of some sides; UsageError where nothing was joined yet."""
    with ledger.reading() as connection:
        if not _has_occurrences(ledger, connection):
            return []
        table = schema.occurrence_sides
        wanted, _ = _between(connection, table, sides, Choice())
        parties = _parties(connection, table, table.c.occurrence, wanted)
        sentence = select(func.min(EVENTS.sentence)).where(EVENTS.occurrence == OCCURRENCES.key).scalar_subquery()
        asked = select(schema.occurrences, sentence.label("sentence")).where(OCCURRENCES.key.in_(wanted))
        return [_act(row, row.id, row.reports, parties) for row in connection.execute(asked.order_by(*IN_TIME))]


def events_in(ledger: Ledger, sides: Sequence[str]) -> list[Act]:
    """Return the ledger's events of some sides, each report's on its own."""
    with ledger.reading() as connection:
        table = schema.participants
        wanted, _ = _between(connection, table, sides, Choice())
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
        acts = OCCURRENCES if is_joined else EVENTS
        once: dict[Any, Any] = {}  # thousands of rows share a value
        asked = _counted(connection, acts, sides, Choice(), (acts.day, acts.quad, acts.intensity))
        found = [
            Tally(once.setdefault(day, day), once.setdefault(quad, quad), once.setdefault(level, level), number)
            for number, day, quad, level in connection.execute(asked)
        ]
        return found, is_joined


def tallies_of(ledger: Ledger, sides: Sequence[str], choice: Choice, count: Count, *, named: int) -> list[Tally]:
    """Return how often a side, or two, acted, of what `choice` leaves, by type too and by whether it is a claim alone.

    Where they are `named` acts at most, each is counted on its own, with its id. UsageError where occurrences are to be
    counted and nothing was joined yet.
    """
    with ledger.reading() as connection:
        if count == "occurrences" and not _has_occurrences(ledger, connection):
            return []
        acts = OCCURRENCES if count == "occurrences" else EVENTS
        by = (acts.day, acts.quad, acts.intensity, acts.type, acts.claimed)
        asked = _counted(connection, acts, sides, choice, by)
        found = [
            Tally(day, quad, level, number, type_, float(claimed))
            for number, day, quad, level, type_, claimed in connection.execute(asked)
        ]
        if sum(tally.number for tally in found) > named:
            return found
        id_: ColumnElement[str] = acts.id
        if acts is EVENTS:
            short = select(schema.reports.c.short).where(schema.reports.c.key == EVENTS.report).scalar_subquery()
            id_ = short + "/" + acts.id
        each = _counted(connection, acts, sides, choice, (*by, acts.key, id_)).order_by(acts.key)
        return [
            Tally(day, quad, level, number, type_, float(claimed), (name,))
            for number, day, quad, level, type_, claimed, _, name in connection.execute(each)
        ]


def _counted(
    connection: Connection, acts: Any, sides: Sequence[str], choice: Choice, by: Sequence[ColumnElement[Any]]
) -> Select[Any]:
    """Return the question for the number of acts of a side, or of two, in groups: of those done that `choice` leaves.

    Few are looked up one by one. Where they may be many, SQLite goes once through the index that has all that is
    counted: a tenth of the bytes that the rows have, and in the order of the disk.
    """
    table = schema.participants if acts is EVENTS else schema.occurrence_sides
    wanted, most = _between(connection, table, sides, choice)

    def column(of: ColumnElement[Any]) -> ColumnElement[Any]:
        return free(of, connection.dialect) if most > MANY else of

    groups = [column(one) for one in by]
    done = [status for status, stage in STAGES.items() if stage == "done"]
    asked = select(func.count(), *groups).where(column(acts.key).in_(wanted), column(acts.status).in_(done))
    if acts is EVENTS:
        asked = asked.where(EVENTS.shown)
    if choice.least_confidence > 0:
        asked = asked.where(column(acts.confidence) >= choice.least_confidence)
    if choice.types:
        asked = asked.where(column(acts.type).in_(sorted(choice.types)))
    day = column(acts.day)
    if choice.since:
        asked = asked.where(or_(day.is_(None), day >= choice.since.isoformat()))
    if choice.until:
        asked = asked.where(or_(day.is_(None), day <= choice.until.isoformat()))
    return asked.group_by(*groups)


def _between(
    connection: Connection, table: Table, sides: Sequence[str], choice: Choice
) -> tuple[CompoundSelect[Any], int]:
    """Return the question for the acts of a side, or of two, as `acts.between` decides; and how many they may be."""
    one, other = table.alias("one"), table.alias("other")
    key, same = (next(column for column in party.c if column.primary_key) for party in (one, other))
    holds = [_tests(connection, one, sides[0]), *(_tests(connection, other, side) for side in sides[1:])]
    numbers = [_number_of(connection, tests) for tests in holds]
    acting = one.c.side == "actor" if choice.directed else true()
    if len(sides) == 1:
        return union(*(select(key).where(test, acting) for test in holds[0])), numbers[0]  # no index serves an "or"
    neither = and_(one.c.side == "recipient", other.c.side == "recipient")
    if numbers[1] < numbers[0]:  # the acts of the rarer side are gone through
        holds.reverse()
        one, other, key, same = other, one, same, key
    return union(*(
        select(key).select_from(one.join(other, same == key)).where(test, or_(*holds[1]), acting, not_(neither))
        for test in holds[0]
    )), min(numbers)  # fmt: skip


def _number_of(connection: Connection, tests: Sequence[ColumnElement[bool]]) -> int:
    return sum(connection.execute(select(func.count()).where(test)).scalar_one() for test in tests)


def _tests(connection: Connection, table: FromClause, term: str) -> list[ColumnElement[bool]]:
    """Return conditions of which one holds where a party is meant by a term, as `acts.is_side` decides."""
    country, colon, sector = term.partition(":")
    name = folded(term)
    called = or_(ACTORS.id == term, ACTORS.folded == name) if " " in name else ACTORS.id == term
    known = connection.execute(select(ACTORS.key).where(called)).scalars().all()
    by_country = and_(table.c.country == country, table.c.sector == sector) if colon else table.c.country == term
    return [by_country, table.c.actor.in_(known)] if known else [by_country]


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


def _has_occurrences(ledger: Ledger, connection: Connection) -> bool:
    """Return whether there are any; UsageError where there are events and nothing was joined yet."""
    if connection.execute(select(OCCURRENCES.key).limit(1)).first():
        return True
    if connection.execute(select(EVENTS.key).limit(1)).first():
        raise UsageError(f"{ledger.name} is not joined yet; run `dragoman join --ledger`, or take --count reports")
    return False


def _parties(
    connection: Connection, table: Table, key: ColumnElement[Any], wanted: CompoundSelect[Any]
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
