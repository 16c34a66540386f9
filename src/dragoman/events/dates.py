"""When: which of a sentence's date expressions dates which act. Nothing is dated by the day of publication alone."""

from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta
from functools import lru_cache

from msgspec.structs import replace
from spacy.tokens import Doc, Token

from dragoman.events.candidates import Candidate
from dragoman.events.expressions import NUMBERS, VAGUE, Expression, expressions
from dragoman.records import DateRange, Report

SHIFTS = {"after": -1, "before": 1}
WIRE = timedelta(days=6)  # a dateline's day is at most so long before publication
SUBJECTS = ("nsubj", "nsubjpass")
ASIDE = frozenset(("acl", "relcl", "pcomp"))  # a clause that tells of another act
SPEAKING_OF = frozenset(
    """
    condemn denounce deplore criticise criticize protest praise welcome hail regret discuss confirm deny report blame
    admit acknowledge defend justify recall remember mention describe
    """.split()
)


def dates_of(doc: Doc, candidate: Candidate, report: Report) -> tuple[DateRange | None, DateRange | None]:
    """Return when an act was done, and when what it promises or threatens is due, from the words that date its clause.

    None where the report does not say.
    """
    found = list(_dates(doc, candidate, report))
    done = next((d for d in found if not _is_ahead(d, report)), None)
    return done, next((d for d in found if _is_ahead(d, report)), None)


def _is_ahead(date: DateRange, report: Report) -> bool:
    return report.published is not None and date.start > report.published[:10]


def _dates(doc: Doc, candidate: Candidate, report: Report) -> Iterator[DateRange]:
    published = _written(report)
    start, end = (
        doc[candidate.sentence[0]].idx,
        doc[candidate.sentence[1] - 1].idx + len(doc[candidate.sentence[1] - 1]),
    )
    here = [e for e in expressions(report.text) if start <= e.start < end]
    shift = _shift(doc[candidate.head])
    dated = doc[candidate.head].head if shift else doc[candidate.head]
    ranked = sorted((rank, e.start, e) for e in here if (rank := _attachment(doc, candidate, dated, e)) is not None)
    for _, _, expression in ranked:
        day = _counted_from(expression, here, published) or published
        resolved = expression.resolve(expression.match, day, _is_future(doc, candidate, expression))
        if resolved is not None and shift:
            resolved = _shifted(resolved, shift)
        if resolved is not None:
            yield resolved


@lru_cache(maxsize=8)
def _written(report: Report) -> Date | None:
    """The day from which a report counts: that of its dateline ("LONDON, March 24 -"), else that of publication."""
    published = Date.fromisoformat(report.published[:10]) if report.published else None
    if published is None or report.dateline is None:
        return published
    span = report.dateline.span
    told = (e.resolve(e.match, published, False) for e in expressions(report.text) if span.start <= e.start < span.end)
    days = [Date.fromisoformat(day.start) for day in told if day is not None and day.precision == "day"]
    return next((day for day in days if timedelta(0) <= published - day <= WIRE), published)


def _shift(verb: Token) -> int:
    """How many days before the act above it one was done: -1 in "a day after they hanged him"; 0 where none is told."""
    mark = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ in SHIFTS), None)
    if mark is None or verb.dep_ != "advcl":
        return 0
    spans = (c for word in (verb, mark) for c in word.children if c.dep_ == "npadvmod" and c.i < mark.i)
    unit = next((c for c in spans if c.lower_ in ("day", "days")), None)
    if unit is None:
        return 0
    counted = next((c.lower_ for c in unit.children if c.lower_ in NUMBERS and c.lower_ not in VAGUE), None)
    return SHIFTS[mark.lower_] * NUMBERS[counted] if counted else 0


def _shifted(range_: DateRange, days: int) -> DateRange | None:
    if range_.precision != "day":
        return None
    day = (Date.fromisoformat(range_.start) + timedelta(days=days)).isoformat()
    return replace(range_, start=day, end=day)


def _counted_from(expression: Expression, here: list[Expression], published: Date | None) -> Date | None:
    """The day that "two days earlier" counts from: the last one that its sentence names before; None for "ago"."""
    if not expression.match.group().lower().endswith(("earlier", "before")):
        return None
    told = [e.resolve(e.match, published, False) for e in here if e.end <= expression.start]
    days = [day for day in told if day is not None and day.precision == "day"]
    return Date.fromisoformat(days[-1].start) if days else None


def _token_at(doc: Doc, expression: Expression) -> Token | None:
    span = doc.char_span(expression.start, expression.end, alignment_mode="expand")
    return span.root if span is not None else None


def _clause(token: Token) -> Token:
    """The verb whose clause a token stands in."""
    while token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass", "amod"):
        if token.head.i == token.i:
            break
        token = token.head
    return token


def _attachment(doc: Doc, candidate: Candidate, head: Token, expression: Expression) -> int | None:
    """How closely a date hangs on an act: 0 on its word, 1 in its clause, 2 in one that it shares; None if on
    another's.
    """
    token = _token_at(doc, expression)
    if token is None:
        return None
    trigger = {head.i} | (set(range(candidate.start, candidate.end)) if head.i == candidate.head else set())
    above = token
    while above.head.i != above.i:
        above = above.head
        if above.i in trigger:
            between = [a for a in token.ancestors if a.pos_ == "VERB" and a.i not in trigger]
            nearer = [a for a in between if above.is_ancestor(a)]
            if len(nearer) == 1 and _goes_with(nearer[0], head):
                return 2
            if any(a.dep_ in ASIDE for a in nearer):
                return None  # "urged them to respect a truce signed in 1991"
            return 0 if not nearer else 3
    if head.pos_ == "NOUN" and head.dep_ == "dobj" and head.head.lemma_ in SPEAKING_OF:
        return None  # "condemned the attack on Monday": the day of condemning
    verb, mine = _clause(token), _clause(head)
    if verb.i == mine.i:
        return 1
    if mine.dep_ in ("conj", "xcomp", "advcl", "relcl", "acl", "pcomp") and verb.i == _clause(mine.head).i:
        return 2
    return None


def _goes_with(verb: Token, head: Token) -> bool:
    """Whether a participle beside the subject tells of the same hour: "the council, meeting on Friday, demanded"."""
    subject = verb.head
    return verb.dep_ == "acl" and verb.tag_ == "VBG" and subject.dep_ in SUBJECTS and subject.head.i == head.i


def _is_future(doc: Doc, candidate: Candidate, expression: Expression) -> bool:
    """Whether the clause that holds a date looks ahead."""
    token = _token_at(doc, expression)
    if token is None:
        return False
    verb = _clause(token)
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if auxiliaries & {"will", "shall", "'ll", "’ll"}:
        return True
    infinitive = verb.tag_ == "VB" and "to" in auxiliaries
    return infinitive or (verb.lemma_ in ("schedule", "plan", "expect") and verb.tag_ == "VBN")
