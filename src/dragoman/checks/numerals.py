"""Figures in the text: "12", "twelve", "1.5 million", "$40 million", "20 percent", and what they count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
WORDS = UNITS | TEENS | TENS
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
}
_WORD = rf"(?:(?:{'|'.join(TENS)})(?:-(?:{'|'.join(UNITS)}))?|{'|'.join(TEENS)}|{'|'.join(UNITS)})"
FIGURE = re.compile(
    rf"(?<![\w.,/:-])(?=[\d$€£aceftosnu])(?P<money>(?:US|C|A)?[$€£])?(?P<value>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{_WORD})"
    r"(?: ?-?(?P<scale>hundred|thousand|million|billion|trillion|bn|m|dozen)\b)?"
    r"(?P<after> ?%| ?-?per ?cent\b| ?(?:dollars|euros|pounds)\b)?"
    r"(?![\w/:]|[.,]\d)",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"\b(?:about|some|around|nearly|almost|over|more than|at least|up to|as many as|fewer than|less than|roughly|"
    r"approximately|close to|under|below|above|between|or)\s*$",
    re.IGNORECASE,
)
YEARS = range(1700, 2101)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands in a text: offsets, value, and its unit: "$", "%" or "" for a count."""

    start: int
    end: int
    value: float
    unit: str
    vague: bool  # "about", "at least"

    @property
    def is_count(self) -> bool:
        """Whether it counts things and is no amount of money, share or year."""
        return not self.unit and not (self.value in YEARS and float(self.value).is_integer())


def figures(text: str) -> Iterator[Figure]:
    """Yield the figures of a text in order.

    >>> [(f.value, f.unit) for f in figures("Twelve of 1,500 men took $3 million, or 20 percent.")]
    [(12.0, ''), (1500.0, ''), (3000000.0, '$'), (20.0, '%')]
    """
    for match in FIGURE.finditer(text):
        after = (match["after"] or "").strip(" -").lower()
        unit = match["money"] or ("%" if after in ("%", "percent", "per cent") else "$" if after else "")
        value = value_of(match["value"]) * SCALES.get((match["scale"] or "").lower(), 1.0)
        yield Figure(
            match.start(),
            match.end(),
            value,
            unit[-1:],
            ABOUT.search(text[max(0, match.start() - 16) : match.start()]) is not None,
        )


def value_of(word: str) -> float:
    """Return the number that a numeral writes.

    >>> value_of("1,500"), value_of("forty-two")
    (1500.0, 42.0)
    """
    if word[0].isdigit():
        return float(word.replace(",", ""))
    return float(sum(WORDS[part] for part in word.lower().split("-")))


def shown(value: float) -> str:
    """Return a number as a message shows it.

    >>> shown(12.0), shown(1500000.0), shown(2.5)
    ('12', '1,500,000', '2.5')
    """
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"
