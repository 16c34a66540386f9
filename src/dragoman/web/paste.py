"""A text, a file or an address that is put in, and its ledger: read here, bounded in size and time, and not kept."""

from dataclasses import dataclass, replace
from itertools import islice
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import Response

from dragoman.records import Failure, Record
from dragoman.sources import RawDocument, SourceOptions, documents
from dragoman.sources.dates import iso_of
from dragoman.sources.document import DocumentKind
from dragoman.web.given import ThePages, TheSettings
from dragoman.web.pages import form_of
from dragoman.web.report import view_of
from dragoman.web.settings import Settings

router = APIRouter(include_in_schema=False)
LONGEST = 2000  # characters of an address
KINDS: dict[str, DocumentKind] = {"html": "html", "htm": "html", "md": "markdown", "markdown": "markdown"}


@router.get("/paste")
def ask(request: Request, pages: ThePages, settings: TheSettings) -> Response:
    """Show the form."""
    return pages.response(request, "paste.html", _form(settings, {}))


@router.post("/paste")
async def paste(
    request: Request, pages: ThePages, settings: TheSettings, form: Annotated[dict[str, str], Depends(form_of)]
) -> Response:
    """Read what was put in and show its ledger."""
    name = form.get("file.name", "")
    text = form.get("file") if name else form.get("text")
    kind = KINDS.get(name.rpartition(".")[2].lower(), "text")
    try:
        record = await record_of(
            settings, Given(
                text or "", form.get("url", "").strip() or None, kind, name, form.get("title"), form.get("publisher"),
                form.get("published"),
            )
        )  # fmt: skip
    except HTTPException as error:
        return pages.response(request, "paste.html", _form(settings, form, error.detail), status=error.status_code)
    return pages.response(request, "report.html", {"short": None, "raw": False, **view_of(record)})


def _form(settings: Settings, given: dict[str, str], error: str | None = None) -> dict[str, object]:
    return {"error": error, "given": given, "most": settings.max_text, "reads_urls": settings.read_urls}


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gives to be read: a text, or the address of one."""

    text: str
    url: str | None = None
    kind: DocumentKind = "text"
    uri: str = ""
    title: str | None = None
    publisher: str | None = None
    published: str | None = None


async def record_of(settings: Settings, given: Given) -> Record:
    """Return the record of what is given, one after the other; 422 with the reason where there is none."""
    day = iso_of(given.published) if given.published else None
    if given.published and day is None:
        raise HTTPException(422, f"{given.published[:40]!r} is no day; write it as 2022-07-29.")
    if given.url is None:
        document = _checked(settings, given)
    elif given.text.strip():
        raise HTTPException(422, "Give a text or an address, not both.")
    else:
        document = await to_thread.run_sync(fetched, settings, given.url, limiter=settings.fetching)
    document = replace(
        document,
        title=given.title or document.title,
        publisher=given.publisher or document.publisher,
        published=day or document.published,
        published_from="given" if day else document.published_from,
    )
    return await to_thread.run_sync(_read_in, settings, document, limiter=settings.reading)


def _checked(settings: Settings, given: Given) -> RawDocument:
    """Return the document of a text; 422 where there is none, 413 where it is too long."""
    if not given.text.strip():
        raise HTTPException(422, "There is no text; paste one, or choose a file.")
    if len(given.text) > settings.max_text:
        told = f"The text has {len(given.text):,} characters; {settings.max_text:,} at most are read here."
        raise HTTPException(413, told)
    return RawDocument(given.uri or "pasted text", given.kind, given.text)


def fetched(settings: Settings, url: str) -> RawDocument:
    """Return the page that an address leads to; 403 where the desk reads no addresses, 422 where there is no page."""
    if not settings.read_urls:
        raise HTTPException(403, "Addresses are not read here, unless the desk was started with --read-urls.")
    if not url.lower().startswith(("http://", "https://")) or len(url) > LONGEST:
        raise HTTPException(422, "That is no web address; it begins with https:// or http://.")
    options = SourceOptions(public_only=True, max_bytes=settings.max_page, timeout=settings.fetch_seconds)
    found = list(islice(documents([url], options), 2))
    if len(found) > 1:
        raise HTTPException(422, "The address has several reports; read them with `dragoman ingest`.")
    if not found or isinstance(found[0], Failure):
        reason = f"{found[0].reason}; {found[0].remedy}" if found and isinstance(found[0], Failure) else "has no report"
        raise HTTPException(422, f"The address {reason}.")
    return found[0]


def _read_in(settings: Settings, document: RawDocument) -> Record:
    if settings.read is None:
        raise HTTPException(503, "This desk does not read reports; use `dragoman read`.")
    item = settings.read(document)
    if isinstance(item, Failure):
        raise HTTPException(422, f"The text {item.reason}" + (f"; {item.remedy}" if item.remedy else ""))
    return item
