"""Records without a text: what a row of codes can fill of them, and nothing else."""

import math
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from dragoman.ontology import intensity, types
from dragoman.records import DateRange, Entity, Event, Place, ReadBy, Record, Report, Span, Status

NOWHERE = Span(0, 0, "")  # `text[0:0] == ""` holds in an empty text
NO_CONFIDENCE = 0.0
KNOWLEDGE = "none"


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
    day: str | None
    place: Place | None
    status: Status = "actual"
    is_claim: bool = False
    intensity: float | None = None
    id: str = "v1"


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says of the report that it was coded from."""

    id: str
    uri: str
    publisher: str | None
    published: str | None
    coder: str
    title: str | None = None
    language: str | None = None


def record_of(told: Told, coded: Coded, actors: list[Entity], recipients: list[Entity]) -> Record:
    """Return the record of one row: a report without text, those who take part, and one event."""
    entities = list(dict.fromkeys([*actors, *recipients]))
    ids = {entity: f"e{number}" for number, entity in enumerate(entities, 1)}
    return Record(
        report=Report(
            id=told.id,
            uri=told.uri,
            title=told.title,
            publisher=told.publisher,
            authors=(),
            language=told.language,
            published=told.published,
            published_from="metadata" if told.published else None,
            dateline=None,
            text="",
        ),
        entities=tuple(_numbered(entity, ids[entity]) for entity in entities),
        statements=(),
        events=(_event(coded, tuple(ids[a] for a in actors), tuple(ids[r] for r in recipients)),),
        negotiations=(),
        flags=(),
        read_by=ReadBy(dragoman=version("dragoman"), model=told.coder, ontology="PLOVER", knowledge=KNOWLEDGE),
    )


def _numbered(entity: Entity, id_: str) -> Entity:
    return Entity(
        id=id_,
        name=entity.name,
        kind=entity.kind,
        country=entity.country,
        sector=entity.sector,
        sectors=entity.sectors,
        role=entity.role,
        wikidata=entity.wikidata,
    )


def _event(coded: Coded, actors: tuple[str, ...], recipients: tuple[str, ...]) -> Event:
    day = coded.day
    return Event(
        id=coded.id,
        type=coded.type,
        modes=coded.modes,
        contexts=coded.contexts,
        quad=types()[coded.type].quad,
        intensity=intensity(coded.type, coded.modes) if coded.intensity is None else coded.intensity,
        actors=tuple(dict.fromkeys(actors)),
        recipients=tuple(dict.fromkeys(recipients)),
        date=DateRange(start=day, end=day, precision="day", text="") if day else None,
        due=None,
        place=coded.place,
        status=coded.status,
        claimed_in=None,
        hearsay=coded.is_claim,  # the statement itself is not in the file
        trigger=NOWHERE,
        evidence=(),
        confidence=NO_CONFIDENCE,
    )


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
