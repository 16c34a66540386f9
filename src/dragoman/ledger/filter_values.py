"""What the words of a filter mean: who, when, where, how much; read from text, refused with what is known."""

import calendar
import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Literal, get_args

from dragoman import ontology
from dragoman.entities.gazetteer import locate
from dragoman.errors import UsageError
from dragoman.ledger.rows import folded
from dragoman.records import Attribution, Proposal, Quad, Severity, StatementKind, Status

ABOVE_STATES = ("UNO", "EUR", "IGO", "NGO", "MNC", "IMG", "ISM")  # PLOVER's codes beside those of countries
DATE = re.compile(r"(?P<year>\d{4})(?:-Q(?P<quarter>[1-4])|-W(?P<week>\d\d)|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
NUMBER = re.compile(r"(?P<sign>>=|<=|>|<|)\s*(?P<number>-?\d+(?:\.\d+)?)")
POINT = re.compile(r"(?P<lat>-?\d+(?:\.\d+)?),(?P<lon>-?\d+(?:\.\d+)?)")
DISTANCE = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?:km)?")
WIKIDATA = re.compile(r"Q\d+")
YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
EARTH = 20_038  # kilometres from a place to the farthest other


@dataclass(frozen=True, slots=True)
class Who:
    """A country, a sector, a Wikidata id, or a name that stands for who takes part."""

    kind: Literal["country", "sector", "wikidata", "name"]
    value: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two countries: who does, and to whom."""

    actor: str
    recipient: str


@dataclass(frozen=True, slots=True)
class Days:
    """Days from the first to the last, both included; None is open."""

    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `low` to `high`; None is open, and an end that is `bare` is not in it."""

    low: float | None = None
    high: float | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """A place by name, a country, or a point."""

    name: str | None = None
    country: str | None = None
    point: tuple[float, float] | None = None


Value = Who | Pair | Days | Range | Where | bool | float | str
Read = Callable[[str], Value]


def one_of(known: Callable[[], Iterable[str]]) -> Read:
    """Return a reader of words of a fixed list, whatever their case; `-` and `_` stand for blanks too."""

    def read(word: str) -> str:
        by_key = {_key(name): name for name in known()}
        if _key(word) in by_key:
            return by_key[_key(word)]
        raise UsageError(f"is not known{_suggestion(_key(word), by_key)}; known are {', '.join(by_key.values())}")

    return read


def who(word: str) -> Who:
    """Return who is meant: a country by code or name, a sector by code, a Wikidata id, else somebody's name.

    >>> who("usa"), who("Russia").value, who("MIL").kind, who("Lavrov").kind
    (Who(kind='country', value='USA'), 'RUS', 'sector', 'name')
    """
    code = word.upper()
    if code in _codes():
        return Who("country", code)
    if code in ontology.sectors():
        return Who("sector", code)
    if WIKIDATA.fullmatch(code):
        return Who("wikidata", code)
    return Who("country", _names()[folded(word)]) if folded(word) in _names() else Who("name", word)


def country(word: str) -> Who:
    """Return the country of a code or a name; UsageError where there is none."""
    found = who(word)
    if found.kind != "country":
        raise UsageError(
            f"is no country{_suggestion(folded(word), _names())}; write a code of three letters such as UKR, "
            f"a name, or one of {', '.join(ABOVE_STATES)}"
        )
    return found


def sector(word: str) -> Who:
    """Return the sector of a code."""
    return Who("sector", str(one_of(ontology.sectors)(word)))


def pair(word: str) -> Pair:
    """Return the two countries of a dyad.

    >>> pair("USA-RUS")
    Pair(actor='USA', recipient='RUS')
    """
    first, dash, second = word.partition("-")
    if not (dash and first and second):
        raise UsageError("is no dyad; write two countries, who does and to whom, as USA-RUS")
    return Pair(country(first).value, country(second).value)


def days(word: str) -> Days:
    """Return the days of a date or of two with `..` between; either may be left out.

    >>> days("2022-07..2022-08")
    Days(start='2022-07-01', end='2022-08-31')
    """
    first, dots, last = word.partition("..")
    if not dots:
        return Days(*_ends_of(word))
    found = Days(_ends_of(first)[0] if first else None, _ends_of(last)[1] if last else None)
    if found.start and found.end and found.start > found.end:
        raise UsageError("ends before it begins")
    return found


def _ends_of(word: str) -> tuple[str, str]:
    """Return the first and the last day of a day, week, month, quarter or year."""
    match = DATE.fullmatch(word.strip())
    try:
        if match is None:
            raise ValueError(word)
        year = int(match["year"])
        if match["week"]:
            start = date.fromisocalendar(year, int(match["week"]), 1)
            return start.isoformat(), (start + timedelta(days=6)).isoformat()
        if match["day"]:
            day = date(year, int(match["month"]), int(match["day"])).isoformat()
            return day, day
        quarter = int(match["quarter"] or 0)
        first = int(match["month"] or (quarter * 3 - 2 if quarter else 1))
        last = first if match["month"] else (quarter * 3 if quarter else 12)
        end = date(year, last, calendar.monthrange(year, last)[1])
        return date(year, first, 1).isoformat(), end.isoformat()
    except ValueError:
        raise UsageError(
            "is no date; write 2022, 2022-07, 2022-07-22, 2022-Q3, 2022-W30, or two of them as 2022-07..2022-08"
        ) from None


def number(word: str) -> Range:
    """Return the range of a number, a comparison, or two numbers with `..` between.

    >>> number(">0.6"), number("10..20")
    (Range(low=0.6, high=None, bare=True), Range(low=10.0, high=20.0, bare=False))
    """
    first, dots, last = word.partition("..")
    if dots:
        low, high = (_plain_number(part) if part else None for part in (first, last))
        return Range(low, high)
    match = NUMBER.fullmatch(word.strip())
    if match is None:
        raise UsageError("is no number; write 0.6, >0.6, >=0.6, <0.6, <=0.6 or 0.6..0.8")
    value, sign = float(match["number"]), match["sign"]
    return Range(
        value if sign in (">", ">=", "") else None, value if sign in ("<", "<=", "") else None, sign in ("<", ">")
    )


def _plain_number(word: str) -> float:
    found = number(word)
    if found.low is None or found.low != found.high:
        raise UsageError("is no number; write 0.6, >0.6, >=0.6, <0.6, <=0.6 or 0.6..0.8")
    return found.low


def where(word: str) -> Where:
    """Return where is meant: a country by its code or name, a point as `50.45,30.52`, else a place by name."""
    match = POINT.fullmatch(word.replace(" ", ""))
    if match is not None:
        lat, lon = float(match["lat"]), float(match["lon"])
        if abs(lat) > 90 or abs(lon) > 180:
            raise UsageError("is no point on the earth; write the latitude first, as 50.45,30.52")
        return Where(point=(lat, lon))
    found = who(word)
    return Where(country=found.value) if found.kind == "country" else Where(name=word)


def point(word: str) -> Where | bool:
    """Return a point, or whether one is known.

    >>> point("50.45,30.52").point, point("no")
    ((50.45, 30.52), False)
    """
    if word.casefold() in YES:
        return YES[word.casefold()]
    found = where(word) if POINT.fullmatch(word.replace(" ", "")) else None
    if found is None:
        raise UsageError("is no point; write the latitude first, as 50.45,30.52, or yes or no")
    return found


def located(place: Where) -> tuple[float, float]:
    """Return the point of a place, which distances are measured from."""
    if place.point is not None:
        return place.point
    found = next((at for name in cased(place.name or "") if (at := locate(name))), None)
    if found is None:
        raise UsageError(
            "is in no gazetteer, so that no distance can be measured from it; give a city, or a point as 50.45,30.52"
        )
    return found.lat, found.lon


def distance(word: str) -> float:
    """Return a distance in kilometres.

    >>> distance("50km")
    50.0
    """
    match = DISTANCE.fullmatch(word.strip())
    if match is None or not 0 < float(match["number"]) <= EARTH:
        raise UsageError("is no distance; write kilometres as 50km")
    return float(match["number"])


def yes(word: str) -> bool:
    """Return yes or no."""
    if word.casefold() not in YES:
        raise UsageError("is neither yes nor no")
    return YES[word.casefold()]


def text(word: str) -> str:
    """Return words as they are."""
    return word


def report(word: str) -> str:
    """Return the beginning of a report's id, with what all of them begin with.

    >>> report("3f01ca0c")
    'sha256:3f01ca0c'
    """
    digits = word.casefold().removeprefix("sha256:")
    if not re.fullmatch(r"[0-9a-f]{4,64}", digits):
        raise UsageError("is no report; write four or more digits of its id, as `dragoman query` prints it")
    return f"sha256:{digits}"


def cased(name: str) -> tuple[str, ...]:
    """Return a name in the cases that names are written in, as it was given first.

    >>> cased("kyiv")
    ('kyiv', 'Kyiv', 'KYIV')
    """
    return tuple(dict.fromkeys((name, name.title(), name.upper(), name.capitalize())))


def _words(literal: object) -> Callable[[], Iterable[str]]:
    return lambda: get_args(literal)


def _modes() -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(kind.modes for kind in ontology.types().values())))


KNOWN: Mapping[str, Read] = {
    "type": one_of(ontology.types),
    "mode": one_of(_modes),
    "context": one_of(ontology.contexts),
    "quad": one_of(_words(Quad)),
    "status": one_of(_words(Status)),
    "statement": one_of(_words(StatementKind)),
    "attribution": one_of(_words(Attribution)),
    "proposal": one_of(_words(Proposal.__annotations__["status"])),
    "severity": one_of(_words(Severity)),
    "review": one_of(lambda: ("accepted", "changed", "added")),
}


def _key(word: str) -> str:
    return word.casefold().replace("-", " ").replace("_", " ").strip()


def _suggestion(word: str, known: Mapping[str, str]) -> str:
    near = get_close_matches(word, list(known), n=1, cutoff=0.7)
    return f"; is {known[near[0]]} meant?" if near else ""


@cache
def _codes() -> frozenset[str]:
    return frozenset((*(row["code"] for row in _countries()), *ABOVE_STATES))


@cache
def _names() -> dict[str, str]:
    """Return countries by their folded names."""
    return {folded(name): row["code"] for row in _countries() for name in (row["name"], *row["aliases"].split("|"))}


@cache
def _countries() -> tuple[dict[str, str], ...]:
    text = (files("dragoman.entities") / "knowledge" / "countries.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))
