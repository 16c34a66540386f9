"""W3C Web Annotation: one annotation a span, in one AnnotationPage, a line each.

Positions count the code points of the report's cleaned text, not of the page that it came from; the quotation with its
32 characters on each side finds the place in the page.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import msgspec

from dragoman.exports.choice import Settings
from dragoman.records import Record

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
SIDE = 32
PAGE = "urn:dragoman:annotations"
OPENING = f'{{"@context": "{CONTEXT}", "id": "{PAGE}", "type": "AnnotationPage", "items": [\n'
CLOSING = "\n]}\n"
Place = tuple[int, int]
Selector = dict[str, object]


class WebAnnotation:
    """Writes an annotation for each mention, cue, content, trigger, sentence, proposal and flag."""

    def __init__(self, target: Path, settings: Settings) -> None:
        self._file = target.open("w", encoding="utf-8", newline="\n")
        self._file.write(OPENING)
        self._between = ""

    def write(self, record: Record) -> None:
        """Write the annotations of a record."""
        for annotation in _annotations(record):
            self._file.write(self._between + json.dumps(annotation))
            self._between = ",\n"

    def finish(self) -> None:
        """Close the list and the file."""
        self._file.write(CLOSING)
        self._file.close()


def _annotations(record: Record) -> Iterator[dict[str, object]]:
    for own, motivation, tag, body, places, in_title in _marked(record):
        for number, place in enumerate(places, 1):
            yield {
                "id": f"urn:dragoman:{quote(record.report.id, safe=':')}#{quote(own, safe='')}.{number}",
                "type": "Annotation",
                "motivation": motivation,
                "body": [
                    {"type": "TextualBody", "purpose": "tagging", "value": tag},
                    {"type": "TextualBody", "format": "application/json", "value": body},
                ],
                "target": {"source": _source(record), "selector": _selectors(record, place, in_title=in_title)},
            }


def _source(record: Record) -> str:
    """Return the address of the report; where it has none that is an IRI, its id."""
    uri = record.report.uri
    return uri if "://" in uri and " " not in uri else "urn:dragoman:" + quote(record.report.id, safe=":")


Marked = tuple[str, str, str, str, Iterable[Place], bool]


def _marked(record: Record) -> Iterator[Marked]:
    """Yield each record with its id, its motivation, its tag, its JSON, and its places in the text or title."""
    for entity in record.entities:
        places = [(mention.start, mention.end) for mention in entity.mentions]
        yield entity.id, "identifying", entity.name, _body(entity, "mentions"), places, False
    for statement in record.statements:
        cue = [(statement.cue.start, statement.cue.end)] if statement.cue else []
        places = [*cue, *((span.start, span.end) for span in statement.content)]
        yield statement.id, "describing", statement.kind, _body(statement), places, False
    for event in record.events:
        spans = (event.trigger, *event.evidence)
        places = [(span.start, span.end) for span in spans if span.end > span.start]
        yield event.id, "classifying", event.type, _body(event), places, False
    for negotiation in record.negotiations:
        for proposal in negotiation.proposals:
            places = [(span.start, span.end) for span in proposal.evidence]
            own = f"{negotiation.id}.{proposal.id}"
            yield own, "classifying", negotiation.subject, _body(proposal), places, False
    for number, flag in enumerate(record.flags, 1):
        for title in (False, True):
            places = [(span.start, span.end) for span in flag.evidence if (span.in_ == "title") is title]
            yield f"f{number}{'t' * title}", "tagging", flag.kind, _body(flag), places, title


def _body(part: msgspec.Struct, *left_out: str) -> str:
    fields = msgspec.to_builtins(part)
    return json.dumps({name: value for name, value in fields.items() if name not in left_out}, ensure_ascii=False)


def _selectors(record: Record, place: Place, *, in_title: bool) -> list[Selector]:
    text = (record.report.title or "") if in_title else record.report.text
    start, end = place
    quoted: Selector = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - SIDE) : start],
        "suffix": text[end : end + SIDE],
    }
    # Positions in the title would be read as positions in the text.
    return [quoted] if in_title else [{"type": "TextPositionSelector", "start": start, "end": end}, quoted]
