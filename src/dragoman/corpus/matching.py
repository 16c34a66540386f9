"""Whether two tellings tell one act: field by field, each field's agreement as evidence for or against.

The method is Fellegi and Sunter's for linking records: a field's weight is log2 of how often its level of agreement is
seen between tellings of one act over how often between those of two acts that are near each other. The weights were
counted on a synthetic archive (`benchmarks/corpus.py --weights`) and are data below; a level that was too rare to be
counted has the weight of its neighbour.
"""

from dragoman.corpus.identity import Identity
from dragoman.corpus.rarity import Rarity
from dragoman.corpus.tellings import NEWS, Telling
from dragoman.corpus.weights import PRIOR, WEIGHTS

FAMILIES: dict[str, str] = {  # types that coders and reporters take for one another
    "AGREE": "talk", "CONSULT": "talk", "SUPPORT": "talk", "COOPERATE": "help", "AID": "help", "CONCEDE": "yield",
    "RETREAT": "yield", "REQUEST": "words", "ACCUSE": "words", "REJECT": "words", "THREATEN": "words",
    "SANCTION": "pressure", "COERCE": "pressure", "MOBILIZE": "force", "ASSAULT": "force", "PROTEST": "protest",
}  # fmt: skip
LIKENESS = (0.6, 0.35, 0.2, 0.1, 0.02)  # bounds of the levels of "words"


def score(one: Telling, other: Telling, rarity: Rarity) -> float:
    """Return the evidence, in bits, that two tellings tell one act; above 0 more speaks for it than against."""
    return PRIOR + sum(WEIGHTS[field][level] for field, level in levels(one, other, rarity).items())


def levels(one: Telling, other: Telling, rarity: Rarity) -> dict[str, str]:
    """Return how far two tellings agree, field by field."""
    return {
        "type": _types(one, other),
        "sides": _sides(one, other),
        "persons": _persons(one, other),
        "date": _dates(one, other),
        "place": _places(one, other),
        "killed": _killed(one, other),
        "words": _words(one, other, rarity),
    }


def _types(one: Telling, other: Telling) -> str:
    if one.type == other.type:
        if one.modes and other.modes:
            return "same mode" if set(one.modes) & set(other.modes) else "other mode"
        return "same"
    if FAMILIES.get(one.type) == FAMILIES.get(other.type):
        return "family"
    return "quad" if one.quad == other.quad else "other"


def _sides(one: Telling, other: Telling) -> str:
    a1, a2 = (sides_of(telling.actors) for telling in (one, other))
    r1, r2 = (sides_of(telling.recipients) for telling in (one, other))
    if a1 & a2:
        if r1 & r2:
            return "both"
        return "actor, other recipient" if r1 and r2 else "actor"
    if r1 & r2:
        return "recipient, other actor" if a1 and a2 else "recipient"
    return "reversed" if a1 & r2 or r1 & a2 else "none"


def sides_of(who: tuple[Identity, ...]) -> set[str]:
    """Return the sides of those whose side is known."""
    return {identity.side for identity in who if identity.side}


def _persons(one: Telling, other: Telling) -> str:
    """Compare who acts, where both name persons: two officials of one country seldom do one act."""
    first, second = (_keys(telling.actors) for telling in (one, other))
    if not first or not second:
        return "unknown"
    return "same" if first & second else "other"


def _keys(who: tuple[Identity, ...]) -> set[str]:
    return {identity.key for identity in who if identity.key and identity.person}


def _dates(one: Telling, other: Telling) -> str:
    if one.window is None or other.window is None:
        return "unknown"
    gap = max(one.window[0] - other.window[1], other.window[0] - one.window[1], 0)
    if one.day is not None and other.day is not None:
        return ("day", "1 day", "2 days")[gap] if gap < 3 else "days apart"
    if gap:
        return "outside" if gap > 1 else "just outside"
    if one.day is None and other.day is None:
        return ("undated 0", "undated 1", "undated 2")[min(2, abs(one.window[1] - other.window[1]))]
    day, window = (one.day, other.window) if one.day is not None else (other.day, one.window)
    if window[1] - window[0] > NEWS or day is None:
        return "within long"
    return ("within 0", "within 1", "within 2")[min(2, window[1] - day)]


def _places(one: Telling, other: Telling) -> str:
    if one.place is None or other.place is None:
        return "unknown"
    if one.place.name == other.place.name or (one.place.geonames and one.place.geonames == other.place.geonames):
        return "same"
    return "country" if one.place.country and one.place.country == other.place.country else "other"


def _killed(one: Telling, other: Telling) -> str:
    first, second = (_number(telling) for telling in (one, other))
    if first is None or second is None:
        return "unknown"
    if first == second:
        return "same"
    ratio = max(first, second) / max(1, min(first, second))
    return "near" if ratio <= 1.5 else "far" if ratio <= 3 else "other"


def _number(telling: Telling) -> int | None:
    if telling.killed is None:
        return None
    return telling.killed.low if telling.killed.low is not None else telling.killed.high


def _words(one: Telling, other: Telling, rarity: Rarity) -> str:
    shared = one.words & other.words
    if not shared:
        return "0"
    telling = rarity.between(one, other)
    likeness = sum(telling[word] for word in shared) / sum(telling[word] for word in one.words | other.words)
    return next((str(bound) for bound in LIKENESS if likeness >= bound), "0")
