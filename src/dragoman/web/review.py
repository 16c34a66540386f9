"""The review: records one by one, judged with the keyboard, and how far the reviewers agree."""

from typing import Annotated, cast
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.ledger.anchors import anchors_of, targets_of
from dragoman.ledger.correction import Action, Kind
from dragoman.ledger.review import exported, imported
from dragoman.records import Record
from dragoman.render.passage import passage_of
from dragoman.web.fields import FIELDS, KINDS, Field
from dragoman.web.given import TheLedger, ThePages
from dragoman.web.pages import form_of
from dragoman.web.queues import ORDERS, next_of
from dragoman.web.reviewers import JUDGEMENTS, agreement_of, judged_by, judgements_in, of_kind

router = APIRouter(include_in_schema=False)
LONGEST = 200  # characters of a reviewer's name
KEPT = ("who", "q", "kind", "order", "skip")  # what the address of the review says


@router.get("/review")
def review(
    request: Request,
    ledger: TheLedger,
    pages: ThePages,
    who: str = "",
    q: str = "",
    kind: str = "event",
    order: str = "uncertain",
    skip: int = 0,
) -> Response:
    """Show the next record that a reviewer has not judged."""
    who, error, place, skip = who.strip()[:LONGEST], None, None, max(0, skip)
    named = _kind(kind)
    if order not in ORDERS:
        raise HTTPException(422, f"There is no such order; there are {', '.join(ORDERS)}.")
    judged = judged_by(ledger, who) if who else set()
    try:
        begun = {(report.removeprefix("sha256:")[:16], id_) for report, id_ in judged}
        place = next_of(ledger, named, q, order, begun, skip) if who else None
    except UsageError as fault:
        error = str(fault)
    judgements = judgements_in(ledger)
    values = {
        "who": who, "q": q, "kind": kind, "order": order, "skip": skip, "error": error, "card": None,
        "kinds": KINDS, "orders": ORDERS,
        "agreement": agreement_of(judgements),
        "agreements": {one: agreement_of(of_kind(judgements, one)) for one in KINDS},
        "done": len(judged),
    }  # fmt: skip
    if place is not None:
        values["card"] = _card(ledger, named, *place)
    return pages.response(request, "review.html", values)


@router.post("/review/{report}/{id}")
def judge(ledger: TheLedger, report: str, id: str, form: Annotated[dict[str, str], Depends(form_of)]) -> Response:
    """Keep a judgement and go on to the next record."""
    action, who = form.get("action", ""), form.get("who", "").strip()[:LONGEST]
    if action not in JUDGEMENTS or not who:
        raise HTTPException(422, "A judgement is accept, change or reject, and has the name of who makes it.")
    record = ledger.record(report, raw=True)
    kind = _kind_of(record, id)
    field, value = None, None
    if action == "change":
        field = form.get("field", "")
        if field not in FIELDS[kind]:
            raise HTTPException(422, f"What is changed here of {kind} is {', '.join(FIELDS[kind])}.")
        value = FIELDS[kind][field].value(form.get("value", ""), record)
    _keep(ledger, record, id, kind, cast(Action, action), who, field, value)
    words = {name: form[name] for name in KEPT if name in form}
    return RedirectResponse(f"/review?{urlencode(words)}", 303)


@router.get("/review.jsonl")
def export(ledger: TheLedger) -> Response:
    """Give everything that reviewers said, as `dragoman review export` writes it."""
    return StreamingResponse(
        exported(ledger),
        media_type="application/jsonl",
        headers={"content-disposition": 'attachment; filename="review.jsonl"'},
    )


def _card(ledger: Ledger, kind: Kind, report: str, id_: str) -> dict[str, object]:
    """Return what is shown of a record that is to be judged, and what can be changed of it."""
    record = ledger.record(report, raw=True)
    target = next(one for name, _, one in targets_of(record) if name == id_)
    said, _, rest = passage_of(record, id_).partition("\n")
    names = {entity.id: f"{entity.name} ({entity.id})" for entity in record.entities}

    def choice(field: Field) -> dict[str, object]:
        values = [] if field.values is None else [*([""] if field.empty else []), *field.values(record)]
        options = [(value, names.get(value, value) if field.name == "source" else value) for value in values]
        return {"field": field, "options": options, "now": getattr(target, field.name) or ""}

    return {
        "ref": f"{report}/{id_}",
        "report": report,
        "id": id_,
        "said": said,
        "passage": rest.strip("\n"),
        "confidence": getattr(target, "confidence", None),
        "choices": [choice(field) for field in FIELDS[kind].values()],
    }


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise HTTPException(422, f"There is no such kind; there are {', '.join(KINDS)}.")
    return kind


def _kind_of(record: Record, id_: str) -> Kind:
    found = next((kind for name, kind, _ in targets_of(record) if name == id_), None)
    if found not in FIELDS:
        raise LookupError(f"the report has no {id_} to be judged")
    return cast(Kind, found)


def _keep(
    ledger: Ledger, record: Record, id: str, kind: Kind, action: Action, who: str, field: str | None, value: str | None
) -> None:
    """Store a judgement of what was read; one of what another reviewer has taken out has no place, and counts."""
    line = {
        "action": action, "report": record.report.id, "target": id, "kind": kind, "field": field,
        "value": value, "who": who, "anchors": anchors_of(record, {id}),
    }  # fmt: skip
    imported(ledger, msgspec.json.encode(line))
