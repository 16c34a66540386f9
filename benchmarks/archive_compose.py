"""Put drafts of reports together as records with true offsets."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from archive_coding import FIRST_DAY, Draft, Participant
from dragoman import ontology
from dragoman.records import (
    DateRange,
    Entity,
    EntityKind,
    Event,
    Magnitude,
    Mention,
    Place,
    Precision,
    Quantity,
    ReadBy,
    Record,
    Report,
    Span,
    id_of,
)

READ_BY = ReadBy(dragoman="archive", model="none", ontology="PLOVER 2021", knowledge="none")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and the event that the reader finds in it."""

    text: str
    draft: Draft | None
    trigger: str = ""


Paragraph = list[Sentence]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report before it has offsets; copies share the family of their original."""

    day: int
    family: int
    paragraphs: list[Paragraph]
    headline: str
    publisher: str
    kind: str


@dataclass(frozen=True, slots=True)
class Gold:
    """What is planted in a report: its family of copies, how it was made, and the act of each event.

    A negative act is a false event: one of its own, shared by the copies of the report alone.
    """

    family: int
    kind: str
    acts: tuple[int, ...]


def compose(sheet: Sheet, place: int, day: date) -> tuple[Record, Gold]:
    """Return the record of a report, and what is planted in it."""
    text = "\n\n".join(" ".join(sentence.text for sentence in paragraph) for paragraph in sheet.paragraphs)
    entities: dict[Participant, Entity] = {}
    events, acts, offset = [], [], 0
    for paragraph in sheet.paragraphs:
        for sentence in paragraph:
            if sentence.draft is not None:
                events.append(_event(sentence, sentence.draft, offset, len(events) + 1, text, entities))
                false = -1 - sheet.family * 100 - sum(map(ord, sentence.text)) % 97
                acts.append(sentence.draft.act if sentence.draft.act >= 0 else false)
            offset += len(sentence.text) + 1
        offset += 1
    report = Report(
        id=id_of(text), uri=f"archive:{place:06d}", title=sheet.headline, publisher=sheet.publisher, authors=(),
        language="en", published=day.isoformat(), published_from="metadata", dateline=None, text=text,
    )  # fmt: skip
    record = Record(
        report=report, entities=tuple(entities.values()), statements=(), events=tuple(events), negotiations=(),
        flags=(), read_by=READ_BY,
    )  # fmt: skip
    return record, Gold(sheet.family, sheet.kind, tuple(acts))


def _event(
    sentence: Sentence, draft: Draft, offset: int, number: int, text: str, entities: dict[Participant, Entity]
) -> Event:
    modes = (draft.mode,) if draft.mode else ()
    return Event(
        id=f"v{number}", type=draft.type, modes=modes, contexts=(), quad=ontology.types()[draft.type].quad,
        intensity=ontology.intensity(draft.type, modes), actors=_ids(draft.actor, text, entities),
        recipients=_ids(draft.recipient, text, entities), date=_date(draft), due=None,
        place=_place(sentence, draft, offset), status=draft.status, claimed_in=None, hearsay=False,
        trigger=_within(sentence, sentence.trigger, offset),
        evidence=(Span(offset, offset + len(sentence.text), sentence.text),), confidence=draft.confidence,
        magnitude=_magnitude(draft),
    )  # fmt: skip


def _ids(who: Participant | None, text: str, entities: dict[Participant, Entity]) -> tuple[str, ...]:
    if who is None:
        return ()
    if who not in entities:
        start = text.find(who.name)
        mentions = (Mention(start=start, end=start + len(who.name), text=who.name, form="name"),) if start >= 0 else ()
        entities[who] = Entity(
            id=f"e{len(entities) + 1}", name=who.name, kind=cast("EntityKind", who.kind), country=who.country,
            sector=who.sector, role=who.role, wikidata=who.wikidata, mentions=mentions,
        )  # fmt: skip
    return (entities[who].id,)


def _date(draft: Draft) -> DateRange | None:
    if draft.day is None:
        return None
    day = FIRST_DAY + timedelta(days=draft.day)
    first, last = day, day
    if draft.precision == "month":
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return DateRange(
        start=first.isoformat(), end=last.isoformat(), precision=cast("Precision", draft.precision), text=""
    )


def _place(sentence: Sentence, draft: Draft, offset: int) -> Place | None:
    if draft.place is None or draft.place not in sentence.text:
        return None
    span = _within(sentence, draft.place, offset)
    return Place(name=draft.place, country=draft.country, lat=None, lon=None, geonames=None, span=span)


def _magnitude(draft: Draft) -> Magnitude | None:
    if draft.killed is None or draft.type != "ASSAULT":
        return None
    return Magnitude(killed=Quantity(low=draft.killed, high=draft.killed, text=str(draft.killed)))


def _within(sentence: Sentence, words: str, offset: int) -> Span:
    start = max(0, sentence.text.find(words))
    end = min(len(sentence.text), start + len(words))
    return Span(offset + start, offset + end, sentence.text[start:end])
