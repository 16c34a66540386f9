"""GDELT 2.0's event files: 61 columns without a header, one pair of actors a row, coded in CAMEO."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO
from urllib.parse import urlsplit

from dragoman.exports.actor_codes import BLOCS, TYPES
from dragoman.exports.cells import armed
from dragoman.exports.countries import by_cameo, by_fips
from dragoman.exports.gdelt import EVENT_COLUMNS
from dragoman.imports.rows import failure, fitted, rows_of
from dragoman.imports.textless import NOWHERE, Coded, LeftOut, Told, iso_day, number, record_of
from dragoman.ontology.cameo import CameoCode, code_named
from dragoman.records import Entity, EntityKind, Failure, Place, Record

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
    row = dict(zip(EVENT_COLUMNS, (armed(cell.strip()) for cell in whole), strict=True))
    code = code_named(row["EventCode"])
    if code is None:
        return failure(uri, line, f"has a code that CAMEO has not ({row['EventCode']!r})", "it is left out")
    if code.type is None:
        return LeftOut(NOT_IN_PLOVER)
    return record_of(_told(row, uri), _coded(row, code, code.type), _side(row, "Actor1"), _side(row, "Actor2"))


def _told(row: dict[str, str], uri: str) -> Told:
    id_ = f"gdelt:{row['GLOBALEVENTID']}"
    source = row["SOURCEURL"] or uri
    return Told(
        id=id_,
        uri=f"{source}#{id_}",  # a report gives many rows, and each is a record
        publisher=_host(source),
        published=_time(row["DATEADDED"]),
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


def _coded(row: dict[str, str], code: CameoCode, type_: str) -> Coded:
    return Coded(
        type=type_,
        modes=(code.mode,) if code.mode else (),
        contexts=(code.context,) if code.context else (),
        day=iso_day(row["SQLDATE"]),
        place=_place(row),
    )


def _side(row: dict[str, str], side: str) -> list[Entity]:
    code, name = row[f"{side}Code"], row[f"{side}Name"]
    if not code and not name:
        return []
    state = by_cameo().get(row[f"{side}CountryCode"])
    types = [row[side + column] for column in TYPE_COLUMNS if row[side + column]]
    sectors = tuple(dict.fromkeys(SECTORS[type_] for type_ in types if type_ in SECTORS))
    country = state.code if state else _bloc(row[f"{side}KnownGroupCode"], types)
    is_country = state is not None and code == state.cameo
    kind: EntityKind = "country" if is_country else "group" if name else "unnamed"
    sector = "GOV" if is_country and not sectors else next(iter(sectors), None)
    return [Entity(id="", name=name or code, kind=kind, country=country, sector=sector, sectors=sectors[1:])]


def _bloc(group: str, types: list[str]) -> str | None:
    return GROUPS.get(group) or next((BODIES[type_] for type_ in types if type_ in BODIES), None)


def _place(row: dict[str, str]) -> Place | None:
    name = row["ActionGeo_FullName"]
    if not name:
        return None
    state = by_fips().get(row["ActionGeo_CountryCode"])
    return Place(
        name=name,
        country=state.code if state else None,
        lat=number(row["ActionGeo_Lat"]),
        lon=number(row["ActionGeo_Long"]),
        geonames=None,  # FeatureID is of another gazetteer
        span=NOWHERE,
    )
