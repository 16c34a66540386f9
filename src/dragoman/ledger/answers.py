"""What questions are answered with: rows that can be read as they are, each with the `ref` that leads to its sentence.

The names of the fields are those of the columns of the views that `dragoman sql` asks.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, FromClause, case, select

from dragoman.ledger import schema
from dragoman.records import Attribution, Quad, Severity, StatementKind, Status, Struct

MANY = 500  # rows asked for at once
E, S, R, N, O = (  # noqa: E741
    table.c for table in (schema.events, schema.statements, schema.reports, schema.negotiations, schema.occurrences)
)


class EventRow(Struct, frozen=True):
    """An event as one row; `ref` is what `dragoman show` takes, `day` the act's first day, else of publication."""

    ref: str
    report: str
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    quad: Quad
    intensity: float
    status: Status
    day: str | None
    dated: bool
    date_start: str | None
    date_end: str | None
    date_precision: str | None
    due_start: str | None
    due_end: str | None
    actors: tuple[str, ...]
    actor_countries: tuple[str, ...]
    recipients: tuple[str, ...]
    recipient_countries: tuple[str, ...]
    place: str | None
    place_country: str | None
    lat: float | None
    lon: float | None
    geonames: int | None
    claimed: bool
    hearsay: bool
    confidence: float
    killed_low: int | None
    killed_high: int | None
    injured_low: int | None
    injured_high: int | None
    detained_low: int | None
    detained_high: int | None
    size_low: int | None
    size_high: int | None
    trigger: str
    sentence: str
    occurrence: str | None
    review: str | None
    published: str | None
    publisher: str | None
    title: str | None
    uri: str


class StatementRow(Struct, frozen=True):
    """A statement as one row."""

    ref: str
    report: str
    kind: StatementKind
    source: str | None
    source_country: str | None
    source_sector: str | None
    cue: str | None
    lemma: str | None
    content: str
    addressee: str | None
    addressee_country: str | None
    venue: str | None
    day: str | None
    date_start: str | None
    date_end: str | None
    date_precision: str | None
    attribution: Attribution | None
    inside: str | None
    review: str | None
    publisher: str | None
    published: str | None
    title: str | None
    uri: str


class ReportRow(Struct, frozen=True):
    """A report as one row."""

    report: str
    id: str
    uri: str
    title: str | None
    publisher: str | None
    language: str | None
    published: str | None
    published_from: str | None
    day: str | None
    dateline_place: str | None
    dateline_country: str | None
    text: str


class NegotiationRow(Struct, frozen=True):
    """A negotiation as one row."""

    ref: str
    report: str
    subject: str
    parties: tuple[str, ...]
    obstacles: tuple[str, ...]
    review: str | None
    published: str | None
    publisher: str | None
    title: str | None
    uri: str


class FlagRow(Struct, frozen=True):
    """A flag as one row."""

    ref: str
    report: str
    kind: str
    severity: Severity
    message: str
    review: str | None
    title: str | None
    uri: str


class OccurrenceRow(Struct, frozen=True):
    """An occurrence, one act in the world, as one row; `id` is what `dragoman show` takes."""

    id: str
    type: str
    quad: str
    intensity: float
    status: str
    day: str | None
    date_start: str | None
    date_end: str | None
    date_precision: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    place_country: str | None
    lat: float | None
    lon: float | None
    claimed: bool
    confidence: float
    reports: int
    publishers: int
    first_report: str | None
    first_published: str | None
    disagrees: tuple[str, ...]


Row = EventRow | StatementRow | ReportRow | NegotiationRow | FlagRow | OccurrenceRow
ROWS: Mapping[str, type[Struct]] = {
    "events": EventRow,
    "statements": StatementRow,
    "reports": ReportRow,
    "negotiations": NegotiationRow,
    "flags": FlagRow,
    "occurrences": OccurrenceRow,
}

source, addressee, inside = (
    schema.entities.alias("source"), schema.entities.alias("addressee"), schema.statements.alias("inside")
)  # fmt: skip
# What is not a column of the list's own table, or of its report, under its own name.
COLUMNS: Mapping[str, Mapping[str, ColumnElement[Any]]] = {
    "events": {"occurrence": O.id},
    "statements": {
        "source": source.c.name,
        "source_country": source.c.country,
        "source_sector": source.c.sector,
        "addressee": addressee.c.name,
        "addressee_country": addressee.c.country,
        "inside": case((inside.c.id.is_not(None), R.short + "/" + inside.c.id)),
    },
    "occurrences": {"first_report": R.short},
}
SOURCES: Mapping[str, FromClause] = {
    "events": schema.events.join(schema.reports, R.key == E.report).outerjoin(
        schema.occurrences, O.key == E.occurrence
    ),
    "statements": schema.statements.join(schema.reports, R.key == S.report)
    .outerjoin(source, source.c.key == S.source)
    .outerjoin(addressee, addressee.c.key == S.addressee)
    .outerjoin(inside, inside.c.key == S.inside),
    "reports": schema.reports,
    "negotiations": schema.negotiations.join(schema.reports, R.key == N.report),
    "flags": schema.flags.join(schema.reports, R.key == schema.flags.c.report),
    "occurrences": schema.occurrences.outerjoin(schema.reports, R.key == O.first_report),
}
TABLES = {name: schema.METADATA.tables[f"ledger_{name}"] for name in ROWS}
Found = dict[int, dict[str, Any]]


def rows_at(connection: Connection, of: str, keys: Sequence[int]) -> list[Struct]:
    """Return the rows of numbers, in their order; those that are gone are left out."""
    found: Found = {}
    for start in range(0, len(keys), MANY):
        some = keys[start : start + MANY]
        found |= _plain(connection, of, some)
        for fill in LISTED.get(of, ()):
            fill(connection, some, found)
    return [msgspec.convert(found[key], ROWS[of], strict=False) for key in keys if key in found]


def _plain(connection: Connection, of: str, keys: Sequence[int]) -> Found:
    """Return the columns that a row has one of."""
    table = TABLES[of]
    names = [name for name in ROWS[of].__struct_fields__ if name not in LISTS_OF.get(of, ())]
    columns = [_column(of, name).label(name) for name in names]
    asked = select(table.c.key.label("row_key"), *columns).select_from(SOURCES[of]).where(table.c.key.in_(keys))
    found: Found = {}
    for row in connection.execute(asked).mappings():
        values = {name: row[name] for name in names}
        values |= {name: values[name].split() for name in ("modes", "contexts") if name in values}
        values |= {name: json.loads(values[name]) for name in ("disagrees",) if name in values}
        found[row["row_key"]] = values
    return found


def _column(of: str, name: str) -> ColumnElement[Any]:
    table = TABLES[of]
    if name == "ref":
        return R.short + "/" + table.c.id
    if name == "report":
        return R.short
    special = COLUMNS.get(of, {})
    return special[name] if name in special else table.c[name] if name in table.c else R[name]


def _participants(connection: Connection, keys: Sequence[int], found: Found) -> None:
    P = schema.participants.c
    asked = select(P.event, P.side, P.name, P.country).where(P.event.in_(keys)).order_by(P.event, P.side, P.n)
    _sides(connection.execute(asked), found, ("_countries",))


def _parties_of_occurrences(connection: Connection, keys: Sequence[int], found: Found) -> None:
    P = schema.occurrence_sides.c
    asked = select(P.occurrence, P.side, P.name, P.country).where(P.occurrence.in_(keys))
    _sides(connection.execute(asked.order_by(P.occurrence, P.side, P.n)), found, ())


def _sides(rows: Iterable[Any], found: Found, countries: Sequence[str]) -> None:
    """Put names, and countries where they are asked for, to both sides."""
    for values in found.values():
        for side in ("actor", "recipient"):
            values.setdefault(f"{side}s", [])
            for suffix in countries:
                values.setdefault(f"{side}{suffix}", [])
    for key, side, name, country in rows:
        if key in found:
            found[key][f"{side}s"].append(name)
            for suffix in countries:
                if country is not None and country not in found[key][f"{side}{suffix}"]:
                    found[key][f"{side}{suffix}"].append(country)


def _parties(connection: Connection, keys: Sequence[int], found: Found) -> None:
    P, W = schema.parties.c, schema.obstacles.c
    parties = select(P.negotiation, schema.entities.c.name).join_from(
        schema.parties, schema.entities, schema.entities.c.key == P.entity
    )
    obstacles = select(W.negotiation, W.text).where(W.negotiation.in_(keys)).order_by(W.negotiation, W.n)
    for field, asked in (
        ("parties", parties.where(P.negotiation.in_(keys)).order_by(P.negotiation, P.n)),
        ("obstacles", obstacles),
    ):
        listed: defaultdict[int, list[str]] = defaultdict(list)
        for key, name in connection.execute(asked):
            listed[key].append(name)
        for key in keys:
            if key in found:
                found[key][field] = listed[key]


# What a row has any number of.
LISTED: Mapping[str, Sequence[Callable[[Connection, Sequence[int], Found], None]]] = {
    "events": (_participants,),
    "occurrences": (_parties_of_occurrences,),
    "negotiations": (_parties,),
}
LISTS_OF: Mapping[str, Sequence[str]] = {
    "events": ("actors", "actor_countries", "recipients", "recipient_countries"),
    "occurrences": ("actors", "recipients"),
    "negotiations": ("parties", "obstacles"),
}
