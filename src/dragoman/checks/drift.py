"""quote-drift: one quotation in two wordings, in the text or between the text and its headline."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from dragoman.checks.reading import Finding, Reading
from dragoman.records import FlagSpan

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
IN_HEADLINE = re.compile(r"(?<!\w)['‘\"“](?P<words>[^'‘\"“”’]+(?:['’]\w[^'‘\"“”’]*)*)['’\"”]")
FEWEST_WORDS = 6
FEWEST_IN_HEADLINE = 5
LIKENESS = 0.7  # of the words in order; two sentences of one speech on one matter stay below it


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words of a quotation, and where they stand."""

    words: tuple[str, ...]
    span: FlagSpan


def find(reading: Reading) -> Iterator[Finding]:
    """Yield pairs of quotations that are the same but for a few words."""
    text = [q for q in _in_text(reading) if len(q.words) >= FEWEST_IN_HEADLINE]
    long = [q for q in text if len(q.words) >= FEWEST_WORDS]
    pairs = list(combinations(long, 2))
    pairs += [(t, q) for t in _in_headline(reading) for q in text]
    for one, other in pairs:
        if _drifts(one.words, other.words) and not _is_chorus(reading, one, other):
            yield Finding("The same quotation stands here in two wordings.", (one.span, other.span))


def _in_text(reading: Reading) -> Iterator[Quoted]:
    for quotation in reading.quotations:
        for start, end in quotation.pieces:
            yield Quoted(_words(reading.text[start:end]), reading.in_text(start, end))


def _in_headline(reading: Reading) -> Iterator[Quoted]:
    for match in IN_HEADLINE.finditer(reading.title):
        words = _words(match["words"])
        if len(words) >= FEWEST_IN_HEADLINE:
            yield Quoted(words, reading.in_title(*match.span()))


def _words(text: str) -> tuple[str, ...]:
    return tuple(m.group().casefold().replace("’", "'") for m in WORD.finditer(text))


def _drifts(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two quotations are alike, and neither is a part of the other."""
    shared = sum((Counter(one) & Counter(other)).values())
    if 2 * shared < LIKENESS * (len(one) + len(other)) or one == other:
        return False
    if any(" ".join(a) in " ".join(b) for a, b in ((one, other), (other, one))):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    changed = [tag for tag, *_ in matcher.get_opcodes() if tag == "replace"]
    return matcher.ratio() >= LIKENESS and bool(changed)


def _is_chorus(reading: Reading, one: Quoted, other: Quoted) -> bool:
    """Whether two like sentences stand side by side: a speaker's figure, not an editor's slip."""
    return one.span.in_ is None and not reading.text[one.span.end : other.span.start].strip(" .,;\n")
