"""A text or a file that is put in, and its ledger: read here, bounded in size and time, and not kept."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from dragoman.records import Failure, Record
from dragoman.sources import RawDocument
from dragoman.sources.dates import iso_of
from dragoman.sources.document import DocumentKind
from dragoman.web.given import ThePages, TheSettings
from dragoman.web.pages import form_of
from dragoman.web.report import view_of
from dragoman.web.settings import Settings

router = APIRouter(include_in_schema=False)
KINDS: dict[str, DocumentKind] = {"html": "html", "htm": "html", "md": "markdown", "markdown": "markdown"}


@router.get("/paste")
def ask(request: Request, pages: ThePages, settings: TheSettings) -> Response:
    """Show the form."""
    return pages.response(request, "paste.html", {"error": None, "given": {}, "most": settings.max_text})


@router.post("/paste")
async def paste(
    request: Request, pages: ThePages, settings: TheSettings, form: Annotated[dict[str, str], Depends(form_of)]
) -> Response:
    """Read what was put in and show its ledger."""
    name = form.get("file.name", "")
    text = form.get("file") if name else form.get("text")
    try:
        document = document_of(
            settings, text or "", title=form.get("title"), publisher=form.get("publisher"),
            published=form.get("published"), kind=KINDS.get(name.rpartition(".")[2].lower(), "text"), uri=name,
        )  # fmt: skip
        record = await run_in_threadpool(read_in, settings, document)
    except HTTPException as error:
        values = {"error": error.detail, "given": form, "most": settings.max_text}
        return pages.response(request, "paste.html", values, status=error.status_code)
    return pages.response(request, "report.html", {"short": None, "raw": False, **view_of(record)})


def document_of(
    settings: Settings,
    text: str,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    kind: DocumentKind = "text",
    uri: str = "",
) -> RawDocument:
    """Return a document to be read; 422 where there is no text or no such day, 413 where the text is too long."""
    if not text.strip():
        raise HTTPException(422, "There is no text; paste one, or choose a file.")
    if len(text) > settings.max_text:
        raise HTTPException(413, f"The text has {len(text):,} characters; {settings.max_text:,} at most are read here.")
    day = iso_of(published) if published else None
    if published and day is None:
        raise HTTPException(422, f"{published[:40]!r} is no day; write it as 2022-07-29.")
    return RawDocument(
        uri or "pasted text", kind, text, title or None, publisher or None, (), day, "given" if day else None
    )


def read_in(settings: Settings, document: RawDocument) -> Record:
    """Return the record of a document; 422 with the reason where it cannot be read."""
    if settings.read is None:
        raise HTTPException(503, "This desk does not read reports; use `dragoman read`.")
    item = settings.read(document)
    if isinstance(item, Failure):
        raise HTTPException(422, f"The text {item.reason}" + (f"; {item.remedy}" if item.remedy else ""))
    return item
