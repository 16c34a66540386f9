"""What is in the ledger and how good it is: versions, confidence, publishers, failures, and what reviewers say."""

from collections import defaultdict
from itertools import islice

from fastapi import APIRouter, Request
from sqlalchemy import func, select
from starlette.responses import Response

from dragoman.ledger import Ledger, schema
from dragoman.web.given import TheLedger, ThePages
from dragoman.web.reviewers import agreement_of, judgements_in, kept_share

router = APIRouter(include_in_schema=False)
SHOWN = 50
TENTHS = 10


@router.get("/quality")
def quality(request: Request, ledger: TheLedger, pages: ThePages) -> Response:
    """Show what is in the ledger."""
    judgements = judgements_in(ledger)
    values = {
        "counts": ledger.counts(),
        "versions": _versions(ledger),
        "confidence": _confidence(ledger),
        "publishers": ledger.count("reports", by=["publisher"])[:SHOWN],
        "flags": ledger.count("flags", by=["kind"])[:SHOWN],
        "types": ledger.count("events", by=["type"], counted="rows"),
        "failures": list(islice(ledger.failures(), SHOWN)),
        "agreement": agreement_of(judgements),
        "by_type": _by_type(ledger, judgements),
    }
    return pages.response(request, "quality.html", values)


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


def _confidence(ledger: Ledger) -> list[tuple[str, int]]:
    """Return how many events there are in each tenth of confidence."""
    found = []
    for n in range(TENTHS):
        low, high = n / TENTHS, (n + 1) / TENTHS
        ends = f"confidence:>={low} " + (f"confidence:<{high}" if n < TENTHS - 1 else f"confidence:<={high}")
        [row] = ledger.count("events", ends, counted="rows")
        found.append((f"{low:.1f} to {high:.1f}", row["count"]))
    return found


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
