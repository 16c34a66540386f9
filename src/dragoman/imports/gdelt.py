"""GDELT 2.0's event files: 61 columns without a header, one pair of actors a row, coded in CAMEO."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO
from urllib.parse import urlsplit

from dragoman.exports.actor_codes import BLOCS, TYPES
from dragoman.exports.countries import by_cameo, by_fips
from dragoman.exports.gdelt import EVENT_COLUMNS
from dragoman.imports.rows import failure, fitted, rows_of
from dragoman.imports.rows_as_reports import Coded, LeftOut, Row, Told, date_in, mentions_of, number, record_of
from dragoman.ontology.cameo import CameoCode, code_named
from dragoman.records import Entity, EntityKind, Failure, Place, Record, Span

CODER = "GDELT 2.0"
NOT_IN_PLOVER = "CAMEO 01 (public statements), which PLOVER does not code"
SECTORS = {cameo: plover for plover, cameo in reversed(TYPES.items())}
GROUPS = {group: bloc for bloc, (_, group) in BLOCS.items() if group}
BODIES = {type_: bloc for bloc, (type_, group) in BLOCS.items() if not group}
TYPE_COLUMNS = ("Type1Code", "Type2Code", "Type3Code")


def gdelt_records(file: BinaryIO, uri: str) -> Iterator[Record | Failure | LeftOut]:
    """Yield the record of each row; a row of CAMEO's root 01 is left out."""
    for item in rows_of(file, uri):
        if isinstance(item, Failure):
            yield item
        elif item[1][0].casefold() != "globaleventid":  # some copies have a header
            yield _record(item[1], item[0], uri)


def _record(cells: list[str], line: int, uri: str) -> Record | Failure | LeftOut:
    whole = fitted(cells, len(EVENT_COLUMNS))
    if whole is None:
        said = f"has {len(cells)} columns, not {len(EVENT_COLUMNS)}"
        return failure(uri, line, said, "give a GDELT 2.0 event file; the row is left out")
    row = Row(zip(EVENT_COLUMNS, whole, strict=True))
    code, trigger = code_named(row.of("EventCode")), row.span("EventCode")
    if code is None or trigger is None:
        return failure(uri, line, f"has a code that CAMEO has not ({row.of('EventCode')!r})", "it is left out")
    if code.type is None:
        return LeftOut(NOT_IN_PLOVER)
    return record_of(_told(row, uri), _coded(row, code, code.type, trigger), _side(row, "Actor1"), _side(row, "Actor2"))


def _told(row: Row, uri: str) -> Told:
    source = row.of("SOURCEURL") or uri
    return Told(
        row=row,
        uri=f"{source}#gdelt:{row.of('GLOBALEVENTID')}",  # an address gives many rows, and each is a report
        publisher=_host(source),
        published=_time(row.of("DATEADDED")),
        coder=CODER,
    )


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _time(stamp: str) -> str | None:
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC).isoformat()
    except ValueError:
        return None


def _coded(row: Row, code: CameoCode, type_: str, trigger: Span) -> Coded:
    return Coded(
        type=type_,
        modes=(code.mode,) if code.mode else (),
        contexts=(code.context,) if code.context else (),
        trigger=trigger,
        date=date_in(row, "SQLDATE"),
        place=_place(row),
    )


def _side(row: Row, side: str) -> list[Entity]:
    code, name = row.span(f"{side}Code"), row.span(f"{side}Name")
    named_by = name or code
    if named_by is None:
        return []
    state = by_cameo().get(row.of(f"{side}CountryCode"))
    types = [row.of(side + column) for column in TYPE_COLUMNS]
    sectors = tuple(dict.fromkeys(SECTORS[type_] for type_ in types if type_ in SECTORS))
    is_country = state is not None and row.of(f"{side}Code") == state.cameo
    kind: EntityKind = "country" if is_country else "group" if name else "unnamed"
    return [
        Entity(
            id="",
            name=named_by.text,
            kind=kind,
            country=state.code if state else _bloc(row.of(f"{side}KnownGroupCode"), types),
            sector="GOV" if is_country and not sectors else next(iter(sectors), None),
            sectors=sectors[1:],
            mentions=mentions_of(named_by, is_name=name is not None),
        )
    ]


def _bloc(group: str, types: list[str]) -> str | None:
    return GROUPS.get(group) or next((BODIES[type_] for type_ in types if type_ in BODIES), None)


def _place(row: Row) -> Place | None:
    span = row.span("ActionGeo_FullName")
    if span is None:
        return None
    state = by_fips().get(row.of("ActionGeo_CountryCode"))
    return Place(
        name=span.text,
        country=state.code if state else None,
        lat=number(row.of("ActionGeo_Lat")),
        lon=number(row.of("ActionGeo_Long")),
        geonames=None,  # FeatureID is of another gazetteer
        span=span,
    )
