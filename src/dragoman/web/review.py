"""The review: the least certain events one by one, judged with the keyboard, and how far the reviewers agree."""

from itertools import islice
from typing import Annotated, cast
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from dragoman import ontology
from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.ledger.anchors import anchors_of
from dragoman.ledger.answers import EventRow
from dragoman.ledger.correction import Action
from dragoman.ledger.review import correct, exported, imported
from dragoman.render.passage import passage_of
from dragoman.web.given import TheLedger, ThePages
from dragoman.web.pages import form_of
from dragoman.web.reviewers import JUDGEMENTS, agreement_of, judged_by, judgements_in

router = APIRouter(include_in_schema=False)
STATUSES = ("actual", "historical", "future", "hypothetical", "negated", "standing")
CHOICES = {"type": tuple(ontology.types()), "status": STATUSES}
LONGEST = 200  # characters of a reviewer's name


@router.get("/review")
def review(request: Request, ledger: TheLedger, pages: ThePages, who: str = "", q: str = "", skip: int = 0) -> Response:
    """Show the next event that a reviewer has not judged."""
    who, error, event, passage = who.strip()[:LONGEST], None, None, None
    try:
        event = _next(ledger, q, who, max(0, skip)) if who else None
    except UsageError as fault:
        error = str(fault)
    if event is not None:
        report, _, id_ = event.ref.partition("/")
        passage = passage_of(ledger.record(report, raw=True), id_)
    values = {
        "who": who,
        "q": q,
        "skip": max(0, skip),
        "error": error,
        "event": event,
        "passage": passage,
        "choices": CHOICES,
        "agreement": agreement_of(judgements_in(ledger)),
        "done": len(judged_by(ledger, who)) if who else 0,
    }
    return pages.response(request, "review.html", values)


@router.post("/review/{report}/{id}")
def judge(ledger: TheLedger, report: str, id: str, form: Annotated[dict[str, str], Depends(form_of)]) -> Response:
    """Keep a judgement and go on to the next event."""
    action, who = form.get("action", ""), form.get("who", "").strip()[:LONGEST]
    if action not in JUDGEMENTS or not who:
        raise HTTPException(422, "A judgement is accept, change or reject, and has the name of who makes it.")
    field, value = (form.get("field"), form.get("value")) if action == "change" else (None, None)
    if action == "change" and (field not in CHOICES or value not in CHOICES[field]):
        raise HTTPException(422, "What is changed here is the type or the status, into one of those listed.")
    _keep(ledger, report, id, cast(Action, action), who, field, value)
    words = {"who": who, "q": form.get("q", ""), "skip": form.get("skip", "0")}
    return RedirectResponse(f"/review?{urlencode(words)}", 303)


@router.get("/review.jsonl")
def export(ledger: TheLedger) -> Response:
    """Give everything that reviewers said, as `dragoman review export` writes it."""
    return StreamingResponse(
        exported(ledger),
        media_type="application/jsonl",
        headers={"content-disposition": 'attachment; filename="review.jsonl"'},
    )


def _next(ledger: Ledger, q: str, who: str, skip: int) -> EventRow | None:
    """Return the least certain event, as the machine read it, that a reviewer has not judged."""
    judged = {(report.removeprefix("sha256:")[:16], id_) for report, id_ in judged_by(ledger, who)}
    left = (
        row
        for row in ledger.events(q, sort="confidence", raw=True)
        if (row.ref.partition("/")[0], row.ref.partition("/")[2]) not in judged
    )
    return next(islice(left, skip, None), None)


def _keep(ledger: Ledger, report: str, id: str, action: Action, who: str, field: str | None, value: str | None) -> None:
    """Store a judgement, also of what another reviewer has taken out of the ledger: it has no place, and counts."""
    try:
        correct(ledger, f"{report}/{id}", action, who=who, field=field, value=value)
    except (UsageError, LookupError):
        record = ledger.record(report, raw=True)
        if id not in {event.id for event in record.events}:
            raise LookupError(f"the report has no event {id}") from None
        line = {
            "action": action, "report": record.report.id, "target": id, "kind": "event", "field": field,
            "value": value, "who": who, "anchors": anchors_of(record, {id}),
        }  # fmt: skip
        imported(ledger, msgspec.json.encode(line))
