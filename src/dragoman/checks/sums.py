"""Figures against what stands beside them: the list that they count, their parts, the verb that moves them."""

import re
from collections.abc import Iterator
from itertools import pairwise

from dragoman.checks.numerals import Figure, figures, shown
from dragoman.checks.reading import Finding, Reading

_NUMBER = r"(?i:both|two|three|four|five|six|seven|eight|nine|ten)|\d{1,2}"
_ITEM = r"(?:the )?[A-Z][\w.'’-]*(?: (?:of |and the |de |al-)?[A-Z][\w.'’-]*){0,4}"
LIST = re.compile(
    rf"\b(?P<figure>{_NUMBER}) (?:\w+[ -]){{0,3}}?\w+s(?:\w+)?(?P<open>:| [-–—]| \(|,) ?"
    rf"(?P<list>{_ITEM}(?:, {_ITEM})*,? and {_ITEM})(?P<close>[.;)]| [-–—]|,|$)"
)
ITEM_BREAK = re.compile(r",? and |, ")
DASHES = ("-", "–", "—")
IN_ALL = re.compile(r",? (?:in all|altogether|in total|all told)\b")
OF_ALL = re.compile(r"\b[Oo]f (?:the|its|their|these|those|all) $")
UP = re.compile(
    r"\b(?:rose|rises|risen|rise|grew|grown|increased?|climbed|jumped|went up|up|raised|soared)\b",
    re.IGNORECASE,
)
DOWN = re.compile(
    r"\b(?:fell|falls|fallen|fall|dropped|drop|declined?|decreased|sank|shrank|went down|down|cut|lowered|reduced)\b",
    re.IGNORECASE,
)
TO = re.compile(r"\s*(?:[a-z]+ ){0,4}?to (?:about |some |nearly |almost |over )?$")
REACH = 40  # characters before "from" in which its verb stands


def find_lists(reading: Reading) -> Iterator[Finding]:
    """Yield "three countries: Albania, Montenegro, Kosovo and North Macedonia"."""
    for match in LIST.finditer(reading.text):
        items = ITEM_BREAK.split(match["list"])
        number = match["figure"].lower()
        count = 2.0 if number == "both" else next(figures(number)).value
        if count != len(items) and _is_list(reading, match, items):
            message = f"{match['figure'].capitalize()} are announced, and {len(items)} are named."
            yield Finding(message, (reading.in_text(match.start(), match.end("list")),))


def _is_list(reading: Reading, match: re.Match[str], items: list[str]) -> bool:
    """Whether the names behind a figure are what it counts: after a mere comma countries only, dashes in pairs."""
    if match["list"].count(" and ") > 1:
        return False
    opened, closed = match["open"].strip(), match["close"].strip()
    if opened == ",":
        return all(_is_country(reading, item) for item in items)
    return opened not in DASHES or closed in (*DASHES, ".", ";")


def _is_country(reading: Reading, item: str) -> bool:
    means = reading.knowledge.names.index.get(tuple(item.removeprefix("the ").split()), ())
    return any(name.kind == "country" for name in means)


def find_sums(reading: Reading, found: list[Figure]) -> Iterator[Finding]:
    """Yield "11 men and 4 women, 16 in all"; "of the 137 deputies 76 voted for it, 68 against"."""
    for figure in found:
        if figure.vague or not figure.is_count:
            continue
        parts = _parts(reading, figure, found)
        total = sum(part.value for part in parts)
        if len(parts) > 1 and _does_not_add_up(reading, figure, parts, total):
            message = f"{' and '.join(shown(p.value) for p in parts)} make {shown(total)}, not {shown(figure.value)}."
            yield Finding(message, tuple(reading.in_text(f.start, f.end) for f in (figure, *parts)))


def _parts(reading: Reading, figure: Figure, found: list[Figure]) -> list[Figure]:
    """The other plain figures of a sentence."""
    start, end = reading.sentence_at(figure.start)
    return [f for f in found if start <= f.start < end and f is not figure and f.is_count and not f.vague]


def _does_not_add_up(reading: Reading, figure: Figure, parts: list[Figure], total: float) -> bool:
    """Whether a figure is told as the sum of those before it, or they as its parts, and it is not."""
    start, _ = reading.sentence_at(figure.start)
    if IN_ALL.match(reading.text, figure.end) and all(p.start < figure.start for p in parts):
        return total != figure.value
    if OF_ALL.search(reading.text[start : figure.start]) and all(p.start > figure.start for p in parts):
        return total > figure.value
    return False


def find_directions(reading: Reading, found: list[Figure]) -> Iterator[Finding]:
    """Yield "fell from 9 to 12"."""
    for first, last in pairwise(found):
        before = reading.text[max(0, first.start - REACH) : first.start]
        if not before.endswith("from ") or not TO.fullmatch(reading.text[first.end : last.start]):
            continue
        clause = re.split(r"[.,;]", before)[-1]
        wrong = UP if last.value < first.value else DOWN
        right = DOWN if wrong is UP else UP
        verb = wrong.search(clause)
        comparable = first.unit == last.unit or not last.unit or not first.unit
        if verb and comparable and first.value != last.value and not right.search(clause):
            message = f'"{verb.group()}" does not go with a change from {shown(first.value)} to {shown(last.value)}.'
            yield Finding(message, (reading.in_text(first.start, last.end),))
