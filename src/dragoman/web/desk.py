"""The desk's first page and its lists: what is newest, by filters that stay in the address, and as files."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec
from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response, StreamingResponse

from dragoman.errors import UsageError
from dragoman.exports.cells import SEPARATOR, part, quoted_cell
from dragoman.ledger.answers import ROWS
from dragoman.ledger.filters import LISTS, fields_of
from dragoman.records import Struct
from dragoman.web.given import TheLedger, ThePages

router = APIRouter(include_in_schema=False)
NEWEST, FEW, ROWS_OF_A_PAGE = 15, 8, 50
MOST = 100_000  # rows of a file


@router.get("/")
def desk(request: Request, ledger: TheLedger, pages: ThePages, q: str = "") -> Response:
    """Show the newest events, the flags and the negotiations that answer the filter."""
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
    values = {"q": q, "error": error, "counts": ledger.counts(), "fields": fields_of("events").values(), **found}
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
        "lists": LISTS,
        "fields": fields_of(of).values(),
    }
    return pages.response(request, "list.html", values)


@router.get("/download/{of}.{form}")
def download(ledger: TheLedger, of: str, form: str, q: str = "") -> Response:
    """Give all rows of a list as a file."""
    _check(of)
    if form not in ("csv", "jsonl"):
        raise HTTPException(404, "A list is had as csv or jsonl; the other formats are made by `dragoman export`.")
    rows = islice(getattr(ledger, of)(q), MOST)
    first = list(islice(rows, 1))  # a filter that means nothing is told before the file begins
    lines = _csv(of, first, rows) if form == "csv" else _json(first, rows)
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/jsonl"
    return StreamingResponse(
        lines, media_type=kind, headers={"content-disposition": f'attachment; filename="{of}.{form}"'}
    )


def _check(of: str) -> None:
    if of not in LISTS:
        raise HTTPException(404, f"There is no list of that name; there are {', '.join(LISTS)}.")


def _json(*parts: Iterable[Struct]) -> Iterator[bytes]:
    for rows in parts:
        for row in rows:
            yield msgspec.json.encode(row) + b"\n"


def _csv(of: str, *parts: Iterable[Struct]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    names = ROWS[of].__struct_fields__
    writer.writerow(names)
    for rows in parts:
        for row in rows:
            writer.writerow([_cell(getattr(row, name)) for name in names])
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return SEPARATOR.join(part(str(one)) for one in value)
    if isinstance(value, str):
        return quoted_cell(value)
    return "" if value is None else ("yes" if value else "no") if isinstance(value, bool) else str(value)
