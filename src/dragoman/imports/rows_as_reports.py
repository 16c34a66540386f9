"""A row of codes as the report of one event: its text is the row itself, a line a column, and spans point at its cells.

So a record that was imported keeps the contract: its id is that of its text, and every span's words stand at its
offsets. Nobody takes it for news: what `read_by.model` names is no parser, and its confidence is 0.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from msgspec.structs import replace

from dragoman.exports.cells import armed
from dragoman.ontology import intensity, types
from dragoman.records import DateRange, Entity, Event, Mention, Place, ReadBy, Record, Report, Span, Status, id_of
from dragoman.render.characters import on_one_line

NO_CONFIDENCE = 0.0
KNOWLEDGE = "none"
SEPARATOR = ";"


class Row:
    """A row's cells by their columns, and the text that they make; what is missing is in neither.

    >>> row = Row([("Actor Name", "Juma Were; '=1+1"), ("Actor Title", "None")], missing="None")
    >>> row.text, row.of("Actor Title"), row.several("Actor Name")[1]
    ("Actor Name: Juma Were; '=1+1", '', Span(start=24, end=28, text='=1+1'))
    """

    def __init__(self, cells: Iterable[tuple[str, str]], *, missing: str = "") -> None:
        self._missing = missing
        self._spans: dict[str, Span] = {}
        lines: list[str] = []
        offset = 0
        for column, cell in cells:
            value = armed(on_one_line(cell))
            if value in ("", missing):
                continue
            start = offset + len(column) + 2
            self._spans[column] = Span(start, start + len(value), value)
            lines.append(f"{column}: {value}")
            offset += len(lines[-1]) + 1
        self.text = "\n".join(lines)

    def of(self, column: str) -> str:
        """Return a cell; empty where it is missing."""
        return self._spans[column].text if column in self._spans else ""

    def span(self, column: str) -> Span | None:
        """Return where a cell stands in the text; None where it is missing."""
        return self._spans.get(column)

    def several(self, column: str) -> list[Span | None]:
        """Return the values of a cell in order; None where one of several is missing."""
        cell = self._spans.get(column)
        return [] if cell is None else list(self._parts(cell))

    def _parts(self, cell: Span) -> Iterator[Span | None]:
        start = cell.start
        for part in cell.text.split(SEPARATOR):
            value = armed(part.strip())
            if value in ("", self._missing):
                yield None
            else:
                end = start + len(part.rstrip())
                yield Span(end - len(value), end, value)
            start += len(part) + len(SEPARATOR)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is whole and has no place in PLOVER, with the reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Coded:
    """What a row says of an act."""

    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    trigger: Span
    date: DateRange | None
    place: Place | None
    status: Status = "actual"
    is_claim: bool = False
    intensity: float | None = None
    id: str = "v1"


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says of the report that it was coded from."""

    row: Row
    uri: str
    publisher: str | None
    published: str | None
    coder: str
    title: str | None = None
    language: str | None = None


def record_of(told: Told, coded: Coded, actors: list[Entity], recipients: list[Entity]) -> Record:
    """Return the record of one row: the row as a report, those who take part, and one event."""
    places: dict[Entity, list[Mention]] = {}
    for entity in (*actors, *recipients):  # who stands on both sides is one, named twice
        places.setdefault(replace(entity, mentions=()), []).extend(entity.mentions)
    ids = {entity: f"e{number}" for number, entity in enumerate(places, 1)}
    sides = [tuple(dict.fromkeys(ids[replace(one, mentions=())] for one in side)) for side in (actors, recipients)]
    return Record(
        report=Report(
            id=id_of(told.row.text),
            uri=told.uri,
            title=told.title,
            publisher=told.publisher,
            authors=(),
            language=told.language,
            published=told.published,
            published_from="metadata" if told.published else None,
            dateline=None,
            text=told.row.text,
        ),
        entities=tuple(
            replace(entity, id=ids[entity], mentions=tuple(mentions)) for entity, mentions in places.items()
        ),
        statements=(),
        events=(_event(coded, told.row, *sides),),
        negotiations=(),
        flags=(),
        read_by=ReadBy(dragoman=version("dragoman"), model=told.coder, ontology="PLOVER", knowledge=KNOWLEDGE),
    )


def _event(coded: Coded, row: Row, actors: tuple[str, ...], recipients: tuple[str, ...]) -> Event:
    return Event(
        id=coded.id,
        type=coded.type,
        modes=coded.modes,
        contexts=coded.contexts,
        quad=types()[coded.type].quad,
        intensity=intensity(coded.type, coded.modes) if coded.intensity is None else coded.intensity,
        actors=actors,
        recipients=recipients,
        date=coded.date,
        due=None,
        place=coded.place,
        status=coded.status,
        claimed_in=None,
        hearsay=coded.is_claim,  # the statement itself is not in the file
        trigger=coded.trigger,
        evidence=(Span(0, len(row.text), row.text),),
        confidence=NO_CONFIDENCE,
    )


def mentions_of(span: Span | None, *, is_name: bool) -> tuple[Mention, ...]:
    """Return the one mention that a cell is."""
    if span is None:
        return ()
    return (Mention(start=span.start, end=span.end, text=span.text, form="name" if is_name else "nominal"),)


def date_in(row: Row, column: str) -> DateRange | None:
    """Return the day that a cell gives; None where it gives none."""
    day = iso_day(row.of(column))
    return DateRange(start=day, end=day, precision="day", text=row.of(column)) if day else None


def number(text: str) -> float | None:
    """Return a number; None where there is none, or one that no JSON can hold.

    >>> number("46.2"), number("nan"), number("")
    (46.2, None, None)
    """
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def iso_day(text: str) -> str | None:
    """Return a day written as 2022-07-29 or 20220729 in the first form; None where it is none.

    >>> iso_day("20220729"), iso_day("None")
    ('2022-07-29', None)
    """
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return None
