"""The ledger over HTTP: its lists, whole records, series, and the reading of a text, as JSON."""

import hashlib
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, FastAPI, HTTPException, Query, Request
from pydantic import BeforeValidator
from starlette.responses import Response

from dragoman import ontology
from dragoman.corpus.series import Choice, Series, series_counted
from dragoman.corpus.stored import tallies_of, volume_in
from dragoman.errors import UsageError
from dragoman.ledger.answers import ROWS
from dragoman.records import Record
from dragoman.sources.document import DocumentKind
from dragoman.web.entities import EntityRow, entities_of
from dragoman.web.examples import EXAMPLES
from dragoman.web.given import TheKept, TheLedger, TheSettings
from dragoman.web.paste import Given, record_of
from dragoman.web.problems import PROBLEM

router = APIRouter(prefix="/api")
SCHEMA = "#/components/schemas/"
Q = Annotated[str, Query(max_length=10_000, description="Filters of `dragoman query`.", examples=["actor:USA"])]
Limit = Annotated[int, Query(ge=1, le=1000, description="Rows of a page.")]
CursorAt = Annotated[str | None, Query(max_length=2000, description="`next` of the page before.")]
Sort = Annotated[str | None, Query(max_length=40, description="day, confidence …; -day: the latest first.")]
Day = Annotated[date | None, BeforeValidator(lambda written: _day(written))]
NAMED, PERIODS = 1000, 1000  # acts of a series that are named; periods of one
Raw = Annotated[bool, Query(description="What the machine read, without corrections.")]


def _day(written: object) -> date | None:
    """Return a day; ValueError for a number too, which would else be taken for seconds since 1970."""
    return None if written is None else date.fromisoformat(str(written))


class Problem(msgspec.Struct):
    """What went wrong, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str


class Asked(msgspec.Struct, forbid_unknown_fields=True):
    """A text to be read, or the address of a page; `published` is its day, whatever the page says."""

    text: str = ""
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    kind: DocumentKind = "text"
    url: str | None = None


def _told(name: str, *, many: bool = True) -> dict[int | str, dict[str, Any]]:
    """Return the answers of a question for the description of the API."""
    row = {"$ref": f"{SCHEMA}{name}"}
    page = {
        "type": "object",
        "required": ["rows", "next"],
        "properties": {"rows": {"type": "array", "items": row}, "next": {"type": ["string", "null"]}},
    }
    example = EXAMPLES[name]
    content = {"schema": page if many else row, "example": {"rows": [example], "next": None} if many else example}
    fault = {"content": {PROBLEM: {"schema": {"$ref": f"{SCHEMA}Problem"}, "example": EXAMPLES["Problem"]}}}
    return {
        200: {"description": "What was asked for.", "content": {"application/json": content}},
        304: {"description": "It is still what If-None-Match names."},
        **{status: {"description": told, **fault} for status, told in FAULTS.items()},
    }


FAULTS = {
    401: "The token is missing or wrong.",
    404: "It is not in the ledger.",
    422: "The request makes no sense.",
    503: "The ledger cannot be read now.",
}


def _answer(request: Request, body: object) -> Response:
    """Return an answer as JSON under an ETag, or 304 where the client has it already."""
    data = msgspec.json.encode(body)
    tag = f'"{hashlib.blake2b(data, digest_size=16).hexdigest()}"'
    known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type="application/json", headers=headers)


LISTED = {  # what each list is of, and whether corrections change its rows
    "reports": ("Reports, without their records.", False),
    "events": ("Who did what to whom.", True),
    "statements": ("Who said what.", True),
    "negotiations": ("What is bargained over.", True),
    "flags": ("What a careful editor would query.", True),
    "occurrences": ("Acts in the world, each told by any number of reports; `dragoman join` finds them.", False),
}


def _lists(of: str, told: str, corrected: bool) -> None:
    """Add the route of a list."""

    def rows(
        request: Request, ledger: TheLedger, q: Q = "", limit: Limit = 50, cursor: CursorAt = None, sort: Sort = None,
        raw: Raw = False,
    ) -> Response:  # fmt: skip
        page = ledger.page(of, q, limit=limit, cursor=cursor, sort=sort, raw=raw)
        return _answer(request, {"rows": page.rows, "next": page.cursor})

    def as_they_are(
        request: Request, ledger: TheLedger, q: Q = "", limit: Limit = 50, cursor: CursorAt = None, sort: Sort = None
    ) -> Response:
        return rows(request, ledger, q, limit, cursor, sort)

    asked = _told(ROWS[of].__name__)
    router.add_api_route(f"/{of}", rows if corrected else as_they_are, name=of, description=told, responses=asked)


for _of, _listed in LISTED.items():
    _lists(_of, *_listed)


@router.get("/reports/{id}", responses=_told("Record", many=False))
def report(request: Request, ledger: TheLedger, id: str, raw: Raw = False) -> Response:
    """One report with all its records, by its id or the beginning of it."""
    return _answer(request, ledger.record(id, raw=raw))


@router.get("/entities", responses=_told("EntityRow"))
def entities(
    request: Request, ledger: TheLedger, kept: TheKept, name: Annotated[str, Query(max_length=200)] = "",
    limit: Limit = 50, cursor: CursorAt = None,
) -> Response:  # fmt: skip
    """Who takes part: names that begin so."""
    question = ("entities", name, limit, cursor)
    rows, following = kept.get(question, lambda: entities_of(ledger, name, limit=limit, cursor=cursor))
    return _answer(request, {"rows": rows, "next": following})


@router.get("/series", responses=_told("Series", many=False))
def series(
    request: Request,
    ledger: TheLedger,
    kept: TheKept,
    side: Annotated[list[str], Query(min_length=1, max_length=2, description="A country's code or an actor's key.")],
    by: Literal["day", "week", "month", "quarter"] = "month",
    count: Literal["occurrences", "reports"] = "occurrences",
    directed: bool = False,
    since: Day = None,
    until: Day = None,
    confidence: Annotated[float, Query(ge=0, le=1)] = 0.0,
    type: Annotated[list[str] | None, Query(max_length=50)] = None,
) -> Response:
    """What two sides, or one, did to each other over time: 1,000 periods at most.

    Acts are named where the series has no more than 1,000; else they are counted alone, and their ids are in
    /api/events or /api/occurrences.
    """
    unknown = next((name for name in type or () if name not in ontology.types()), None)
    if unknown is not None:
        raise UsageError(f"there is no type {unknown[:40]!r}; name one of {', '.join(ontology.types())}")
    if since and until and since > until:
        raise UsageError(f"since {since} is after until {until}")
    choice = Choice(
        directed=directed, since=since, until=until, least_confidence=confidence, types=frozenset(type or ())
    )
    copies = count == "reports"
    question = ("tallies of", *side, choice, count)
    tallies = kept.get(question, lambda: tallies_of(ledger, side, choice, count, named=NAMED))
    volume: Mapping[str, int] = kept.get(("volume", not copies), lambda: volume_in(ledger, copies=copies))
    return _answer(request, series_counted(tallies, side, by, volume, choice, most=PERIODS))


BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": f"{SCHEMA}Asked"}, "example": EXAMPLES["Asked"]}},
    }
}


@router.post("/read", responses=_told("Record", many=False), openapi_extra=BODY)
async def read(request: Request, settings: TheSettings) -> Response:
    """Read a text, or the page of a public address, and return its record; it is not kept.

    Addresses are read only where the desk was started with --read-urls.
    """
    # A form of another site's page cannot send this type without asking first.
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "Send the text as application/json.")
    try:
        asked = msgspec.json.decode(await request.body(), type=Asked)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise HTTPException(422, f"That is no request to read: {str(error)[:300]}.") from None
    record = await record_of(
        settings,
        Given(asked.text, asked.url, asked.kind, "", asked.title, asked.publisher, asked.published),
    )
    return Response(msgspec.json.encode(record), media_type="application/json")


def describe(app: FastAPI) -> None:
    """Add the description of the API, OpenAPI 3.1, with the shapes of all that it answers."""
    kinds: list[Any] = [*ROWS.values(), EntityRow, Record, Series, Problem, Asked]
    _, shapes = msgspec.json.schema_components(kinds, ref_template=SCHEMA + "{name}")

    def description() -> Mapping[str, Any]:
        if not app.openapi_schema:
            app.version = version("dragoman")
            found = FastAPI.openapi(app)
            found.setdefault("components", {}).setdefault("schemas", {}).update(shapes)
        return app.openapi_schema or {}

    @app.get("/api/openapi.json", include_in_schema=False)
    def openapi(request: Request) -> Response:
        return _answer(request, description())
