"""schema.org as JSON-LD: one document, a line a report in its `@graph`, its context inside so that nothing is fetched.

A report is a `NewsArticle`, a statement a `Quotation` that is part of it, an event an `Event` whose `potentialAction`
names agents and recipients. Characters that would end a script element are escaped, so a page can hold a line.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from dragoman.exports.choice import Choice, Settings, chosen, dated, is_claim, marked_id
from dragoman.exports.countries import country
from dragoman.exports.sides import is_of_a_state
from dragoman.exports.words import day_part, deed, spoken
from dragoman.records import Entity, Event, Place, Record, Statement

OPENING = '{"@context": {"@vocab": "https://schema.org/"}, "@graph": [\n'
CLOSING = "\n]}\n"
ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
# Their words for where an action stands; a denied one has none.
STANDING = {
    "actual": "CompletedActionStatus", "historical": "CompletedActionStatus", "standing": "ActiveActionStatus",
    "future": "PotentialActionStatus", "hypothetical": "PotentialActionStatus",
}  # fmt: skip
Node = dict[str, object]


class SchemaOrg:
    """Writes one JSON-LD document."""

    def __init__(self, target: Path, settings: Settings) -> None:
        self._choice = settings.choice
        self._file = target.open("w", encoding="utf-8", newline="\n")
        self._file.write(OPENING)
        self._between = ""

    def write(self, record: Record) -> None:
        """Write the report's line, and those of what it holds."""
        for node in _nodes(record, self._choice):
            self._file.write(self._between + json.dumps(node).translate(ESCAPES))
            self._between = ",\n"

    def finish(self) -> None:
        """Close the list and the file."""
        self._file.write(CLOSING)
        self._file.close()


def _nodes(record: Record, choice: Choice) -> Iterator[Node]:
    yield _article(record)
    yield from (_entity(record, entity) for entity in record.entities)
    yield from (_quotation(record, statement) for statement in record.statements)
    yield from (_event(record, event, choice) for event in chosen(record, choice))


def _iri(record: Record, own: str = "") -> str:
    name = "urn:dragoman:" + quote(record.report.id, safe=":")
    return f"{name}#{quote(own, safe='')}" if own else name


def _refs(record: Record, ids: Iterable[str]) -> list[Node]:
    return [{"@id": _iri(record, id_)} for id_ in ids]


def _known(node: Node) -> Node:
    """Return a node without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [], ())}


def _article(record: Record) -> Node:
    report = record.report
    return _known({
        "@id": _iri(record),
        "@type": "NewsArticle",
        "identifier": report.id,
        "headline": report.title,
        "datePublished": report.published,
        "author": [{"@type": "Person", "name": name} for name in report.authors],
        "publisher": {"@type": "Organization", "name": report.publisher} if report.publisher else None,
        "inLanguage": report.language,
        "url": report.uri if report.uri.startswith(("http://", "https://")) else None,
        "articleBody": report.text,
        "mentions": _refs(record, (entity.id for entity in record.entities)),
    })  # fmt: skip


def _entity(record: Record, entity: Entity) -> Node:
    state = country(entity.country)
    return _known({
        "@id": _iri(record, entity.id),
        "@type": _type(entity),
        "name": entity.name,
        "jobTitle": entity.role if entity.kind == "person" else None,
        "nationality": _nation(state.iso2) if state and entity.kind == "person" else None,
        "areaServed": _nation(state.iso2) if state and entity.kind == "organization" else None,
        "identifier": state.iso2 if state and entity.kind == "country" else None,
        "sameAs": {"@id": f"https://www.wikidata.org/entity/{quote(entity.wikidata)}"} if entity.wikidata else None,
    })  # fmt: skip


def _nation(iso2: str) -> Node:
    return {"@type": "Country", "identifier": iso2}


def _type(entity: Entity) -> str:
    if entity.kind == "person":
        return "Person"
    if entity.kind == "country":
        return "Country"
    return "GovernmentOrganization" if is_of_a_state(entity) else "Organization"


def _quotation(record: Record, statement: Statement) -> Node:
    return _known({
        "@id": _iri(record, statement.id),
        "@type": "Quotation",
        "text": spoken(statement),
        "additionalType": statement.kind,
        "creator": _refs(record, [statement.source]) if statement.source else None,
        "isPartOf": {"@id": _iri(record, statement.inside or "")},
    })  # fmt: skip


def _event(record: Record, event: Event, choice: Choice) -> Node:
    day = dated(event, record, choice)
    marks = [event.status, "claimed"] if is_claim(event) else [event.status]
    return _known({
        "@id": _iri(record, event.id),
        "@type": "Event",
        "identifier": marked_id(record, event, choice),
        "name": deed(record, event),
        "description": event.evidence[0].text if event.evidence else None,
        "startDate": day or day_part(event.date, "start"),
        "endDate": day or day_part(event.date, "end"),
        "location": _place(event.place) if event.place else None,
        "keywords": [event.type, *event.modes, *event.contexts, *marks],
        "subjectOf": _refs(record, [event.claimed_in or ""]),
        "potentialAction": _known({
            "@type": "Action",
            "name": " ".join((event.type, *event.modes)),
            "agent": _refs(record, event.actors),
            "recipient": _refs(record, event.recipients),
            "actionStatus": _standing(event),
        }),
    })  # fmt: skip


def _standing(event: Event) -> Node | None:
    word = STANDING.get(event.status)
    return {"@id": f"https://schema.org/{word}"} if word else None


def _place(place: Place) -> Node:
    state = country(place.country)
    known = place.lat is not None and place.lon is not None
    return _known({
        "@type": "Place",
        "name": place.name,
        "address": {"@type": "PostalAddress", "addressCountry": state.iso2} if state else None,
        "geo": {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon} if known else None,
        "sameAs": {"@id": f"https://www.geonames.org/{place.geonames}/"} if place.geonames else None,
    })  # fmt: skip
