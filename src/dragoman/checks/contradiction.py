"""self-contradiction: the report says in its own voice that something was so, and that it was not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from spacy.tokens import Token

from dragoman.checks.outcomes import find_votes
from dragoman.checks.reading import TIMES, Finding, Reading
from dragoman.records import FlagSpan

# Pairs of acts that exclude one another when one actor does both to one thing.
OPPOSITES = frozenset(
    {
        frozenset(("accept", "reject")),
        frozenset(("approve", "reject")),
        frozenset(("ratify", "reject")),
        frozenset(("attend", "boycott")),
        frozenset(("win", "lose")),
        frozenset(("lift", "extend")),
        frozenset(("back", "oppose")),
        frozenset(("welcome", "condemn")),
    }
)
DENIAL = re.compile(r"\b(?:nobody|no one|none)\b", re.IGNORECASE)
NOBODY = frozenset(("nobody", "none"))
HARMED = {"hurt": "harm", "injure": "harm", "wound": "harm", "kill": "death", "die": "death", "drown": "death"}
PAST = frozenset(("VBD", "VBN"))


@dataclass(frozen=True, slots=True)
class Clause:
    """Who did what to what, or did not."""

    actor: str
    verb: str
    thing: tuple[str, ...]
    negated: bool
    span: FlagSpan


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the clauses that exclude one another; what a source says is the source's own affair."""
    clauses = [c for verb in reading.verbs if (c := _clause(reading, verb)) is not None]
    for one, other in combinations(clauses, 2):
        if one.actor != other.actor or one.thing != other.thing:
            continue
        denied = one.verb == other.verb and one.negated != other.negated
        opposed = {one.verb, other.verb} in OPPOSITES and one.negated == other.negated
        if denied or opposed:
            yield Finding("The report says this in one place and its opposite in another.", (one.span, other.span))
    yield from _nobody(reading)
    yield from _remains(reading)
    yield from find_votes(reading)


def _remains(reading: Reading) -> Iterator[Finding]:
    """ "Zhuk was released on Sunday", and then "he remains in prison"."""
    freed = [v for v in reading.verbs if v.lemma_ in ("release", "free") and _is_told(reading, v)]
    done = [(v, s) for v in freed for s in v.children if s.dep_ == "nsubjpass" and _is_done(v)]
    for verb, subject in done:
        for other in reading.verbs:
            if other.lemma_ not in ("remain", "stay", "sit") or other.tag_ not in ("VBZ", "VBP") or other.i < verb.i:
                continue
            who = {id_ for c in other.children if c.dep_ == "nsubj" for id_ in reading.entities.at(c)}
            cells = [t for c in other.children if c.lower_ in ("in", "behind") for t in c.children]
            own = _is_told(reading, other) and reading.claim_at(other.idx) is None
            if own and who & set(reading.entities.at(subject)) and any(t.lower_ in CELLS for t in cells):
                spans = (reading.in_text(v.idx, v.idx + len(v)) for v in (verb, other))
                yield Finding("Who was freed here remains in prison there.", tuple(spans))
                return


CELLS = frozenset(("prison", "jail", "custody", "detention", "bars"))


def _is_done(verb: Token) -> bool:
    """Whether a passive tells what happened: "was released", not "will be" nor "was not"."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass", "neg")}
    return bool(auxiliaries) and auxiliaries <= {"was", "were", "has", "have", "had", "been"}


def _clause(reading: Reading, verb: Token) -> Clause | None:
    """A plain past clause with a subject and an object, in the report's own voice."""
    children = list(verb.children)
    subject = next((c for c in children if c.dep_ == "nsubj"), None)
    thing = next((c for c in children if c.dep_ == "dobj"), None)
    auxiliaries = {c.lower_ for c in children if c.dep_ in ("aux", "auxpass")}
    if subject is None or thing is None or thing.pos_ == "PRON" or not auxiliaries <= {"did", "had", "has", "have"}:
        return None
    if (
        not (verb.tag_ in PAST or "did" in auxiliaries)
        or verb.dep_ in ("advcl", "xcomp")
        or TIMES.search(verb.sent.text)
    ):
        return None
    if reading.is_quoted(verb.idx) or reading.claim_at(verb.idx) is not None:
        return None
    actor = next(iter(reading.entities.at(subject)), subject.lemma_.lower())
    of = tuple(t.lemma_.lower() for t in thing.subtree if t.dep_ not in ("det", "punct") and t.i <= thing.i)
    negated = any(c.dep_ == "neg" for c in children)
    return Clause(actor, verb.lemma_, of, negated, reading.in_text(min(subject.idx, verb.idx), thing.idx + len(thing)))


def _nobody(reading: Reading) -> Iterator[Finding]:
    """ "Nobody was hurt", and three who were."""
    if not DENIAL.search(reading.text):
        return
    harmed = [
        (token, HARMED[token.lemma_])
        for token in reading.doc
        if token.lemma_ in HARMED and token.pos_ in ("VERB", "ADJ")
    ]
    for denial, kind in harmed:
        if not _is_nobody(denial) or not _is_told(reading, denial):
            continue
        for token, other in harmed:
            if other == kind and token.sent != denial.sent and _some(token) and _is_told(reading, token):
                evidence = (
                    reading.in_text(denial.sent.start_char, denial.idx + len(denial)),
                    reading.in_text(token.idx, token.idx + len(token)),
                )
                yield Finding("Nobody came to harm here, and somebody did there.", evidence)
                return


def _is_nobody(verb: Token) -> bool:
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")] or (
        [c for c in verb.head.children if c.dep_ == "nsubj"] if verb.dep_ == "acomp" else []
    )
    return any(
        s.lower_ in NOBODY or (s.lower_ == "one" and any(c.lower_ == "no" for c in s.children)) for s in subjects
    )


def _some(verb: Token) -> bool:
    """Whether the clause tells that it did happen."""
    if _is_nobody(verb) or any(c.dep_ == "neg" or c.tag_ == "MD" for c in verb.children):
        return False
    return verb.tag_ in PAST and any(c.dep_ in ("nsubj", "nsubjpass", "dobj") for c in verb.children)


def _is_told(reading: Reading, verb: Token) -> bool:
    """Whether the sentence tells this story, in nobody's quotation, and not another time's."""
    return not reading.is_quoted(verb.idx) and not TIMES.search(verb.sent.text)
