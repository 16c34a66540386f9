"""Negotiations as a board: who offered what for what, who answered, what stands in the way, on any day."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from dragoman.corpus.bargains import Bargain, bargains_of
from dragoman.errors import UsageError
from dragoman.sources.dates import iso_of
from dragoman.web.given import TheLedger, ThePages

router = APIRouter(include_in_schema=False)
MOST = 300  # reports whose negotiations are joined for one page


@router.get("/negotiations")
def board(request: Request, ledger: TheLedger, pages: ThePages, q: str = "", as_of: str = "") -> Response:
    """Show the bargains of the newest reports that answer the filter."""
    error, cut = None, False
    found: tuple[Bargain, ...] = ()
    try:
        day = iso_of(as_of) if as_of else None
        if as_of and day is None:
            raise UsageError(f"{as_of[:40]!r} is no day; write it as 2022-07-29")
        page = ledger.page("negotiations", q, sort="-day", limit=MOST)
        cut = page.cursor is not None
        reports = dict.fromkeys(row.report for row in page.rows)
        found = bargains_of((ledger.record(report) for report in reports), day)
    except UsageError as fault:
        error = str(fault)
    values = {"q": q, "as_of": as_of, "error": error, "bargains": found, "cut": cut, "most": MOST}
    return pages.response(request, "negotiations.html", values)
