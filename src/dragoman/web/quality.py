"""What is in the ledger and how good it is: versions, confidence, publishers, failures, and what reviewers say."""

from collections import Counter, defaultdict
from itertools import islice

from fastapi import APIRouter, Request
from sqlalchemy import case, func, select
from starlette.responses import Response

from dragoman.ledger import Ledger, schema
from dragoman.web.given import TheKept, TheLedger, ThePages
from dragoman.web.kept import Kept
from dragoman.web.reviewers import agreement_of, judgements_in, kept_share

router = APIRouter(include_in_schema=False)
SHOWN = 50
TENTHS = 10


def begin(ledger: Ledger, kept: Kept) -> None:
    """Begin with what the page will ask for."""
    kept.begin("quality", lambda: _found(ledger))


@router.get("/quality")
def quality(request: Request, ledger: TheLedger, kept: TheKept, pages: ThePages) -> Response:
    """Show what is in the ledger."""
    return pages.response(request, "quality.html", {"found": kept.soon("quality", lambda: _found(ledger))})


def _found(ledger: Ledger) -> dict[str, object]:
    judgements = judgements_in(ledger)
    confidence, types = _events(ledger)
    return {
        "counts": ledger.counts(),
        "versions": _versions(ledger),
        "confidence": confidence,
        "publishers": ledger.count("reports", by=["publisher"])[:SHOWN],
        "flags": ledger.count("flags", by=["kind"])[:SHOWN],
        "types": types,
        "failures": list(islice(ledger.failures(), SHOWN)),
        "agreement": agreement_of(judgements),
        "by_type": _by_type(ledger, judgements),
    }


def _versions(ledger: Ledger) -> list[dict[str, object]]:
    """Return which versions read how many reports."""
    readers, reports = schema.readers.c, schema.reports.c
    names = (readers.dragoman, readers.model, readers.ontology, readers.knowledge)
    asked = (
        select(*names, func.count().label("reports"))
        .join(schema.reports, reports.reader == readers.key)
        .where(reports.current)
        .group_by(*names)
        .order_by(func.count().desc())
    )
    with ledger.reading() as connection:
        return [dict(row) for row in connection.execute(asked).mappings()]


def _events(ledger: Ledger) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Return how many events there are in each tenth of confidence, and of each type, from one walk through them."""
    events = schema.events.c
    tenth = case(*((events.confidence < n / TENTHS, n - 1) for n in range(1, TENTHS)), else_=TENTHS - 1)
    asked = select(tenth, events.type, func.count()).where(events.shown).group_by(tenth, events.type)
    tenths, types = Counter[int](), Counter[str]()
    with ledger.reading() as connection:
        for n, name, number in connection.execute(asked):
            tenths[n] += number
            types[name] += number
    shares = [(f"{n / TENTHS:.1f} to {(n + 1) / TENTHS:.1f}", tenths[n]) for n in range(TENTHS)]
    return shares, sorted(types.items(), key=lambda one: (-one[1], one[0]))


def _by_type(ledger: Ledger, judgements: dict[str, dict[tuple[str, str], str]]) -> list[tuple[str, int, int]]:
    """Return for each type of event how many judgements accept what the machine read, and how many there are."""
    events, reports = schema.events.c, schema.reports.c
    judged = {unit[0] for said in judgements.values() for unit in said}
    types: dict[tuple[str, str], str] = {}
    with ledger.reading() as connection:
        for report in sorted(judged):
            asked = (
                select(events.id, events.type)
                .join(schema.reports, reports.key == events.report)
                .where(reports.id == report, events.raw)
            )
            types |= {(report, row.id): row.type for row in connection.execute(asked)}
    by_type: defaultdict[str, list[str]] = defaultdict(list)
    for said in judgements.values():
        for unit, value in said.items():
            if unit in types:
                by_type[types[unit]].append(value)
    return [(name, *kept_share(values)) for name, values in sorted(by_type.items())]
