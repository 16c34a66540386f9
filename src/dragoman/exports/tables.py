"""The records as tables: one a list, joined by `report_id`; what Parquet and CSV write.

A kind of column says how each of the two holds it. A change of columns moves `SCHEMA`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

import msgspec

from dragoman.records import DateRange, Magnitude, Quantity, Record

SCHEMA = 1

Kind = Literal[
    "text", "number", "decimal", "flag", "day", "texts", "span", "spans", "items", "standings", "obstacles"
]  # fmt: skip
Row = tuple[object, ...]

DATE: dict[str, Kind] = {"start": "day", "end": "day", "precision": "text", "text": "text"}
QUANTITIES = ("killed", "injured", "detained", "size")


@dataclass(frozen=True, slots=True)
class Table:
    """A list of the records: its columns in order, and the rows that a record gives."""

    name: str
    columns: dict[str, Kind]
    rows: Callable[[Record], Iterator[Row]]


def _dated(prefix: str) -> dict[str, Kind]:
    return {f"{prefix}_{name}": kind for name, kind in DATE.items()}


def _date(told: DateRange | None) -> Row:
    return (None,) * 4 if told is None else (day(told.start), day(told.end), told.precision, told.text)


def day(text: str | None) -> date | None:
    """Return the day of an ISO date or date-time; None where there is none.

    >>> day("2022-07-29T14:05:00Z")
    datetime.date(2022, 7, 29)
    """
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _plain(part: object) -> object:
    """Return items, or what else has fields of its own, as a list of dictionaries."""
    return msgspec.json.decode(msgspec.json.encode(part))


def _spans(spans: Iterable[object]) -> object:
    return [{name: value for name, value in span.items() if name != "in"} for span in msgspec.to_builtins(list(spans))]


def _span(part: object) -> object:
    if part is None:
        return None
    fields = msgspec.to_builtins(part)
    return {name: fields[name] for name in ("start", "end", "text")}


def _reports(record: Record) -> Iterator[Row]:
    report, by = record.report, record.read_by
    line = report.dateline
    yield (
        report.id, report.uri, report.title, report.publisher, list(report.authors), report.language,
        day(report.published), report.published, report.published_from, line.place if line else None,
        line.country if line else None, _span(line.span if line else None), report.text,
        by.dragoman, by.model, by.ontology, by.knowledge,
    )  # fmt: skip


def _entities(record: Record) -> Iterator[Row]:
    for e in record.entities:
        yield record.report.id, e.id, e.name, e.kind, e.country, e.sector, list(e.sectors), e.role, e.wikidata


def _mentions(record: Record) -> Iterator[Row]:
    for entity in record.entities:
        for mention in entity.mentions:
            yield record.report.id, entity.id, _span(mention), mention.form


def _statements(record: Record) -> Iterator[Row]:
    for s in record.statements:
        yield (
            record.report.id, s.id, s.kind, s.source, _span(s.source_span), _span(s.cue),
            s.cue.lemma if s.cue else None, _spans(s.content), s.addressee, s.venue, *_date(s.date), s.attribution,
            s.inside,
        )  # fmt: skip


def _events(record: Record) -> Iterator[Row]:
    for e in record.events:
        place = e.place
        yield (
            record.report.id, e.id, e.type, list(e.modes), list(e.contexts), e.quad, float(e.intensity),
            list(e.actors), list(e.recipients), *_date(e.date), *_date(e.due),
            *((place.name, place.country, place.lat, place.lon, place.geonames) if place else (None,) * 5),
            _span(place.span if place else None), e.status, e.claimed_in, e.hearsay, _span(e.trigger),
            _spans(e.evidence), float(e.confidence), *_magnitude(e.magnitude),
        )  # fmt: skip


def _magnitude(magnitude: Magnitude | None) -> Iterator[object]:
    for name in QUANTITIES:
        quantity: Quantity | None = getattr(magnitude, name, None)
        yield from (quantity.low, quantity.high, quantity.text) if quantity else (None, None, None)


def _negotiations(record: Record) -> Iterator[Row]:
    for n in record.negotiations:
        yield record.report.id, n.id, n.subject, list(n.parties), _plain(n.obstacles)


def _proposals(record: Record) -> Iterator[Row]:
    for n in record.negotiations:
        for p in n.proposals:
            yield (
                record.report.id, n.id, p.id, list(p.by), list(p.to), _plain(p.gives), _plain(p.gets), p.answers,
                p.status, _plain(p.status_by), *_date(p.date), p.channel, p.claimed_in, _spans(p.evidence),
            )  # fmt: skip


def _flags(record: Record) -> Iterator[Row]:
    for flag in record.flags:
        title = [span for span in flag.evidence if span.in_ == "title"]
        text = [span for span in flag.evidence if span.in_ is None]
        yield record.report.id, flag.kind, flag.severity, flag.message, _spans(text), _spans(title)


REPORTS: dict[str, Kind] = {
    "report_id": "text", "uri": "text", "title": "text", "publisher": "text", "authors": "texts", "language": "text",
    "published": "day", "published_at": "text", "published_from": "text", "dateline_place": "text",
    "dateline_country": "text", "dateline": "span", "text": "text", "dragoman": "text", "model": "text",
    "ontology": "text", "knowledge": "text",
}  # fmt: skip
ENTITIES: dict[str, Kind] = {
    "report_id": "text", "id": "text", "name": "text", "kind": "text", "country": "text", "sector": "text",
    "sectors": "texts", "role": "text", "wikidata": "text",
}  # fmt: skip
MENTIONS: dict[str, Kind] = {"report_id": "text", "entity": "text", "mention": "span", "form": "text"}
STATEMENTS: dict[str, Kind] = {
    "report_id": "text", "id": "text", "kind": "text", "source": "text", "source_span": "span", "cue": "span",
    "cue_lemma": "text", "content": "spans", "addressee": "text", "venue": "text", **_dated("date"),
    "attribution": "text", "inside": "text",
}  # fmt: skip
EVENTS: dict[str, Kind] = {
    "report_id": "text", "id": "text", "type": "text", "modes": "texts", "contexts": "texts", "quad": "text",
    "intensity": "decimal", "actors": "texts", "recipients": "texts", **_dated("date"), **_dated("due"),
    "place_name": "text", "place_country": "text", "place_lat": "decimal", "place_lon": "decimal",
    "place_geonames": "number", "place": "span", "status": "text", "claimed_in": "text", "hearsay": "flag",
    "trigger": "span", "evidence": "spans", "confidence": "decimal",
    **{f"{name}_{part}": "text" if part == "text" else "number"
       for name in QUANTITIES for part in ("low", "high", "text")},
}  # fmt: skip
NEGOTIATIONS: dict[str, Kind] = {
    "report_id": "text", "id": "text", "subject": "text", "parties": "texts", "obstacles": "obstacles",
}  # fmt: skip
PROPOSALS: dict[str, Kind] = {
    "report_id": "text", "negotiation": "text", "id": "text", "by": "texts", "to": "texts", "gives": "items",
    "gets": "items", "answers": "text", "status": "text", "status_by": "standings", **_dated("date"),
    "channel": "text", "claimed_in": "text", "evidence": "spans",
}  # fmt: skip
FLAGS: dict[str, Kind] = {
    "report_id": "text", "kind": "text", "severity": "text", "message": "text", "evidence": "spans",
    "title_evidence": "spans",
}  # fmt: skip

TABLES = (
    Table("reports", REPORTS, _reports),
    Table("entities", ENTITIES, _entities),
    Table("mentions", MENTIONS, _mentions),
    Table("statements", STATEMENTS, _statements),
    Table("events", EVENTS, _events),
    Table("negotiations", NEGOTIATIONS, _negotiations),
    Table("proposals", PROPOSALS, _proposals),
    Table("flags", FLAGS, _flags),
)
