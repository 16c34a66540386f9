"""headline-unsupported: what the headline states and the body does not bear out, or contradicts."""

import re
from collections.abc import Iterator
from itertools import chain, combinations

from dragoman.checks.headline_places import find_places
from dragoman.checks.numerals import Figure, figures, shown
from dragoman.checks.reading import Finding, Reading
from dragoman.checks.tables import rows, words

MEETING = re.compile(
    r"\b(?:meets?|met|visits?|visited|travels? to|flies to|hosts?|hosted|receives?|face[- ]to[- ]face)\b", re.IGNORECASE
)
MET = re.compile(
    r"\b(?:met|meet(?:s|ing|ings)?|visit\w*|face[- ]to[- ]face|arriv\w+|receiv\w+|hosts?|hosted|hosting|travel\w*|"
    r"in person|sat down|flew|flown|guests?)\b",
    re.IGNORECASE,
)
REMOTE = re.compile(
    r"\b(?:phone[- ]calls?|telephon\w+|(?:by|over the) phone|telephone|video (?:call|conference|link)s?|"
    r"videoconference)\b",
    re.IGNORECASE,
)
HARM = re.compile(r"\b(?:kill\w*|dead|dies?|died|drown\w*|deaths?|slain)\b", re.IGNORECASE)
NEXT_WORDS = re.compile(r"[\s-]*((?:[\w'’-]+\s+){0,3}[\w'’-]+)?")
STEM = 5  # letters by which "refugees" and "refugee" are one
ROUNDING = 0.06  # "$1.2 billion" for 1.14; a headline may round
SMALL = 3  # "two" and "three" are often counted by the reader
LOWER = 0.4  # of the words: a headline in sentence case, where a capital makes a name
COMMON = words("headline_common")


LEAD = 450  # characters in which the news of a headline is told


def find(reading: Reading) -> Iterator[Finding]:
    """Yield what the headline states without the body; one finding for each stretch of the headline."""
    if not reading.title:
        return
    taken: list[tuple[int, int]] = []
    for finding in chain(
        _remote(reading), find_places(reading), _figures(reading), _names(reading), _opposites(reading)
    ):
        spans = [(e.start, e.end) for e in finding.evidence if e.in_ == "title"]
        if not any(a < d and c < b for a, b in spans for c, d in taken):
            taken += spans
            yield finding


def _remote(reading: Reading) -> Iterator[Finding]:
    """ "meet in Geneva", and a telephone call in the body."""
    stated, call = MEETING.search(reading.title), REMOTE.search(reading.text)
    if stated and call and not MET.search(reading.text):
        end = _with_place(reading.title, stated.end())
        said = reading.title[stated.start() : end]
        message = f'The headline says "{said}", and the report tells of a {call.group().lower()} only.'
        yield Finding(message, (reading.in_title(stated.start(), end), reading.in_text(*call.span())))


def _with_place(title: str, end: int) -> int:
    """Where "meet in Geneva, Switzerland" ends: the place belongs to the meeting."""
    place = re.compile(r"\s+(?:in|at)\s+[A-Z]\w+(?:(?:, | )[A-Z]\w+)*").match(title, end)
    return place.end() if place else end


def _figures(reading: Reading) -> Iterator[Finding]:
    """A figure that the body gives otherwise."""
    body = list(figures(reading.text))
    for stated in figures(reading.title):
        if (not stated.unit and not stated.is_count) or (stated.value <= SMALL and not HARM.search(reading.title)):
            continue
        if _bears_out(stated, body):
            continue
        rival = next((f for f in body if _comparable(reading, stated, f)), None)
        if rival is not None:
            message = f"The headline gives {_amount(stated)} and the body {_amount(rival)}."
            yield Finding(
                message, (reading.in_title(stated.start, stated.end), reading.in_text(rival.start, rival.end))
            )


def _amount(figure: Figure) -> str:
    return f"{shown(figure.value)}%" if figure.unit == "%" else f"{figure.unit}{shown(figure.value)}"


def _bears_out(stated: Figure, body: list[Figure]) -> bool:
    """Whether the body has the figure, one that rounds to it, or parts of it."""
    values = [f.value for f in body if f.unit == stated.unit or not f.unit]
    round_by = ROUNDING * stated.value if stated.vague or stated.value >= 1000 else 0.01 * stated.value
    sums = (a + b for a, b in combinations(values[:40], 2))
    gaps = (abs(a - b) for a, b in combinations(values[:40], 2)) if stated.unit == "%" else ()
    return any(abs(value - stated.value) <= round_by for value in chain(values, sums, gaps))


def _comparable(reading: Reading, stated: Figure, other: Figure) -> bool:
    """Whether a figure of the body counts what the headline's figure counts."""
    if stated.unit != other.unit or other.vague or not (other.unit or other.is_count):
        return False
    mine, its = _nouns(reading.title, stated), _nouns(reading.text, other)
    if stated.unit not in ("", "%") and len({f.value for f in figures(reading.text) if f.unit == stated.unit}) == 1:
        return True
    if _is_harm(reading.title, stated) and _is_harm(reading.text, other):
        return True
    return bool(mine & its)


def _nouns(text: str, figure: Figure) -> set[str]:
    match = NEXT_WORDS.match(text, figure.end)
    return (
        {w[:STEM].lower() for w in (match[1] or "").split() if len(w) > 3 and w.lower() not in COMMON}
        if match
        else set()
    )


def _is_harm(text: str, figure: Figure) -> bool:
    """Whether a figure stands beside a word of death: "kills nine", "18 people drowned"."""
    near = (
        re.split(r"[.,;]", text[max(0, figure.start - 14) : figure.start])[-1],
        re.split(r"[.,;]", text[figure.end : figure.end + 24])[0],
    )
    return any(HARM.search(words) for words in near)


def _names(reading: Reading) -> Iterator[Finding]:
    """A known person's surname that the body never has."""
    words = list(re.finditer(r"[A-Z][\w-]+(?:['’](?!s\b)\w+)?", reading.title))
    lower = sum(w[0].islower() for w in reading.title.split() if len(w) > 3)
    if lower < LOWER * sum(len(w) > 3 for w in reading.title.split()):
        return
    body = reading.text.casefold()
    for match in words:
        name = match.group()
        known = reading.knowledge.surnames.get(name, ())
        if known and len(name) > 3 and name[:STEM].casefold() not in body and not _is_thing(reading, name):
            message = f"The headline names {name}, and the body does not."
            yield Finding(message, (reading.in_title(*match.span()),))


def _is_thing(reading: Reading, name: str) -> bool:
    """Whether a word is a place or a body as well."""
    return any(n.kind != "person" for n in reading.knowledge.names.index.get((name,), ()))


def _opposites(reading: Reading) -> Iterator[Finding]:
    """ "accept" over a report of a refusal."""
    for row in rows("opposites"):
        stated = re.search(rf"\b(?:{row['states']})\b", reading.title)
        if not stated or re.search(r"\b(?:not|no|never|fails?|refuses? to)\b", reading.title):
            continue
        denied = re.search(rf"\b(?:{row['denies']})\b", reading.text[:LEAD])
        stem = stated.group()[:4].casefold()
        if denied and not re.search(rf"\b{re.escape(stem)}", reading.text, re.IGNORECASE):
            message = f'The headline says "{stated.group()}", and the report "{denied.group()}".'
            yield Finding(message, (reading.in_title(*stated.span()), reading.in_text(*denied.span())))
