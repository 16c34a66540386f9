"""POLECAT's files: 40 columns with a header, one event a row; those that Dragoman wrote, too."""

import re
from collections.abc import Iterator
from typing import BinaryIO, cast

from dragoman.errors import UnreadableSource
from dragoman.exports.choice import BETWEEN, EVERY_STATUS
from dragoman.exports.countries import countries
from dragoman.exports.polecat import MISSING, WIKIDATA
from dragoman.imports.rows import failure, fitted, rows_of
from dragoman.imports.rows_as_reports import Coded, Row, Told, date_in, iso_day, mentions_of, number, record_of
from dragoman.ontology import types
from dragoman.records import Entity, EntityKind, Failure, Place, Record, Span, Status

RENAMED = {"Event Intensity": "Intensity"}
NEEDED = ("Event ID", "Event Type", "Actor Name", "Recipient Name")
CODE = re.compile(r"[A-Z]{3}", re.ASCII)
LANGUAGE = re.compile(r"[a-z]{2}", re.ASCII)
OWN_EVENT = re.compile(r"v\d+", re.ASCII)
NAMES = frozenset(row.name for row in countries().values())


def polecat_records(file: BinaryIO, uri: str) -> Iterator[Record | Failure]:
    """Yield the record of each row; UnreadableSource where the header is not POLECAT's."""
    header: list[str] = []
    for item in rows_of(file, uri):
        if isinstance(item, Failure):
            yield item
        elif not header:
            header = _header(item[1], uri)
        else:
            yield _record(item[1], item[0], header, uri)


def _header(cells: list[str], uri: str) -> list[str]:
    names = [RENAMED.get(name := cell.strip().strip('"'), name) for cell in cells]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise UnreadableSource(uri, f"has no column {missing[0]!r}", "give a POLECAT file with its header row")
    while not names[-1]:
        names.pop()
    return names


def _record(cells: list[str], line: int, header: list[str], uri: str) -> Record | Failure:
    whole = fitted(cells, len(header))
    if whole is None:
        return failure(uri, line, f"has {len(cells)} columns, not {len(header)}", "the row is broken; it is left out")
    row = Row(zip(header, whole, strict=True), missing=MISSING)
    trigger = row.span("Event Type")
    type_ = row.of("Event Type").upper()
    if trigger is None or type_ not in types():
        return failure(uri, line, f"has an event type that PLOVER has not ({type_!r})", "it is left out")
    id_, *marks = row.of("Event ID").split(BETWEEN)
    told = Told(
        row=row,
        uri=f"{uri}#{id_}",  # a file gives many rows, and each is a report
        publisher=row.of("Source") or None,
        published=iso_day(row.of("Publication Date")),
        coder=row.of("Version") or "unknown",
        title=row.of("Headline") or None,
        language=row.of("Language") if LANGUAGE.fullmatch(row.of("Language")) else None,
    )
    return record_of(told, _coded(row, type_, trigger, id_, marks), _side(row, "Actor"), _side(row, "Recipient"))


def _coded(row: Row, type_: str, trigger: Span, id_: str, marks: list[str]) -> Coded:
    own = id_.rpartition("/")[2]
    status = next((mark for mark in marks if mark in EVERY_STATUS), "actual")
    return Coded(
        type=type_,
        modes=_texts(row, "Event Mode"),
        contexts=_texts(row, "Contexts"),
        trigger=trigger,
        date=None if "undated" in marks else date_in(row, "Event Date"),
        place=_place(row),
        status=cast(Status, status),
        is_claim=any(mark == "hearsay" or mark.startswith("claimed:") for mark in marks),
        intensity=number(row.of("Intensity")),
        id=own if OWN_EVENT.fullmatch(own) else "v1",
    )


def _texts(row: Row, column: str) -> tuple[str, ...]:
    return tuple(value.text for value in row.several(column) if value is not None)


def _side(row: Row, side: str) -> list[Entity]:
    """Return the entities of a side; values are theirs where a cell has as many as there are names."""
    names = row.several(f"{side} Name") or row.several(f"{side} Name Raw")
    count = len(names) or len(row.several(f"{side} Country"))

    def each(column: str) -> list[Span | None]:
        values = row.several(column)
        return values if len(values) == count else [None] * count

    columns = [f"{side} Country", f"Primary {side} Sector", f"{side} Title", f"Wikipedia {side} ID"]
    others = _texts(row, f"{side} Sectors") if count == 1 else ()
    sides = zip(names or [None] * count, *map(each, columns), strict=True)
    return [_entity(row, others, *values) for values in sides]


def _entity(
    row: Row,
    sectors: tuple[str, ...],
    name: Span | None,
    country: Span | None,
    sector: Span | None,
    title: Span | None,
    wiki: Span | None,
) -> Entity:
    code = country.text if country and CODE.fullmatch(country.text) else None
    state = countries().get(code or "")
    named_by = name or title
    return Entity(
        id="",
        name=named_by.text if named_by else state.name if state else sector.text if sector else "unknown",
        kind=_kind(row, name, title),
        country=code,
        sector=sector.text if sector else None,
        sectors=tuple(other for other in sectors if sector is None or other != sector.text),
        role=title.text if title else None,
        wikidata=wiki.text.removeprefix(WIKIDATA) if wiki and wiki.text.startswith(WIKIDATA) else None,
        mentions=mentions_of(named_by or country, is_name=name is not None),
    )


def _kind(row: Row, name: Span | None, title: Span | None) -> EntityKind:
    """Return what a name is as far as the row tells; `group` where it does not."""
    if name is None:
        return "unnamed"
    if title is not None or name.text in _texts(row, "Story People"):
        return "person"
    if name.text in _texts(row, "Story Organizations"):
        return "organization"
    return "country" if name.text in NAMES else "group"


def _place(row: Row) -> Place | None:
    span = row.span("Placename") or row.span("Raw Placename")
    if span is None:
        return None
    country, geonames = row.of("Country"), number(row.of("GeoNames ID"))
    return Place(
        name=span.text,
        country=country if CODE.fullmatch(country) else None,
        lat=number(row.of("Latitude")),
        lon=number(row.of("Longitude")),
        geonames=int(geonames) if geonames is not None else None,
        span=span,
    )
