"""How many: killed, injured, detained, or taking part, as the event's clause gives it."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dragoman.events.candidates import Candidate
from dragoman.records import Magnitude, Quantity

MEASURES: dict[str, tuple[str, ...]] = {
    "killed": ("kill", "die", "dead", "slay", "massacre", "murder", "execute", "death"),
    "injured": ("injure", "wound", "hurt", "injury"),
    "detained": ("arrest", "detain", "jail", "imprison", "round", "hold", "arrested", "detention"),
    "size": ("march", "protest", "demonstrate", "rally", "strike", "gather", "turn", "take"),
}
ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS = "ten twenty thirty forty fifty sixty seventy eighty ninety"
WORDS = {word: 10 * n for n, word in enumerate(TENS.split(), 1)} | {word: n for n, word in enumerate(ONES.split(), 1)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "tens": 20}  # the least that the word can mean
AT_LEAST = frozenset(("least", "more", "over", "than", "minimum"))
AT_MOST = frozenset(("most", "up", "under", "fewer", "less", "nearly", "almost"))


def magnitude_of(doc: Doc, candidate: Candidate) -> Magnitude | None:
    """Return the figures that an event's clause gives; None where it gives none."""
    found: dict[str, Quantity] = {}
    head = doc[candidate.head]
    for verb in (
        head,
        *(c for c in head.conjuncts if c.pos_ == "VERB"),
        *(c for c in head.children if c.dep_ == "advcl"),
    ):
        measure = next((name for name, lemmas in MEASURES.items() if verb.lemma_.lower() in lemmas), None)
        if measure is None:
            continue
        quantity = next(_quantities(verb, measure), None)
        if quantity is not None:
            found.setdefault(measure, quantity)
    return Magnitude(**found) if found else None


def _quantities(verb: Token, measure: str) -> Iterator[Quantity]:
    """The figures on the side that was acted on; of a crowd, on the side that acts."""
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
    intransitive = measure == "size" or verb.lemma_ == "die"
    sides = ("nsubj",) if intransitive else ("nsubjpass",) if passive else ("dobj",)
    for child in verb.children:
        if child.dep_ in sides:
            quantity = _quantity(child)
            if quantity is not None:
                yield quantity


def _quantity(noun: Token) -> Quantity | None:
    number = next(
        (c for c in noun.children if c.dep_ == "nummod"), noun if noun.like_num or noun.lower_ in VAGUE else None
    )
    if number is None:
        return None
    value = _value(number)
    if value is None:
        return None
    words = {t.lower_ for t in number.subtree} | {t.lower_ for t in number.doc[max(0, number.i - 3) : number.i]}
    vague = number.lower_ in VAGUE or bool(words & AT_LEAST)
    most = bool(words & AT_MOST) and not vague
    left = min([t.i for t in number.subtree if t.i <= number.i] + [number.i])
    text = number.doc[left : number.i + 1].text
    return Quantity(low=None if most else value, high=None if vague else value, text=text)


def _value(number: Token) -> int | None:
    """The number that a word or a figure with its scale stands for.

    "1,200", "twenty", "two million".
    """
    parts = [t.lower_ for t in number.children if t.dep_ == "compound" and t.like_num] + [number.lower_]
    if number.lower_ in VAGUE:
        return VAGUE[number.lower_]
    total = 1
    for part in parts:
        digits = re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?", part)
        unit = float(digits.group().replace(",", "")) if digits else WORDS.get(part) or SCALES.get(part)
        if unit is None:
            return None
        total = round(total * unit)
    return total
