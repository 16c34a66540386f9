"""FollowTheMoney 4: one entity a line as JSON, for Aleph, OpenAleph, yente and their like.

A report is an `Article`, an entity a `Person`, `PublicBody`, `Organization` or `LegalEntity`, an event an `Event`, a
statement a `Note` on its source, a mention by name a `Mention`. Who did it and to whom becomes one list, `involved`.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from dragoman.exports.choice import Choice, Settings, chosen, dated, is_claim, marked_id
from dragoman.exports.countries import country
from dragoman.exports.sides import entities_of, is_of_a_state
from dragoman.exports.words import day_part, deed, spoken, utc
from dragoman.records import Entity, Event, Record, Report, Statement
from dragoman.render.characters import visible

# Their languages have three letters; these are the ones that POLECAT's reports come in.
LANGUAGES = {"en": "eng", "es": "spa", "fr": "fra", "ar": "ara", "zh": "zho", "pt": "por", "ru": "rus"}
NOT_IN_ID = re.compile(r"[^0-9A-Za-z.-]+")
Node = dict[str, object]


class FollowTheMoney:
    """Writes each record's entities as they come; what is found in two reports is two, for its users to merge."""

    def __init__(self, target: Path, settings: Settings) -> None:
        self._choice = settings.choice
        self._file = target.open("wb")

    def write(self, record: Record) -> None:
        """Write a line for each thing in the record."""
        for node in _nodes(record, self._choice):
            self._file.write(msgspec.json.encode(node) + b"\n")

    def finish(self) -> None:
        """Close the file."""
        self._file.close()


def _nodes(record: Record, choice: Choice) -> Iterator[Node]:
    report = _id(record)
    yield _node(report, "Article", _article(record.report))
    for entity in record.entities:
        schema, own = _schema(entity), _id(record, entity.id)
        yield _node(own, schema, _entity(entity, report))
        names = dict.fromkeys(mention.text for mention in entity.mentions if mention.form == "name")
        for number, name in enumerate(names, 1):
            yield _node(_id(record, f"{entity.id}.m{number}"), "Mention", {
                "document": [report], "name": [name], "resolved": [own], "detectedSchema": [schema],
            })  # fmt: skip
    for event in chosen(record, choice):
        yield _node(_id(record, event.id), "Event", _event(record, event, choice))
    for statement in record.statements:
        if statement.source is not None:
            yield _node(_id(record, statement.id), "Note", _note(record, statement))


def _node(id_: str, schema: str, properties: dict[str, Iterable[str | None]]) -> Node:
    kept = {name: [visible(value) for value in values if value] for name, values in properties.items()}
    return {"id": id_, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _id(record: Record, own: str | None = None) -> str:
    """Return an id in the letters that they allow: the report's digest, then our own id."""
    whole = NOT_IN_ID.sub("-", record.report.id.removeprefix("sha256:")).strip("-.")
    return f"{whole}.{own}" if own else whole


def _article(report: Report) -> dict[str, Iterable[str | None]]:
    return {
        "title": [report.title],
        "author": report.authors,
        "publishedAt": [_time(report.published)],
        "bodyText": [report.text],
        "language": [LANGUAGES.get(report.language or "")],
        "sourceUrl": _addresses(report),
        "publisher": [report.publisher],
        "fileName": [] if _addresses(report) else [report.uri],
        # Theirs is SHA-1; our ids are SHA-256 of the same text.
        "contentHash": [hashlib.sha1(report.text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()],
    }


def _time(published: str | None) -> str | None:
    """Return when a report was published as they write it: in UTC and without saying so; a day stays a day."""
    if published is None or len(published) <= len("2022-07-29"):
        return published
    time = utc(published)
    return f"{time:%Y-%m-%dT%H:%M:%S}" if time else published[:10]


def _addresses(report: Report) -> list[str]:
    return [report.uri] if report.uri.startswith(("http://", "https://")) else []


def _schema(entity: Entity) -> str:
    if entity.kind == "person":
        return "Person"
    if entity.kind == "country":
        return "PublicBody"
    if entity.kind == "organization":
        return "PublicBody" if is_of_a_state(entity) else "Organization"
    return "LegalEntity"


def _entity(entity: Entity, report: str) -> dict[str, Iterable[str | None]]:
    state = country(entity.country)
    return {
        "name": [entity.name],
        "alias": dict.fromkeys(m.text for m in entity.mentions if m.form == "name" and m.text != entity.name),
        "country": [state.iso2.lower() if state else None],
        "wikidataId": [entity.wikidata],
        "position": [entity.role if entity.kind == "person" else None],
        "proof": [report],
    }


def _event(record: Record, event: Event, choice: Choice) -> dict[str, Iterable[str | None]]:
    day = dated(event, record, choice)
    place = event.place
    state = country(place.country) if place else None
    return {
        "name": [deed(record, event)],
        "startDate": [day or day_part(event.date, "start")],
        "endDate": [day or day_part(event.date, "end")],
        "summary": [event.evidence[0].text if event.evidence else None],
        "location": [place.name if place else None],
        "country": [state.iso2.lower() if state else None],
        "involved": [_id(record, entity.id) for entity in entities_of(record, (*event.actors, *event.recipients))],
        "keywords": [event.type, *event.modes, *event.contexts, *_marks(event)],
        "proof": [_id(record)],
        "recordId": [marked_id(record, event, choice)],
        "sourceUrl": _addresses(record.report),
        "publisher": [record.report.publisher],
    }


def _marks(event: Event) -> Iterator[str]:
    if event.status != "actual":
        yield event.status
    if is_claim(event):
        yield "claimed"


def _note(record: Record, statement: Statement) -> dict[str, Iterable[str | None]]:
    return {
        "entity": [_id(record, statement.source)],
        "description": [spoken(statement)],
        "keywords": [statement.kind, statement.attribution],
        "proof": [_id(record)],
        "sourceUrl": _addresses(record.report),
        "publisher": [record.report.publisher],
    }
