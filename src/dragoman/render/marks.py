"""Where a report's text is marked: the stretches that carry records, cut so that they may overlap."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from dragoman.records import Record, Span

MarkKind = Literal["said", "cue", "entity", "trigger", "bargain", "flag"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that carries a record; `leads` on the first stretch of each record."""

    start: int
    end: int
    kind: MarkKind
    record: str
    leads: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text on which the same marks lie from end to end, and which of them begin there."""

    text: str
    marks: tuple[Mark, ...]
    begin: tuple[Mark, ...]


def marks_of(record: Record) -> list[Mark]:
    """Return the marks of all records of a report, in the text's order."""
    marks: list[Mark] = []
    for entity in record.entities:
        spans = [Span(m.start, m.end, m.text) for m in entity.mentions]
        marks += _marks("entity", entity.id, spans)
    for statement in record.statements:
        marks += _marks("said", statement.id, statement.content)
        if statement.cue is not None:
            marks.append(Mark(statement.cue.start, statement.cue.end, "cue", statement.id, False))
    for event in record.events:
        marks += _marks("trigger", event.id, [event.trigger])
    for negotiation in record.negotiations:
        proposals = [span for proposal in negotiation.proposals for span in proposal.evidence]
        obstacles = [span for obstacle in negotiation.obstacles for span in obstacle.evidence]
        marks += _marks("bargain", negotiation.id, [*proposals, *obstacles])
    for number, flag in enumerate(record.flags, 1):
        spans = [Span(s.start, s.end, s.text) for s in flag.evidence if s.in_ is None]
        marks += _marks("flag", f"f{number}", spans)
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))


def _marks(kind: MarkKind, id_: str, spans: Iterable[Span]) -> Iterator[Mark]:
    for number, span in enumerate(spans):
        yield Mark(span.start, span.end, kind, id_, number == 0)


def pieces_of(text: str, marks: list[Mark]) -> Iterator[Piece]:
    """Yield a text cut at every mark's start and end.

    >>> marks = [Mark(0, 9, "said", "s1", True), Mark(6, 12, "entity", "e1", True)]
    >>> [(piece.text, len(piece.marks)) for piece in pieces_of("Talks failed.", marks)]
    [('Talks ', 1), ('fai', 2), ('led', 1), ('.', 0)]
    """
    cuts = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    lying: list[list[Mark]] = [[] for _ in cuts]
    for mark in marks:
        for i in range(bisect_left(cuts, mark.start), bisect_left(cuts, mark.end)):
            lying[i].append(mark)
    for i, (start, end) in enumerate(pairwise(cuts)):
        begin = tuple(mark for mark in lying[i] if mark.start == start)
        yield Piece(text[start:end], tuple(lying[i]), begin)
