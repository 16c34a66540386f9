"""Who has most to do with whom: the countries of the ledger on a circle, with an arrow from each to whom it acts on."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from typing import get_args

from fastapi import APIRouter, Request
from starlette.responses import Response

from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.ledger.filters import fields_of, parsed
from dragoman.records import Quad
from dragoman.web.given import TheKept, TheLedger, ThePages
from dragoman.web.kept import Kept
from dragoman.web.period import within

router = APIRouter(include_in_schema=False)
MOST, SIZE, RADIUS, NODE = 40, 720, 310, 20
WIDEST = 10.0
APART, INWARDS = 0.1, 0.3  # how far an arrow bends from its fellow in the other direction, and to the middle
TIP = 9.0  # how long the point of an arrow is, beside half its width

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Node:
    """A country on the circle."""

    code: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """What one country did to another: how many acts, how wide the arrow is, its path, and its point."""

    actor: Node
    recipient: Node
    count: int
    width: float
    path: str
    tip: str


def begin(ledger: Ledger, kept: Kept) -> None:
    """Begin with what the page without a filter will ask for."""
    kept.begin(("network", ""), lambda: _pairs(ledger, ""))


@router.get("/network")
def network(
    request: Request,
    ledger: TheLedger,
    kept: TheKept,
    pages: ThePages,
    q: str = "",
    quad: str = "",
    since: str = "",
    until: str = "",
) -> Response:
    """Show the pairs of countries with most acts that answer the filter."""
    error, question = None, q
    pairs: list[tuple[str, int]] | None = []
    try:
        question = within(f"{q} quad:{quad.replace(' ', '-')}".strip() if quad else q, since, until)
        parsed("events", question)  # what means nothing is told at once
        pairs = kept.soon(("network", question), lambda: _pairs(ledger, question))
    except UsageError as fault:
        error = str(fault)
    nodes, lines = drawn([(dyad, count) for dyad, count in pairs or () if len({*dyad.split("-")}) == 2])
    values = {
        "q": q, "quad": quad, "quads": get_args(Quad), "since": since, "until": until, "asked": question,
        "error": error, "fields": fields_of("events").values(), "pairs": pairs, "nodes": nodes, "lines": lines,
        "size": SIZE, "radius": NODE,
    }  # fmt: skip
    return pages.response(request, "network.html", values)


def _pairs(ledger: Ledger, question: str) -> list[tuple[str, int]]:
    return [(row["dyad"], row["count"]) for row in ledger.count("events", question, by=["dyad"], limit=MOST)]


def drawn(pairs: Sequence[tuple[str, int]]) -> tuple[list[Node], list[Line]]:
    """Return the nodes and arrows of pairs such as USA-RUS.

    >>> [line.width for line in drawn([("USA-RUS", 4), ("RUS-USA", 1)])[1]]
    [10.0, 2.5]
    """
    sides = [(name.partition("-")[0], name.partition("-")[2], count) for name, count in pairs]
    codes = sorted({code for one, other, _ in sides for code in (one, other)})
    nodes = {code: _placed(code, n, len(codes)) for n, code in enumerate(codes)}
    most = max((count for _, _, count in sides), default=1)
    lines = [_arrow(nodes[one], nodes[other], count, max(1.0, WIDEST * count / most)) for one, other, count in sides]
    return list(nodes.values()), lines


def _placed(code: str, n: int, of: int) -> Node:
    turn = 2 * pi * n / of
    return Node(code, round(SIZE / 2 + RADIUS * sin(turn), 1), round(SIZE / 2 - RADIUS * cos(turn), 1))


def _arrow(one: Node, other: Node, count: int, width: float) -> Line:
    """Return an arrow that bends aside from the one back, and inwards from the nodes between."""
    middle = ((one.x + other.x) / 2, (one.y + other.y) / 2)
    bend = (
        middle[0] - APART * (other.y - one.y) + INWARDS * (SIZE / 2 - middle[0]),
        middle[1] + APART * (other.x - one.x) + INWARDS * (SIZE / 2 - middle[1]),
    )
    long = TIP + width / 2
    start, end = _towards((one.x, one.y), bend, NODE), _towards((other.x, other.y), bend, NODE)
    neck = _towards(end, bend, long)
    across = ((end[1] - neck[1]) / long * (width / 2 + 4), (neck[0] - end[0]) / long * (width / 2 + 4))
    corners = (end, (neck[0] + across[0], neck[1] + across[1]), (neck[0] - across[0], neck[1] - across[1]))
    path = f"M{_written(start)}Q{_written(bend)} {_written(neck)}"
    return Line(one, other, count, round(width, 1), path, " ".join(map(_written, corners)))


def _towards(one: Point, other: Point, far: float) -> Point:
    """Return the point at a distance from one on the way to another."""
    long = hypot(other[0] - one[0], other[1] - one[1]) or 1.0
    return one[0] + (other[0] - one[0]) / long * far, one[1] + (other[1] - one[1]) / long * far


def _written(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
