"""Who did what to whom: candidates, coder, status, dates, places, and one event for one act."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date as Date
from functools import cache
from itertools import chain, groupby
from typing import NamedTuple

from spacy.tokens import Doc

from dragoman.entities import knowledge
from dragoman.entities.lookup import Entities
from dragoman.events import aims, assembly, judged
from dragoman.events.assembly import Sides, Speakers, Told
from dragoman.events.candidates import Candidate, find_candidates
from dragoman.events.coder import Asked, Coder, Coding
from dragoman.events.contexts import contexts_of
from dragoman.events.dates import dates_of
from dragoman.events.lexicon import Lexicon
from dragoman.events.magnitude import magnitude_of
from dragoman.events.places import place_of
from dragoman.ontology import intensity, types
from dragoman.records import Event, Report, Span, Statement, Status, span_of

__all__ = ["begin_events", "end_events", "find_events"]

THRESHOLD = 0.45  # below it a record is more often wrong than right; the sweep is in docs/quality.md
BY_PHONE = frozenset(("phone", "telephone", "videoconference", "phone-call"))
BACKGROUND_DAYS = 35  # what happened longer ago is background, not this report's news


class Begun(NamedTuple):
    """The events of a report while the coder is at work on them."""

    asked: list[tuple[Candidate, Sides]]
    speakers: Speakers
    codings: Iterator[list[Coding]]  # sentence by sentence; to be waited for


def find_events(
    doc: Doc,
    report: Report,
    entities: Entities,
    statements: Iterable[Statement],
    coder: Coder,
    lexicon: Lexicon,
) -> tuple[Event, ...]:
    """Return the events of a report, one per act, in the order in which they are first told."""
    return end_events(begin_events(doc, entities, statements, coder, lexicon), doc, report, entities, lexicon)


def begin_events(
    doc: Doc, entities: Entities, statements: Iterable[Statement], coder: Coder, lexicon: Lexicon
) -> Begun:
    """Find the candidates of a report and have the coder begin with them, in other threads where there are cores."""
    speakers = Speakers(statements)
    asked = [(c, assembly.sides_of(doc, c, entities, speakers)) for c in find_candidates(doc, lexicon)]
    asked = [(candidate, sides) for candidate, sides in asked if _is_somebody(sides, entities)]
    rows = (Asked(c, sides.actor_tokens, sides.recipient_tokens) for c, sides in asked)
    judges = [coder.prepare(doc, list(group)) for _, group in groupby(rows, lambda one: one.candidate.sentence)]
    threads = _pool()
    return Begun(asked, speakers, (threads.map if threads else map)(lambda judge: judge(), judges))


def end_events(begun: Begun, doc: Doc, report: Report, entities: Entities, lexicon: Lexicon) -> tuple[Event, ...]:
    """Return the events of a report once the coder is done."""
    codings = chain.from_iterable(begun.codings)
    tellings = (
        _telling(doc, report, c, sides, coding, begun.speakers)
        for (c, sides), coding in zip(begun.asked, codings, strict=True)
    )
    told = [telling for telling in tellings if telling is not None]
    for telling in told:
        aims.take_own_forces(telling, entities)
        aims.aim_within_clause(telling, doc, entities)
    aims.aim_at_proposer(told, doc, entities)
    judged.aim_at_doers(told, doc, entities, lexicon)
    events = assembly.join(told, entities)
    aims.aim_at_opponents(events, entities)
    assembly.date_by_meeting(events, entities)
    return tuple(_event(doc, report, f"v{n}", event, entities) for n, event in enumerate(events, 1))


@cache
def _pool() -> ThreadPoolExecutor | None:
    """Threads that code sentences side by side: the model lets go of Python's lock, and each is coded by itself.

    None where there is one core, or OMP_NUM_THREADS leaves one: in a process among several, the others use the rest.
    """
    alone = (os.cpu_count() or 1) == 1 or os.environ.get("OMP_NUM_THREADS") == "1"
    return None if alone else ThreadPoolExecutor(2)


def _is_somebody(sides: Sides, entities: Entities) -> bool:
    """Whether a side is told by name or country: an act of nobody in particular is no line in a ledger."""
    who = (entities.by_id[id_] for id_ in (*sides.actors, *sides.recipients) if id_ in entities.by_id)
    return any(e.country is not None or e.sector is not None or any(m.form == "name" for m in e.mentions) for e in who)


def _telling(
    doc: Doc, report: Report, candidate: Candidate, sides: Sides, coding: Coding, speakers: Speakers
) -> Told | None:
    if coding.type is None or coding.confidence < THRESHOLD:
        return None
    date, due = dates_of(doc, candidate, report)
    status = _status(coding.status, date.start if date else None, report.published)
    quad = types()[coding.type].quad
    claim = assembly.claim_of(doc, candidate, sides, quad, speakers)
    place = place_of(doc, candidate, knowledge.load())
    return Told(candidate, coding, sides, status, claim, quad, date, due, place)


def _status(coded: Status, start: str | None, published: str | None) -> Status:
    """Background is told by its date where there is one; the coder tells the rest."""
    if coded not in ("actual", "historical") or start is None or published is None or len(start) < 10:
        return coded
    age = (Date.fromisoformat(published[:10]) - Date.fromisoformat(start)).days
    return "historical" if age > BACKGROUND_DAYS else "actual"


def _event(doc: Doc, report: Report, id_: str, told: Told, entities: Entities) -> Event:
    tellings = [told, *told.again]
    type_ = told.coding.type or ""
    modes = next((t.coding.modes for t in tellings if t.coding.modes), ()) or _mode_by_words(doc, told)
    trigger = doc[told.candidate.start : told.candidate.end]
    actors, recipients = _participants(tellings)
    if types()[type_].quad in assembly.SPOKEN:
        spoken_for = [entities.speaks_for[id_] for id_ in actors if id_ in entities.speaks_for]
        actors = tuple(dict.fromkeys([*actors, *(id_ for id_ in spoken_for if id_ not in recipients)]))
    claims = [t.claimed_in for t in tellings]
    return Event(
        id=id_,
        type=type_,
        modes=modes,
        contexts=contexts_of(doc, told.candidate),
        quad=types()[type_].quad,
        intensity=intensity(type_, modes),
        actors=actors,
        recipients=recipients,
        date=next((t.date for t in tellings if t.date), None),
        due=next((t.due for t in tellings if t.due), None),
        place=next((t.place for t in tellings if t.place), None),
        status=told.status,
        claimed_in=None if None in claims else claims[0],
        hearsay=_is_hearsay(doc, told.candidate),
        trigger=span_of(report.text, trigger.start_char, trigger.end_char),
        evidence=_evidence(doc, report, tellings),
        confidence=round(max(t.coding.confidence for t in tellings), 3),
        magnitude=magnitude_of(doc, told.candidate),
    )


def _mode_by_words(doc: Doc, told: Told) -> tuple[str, ...]:
    """Talks "over the phone" are by phone, whatever word triggers them."""
    words = {token.lemma_.lower() for token in doc[told.candidate.head].subtree}
    return ("phone",) if told.coding.type == "CONSULT" and words & BY_PHONE else ()


def _participants(tellings: list[Told]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The union of the sides over all tellings; who acts in one telling is no recipient of another."""
    actors = tuple(dict.fromkeys(id_ for t in tellings for id_ in t.sides.actors))
    recipients = tuple(dict.fromkeys(id_ for t in tellings for id_ in t.sides.recipients if id_ not in actors))
    return actors, recipients


def _evidence(doc: Doc, report: Report, tellings: list[Told]) -> tuple[Span, ...]:
    """The sentences that tell the act, the fullest first: the one with most of its participants, then the earliest."""
    order = sorted(tellings, key=lambda t: (-_fullness(t.sides), t.candidate.start))
    spans = dict.fromkeys(t.candidate.sentence for t in order)
    return tuple(_sentence(doc, report, start, end) for start, end in spans)


def _fullness(sides: Sides) -> int:
    return bool(sides.actors) + bool(sides.recipients)


def _sentence(doc: Doc, report: Report, start: int, end: int) -> Span:
    while end - 1 > start and doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and doc[start].is_space:
        start += 1
    return span_of(report.text, doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))


def _is_hearsay(doc: Doc, candidate: Candidate) -> bool:
    """Whether the report itself holds back: "reportedly", "allegedly", "is said to have"."""
    head = doc[candidate.head]
    return any(c.lower_ in ("reportedly", "allegedly", "apparently", "supposedly") for c in head.children)
