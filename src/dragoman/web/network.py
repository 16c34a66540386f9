"""Who has most to do with whom: the countries of the ledger on a circle, with a line a pair."""

from dataclasses import dataclass
from math import cos, pi, sin

from fastapi import APIRouter, Request
from starlette.responses import Response

from dragoman.errors import UsageError
from dragoman.web.given import TheLedger, ThePages

router = APIRouter(include_in_schema=False)
MOST, SIZE, RADIUS = 40, 720, 290
WIDEST = 12.0


@dataclass(frozen=True, slots=True)
class Node:
    """A country on the circle."""

    code: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """What one country did to another: how many acts, and how wide the line is."""

    actor: Node
    recipient: Node
    count: int
    width: float


@router.get("/network")
def network(request: Request, ledger: TheLedger, pages: ThePages, q: str = "") -> Response:
    """Show the pairs of countries with most acts that answer the filter."""
    error, pairs = None, []
    try:
        pairs = [row for row in ledger.count("events", q, by=["dyad"]) if row["dyad"]][:MOST]
    except UsageError as fault:
        error = str(fault)
    nodes, lines = drawn([(row["dyad"], row["count"]) for row in pairs])
    values = {"q": q, "error": error, "nodes": nodes, "lines": lines, "size": SIZE}
    return pages.response(request, "network.html", values)


def drawn(pairs: list[tuple[str, int]]) -> tuple[list[Node], list[Line]]:
    """Return the nodes and lines of pairs such as USA-RUS.

    >>> [line.width for line in drawn([("USA-RUS", 4), ("RUS-USA", 1)])[1]]
    [12.0, 3.0]
    """
    sides = [(name.partition("-")[0], name.partition("-")[2], count) for name, count in pairs]
    codes = sorted({code for one, other, _ in sides for code in (one, other)})
    nodes = {code: _placed(code, n, len(codes)) for n, code in enumerate(codes)}
    most = max((count for _, _, count in sides), default=1)
    lines = [Line(nodes[one], nodes[other], count, WIDEST * count / most) for one, other, count in sides]
    return list(nodes.values()), lines


def _placed(code: str, n: int, of: int) -> Node:
    turn = 2 * pi * n / of
    return Node(code, round(SIZE / 2 + RADIUS * sin(turn), 1), round(SIZE / 2 - RADIUS * cos(turn), 1))
