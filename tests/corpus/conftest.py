"""Records written as literals: who did what to whom, when, in which report."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs

from dragoman import ontology
from dragoman.records import (
    DateRange,
    Entity,
    Event,
    Magnitude,
    Place,
    Quantity,
    ReadBy,
    Record,
    Report,
    Span,
    Statement,
    id_of,
)

READ_BY = ReadBy(dragoman="0", model="0", ontology="0", knowledge="0")
MakeRecord = Callable[..., Record]
MakeEvent = Callable[..., Event]
MakeEntity = Callable[..., Entity]


def entity_of(id: str, name: str, country: str | None = None, kind: Any = "country", **more: Any) -> Entity:
    return Entity(id=id, name=name, kind=kind, country=country, sector=more.pop("sector", "GOV"), **more)


COUNTRIES = (
    entity_of("USA", "United States", "USA"),
    entity_of("RUS", "Russia", "RUS"),
    entity_of("UKR", "Ukraine", "UKR"),
    entity_of("IRN", "Iran", "IRN"),
)


def event_of(
    sentence: str,
    type: str = "SANCTION",
    actors: tuple[str, ...] = ("USA",),
    recipients: tuple[str, ...] = ("RUS",),
    date: str | None = None,
    place: str | None = None,
    killed: int | None = None,
    **more: Any,
) -> Event:
    """One sentence, one event; `date` is a day, or a first and a last day apart by "/"."""
    first, _, last = (date or "").partition("/")
    precision: Any = "week" if last else "day"
    dated = DateRange(start=first, end=last or first, precision=precision, text="") if date else None
    spot = Place(name=place, country=None, lat=None, lon=None, geonames=None, span=Span(0, 0, "")) if place else None
    dead = Magnitude(killed=Quantity(low=killed, high=killed, text=str(killed))) if killed else None
    return Event(
        id=more.pop("id", "v1"),
        type=type,
        modes=more.pop("modes", ()),
        contexts=(),
        quad=ontology.types()[type].quad,
        intensity=ontology.types()[type].score,
        actors=actors,
        recipients=recipients,
        date=dated,
        due=None,
        place=spot,
        status=more.pop("status", "actual"),
        claimed_in=more.pop("claimed_in", None),
        hearsay=False,
        trigger=Span(0, len(sentence.split()[0]), sentence.split()[0]),
        evidence=(Span(0, len(sentence), sentence),),
        confidence=more.pop("confidence", 0.8),
        magnitude=dead,
    )


def placed(event: Event, text: str) -> Event:
    """The event with its spans where the words stand."""
    start = text.index(event.evidence[0].text)
    trigger, evidence = event.trigger, event.evidence[0]
    return structs.replace(
        event,
        trigger=Span(start, start + len(trigger.text), trigger.text),
        evidence=(Span(start, start + len(evidence.text), evidence.text),),
    )


def record_of(
    uri: str,
    text: str = "",
    published: str | None = "2022-03-04",
    events: tuple[Event, ...] = (),
    entities: tuple[Entity, ...] = COUNTRIES,
    publisher: str | None = None,
    statements: tuple[Statement, ...] = (),
) -> Record:
    text = "\n\n".join([text or f"Report {uri}.", *dict.fromkeys(event.evidence[0].text for event in events)])
    events = tuple(placed(event, text) for event in events)
    report = Report(
        id=id_of(text),
        uri=uri,
        title=None,
        publisher=publisher or f"publisher of {uri}",
        authors=(),
        language="en",
        published=published,
        published_from="metadata",
        dateline=None,
        text=text,
    )
    return Record(
        report=report,
        entities=entities,
        statements=statements,
        events=events,
        negotiations=(),
        flags=(),
        read_by=READ_BY,
    )


@pytest.fixture
def record() -> MakeRecord:
    return record_of


@pytest.fixture
def event() -> MakeEvent:
    return event_of


@pytest.fixture
def entity() -> MakeEntity:
    return entity_of
