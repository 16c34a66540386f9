"""Where events were done: a circle for each place, as large as the acts there are many, and a list of the same.

A place is where a report says that something was done. A capital that stands for its government ("Moscow rejected the
offer") is none, and is not on the map. What is only known to be in a country is a square in its midst.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from math import sqrt
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from dragoman.errors import UsageError
from dragoman.exports.countries import country
from dragoman.ledger import Ledger
from dragoman.ledger.answers import EventRow
from dragoman.ledger.filters import fields_of, parsed
from dragoman.ledger.places import Point
from dragoman.web.earth import HEIGHT, WIDTH, placed, shapes
from dragoman.web.given import TheKept, TheLedger, ThePages
from dragoman.web.kept import Kept
from dragoman.web.period import within

router = APIRouter(include_in_schema=False)
MOST, ROWS = 200, 50  # places drawn; events listed of one
LEAST, LARGEST = 3.0, 24.0  # radius of a circle
LETTER, LINE = 6.2, 12.0  # how wide a letter of a label is, and how high
LABELS, LONGEST = 40, 24  # labels on the map; letters of one
WITHIN = "somewhere in "


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: what it is called, how many acts were done there, the filter that finds them, where it is drawn."""

    name: str
    where: str
    count: int
    at: str
    x: float
    y: float
    radius: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Label:
    """What is written on the map: a place and its number, from a point to the right."""

    text: str
    x: float
    y: float


Box = tuple[float, float, float, float]


def begin(ledger: Ledger, kept: Kept) -> None:
    """Begin with what the page without a filter will ask for."""
    kept.begin(("map", ""), lambda: spots_in(ledger, ""))


@router.get("/map")
def world(
    request: Request,
    ledger: TheLedger,
    kept: TheKept,
    pages: ThePages,
    q: str = "",
    since: str = "",
    until: str = "",
    at: str = "",
) -> Response:
    """Show the places of the events that answer the filter, and the acts of the one that is asked for."""
    error, there = None, list[EventRow]()
    spots: Spots | None = Spots((), 0)
    asked = question = q
    try:
        question = within(q, since, until)
        parsed("events", question)  # what means nothing is told at once
        spots = kept.soon(("map", question), lambda: spots_in(ledger, question))
        asked = f"{question} {at}".strip()
        there = _acts(ledger.page("events", asked, limit=ROWS, sort="-day").rows) if at else []
    except UsageError as fault:
        error = str(fault)
    listed = spots.first if spots else ()
    drawn = [spot for spot in listed if spot.radius]
    values = {
        "q": q, "since": since, "until": until, "at": at, "asked": asked, "error": error,
        "fields": fields_of("events").values(), "width": WIDTH, "height": HEIGHT, "land": _land(),
        "spots": drawn, "labels": labels_of(drawn), "undrawn": [spot for spot in listed if not spot.radius],
        "counting": spots is None, "all": spots.all if spots else 0,
        "chosen": next((spot for spot in listed if spot.at == at), None),
        "there": there, "link": lambda spot: _link(spot, q, since, until),
    }  # fmt: skip
    return pages.response(request, "map.html", values)


@dataclass(frozen=True, slots=True)
class Spots:
    """The places with most acts, those that can be drawn and as many others, and how many acts there are at all."""

    first: Sequence[Spot]
    all: int


def spots_in(ledger: Ledger, question: str) -> Spots:
    """Return the places of the events that answer a filter, the one with most acts first."""
    points = ledger.places(question, most=2 * MOST)
    areas = ledger.count("events", f"{question} point:no", by=["place_country"])
    names = ledger.count("events", f"{question} point:no", by=["place_country", "place"], limit=10 * MOST)
    most = max((*(point.count for point in points.first), *(row["count"] for row in areas)), default=1)
    found = sorted([*_points(points.first, most), *_areas(areas, names, most)], key=_rank)
    first = [*islice((s for s in found if s.radius), MOST), *islice((s for s in found if not s.radius), MOST)]
    return Spots(sorted(first, key=_rank), points.all + sum(row["count"] for row in areas))


def _rank(spot: Spot) -> tuple[int, str]:
    return -spot.count, spot.name


def _points(points: Iterable[Point], most: int) -> Iterable[Spot]:
    """Yield the places with a point."""
    for point in points:
        x, y = placed(point.lat, point.lon)
        radius = _radius(point.count, most) if 0 <= y <= HEIGHT else 0.0
        at = f"point:{point.lat},{point.lon}"
        yield Spot(point.place, _called(point.country), point.count, at, x, y, radius, exact=True)


def _areas(rows: Iterable[dict[str, Any]], names: Sequence[dict[str, Any]], most: int) -> Iterable[Spot]:
    """Yield countries in which something was done at a place that no gazetteer has, and places in no country."""
    for row in names:
        if row["place_country"] is None:
            at = f'place:"{_plain(row["place"])}" point:no'
            yield Spot(row["place"], "", row["count"], at, 0, 0, 0.0, exact=False)
    for row in rows:
        code, count = row["place_country"], row["count"]
        if code is None:
            continue
        shape = shapes().get(code)
        x, y, radius = (shape.x, shape.y, _radius(count, most)) if shape else (0.0, 0.0, 0.0)
        named = [one["place"] for one in names if one["place_country"] == code and one["place"] != _called(code)]
        where = f"as {', '.join(named[:3])}{' …' if named[3:] else ''}" if named else ""
        yield Spot(f"{WITHIN}{_called(code)}", where, count, f"place:{code} point:no", x, y, radius, exact=False)


def labels_of(spots: Sequence[Spot]) -> list[Label]:
    """Return labels for the largest places, each beside its mark where there is room: over no mark and no label."""
    taken = [_box(spot.x - spot.radius, spot.y, 2 * spot.radius, 2 * spot.radius) for spot in spots]
    made: list[Label] = []
    for spot in spots[: 4 * LABELS]:
        text = f"{spot.name.removeprefix(WITHIN)[:LONGEST]} {spot.count}"
        wide, away = LETTER * len(text), spot.radius + 3
        beside = ((spot.x + away, spot.y), (spot.x - away - wide, spot.y))
        over = ((spot.x - wide / 2, spot.y - away - LINE / 2), (spot.x - wide / 2, spot.y + away + LINE / 2))
        boxes = ((x, y, _box(x, y, wide, LINE)) for x, y in (*beside, *over))
        free = ((x, y, box) for x, y, box in boxes if not any(_overlap(box, other) for other in (*taken, *_margins())))
        for x, y, box in islice(free, 1):
            taken.append(box)
            made.append(Label(text, round(x, 1), round(y + 4, 1)))
    return made[:LABELS]


def _box(left: float, middle: float, width: float, height: float) -> Box:
    return left, middle - height / 2, left + width, middle + height / 2


@cache
def _margins() -> tuple[Box, ...]:
    """What lies beyond the picture's edges."""
    far = 10_000.0
    return (-far, -far, 0, far), (WIDTH, -far, far, far), (-far, -far, far, 0), (-far, HEIGHT, far, far)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _radius(count: int, most: int) -> float:
    """Return the radius of a mark, whose area is as the number of acts."""
    return round(max(LEAST, LARGEST * sqrt(count / max(most, 12))), 1)


def _link(spot: Spot, q: str, since: str, until: str) -> str:
    words = {"q": q, "since": since, "until": until, "at": spot.at}
    return f"/map?{urlencode({name: value for name, value in words.items() if value})}#there"


def _acts(rows: Iterable[EventRow]) -> list[EventRow]:
    """Return one event for each act: the first of those that tell it."""
    return list({row.occurrence or row.ref: row for row in reversed([*rows])}.values())[::-1]


def _called(code: str | None) -> str:
    known = country(code)
    return known.name if known else code or ""


def _plain(name: str) -> str:
    return name.replace('"', "")


@cache
def _land() -> str:
    return "".join(shape.path for shape in shapes().values())
