"""POLECAT: 40 columns, tab-separated with a header row, one row an event."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from dragoman.exports.cells import SEPARATOR, one_line, part
from dragoman.exports.choice import Choice, Settings, chosen, dated, marked_id
from dragoman.exports.countries import country
from dragoman.exports.sides import entities_of, mention_at
from dragoman.records import Entity, Event, Place, Record

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
MISSING = "None"  # as its readers test for it
WIKIDATA = "wikidata:"  # we know the item, not the page's title


class Polecat:
    """Writes the chosen events as POLECAT has them; several actors share a row, in the same order in each column."""

    def __init__(self, target: Path, settings: Settings) -> None:
        self._choice = settings.choice
        self._file = target.open("w", encoding="utf-8", newline="\n")
        self._file.write("\t".join(COLUMNS) + "\n")

    def write(self, record: Record) -> None:
        """Write a row an event."""
        for event in chosen(record, self._choice):
            self._file.write("\t".join(_row(record, event, self._choice)) + "\n")

    def finish(self) -> None:
        """Close the file."""
        self._file.close()


def _row(record: Record, event: Event, choice: Choice) -> Iterator[str]:
    report = record.report
    yield marked_id(record, event, choice)
    yield dated(event, record, choice) or MISSING
    yield event.type
    yield _joined(event.modes)
    yield str(event.intensity)
    yield event.quad.upper()
    yield _joined(event.contexts)
    yield from _side(record, event, event.actors)
    yield from _side(record, event, event.recipients)
    yield from _place(event.place)
    yield _or_missing(report.publisher)
    yield report.published[:10] if report.published else MISSING
    yield _joined(entity.name for entity in record.entities if entity.kind == "person")
    yield _joined(entity.name for entity in record.entities if entity.kind == "organization")
    yield _joined(_locations(record))
    yield _or_missing(report.language)
    yield f"dragoman-{record.read_by.dragoman}"


def _side(record: Record, event: Event, ids: tuple[str, ...]) -> Iterator[str]:
    entities = entities_of(record, ids)

    def aligned(value: Callable[[Entity], str | None]) -> str:
        return _aligned([value(entity) for entity in entities])

    yield aligned(lambda entity: entity.name)
    yield aligned(lambda entity: entity.country)
    yield aligned(lambda entity: found.cow if (found := country(entity.country)) else None)
    yield aligned(lambda entity: entity.sector)
    yield _joined(sector for entity in entities for sector in (entity.sector, *entity.sectors) if sector)
    yield aligned(lambda entity: entity.role)
    yield aligned(lambda entity: found.text if (found := mention_at(entity, event)) else None)
    yield aligned(lambda entity: WIKIDATA + entity.wikidata if entity.wikidata else None)


def _place(place: Place | None) -> Iterator[str]:
    yield _or_missing(place.name if place else None)
    yield from (MISSING, MISSING, MISSING)  # city, district, province: the gazetteer does not tell them apart
    yield _or_missing(place.country if place else None)
    yield _number(place.lat if place else None)
    yield _number(place.lon if place else None)
    yield _number(place.geonames if place else None)
    yield _or_missing(place.span.text if place else None)
    yield MISSING


def _locations(record: Record) -> Iterator[str]:
    if record.report.dateline is not None:
        yield record.report.dateline.place
    yield from (event.place.name for event in record.events if event.place is not None)
    yield from (entity.name for entity in record.entities if entity.kind == "country")


def _joined(values: Iterable[str]) -> str:
    """Return values as a cell, each once, in order."""
    return SEPARATOR.join(dict.fromkeys(map(part, values))) or MISSING


def _aligned(values: list[str | None]) -> str:
    """Return a value for each entity as a cell; where none is known, as one that is missing."""
    known = [None if value is None else part(value) for value in values]
    if not any(known):
        return MISSING
    return SEPARATOR.join(MISSING if value is None else value for value in known)


def _or_missing(text: str | None) -> str:
    return (one_line(text) if text else "") or MISSING


def _number(number: float | None) -> str:
    return MISSING if number is None else str(number)
