"""The desk's first page and its lists: what is newest, by filters that stay in the address."""

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from dragoman.corpus.bargains import bargains_of
from dragoman.errors import UsageError
from dragoman.exports import FORMATS
from dragoman.ledger import Ledger
from dragoman.ledger.filters import LISTS, fields_of
from dragoman.web.follows import news_of
from dragoman.web.given import TheKept, TheLedger, ThePages
from dragoman.web.kept import Kept

router = APIRouter(include_in_schema=False)
NEWEST, FEW, ROWS_OF_A_PAGE = 15, 8, 50


def begin(ledger: Ledger, kept: Kept) -> None:
    """Begin with what the first page will ask for."""
    kept.begin("counts", ledger.counts)


@router.get("/")
def desk(request: Request, ledger: TheLedger, kept: TheKept, pages: ThePages, q: str = "") -> Response:
    """Show the newest events, the flags and the negotiations that answer the filter, and what changed in dyads."""
    error = None
    found: dict[str, Any] = {"events": [], "negotiations": [], "flags": [], "reports": []}
    try:
        found["events"] = ledger.page("events", q, limit=NEWEST, sort="-day").rows
    except UsageError as fault:
        error = str(fault)
    for name in ("negotiations", "flags", "reports"):
        try:
            found[name] = ledger.page(name, q, limit=FEW, sort="-day").rows
        except UsageError:  # a filter of events need not be one of the other lists
            found[name] = ledger.page(name, limit=FEW, sort="-day").rows
    told = dict.fromkeys(row.report for row in found.pop("negotiations"))
    bargains = bargains_of(ledger.record(report) for report in told)
    values = {
        "q": q,
        "error": error,
        "bargains": sorted(bargains, key=lambda one: one.since or "", reverse=True),
        "counts": kept.soon("counts", ledger.counts),
        "fields": fields_of("events").values(),
        "followed": news_of(request, ledger, kept),
        **found,
    }
    return pages.response(request, "desk.html", values)


@router.get("/list/{of}")
def listed(
    request: Request,
    ledger: TheLedger,
    pages: ThePages,
    of: str,
    q: str = "",
    sort: str = "-day",
    cursor: str | None = None,
) -> Response:
    """Show a page of a list."""
    _check(of)
    error, page = None, None
    try:
        page = ledger.page(of, q, limit=ROWS_OF_A_PAGE, cursor=cursor or None, sort=sort)
    except UsageError as fault:
        error = str(fault)
    values = {
        "of": of,
        "q": q,
        "sort": sort,
        "error": error,
        "found": page.rows if page else [],
        "next": page.cursor if page else None,
        "formats": FORMATS,
        "fields": fields_of(of).values(),
    }
    return pages.response(request, "list.html", values)


def _check(of: str) -> None:
    if of not in LISTS:
        raise HTTPException(404, f"There is no list of that name; there are {', '.join(LISTS)}.")
