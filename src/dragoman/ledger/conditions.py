"""Filters as conditions of a question: a test of each row, and, where an index serves, the rows for which it holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlalchemy import ColumnElement, Dialect, Select, Table, and_, false, func, literal, not_, or_, select

from dragoman.ledger import fulltext, schema
from dragoman.ledger.filter_values import Days, Pair, Range, Where, Who, cased, located
from dragoman.ledger.filters import Filter, Filters
from dragoman.ledger.lists import LISTS, Listed, free
from dragoman.ledger.names import named
from dragoman.ledger.near import near

Test = ColumnElement[bool]
Keys = Select[Any]
E, S, R, O = schema.events.c, schema.statements.c, schema.reports.c, schema.occurrences.c  # noqa: E741
P, N, F = schema.participants.c, schema.entities.c, schema.flags.c


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
Of = Callable[[ColumnElement[Any]], ColumnElement[Any]]


def conditions_of(filters: Filters, dialect: Dialect, *, paged: bool = False) -> list[Condition]:
    """Return the conditions of filters, for a page of rows or for all; UsageError where one cannot be asked."""
    days = [term.values[0] for term in filters.terms if term.name == "date" and _is_one_range(term)]
    asked = Asked(LISTS[filters.of], dialect, cast(Days, days[0]) if days else None, filters.within)
    found = [
        _turned(MAKERS[filters.of, term.name](replace(asked, by_row=paged and term.unwanted), term.values), term)
        for term in filters.terms
    ]
    dyads = _dyads(filters, asked)
    if dyads:  # the index of pairs says more than those of either side, and must not be multiplied with them
        sides = [term.name in ("actor", "recipient") for term in filters.terms]
        found = [replace(one, keys=None) if side else one for one, side in zip(found, sides, strict=True)]
    return [*found, *dyads]


def _is_one_range(term: Filter) -> bool:
    return not term.unwanted and len(term.values) == 1


def _turned(condition: Condition, term: Filter) -> Condition:
    """Return a condition, or that it does not hold, which is true too where nothing is known."""
    if not term.unwanted:
        return condition
    return Condition(not_(func.coalesce(condition.test, False)))


def _dyads(filters: Filters, asked: Asked) -> list[Condition]:
    """Return what serves an actor and a recipient by country together: the index of pairs."""
    terms = [filters.first(name) for name in ("actor", "recipient")]
    if filters.of != "events" or any(term is None or not _countries(term.values) for term in terms):
        return []
    actors, recipients = ([value.value for value in cast(Filter, term).values] for term in terms)  # type: ignore[union-attr]
    pairs = schema.pairs.c
    keys = select(pairs.event).where(pairs.actor.in_(actors), pairs.recipient.in_(recipients))
    return [Condition(literal(1) == 1, keys.where(*asked.in_days(pairs.day)), known=True)]


def _countries(values: Sequence[object]) -> bool:
    return all(isinstance(value, Who) and value.kind == "country" for value in values)


def _own(column: ColumnElement[Any], *, indexed: bool = True, spelt: bool = False) -> Make:
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


def _yes(column: ColumnElement[Any]) -> Make:
    return lambda asked, values: Condition(or_(*(column.is_(value) for value in values)))


def _number(column: ColumnElement[Any], *, indexed: bool = False) -> Make:
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


def _date(column: ColumnElement[Any]) -> Make:
    def make(asked: Asked, values: Sequence[Days]) -> Condition:
        plain = or_(*(and_(*between_days(column, value)) for value in values))
        source = select(asked.table.c.key).select_from(asked.listed.source)
        free = or_(*(and_(*between_days(asked.free(column), value)) for value in values))
        return Condition(free, source.where(plain), walked=plain, known=True)

    return make


def between_days(column: ColumnElement[Any], value: Days) -> list[Test]:
    """Return the conditions that a day lies within days, of which either end may be open."""
    parts: list[Test] = [] if value.start is None else [column >= value.start]
    if value.end is not None:
        parts.append(column <= value.end)
    return parts or [column.is_not(None)]


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


def _participant(*sides: str) -> Make:
    """Make the condition that who is meant takes part on a side."""

    def make(asked: Asked, values: Sequence[Who]) -> Condition:
        side = P.side.in_(sides)
        keys = select(P.event).where(side, _any(P, values), *asked.in_days(P.day))
        test = select(P.n).where(P.event == E.key, side, _any(P, values, asked.free)).correlate(schema.events)
        return Condition(asked.has(test), keys, known=all(value.kind in ("country", "sector") for value in values))

    return make


def _speaker(*columns: ColumnElement[Any]) -> Make:
    """Make the condition that a statement is by whom, or to whom, is meant."""

    def make(asked: Asked, values: Sequence[Who]) -> Condition:
        them = select(N.key).where(_any(N, values))
        each = or_(*(and_(N.key == column, _any(N, values, asked.free)) for column in columns))
        keys = select(S.key).where(or_(*(column.in_(them) for column in columns)), *asked.in_days(S.day))
        return Condition(asked.has(select(N.id).where(each).correlate(schema.statements)), keys)

    return make


def _linked(table: Table, owner: str) -> Make:
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


def _side(*sides: str) -> Make:
    """Make the condition that who is meant takes part in an occurrence, by what its events say."""

    def make(asked: Asked, values: Sequence[Who]) -> Condition:
        of_events = _participant(*sides)(replace(asked, listed=LISTS["events"], days=None), values)
        return _told(asked, of_events)

    return make


def _told(asked: Asked, of_events: Condition) -> Condition:
    """Return the condition that one of an occurrence's events is as it should be."""
    test = select(E.id).where(E.occurrence == O.key, E.shown.is_(True), of_events.test)
    keys = None
    if of_events.keys is not None:
        keys = select(E.occurrence).where(E.key.in_(of_events.keys), E.shown.is_(True), E.occurrence.is_not(None))
    return Condition(asked.has(test.correlate(schema.occurrences)), keys)


def _by_events(make: Make) -> Make:
    """Make the condition of an occurrence from that of its events."""
    return lambda asked, values: _told(asked, make(replace(asked, listed=LISTS["events"], days=None), values))


def _dyad(asked: Asked, values: Sequence[Pair]) -> Condition:
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


def _listed(table: Table, column: str) -> Make:
    """Make the condition that an event has one of some modes or contexts."""

    def make(asked: Asked, values: Sequence[str]) -> Condition:
        there = table.c[column].in_(values)
        keys = select(table.c.event).where(there)
        each = asked.free(table.c[column]).in_(values)
        test = select(table.c[column]).where(table.c.event == E.key, each).correlate(schema.events)
        return Condition(asked.has(test), keys)

    return make


def _place(asked: Asked, values: Sequence[Where]) -> Condition:
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


def _point(asked: Asked, values: Sequence[Where | bool]) -> Condition:
    """Make the condition that its place is known to a point, or to none, or is at one."""
    columns = asked.table.c

    def test(value: Where | bool, free: Callable[[ColumnElement[Any]], ColumnElement[Any]]) -> Test:
        if isinstance(value, Where) and value.point is not None:
            return and_(free(columns.lat) == value.point[0], free(columns.lon) == value.point[1])
        named = and_(free(columns.place).is_not(None), free(columns.lat).is_(None))
        return free(columns.lat).is_not(None) if value else named

    keys = select(columns.key).where(or_(*(test(value, lambda column: column) for value in values)))
    return Condition(or_(*(test(value, asked.free) for value in values)), keys)


def _of_report(make: Callable[[Asked, Sequence[Any]], Test]) -> Make:
    """Make the condition that a list's report is one of some."""

    def condition(asked: Asked, values: Sequence[Any]) -> Condition:
        reports = select(R.key).where(make(asked, values))
        if asked.listed.of_report or asked.table is schema.reports:
            keys = select(asked.table.c.key).select_from(asked.listed.source).where(R.key.in_(reports))
            return Condition(make(asked, values), keys)
        keys = select(asked.table.c.key).where(asked.table.c.report.in_(reports))
        return Condition(asked.free(asked.table.c.report).in_(reports), keys)

    return condition


def _begins(asked: Asked, values: Sequence[str]) -> Test:
    return or_(*(and_(R.id >= value, R.id < value + "g") for value in values))


def _publisher(asked: Asked, values: Sequence[str]) -> Test:
    return R.publisher.in_([form for value in values for form in cased(value)])


def _text(table: Table) -> Make:
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


def _occurrence(asked: Asked, values: Sequence[str]) -> Condition:
    them = select(O.key).where(O.id.in_(values))
    return Condition(asked.free(E.occurrence).in_(them), select(E.key).where(E.occurrence.in_(them)))


def _subject(asked: Asked, values: Sequence[str]) -> Condition:
    column = schema.negotiations.c.subject
    return Condition(or_(*(column.icontains(word, autoescape=True) for word in values)))


def _proposal(asked: Asked, values: Sequence[str]) -> Condition:
    proposals = schema.proposals.c
    there = proposals.status.in_(values)
    test = select(proposals.id).where(proposals.negotiation == schema.negotiations.c.key, there)
    return Condition(asked.has(test.correlate(schema.negotiations)), select(proposals.negotiation).where(there))


MAKERS: Mapping[tuple[str, str], Make] = {
    **{("events", name): _own(E[name]) for name in ("type", "quad", "status")},
    **{("occurrences", name): _own(O[name], indexed=name == "type") for name in ("type", "quad", "status")},
    **{("events", name): _yes(E[name]) for name in ("claimed", "hearsay", "dated")},
    ("occurrences", "claimed"): _yes(O.claimed),
    **{
        (of, name): _number(LISTS[of].table.c[column], indexed=column in indexed)
        for of, indexed in (("events", ("confidence", "intensity", "killed_low", "size_low")), ("occurrences", ()))
        for name, column in (
            ("confidence", "confidence"), ("intensity", "intensity"), ("killed", "killed_low"),
            ("injured", "injured_low"), ("detained", "detained_low"), ("size", "size_low"),
        )
    },
    ("occurrences", "reports"): _number(O.reports, indexed=True),
    ("occurrences", "publishers"): _number(O.publishers),
    **{(of, "date"): _date(LISTS[of].sorts["day"]) for of in LISTS},
    ("events", "actor"): _participant("actor"),
    ("events", "recipient"): _participant("recipient"),
    ("events", "entity"): _participant("actor", "recipient"),
    ("events", "country"): _participant("actor", "recipient"),
    ("events", "sector"): _participant("actor", "recipient"),
    ("events", "dyad"): _dyad,
    ("events", "mode"): _listed(schema.modes, "mode"),
    ("events", "context"): _listed(schema.contexts, "context"),
    ("events", "occurrence"): _occurrence,
    ("occurrences", "actor"): _side("actor"),
    ("occurrences", "recipient"): _side("recipient"),
    ("occurrences", "country"): _side("actor", "recipient"),
    ("occurrences", "entity"): _side("actor", "recipient"),
    ("occurrences", "sector"): _side("actor", "recipient"),
    ("occurrences", "mode"): _by_events(_listed(schema.modes, "mode")),
    ("occurrences", "context"): _by_events(_listed(schema.contexts, "context")),
    ("occurrences", "publisher"): _by_events(_own(E.publisher, spelt=True)),
    ("occurrences", "report"): _by_events(_of_report(_begins)),
    ("occurrences", "text"): _by_events(_text(schema.events)),
    **{(of, name): make for of in ("events", "occurrences") for name, make in (("place", _place), ("point", _point))},
    ("statements", "source"): _speaker(S.source),
    ("statements", "addressee"): _speaker(S.addressee),
    ("statements", "country"): _speaker(S.source, S.addressee),
    ("statements", "sector"): _speaker(S.source, S.addressee),
    ("statements", "kind"): _own(S.kind, indexed=False),
    ("statements", "attribution"): _own(S.attribution, indexed=False),
    ("statements", "cue"): _own(S.lemma),
    ("negotiations", "party"): _linked(schema.parties, "negotiation"),
    ("negotiations", "subject"): _subject,
    ("negotiations", "status"): _proposal,
    ("reports", "entity"): _linked(schema.entities, "report"),
    ("reports", "language"): _own(R.language, indexed=False),
    ("flags", "kind"): _own(F.kind),
    ("flags", "severity"): _own(F.severity, indexed=False),
    ("events", "publisher"): _own(E.publisher, spelt=True),
    ("statements", "publisher"): _own(S.publisher, indexed=False, spelt=True),
    **{(of, "publisher"): _of_report(_publisher) for of in ("reports", "negotiations", "flags")},
    **{(of, "report"): _of_report(_begins) for of in LISTS if of != "occurrences"},
    **{
        (of, "review"): _own(LISTS[of].table.c.review, indexed=False)
        for of in ("events", "statements", "negotiations", "flags")
    },
    **{(of, "text"): _text(LISTS[of].table) for of in ("events", "statements", "reports")},
    **{(of, "text"): _text(schema.reports) for of in ("negotiations", "flags")},
}  # fmt: skip
