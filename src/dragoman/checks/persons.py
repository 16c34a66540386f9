"""name-conflict, the persons: one surname with two first names that look alike, one soldier in two ranks."""

import re
from collections.abc import Iterator
from itertools import combinations

from dragoman.checks.likeness import distance
from dragoman.checks.reading import Finding, Reading
from dragoman.records import FlagSpan

RANKS = ("General", "Colonel", "Major", "Captain", "Admiral", "Commander", "Lieutenant", "Sergeant", "Brigadier")
RANK = "|".join(RANKS)
RANKED = re.compile(
    rf"(?:(?P<before>[A-Z]\w+) )?\b(?P<rank>(?:{RANK})(?: (?:{RANK}))?) (?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
)
CIVILIAN = frozenset("Attorney Secretary Consul Surgeon Solicitor Postmaster Inspector Governor Director".split())
FORMER = re.compile(r"\b(?:promot\w+|demot\w+|former|then|rose|rank)\b")
KIN = re.compile(
    r"\b(?:brothers?|sisters?|sons?|daughters?|fathers?|mothers?|wife|husband|widow|cousins?|uncle|nephew|niece|twins?|"
    r"family|clan|relatives?|dynasty|namesake)\b",
    re.IGNORECASE,
)
SHORTEST = 4  # letters; shorter first names are one slip apart by nature: "Jan" and "Jon"


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the persons whose first names or ranks do not agree."""
    yield from _first_names(reading)
    yield from _ranks(reading)


def _first_names(reading: Reading) -> Iterator[Finding]:
    """ "Juhan Laar" and "Jaan Laar", where no relatives are told of."""
    people = (e for e in reading.entities.records if e.kind == "person" and e.wikidata is None)
    told = (tuple(m.text.split()[-2:]) for e in people for m in e.mentions if m.form == "name")
    full = sorted({name for name in told if len(name) == 2 and all(word[:1].isupper() for word in name)})
    for one, other in combinations(full, 2):
        if one[1] != other[1] or not _is_slip(one[0], other[0]) or KIN.search(reading.text):
            continue
        spans = [_only(reading, name) for name in (one, other)]
        if (
            spans[0] is not None
            and spans[1] is not None
            and not all(reading.text.count(n[0]) > 1 for n in (one, other))
        ):
            yield Finding(f"{one[1]} has two first names: {one[0]} and {other[0]}.", (spans[0], spans[1]))


def _is_slip(one: str, other: str) -> bool:
    """Whether two first names may be one: the same first letter, two slips apart at most.

    >>> _is_slip("Juhan", "Jaan"), _is_slip("George", "Laura")
    (True, False)
    """
    return min(len(one), len(other)) >= SHORTEST and one[0] == other[0] and distance(one, other) <= 2


def _only(reading: Reading, name: tuple[str, ...]) -> FlagSpan | None:
    at = reading.text.find(" ".join(name))
    return reading.in_text(at, at + len(" ".join(name))) if at >= 0 else None


def _ranks(reading: Reading) -> Iterator[Finding]:
    """ "General Thapa" and "Colonel Thapa"; "Lieutenant Colonel Thapa" may be called Colonel for short."""
    first: dict[str, tuple[str, FlagSpan, str]] = {}
    for match in RANKED.finditer(reading.text):
        if match["before"] in CIVILIAN:
            continue
        surname = re.sub(r"['’]s$", "", match["name"].split()[-1])
        rank, span = match["rank"], reading.in_text(match.start("rank"), match.end())
        known = first.setdefault(surname, (rank, span, match["name"]))
        if rank in known[0] or known[0] in rank or FORMER.search(reading.text):
            continue
        if " " in match["name"] and match["name"] != known[2]:
            continue  # two officers of one surname
        yield Finding(f"{surname} is {known[0]} here and {rank} there.", (known[1], span))
        return
