"""What the machine missed, added by marking its words: a record of a person's own, kept as a correction."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from dragoman.errors import UsageError
from dragoman.exports.sentences import Sentences
from dragoman.ledger.correction import Kind
from dragoman.ledger.drafts import PREFIXES
from dragoman.ledger.keys import short_of
from dragoman.ledger.review import correct
from dragoman.records import Record
from dragoman.render import phrases
from dragoman.web.fields import FIELDS, Field
from dragoman.web.given import TheLedger, ThePages
from dragoman.web.pages import form_of

router = APIRouter(include_in_schema=False)
LONGEST = 200  # characters of a reviewer's name
SIDES = {  # who takes part, by kind: the field, and what it is called
    "event": {"actors": "who does it", "recipients": "to whom"},
    "statement": {},
    "entity": {},
    "negotiation": {"parties": "who bargains"},
    "flag": {},
}
WORDS = {  # what is marked, by kind
    "event": "the word of the act", "statement": "what is said", "entity": "the name",
    "negotiation": "what stands in the way", "flag": "what an editor would query",
}  # fmt: skip
OPTIONAL = ("negotiation",)  # kinds that need no words


@router.get("/add/{report}/{kind}")
def ask(request: Request, ledger: TheLedger, pages: ThePages, report: str, kind: str, who: str = "") -> Response:
    """Show the text, to mark the words in."""
    return _page(request, pages, ledger.record(report), who.strip()[:LONGEST], _kind(kind), {}, None)


@router.post("/add/{report}/{kind}")
def add(
    request: Request, ledger: TheLedger, pages: ThePages, report: str, kind: str,
    form: Annotated[dict[str, str], Depends(form_of)],
) -> Response:  # fmt: skip
    """Keep the record, and show the report with it."""
    who, named, record = form.get("who", "").strip()[:LONGEST], _kind(kind), ledger.record(report)
    try:
        if not who:
            raise HTTPException(422, "An addition has the name of who makes it.")
        value = MADE[named](record, form)
        said = correct(
            ledger, record.report.id, "add", who=who, kind=named, value=value, why=form.get("why", "")[:1000]
        )
    except (HTTPException, UsageError) as error:
        told = str(error.detail if isinstance(error, HTTPException) else error)
        return _page(request, pages, record, who, named, form, told, status=422)
    if "again" in form:
        return RedirectResponse(f"/add/{short_of(record.report.id)}/{named}?{urlencode({'who': who})}", 303)
    anchor = f"#{PREFIXES[named]}-{said.id[:8]}" if named in PREFIXES else ""
    return RedirectResponse(f"/report/{short_of(record.report.id)}{anchor}", 303)


def _page(
    request: Request, pages: ThePages, record: Record, who: str, kind: Kind, given: Mapping[str, str],
    error: str | None, *, status: int = 200,
) -> Response:  # fmt: skip
    values = {
        "record": record, "short": short_of(record.report.id), "heading": phrases.heading(record), "who": who,
        "kind": kind, "kinds": tuple(MADE), "given": given, "error": error, "words": WORDS[kind],
        "optional": kind in OPTIONAL, "sides": SIDES[kind],
        "fields": [_shown(field, record) for field in ADDED[kind]],
    }  # fmt: skip
    return pages.response(request, "add.html", values, status=status)


def _shown(field: Field, record: Record) -> tuple[Field, list[tuple[str, str]]]:
    names = {entity.id: f"{entity.name} ({entity.id})" for entity in record.entities}
    values = [] if field.values is None else [*([""] if field.empty else []), *field.values(record)]
    return field, [(value, names.get(value, value) or "not known") for value in values]


def _kind(kind: str) -> Kind:
    if kind not in MADE:
        raise HTTPException(404, f"There is no such kind; there are {', '.join(MADE)}.")
    return cast(Kind, kind)


def span_of(record: Record, form: Mapping[str, str], *, needed: bool = True) -> dict[str, int] | None:
    """Return the span that was marked, or that the words written have in the text; 422 where there is none.

    `start` and `end` count code points. Words that stand in the text more than once are meant at `start`, else first.
    """
    text, words = record.report.text, form.get("words", "").strip()
    start, end = _number(form, "start"), _number(form, "end")
    if words:
        marked = start is not None and text[start : start + len(words)] == words
        found = start if marked else text.find(words)
        if found is None or found < 0:
            raise HTTPException(422, f"The words {words[:60]!r} do not stand so in the text.")
        return {"start": found, "end": found + len(words)}
    if start is not None and end is not None and 0 <= start < end <= len(text) and text[start:end].strip():
        return {"start": start, "end": end}
    if needed:
        raise HTTPException(422, "Mark the words in the text, or write them as they stand there.")
    return None


def _number(form: Mapping[str, str], name: str) -> int | None:
    written = form.get(name, "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else None


def _sentence(record: Record, span: Mapping[str, int]) -> dict[str, int]:
    """Return the sentences from that in which a span begins to that in which it ends."""
    sentences = Sentences(record)
    start, end = sentences.around(span["start"])[0], sentences.around(max(span["start"], span["end"] - 1))[1]
    return {"start": min(start, span["start"]), "end": max(end, span["end"])}


def _sides(record: Record, form: Mapping[str, str], kind: Kind) -> dict[str, Any]:
    """Return who was ticked for each side."""
    return {side: [entity.id for entity in record.entities if form.get(f"{side}.{entity.id}")] for side in SIDES[kind]}


def _chosen(record: Record, form: Mapping[str, str], kind: Kind) -> dict[str, Any]:
    return {field.name: field.value(form.get(field.name, ""), record) for field in ADDED[kind]}


def _event(record: Record, form: Mapping[str, str]) -> dict[str, Any]:
    span = span_of(record, form)
    assert span is not None
    chosen = {**_chosen(record, form, "event"), **_sides(record, form, "event")}
    return {**chosen, "trigger": span, "evidence": [_sentence(record, span)]}


def _statement(record: Record, form: Mapping[str, str]) -> dict[str, Any]:
    return {**_chosen(record, form, "statement"), "content": [span_of(record, form)]}


def _entity(record: Record, form: Mapping[str, str]) -> dict[str, Any]:
    span = span_of(record, form)
    assert span is not None
    name = form.get("name", "").strip()[:LONGEST] or record.report.text[span["start"] : span["end"]]
    chosen = _chosen(record, {**form, "name": name}, "entity")
    return {**chosen, "mentions": [{**span, "form": "name"}]}


def _negotiation(record: Record, form: Mapping[str, str]) -> dict[str, Any]:
    span = span_of(record, form, needed=False)
    made: dict[str, Any] = {**_chosen(record, form, "negotiation"), **_sides(record, form, "negotiation")}
    if span is not None:
        words = record.report.text[span["start"] : span["end"]]
        made["obstacles"] = [{"text": words, "entity": None, "evidence": [span]}]
    return made


def _flag(record: Record, form: Mapping[str, str]) -> dict[str, Any]:
    return {**_chosen(record, form, "flag"), "evidence": [span_of(record, form)]}


MADE: Mapping[str, Callable[[Record, Mapping[str, str]], dict[str, Any]]] = {
    "event": _event, "statement": _statement, "entity": _entity, "negotiation": _negotiation, "flag": _flag,
}  # fmt: skip
ADDED: Mapping[str, tuple[Field, ...]] = {
    **{kind: tuple(fields.values()) for kind, fields in FIELDS.items()},
    "flag": (Field("kind", ""), Field("message", ""), *FIELDS["flag"].values()),
}
