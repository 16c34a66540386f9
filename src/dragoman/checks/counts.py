"""One quantity with two values: a figure of things that is told again, with "the" before it, as another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from spacy.tokens import Token

from dragoman.checks.numerals import Figure, figures, shown
from dragoman.checks.reading import OTHERS, Finding, Reading
from dragoman.checks.tables import words
from dragoman.records import FlagSpan

# What makes the second figure a part or a later state of the first: "including 3 children", "rose to 14".
SUBSET = re.compile(
    r"\b(?:including|among|of them|of whom|of these|others?|more|additional|total|also|so far|rose|risen|initially|"
    r"up from|down from|revised|each|every|per)\b",
    re.IGNORECASE,
)
COMMON_NOUNS = words("counts_common_nouns")  # counted of many things in one report: people, members, votes
DEFINITE = words("counts_definite")
NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS"))
HARM = re.compile(
    r"\b(?:(?P<death>kill(?:ed|ing|s)|dead|died|drown(?:ed|ing)|deaths)|(?P<injury>wounded|injured|hurt)|"
    r"(?P<arrest>arrested|detained))\b",
    re.IGNORECASE,
)
MEASURE = re.compile(
    r"\b(?:(?P<before>\w+) )?(?P<measure>(?P<figure>[A-Za-z]+|\d[\d,.]*)-"
    r"(?P<unit>year|month|week|day|hour|minute|mile|kilomet(?:re|er)|page|point|seat|member|ton)) "
)
CURRENCY = frozenset("$€£")
AS_FAR = 4  # tokens in which the noun of a figure stands
REACH = 24  # characters before a sum of money in which "a loan of" stands


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of things: the figure, the noun, what stands between them, whether "the" stands before."""

    figure: Figure
    noun: Token
    modifiers: frozenset[str]
    definite: bool

    @property
    def value(self) -> float:
        """The number."""
        return self.figure.value

    @property
    def of(self) -> str:
        """What follows the noun by "of": "tents" in "35 tons of tents"."""
        return next((o.lower_ for c in self.noun.children if c.lower_ == "of" for o in c.children), "")


def find_counts(reading: Reading, found: list[Figure]) -> Iterator[Finding]:
    """Yield "Two envoys came… The three envoys left", once for each noun."""
    by_noun: dict[tuple[str, str], list[Counted]] = {}
    for figure in found:
        if not figure.vague and (item := _counted(reading, figure)) is not None:
            by_noun.setdefault((item.noun.lemma_.lower(), figure.unit), []).append(item)
    for items in by_noun.values():
        pair = next((p for p in combinations(items, 2) if _conflict(reading, *p, items)), None)
        if pair is not None:
            message = f"{shown(pair[0].value)} and {shown(pair[1].value)} are given for the same {pair[0].noun.text}."
            yield Finding(message, tuple(_evidence(reading, item) for item in pair))


def _evidence(reading: Reading, item: Counted) -> FlagSpan:
    last = item.noun.idx + len(item.noun)
    return reading.in_text(min(item.figure.start, item.noun.idx), max(item.figure.end, last))


def _counted(reading: Reading, figure: Figure) -> Counted | None:
    """The noun that a figure counts: "12 people", "the $900 million loan", "a loan of $900 million"."""
    token = reading.tokens.get(figure.start) or reading.tokens.get(figure.start + 1)
    if token is None or figure.unit == "%" or not (figure.is_count or figure.unit) or reading.is_quoted(figure.start):
        return None
    if figure.unit and (sized := _sized(reading, figure, token)) is not None:
        return sized
    at = next((i for i in range(token.i, len(reading.doc)) if reading.doc[i].idx >= figure.end), len(reading.doc))
    window = reading.doc[at : at + AS_FAR]
    noun = next((t for t in window if t.tag_ in NOUN_TAGS and t.dep_ != "compound"), None)
    if noun is None or (noun.tag_ == "NN" and not figure.unit):
        return None
    between = reading.doc[at : noun.i]
    if any(t.pos_ not in ("ADJ", "NOUN", "PROPN") or t.is_punct for t in between):
        return None
    return Counted(figure, noun, frozenset(t.lower_ for t in between), _before(token).lower_ in DEFINITE)


def _before(token: Token) -> Token:
    """The word before a figure, a currency's mark left out."""
    doc = token.doc
    at = token.i - 1 if token.i else token.i
    return doc[at - 1] if at and doc[at].text in CURRENCY else doc[at]


def _sized(reading: Reading, figure: Figure, token: Token) -> Counted | None:
    """What a sum of money is the size of: "a loan of $900 million"."""
    of = _before(token)
    noun = of.nbor(-1) if of.i else of
    if of.lower_ != "of" or noun.pos_ != "NOUN" or figure.start - noun.idx > REACH:
        return None
    return Counted(figure, noun, frozenset(), any(t.lower_ in DEFINITE for t in noun.children))


def _conflict(reading: Reading, one: Counted, other: Counted, items: list[Counted]) -> bool:
    """Whether the second figure is told of the first one's things, by the report or by one source."""
    return (
        one.value != other.value
        and other.definite
        and not one.definite
        and one.noun.sent != other.noun.sent
        and not _is_told_before(other, items, (one, other))
        and _same_things(reading, one, other)
        and _same_voice(reading, one, other)
        and not SUBSET.search(other.noun.sent.text)
        and not OTHERS.search(other.noun.sent.text)
    )


def _is_told_before(other: Counted, items: list[Counted], pair: tuple[Counted, Counted]) -> bool:
    """Whether a third mention has one of the two values: then "the three" may mean that one."""
    values = {item.value for item in pair}
    return any(i not in pair and i.value in values and i.figure.start < other.figure.start for i in items)


def _same_things(reading: Reading, one: Counted, other: Counted) -> bool:
    """Whether the nouns mean the same; fewer things may be a part of the first ones."""
    if not other.modifiers <= one.modifiers or (other.of and one.of != other.of):
        return False
    harmed = _harm(one)
    same_harm = harmed is not None and harmed == _harm(other)
    if one.noun.lemma_.lower() in COMMON_NOUNS:
        return same_harm
    fewer = other.value < one.value
    return not fewer or bool(other.figure.unit) or same_harm or bool(one.of and one.of == other.of)


def _same_voice(reading: Reading, one: Counted, other: Counted) -> bool:
    """Whether not two sources differ: that is their dispute."""
    sources = reading.source_at(one.figure.start), reading.source_at(other.figure.start)
    return None in sources or sources[0] == sources[1]


def _harm(item: Counted) -> str | None:
    """Which harm the sentence tells of, where it tells of one only."""
    kinds = {match.lastgroup for match in HARM.finditer(item.noun.sent.text)}
    return kinds.pop() if len(kinds) == 1 else None


def find_measures(reading: Reading) -> Iterator[Finding]:
    """Yield "a 10-day truce … the 15-day truce"."""
    first: dict[tuple[str, str], tuple[float, FlagSpan]] = {}
    for match in MEASURE.finditer(reading.text):
        figure = next(figures(match["figure"]), None)
        token = reading.tokens.get(match.end())
        noun = next((t for t in reading.doc[token.i : token.i + 2] if t.pos_ == "NOUN"), None) if token else None
        if figure is None or noun is None or reading.is_quoted(match.start()):
            continue
        span = reading.in_text(match.start("measure"), noun.idx + len(noun))
        value, told = first.setdefault((match["unit"], noun.lemma_.lower()), (figure.value, span))
        definite = (match["before"] or "").lower() in DEFINITE
        if value != figure.value and definite and not OTHERS.search(noun.sent.text):
            yield Finding(f"This {noun.text} is one of {shown(value)} {match['unit']}s elsewhere.", (told, span))
