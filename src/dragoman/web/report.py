"""A report: its text with every record marked, the ledger beside it, and what other reports say of the same acts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from dragoman.ledger.keys import short_of
from dragoman.records import Record
from dragoman.render import phrases
from dragoman.render.marks import Mark, Piece, marks_of, pieces_of
from dragoman.web.given import TheLedger, ThePages

router = APIRouter(include_in_schema=False)
LAYERS = {
    "entity": "who takes part",
    "said": "what is said",
    "cue": "the word that attributes",
    "trigger": "what is done",
    "bargain": "what is bargained over",
    "flag": "what an editor would query",
}
MOST = 50  # reports side by side


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text: the kinds and records that lie on it, the labels that stand before it, the link around it."""

    text: str
    kinds: str
    records: str
    labels: tuple[Mark, ...]
    link: Mark | None
    begins: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in the ledger beside the text; `below` are the moves of a negotiation."""

    id: str
    lead: str
    body: str
    marks: Sequence[str]
    in_text: bool
    occurrence: str | None = None
    below: Sequence["Entry"] = field(default=())


@router.get("/report/{id}")
def report(request: Request, ledger: TheLedger, pages: ThePages, id: str, raw: bool = False) -> Response:
    """Show a report."""
    record = ledger.record(id, raw=raw)
    short = short_of(record.report.id)
    told = {row.ref.partition("/")[2]: row.occurrence for row in ledger.events(report=short)}
    return pages.response(request, "report.html", {"short": short, "raw": raw, **view_of(record, told)})


@router.get("/occurrence/{id}")
def occurrence(request: Request, ledger: TheLedger, pages: ThePages, id: str) -> Response:
    """Show the reports that tell one act side by side, with what they tell differently marked."""
    events = ledger.page("events", occurrence=id, limit=MOST).rows
    if not events:
        raise LookupError(f"{id} is no occurrence of this ledger; it may have been joined anew")
    compared = {
        "type": [event.type for event in events],
        "modes": [", ".join(event.modes) for event in events],
        "day": [event.day if event.dated else None for event in events],
        "place": [event.place for event in events],
        "status": [event.status for event in events],
        "who": [", ".join(event.actors) for event in events],
        "to whom": [", ".join(event.recipients) for event in events],
        "killed": [event.killed_low for event in events],
        "injured": [event.injured_low for event in events],
        "detained": [event.detained_low for event in events],
        "only claimed": ["yes" if event.claimed else "no" for event in events],
    }
    rows = [(name, said, len({one for one in said if one is not None}) > 1) for name, said in compared.items()]
    return pages.response(request, "occurrence.html", {"id": id, "events": events, "rows": rows})


def view_of(record: Record, occurrences: dict[str, str | None] | None = None) -> dict[str, Any]:
    """Return what the page of a record shows."""
    marks = marks_of(record)
    leading = {mark.record for mark in marks if mark.leads}
    return {
        "record": record,
        "heading": phrases.heading(record),
        "origin": phrases.origin(record),
        "layers": LAYERS,
        "stretches": [_stretch(piece) for piece in pieces_of(record.report.text, marks)],
        "groups": [group for group in _groups(record, leading, occurrences or {}) if group[2]],
    }


def _stretch(piece: Piece) -> Stretch:
    entities = [mark for mark in piece.marks if mark.kind == "entity"]
    inner = min(entities, key=lambda mark: mark.end - mark.start, default=None)
    labels = tuple(mark for mark in piece.begin if mark.leads and mark != inner)
    return Stretch(
        text=piece.text,
        kinds=" ".join(dict.fromkeys(mark.kind for mark in piece.marks)),
        records=" ".join(dict.fromkeys(mark.record for mark in piece.marks)),
        labels=labels,
        link=inner,
        begins=inner is not None and inner in piece.begin and inner.leads,
    )


def _groups(
    record: Record, leading: set[str], occurrences: dict[str, str | None]
) -> Iterator[tuple[str, str, list[Entry]]]:
    """Yield the lists of records: title, kind, entries."""

    def entry(id: str, lead: str, body: str, marks: Sequence[str], below: Sequence[Entry] = ()) -> Entry:
        return Entry(id, lead, body, [mark for mark in marks if mark], id in leading, occurrences.get(id), below)

    yield (
        "Who said what",
        "statement",
        [
            entry(
                one.id, phrases.speaker(record, one), phrases.words_of(one.content), phrases.speech_marks(record, one)
            )
            for one in record.statements
        ],
    )
    yield (
        "Who did what to whom",
        "event",
        [
            entry(one.id, phrases.code_of(one), phrases.sides_of(record, one), phrases.event_marks(record, one))
            for one in record.events
        ],
    )
    yield "What is bargained over", "negotiation", [
        entry(
            one.id, one.subject, phrases.names(record, one.parties), (),
            [entry(p.id, p.id, phrases.offer(record, p), phrases.offer_marks(record, p)) for p in one.proposals]
            + [entry("", "obstacle", obstacle.text, ()) for obstacle in one.obstacles],
        )
        for one in record.negotiations
    ]  # fmt: skip
    yield (
        "What an editor would query",
        "warning",
        [
            entry(f"f{n}", one.message, " ".join(f"“{span.text}”" for span in one.evidence), (one.severity, one.kind))
            for n, one in enumerate(record.flags, 1)
        ],
    )
    yield (
        "Who",
        "party",
        [entry(one.id, one.name, "", (one.kind, phrases.affiliation(one), one.role or "")) for one in record.entities],
    )
