"""POLECAT's files: 40 columns with a header, one event a row; those that Dragoman wrote, too."""

import re
from collections.abc import Iterator
from typing import BinaryIO, cast

from dragoman.errors import UnreadableSource
from dragoman.exports.cells import armed
from dragoman.exports.choice import BETWEEN, EVERY_STATUS
from dragoman.exports.countries import countries
from dragoman.exports.polecat import MISSING, WIKIDATA
from dragoman.imports.rows import failure, fitted, rows_of
from dragoman.imports.textless import NOWHERE, Coded, Told, iso_day, number, record_of
from dragoman.ontology import types
from dragoman.records import Entity, EntityKind, Failure, Place, Record, Status

RENAMED = {"Event Intensity": "Intensity"}
NEEDED = ("Event ID", "Event Type", "Actor Name", "Recipient Name")
CODE = re.compile(r"[A-Z]{3}", re.ASCII)
LANGUAGE = re.compile(r"[a-z]{2}", re.ASCII)
OWN_EVENT = re.compile(r"v\d+", re.ASCII)
NAMES = frozenset(row.name for row in countries().values())


class _Row(dict[str, str]):
    """A row by its columns; a column that is not there, and `None`, are missing."""

    def of(self, column: str) -> str:
        """Return a cell; empty where it is missing."""
        cell = armed(self.get(column, "").strip())
        return "" if cell == MISSING else cell

    def several(self, column: str) -> list[str]:
        """Return the values of a cell, in order; an empty one where one of several is missing."""
        parts = [armed(part.strip()) for part in self.of(column).split(";")]
        return ["" if part == MISSING else part for part in parts] if any(parts) else []


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
    row = _Row(zip(header, whole, strict=True))
    type_ = row.of("Event Type").upper()
    if type_ not in types():
        return failure(uri, line, f"has an event type that PLOVER has not ({type_!r})", "it is left out")
    id_, *marks = row.of("Event ID").split(BETWEEN)
    told = Told(
        id=f"polecat:{id_}",
        uri=f"{uri}#{id_}",
        publisher=row.of("Source") or None,
        published=iso_day(row.of("Publication Date")),
        coder=row.of("Version") or "unknown",
        title=row.of("Headline") or None,
        language=row.of("Language") if LANGUAGE.fullmatch(row.of("Language")) else None,
    )
    return record_of(told, _coded(row, type_, id_, marks), _side(row, "Actor"), _side(row, "Recipient"))


def _coded(row: _Row, type_: str, id_: str, marks: list[str]) -> Coded:
    own = id_.rpartition("/")[2]
    status = next((mark for mark in marks if mark in EVERY_STATUS), "actual")
    return Coded(
        type=type_,
        modes=tuple(filter(None, row.several("Event Mode"))),
        contexts=tuple(filter(None, row.several("Contexts"))),
        day=None if "undated" in marks else iso_day(row.of("Event Date")),
        place=_place(row),
        status=cast(Status, status),
        is_claim=any(mark == "hearsay" or mark.startswith("claimed:") for mark in marks),
        intensity=number(row.of("Intensity")),
        id=own if OWN_EVENT.fullmatch(own) else "v1",
    )


def _side(row: _Row, side: str) -> list[Entity]:
    """Return the entities of a side; values are theirs where a cell has as many as there are names."""
    names = row.several(f"{side} Name") or row.several(f"{side} Name Raw")
    count = len(names) or len(row.several(f"{side} Country"))

    def each(column: str) -> list[str]:
        values = row.several(column)
        return values if len(values) == count else [""] * count

    return [
        _entity(row, name, *rest)
        for name, *rest in zip(
            names or [""] * count,
            each(f"{side} Country"),
            each(f"Primary {side} Sector"),
            [row.several(f"{side} Sectors") if count == 1 else []] * count,
            each(f"{side} Title"),
            each(f"Wikipedia {side} ID"),
            strict=True,
        )
    ]


def _entity(row: _Row, name: str, country: str, sector: str, sectors: list[str], title: str, wiki: str) -> Entity:
    code = country if CODE.fullmatch(country) else None
    state = countries().get(country)
    return Entity(
        id="",
        name=name or title or (state.name if state else "") or sector or "unknown",
        kind=_kind(row, name, title),
        country=code,
        sector=sector or None,
        sectors=tuple(other for other in sectors if other and other != sector),
        role=title or None,
        wikidata=wiki.removeprefix(WIKIDATA) if wiki.startswith(WIKIDATA) else None,
    )


def _kind(row: _Row, name: str, title: str) -> EntityKind:
    """Return what a name is as far as the row tells; `group` where it does not."""
    if not name:
        return "unnamed"
    if name in row.several("Story People") or title:
        return "person"
    if name in row.several("Story Organizations"):
        return "organization"
    return "country" if name in NAMES else "group"


def _place(row: _Row) -> Place | None:
    name = row.of("Placename") or row.of("Raw Placename")
    if not name:
        return None
    country, geonames = row.of("Country"), number(row.of("GeoNames ID"))
    return Place(
        name=name,
        country=country if CODE.fullmatch(country) else None,
        lat=number(row.of("Latitude")),
        lon=number(row.of("Longitude")),
        geonames=int(geonames) if geonames is not None else None,
        span=NOWHERE,
    )
