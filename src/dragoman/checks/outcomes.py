"""One outcome with two values: "killed 14 people" and then "the 17 victims", "by 10 to 0" and then "two voted against".

Each row of `ROLES` names what people become by an act; the noun then counts the same people as the verb did.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.checks.counts import SUBSET
from dragoman.checks.numerals import Figure, shown
from dragoman.checks.reading import OTHERS, Finding, Reading
from dragoman.records import FlagSpan

ROLES: dict[str, frozenset[str]] = {  # the noun of those to whom it happened → the verbs of what happened
    "victim": frozenset(("kill", "die", "drown", "murder", "massacre")),
    "dead": frozenset(("kill", "die", "drown", "murder", "massacre")),
    "survivor": frozenset(("rescue", "save", "survive", "pull")),
    "fugitive": frozenset(("escape", "flee", "free")),
    "escapee": frozenset(("escape", "flee", "free")),
    "detainee": frozenset(("arrest", "detain")),
    "hostage": frozenset(("seize", "kidnap", "abduct")),
    "deportee": frozenset(("expel", "deport")),
}
BESIDE = ("nsubjpass", "dobj", "nsubj")
UNANIMOUS = re.compile(r"\b(?:unanimously|by \d+(?: votes)? to (?:0|nil|none|zero)|without a vote against)\b")
AGAINST = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) "
    r"(?:members?|deputies|senators?|countries|states|judges) voted against\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Toll:
    """How many an act befell: the figure and the word of the act."""

    figure: Figure
    verb: Token


def find_outcomes(reading: Reading, found: list[Figure]) -> Iterator[Finding]:
    """Yield the counts of people that do not agree with the act that they come from."""
    exact = [figure for figure in found if figure.is_count and not figure.vague and not reading.is_quoted(figure.start)]
    tolls = [toll for figure in exact if (toll := _toll(reading, figure)) is not None]
    for figure in exact:
        noun = _role(reading, figure)
        if noun is None or SUBSET.search(noun.sent.text) or OTHERS.search(noun.sent.text):
            continue
        acts = [toll for toll in tolls if toll.verb.lemma_ in ROLES[noun.lemma_.lower()]]
        earlier = [toll for toll in acts if toll.figure.end < figure.start and toll.verb.sent != noun.sent]
        if len(acts) == 1 and earlier and acts[0].figure.value != figure.value:
            first = acts[0].figure
            spans = (reading.in_text(first.start, first.end), reading.in_text(figure.start, noun.idx + len(noun)))
            message = f"{shown(first.value)} and {shown(figure.value)} are given for the same {noun.text}."
            yield Finding(message, spans)


def _toll(reading: Reading, figure: Figure) -> Toll | None:
    """The act that befell so many: "killed 14 people", "18 of them were rescued"."""
    token = _last(reading, figure)
    if token is None:
        return None
    head = token.head if token.dep_ == "nummod" else token
    if head.dep_ not in BESIDE or SUBSET.search(head.sent.text.replace("of them", "")):
        return None
    verb = head.head
    return Toll(figure, verb) if any(verb.lemma_ in verbs for verbs in ROLES.values()) else None


def _role(reading: Reading, figure: Figure) -> Token | None:
    """The noun of "the 17 victims"."""
    token = _last(reading, figure)
    if token is None or token.i + 1 >= len(reading.doc) or token.nbor().lemma_.lower() not in ROLES:
        return None
    first = reading.tokens.get(figure.start)
    before = first.nbor(-1).lower_ if first is not None and first.i else ""
    return token.nbor() if before in ("the", "these", "all") else None


def _last(reading: Reading, figure: Figure) -> Token | None:
    """The last token of a figure."""
    first = reading.tokens.get(figure.start)
    if first is None:
        return None
    return next((t for t in reversed(reading.doc[first.i : first.i + 4]) if t.idx < figure.end), first)


def find_votes(reading: Reading) -> Iterator[Finding]:
    """Yield a vote without a vote against, and those who voted against it."""
    whole, against = UNANIMOUS.findall(reading.text), AGAINST.findall(reading.text)
    if len(whole) != 1 or len(against) != 1:
        return
    spans = [pattern.search(reading.text) for pattern in (UNANIMOUS, AGAINST)]
    if all(span is not None and not reading.is_quoted(span.start()) for span in spans):
        evidence: tuple[FlagSpan, ...] = tuple(reading.in_text(*span.span()) for span in spans if span is not None)
        yield Finding("Nobody voted against it here, and some did there.", evidence)
