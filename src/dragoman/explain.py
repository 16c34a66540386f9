"""Why a report's events were coded so: the stages run again, with a note of all that the coder was asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from dragoman.entities import find_entities
from dragoman.entities import knowledge as tables
from dragoman.errors import UsageError
from dragoman.events import THRESHOLD, find_events, lexicon
from dragoman.events import coder as coders
from dragoman.events.candidates import Candidate, find_candidates
from dragoman.events.coder import Asked, Coder, Coding, Judge
from dragoman.events.lexicon import Lexicon, Trigger
from dragoman.language import pipeline
from dragoman.language.encoder import SMALL
from dragoman.records import Event, Record
from dragoman.statements import find_statements


@dataclass(frozen=True, slots=True)
class Considered:
    """A candidate that the coder was asked about, or that had nobody in it to ask about."""

    words: str
    sentence: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    row: Trigger | None  # the trigger table's row for these words
    coding: Coding | None  # None: nobody takes part, so the coder was not asked
    event: str | None  # the event that tells it
    verdict: str  # why it is an event, or why not


@dataclass(frozen=True, slots=True)
class Explanation:
    """The events of a report, and all that was considered for them, in the report's order."""

    events: tuple[Event, ...]
    considered: tuple[Considered, ...]

    def of(self, event: str) -> tuple[Considered, ...]:
        """Return what an event was made of; UsageError where the report has no event of that id."""
        if all(known.id != event for known in self.events):
            ids = ", ".join(known.id for known in self.events) or "none"
            raise UsageError(f"the report has no event {event} (it has: {ids})")
        return tuple(one for one in self.considered if one.event == event)

    def beside(self, event: str) -> tuple[Considered, ...]:
        """Return what was considered in an event's sentences and is not that event."""
        sentences = {one.sentence for one in self.of(event)}
        return tuple(one for one in self.considered if one.sentence in sentences and one.event != event)


@dataclass(frozen=True, slots=True)
class _Asked:
    candidate: Candidate
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    coding: Coding


class _Noting:
    """A coder that notes what it is asked, and what the coder behind it answers."""

    def __init__(self, behind: Coder) -> None:
        self._behind = behind
        self.asked: list[_Asked] = []

    def prepare(self, doc: Doc, asked: Sequence[Asked]) -> Judge:
        judge = self._behind.prepare(doc, asked)

        def noting() -> list[Coding]:
            codings = judge()
            self.asked += [_Asked(*one, coding) for one, coding in zip(asked, codings, strict=True)]
            return codings

        return noting


def explain(
    record: Record, model: str = pipeline.DEFAULT_MODEL, knowledge: str | None = None, coder: str = SMALL
) -> Explanation:
    """Return why a record's events were coded so.

    >>> [one.verdict for one in explain(record).of("v1")]
    ['is v1']
    """
    table = lexicon.load()
    noting = _Noting(coders.load(coder, table))
    [doc] = pipeline.parse([record.report.text], pipeline.load(model))
    entities = find_entities(doc, record.report, tables.load(knowledge))
    statements = find_statements(doc, record.report, entities)
    events = find_events(doc, record.report, entities, statements, noting, table)
    rows = [_considered(doc, one, events, table) for one in noting.asked]
    asked = {one.candidate for one in noting.asked}
    rows += [_unasked(doc, c, table) for c in find_candidates(doc, table) if c not in asked]
    return Explanation(events, tuple(row for _, row in sorted(rows, key=lambda row: row[0])))


def _considered(doc: Doc, asked: _Asked, events: Sequence[Event], table: Lexicon) -> tuple[int, Considered]:
    candidate, coding = asked.candidate, asked.coding
    event, verdict = _verdict(doc, candidate, coding, events)
    return candidate.start, Considered(
        words=doc[candidate.start : candidate.end].text,
        sentence=_sentence(doc, candidate),
        actors=_phrases(doc, asked.actors),
        recipients=_phrases(doc, asked.recipients),
        row=coders.trigger_of(doc, candidate, table),
        coding=coding,
        event=event,
        verdict=verdict,
    )


def _unasked(doc: Doc, candidate: Candidate, table: Lexicon) -> tuple[int, Considered]:
    return candidate.start, Considered(
        words=doc[candidate.start : candidate.end].text,
        sentence=_sentence(doc, candidate),
        actors=(),
        recipients=(),
        row=coders.trigger_of(doc, candidate, table),
        coding=None,
        event=None,
        verdict="rejected: nobody known takes part",
    )


def _verdict(doc: Doc, candidate: Candidate, coding: Coding, events: Sequence[Event]) -> tuple[str | None, str]:
    if coding.type is None:
        return None, "rejected: the coder takes it for no event"
    if coding.confidence < THRESHOLD:
        return None, f"rejected: {coding.type} is not sure enough ({coding.confidence:.2f}, under {THRESHOLD})"
    trigger = doc[candidate.start : candidate.end]
    own = next((e for e in events if (e.trigger.start, e.trigger.end) == (trigger.start_char, trigger.end_char)), None)
    if own is not None:
        return own.id, f"is {own.id}"
    again = [
        e for e in events if e.type == coding.type and any(s.start <= trigger.start_char < s.end for s in e.evidence)
    ]
    if again:
        return again[0].id, f"tells {again[0].id} again"
    return None, "rejected: another candidate of the report stands for it"


def _sentence(doc: Doc, candidate: Candidate) -> str:
    return doc[candidate.sentence[0] : candidate.sentence[1]].text.strip()


def _phrases(doc: Doc, tokens: Sequence[int]) -> tuple[str, ...]:
    return tuple(coders.phrase_of(doc[i]).text for i in tokens)
