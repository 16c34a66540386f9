"""What people say of records: made one by one, or moved between ledgers as JSON lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec
from sqlalchemy import Connection, select

from dragoman.errors import UsageError
from dragoman.ledger import schema
from dragoman.ledger.anchors import anchors_of
from dragoman.ledger.applying import after, applied
from dragoman.ledger.correction import Action, Anchor, Correction, Kind, now
from dragoman.ledger.corrections import all_corrections, corrections_of, store, take_back
from dragoman.ledger.deciding import take
from dragoman.ledger.drafts import ids_in
from dragoman.ledger.readings import make_again, record_of
from dragoman.ledger.store import Ledger
from dragoman.records import Record

KINDS: dict[str, Kind] = {
    "e": "entity",
    "s": "statement",
    "v": "event",
    "n": "negotiation",
    "p": "proposal",
    "f": "flag",
}
Fate = Literal["stored", "known", "unplaced"]


class Line(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A correction as a line of JSON: `report` and `target` apart, or `target` as REPORT/ID."""

    action: Action
    target: str | None = None
    report: str | None = None
    kind: Kind | None = None
    field: str | None = None
    value: msgspec.Raw = msgspec.Raw(b"null")
    who: str = ""
    at: str = ""
    why: str = ""
    anchors: dict[str, Anchor] = {}
    withdrawn: str | None = None
    unplaced: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one line."""

    fate: Fate
    reason: str = ""


def correct(
    ledger: Ledger,
    target: str,
    action: Action,
    *,
    who: str,
    why: str = "",
    kind: Kind | None = None,
    field: str | None = None,
    value: object = None,
) -> Correction:
    """Store what a person says of a record, and show it from now on; UsageError where it makes no sense.

    `target` is REPORT/ID, such as 3f01ca0cbbc605d7/v3, or REPORT alone where a record is added or the report is meant.

    >>> correct(ledger, "3f01ca0cbbc605d7/v3", "change", field="type", value="SUPPORT", who="A. Editor").kind
    'event'
    """
    report, _, id_ = target.partition("/")
    line = Line(
        action=action, report=report, target=id_ or None, kind=kind, field=field, value=_raw(value), who=who, why=why
    )
    with ledger.writing() as connection:
        key, full = _report(connection, report)
        record = applied(record_of(connection, key), corrections_of(connection, [full]).get(full, ())).record
        correction = _correction(line, full, record)
        after(record, correction)
        store(connection, correction)
        make_again(connection, key)
    return correction


def withdraw(ledger: Ledger, id: str) -> None:
    """Take a correction back; it stays in the ledger, and is applied no more. LookupError where there is none."""
    with ledger.writing() as connection:
        report = take_back(connection, id, now())
        if report is None:
            raise LookupError(f"{ledger.name} has no correction {id}")
        key = connection.execute(select(schema.reports.c.key).where(schema.reports.c.id == report)).scalar()
        if key is not None:
            make_again(connection, key)


def exported(ledger: Ledger) -> Iterator[bytes]:
    """Yield all corrections as lines of JSON, oldest first."""
    with ledger.reading() as connection:
        for correction in all_corrections(connection):
            yield msgspec.json.encode(correction) + b"\n"


def imported(ledger: Ledger, data: bytes) -> Imported:
    """Store the correction that a line of JSON holds; UsageError where it is none.

    One whose report is not in the ledger waits for it; one without a place in the report's reading is stored all the
    same, with the reason.
    """
    try:
        line = msgspec.json.decode(data, type=Line)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise UsageError(f"is no correction: {error}") from error
    if line.kind == "actor":
        return _decided(ledger, line)
    report, _, id_ = (line.target or "").partition("/")
    if id_ or line.report is None:
        line = msgspec.structs.replace(line, report=report, target=id_ or None)
    with ledger.writing() as connection:
        try:
            key, full = _report(connection, line.report or "")
        except LookupError as error:
            return _waiting(connection, line, str(error))
        record = applied(record_of(connection, key), corrections_of(connection, [full]).get(full, ())).record
        correction = _correction(line, full, record)
        if not store(connection, correction):
            return Imported("known")
        make_again(connection, key)
        reason = select(schema.corrections.c.unplaced).where(schema.corrections.c.id == correction.id)
        unplaced = connection.execute(reason).scalar()
    return Imported("unplaced", unplaced) if unplaced else Imported("stored")


def _decided(ledger: Ledger, line: Line) -> Imported:
    """Store what a line says of actors across reports."""
    with ledger.writing() as connection:
        new, reason = take(connection, _correction(line, "", None))
    return Imported("unplaced", reason) if reason else Imported("stored" if new else "known")


def _waiting(connection: Connection, line: Line, reason: str) -> Imported:
    """Store a correction whose report is not there yet, if it says in full which one is meant."""
    if not (line.report or "").startswith("sha256:") or not (line.kind or line.target):
        raise UsageError(reason)
    new = store(connection, _correction(line, line.report or "", None))
    return Imported("unplaced" if new else "known", reason)


def _correction(line: Line, report: str, record: Record | None) -> Correction:
    """Return the correction that a line means, with the anchors of all that it names."""
    kind = line.kind or (KINDS.get(line.target[:1]) if line.target else "report")
    if kind is None:
        raise UsageError(f"{line.target!r} is no id of a record; an id is e1, s1, v1, n1, p1 or f1")
    if line.action == "change" and line.field is None:
        raise UsageError("a change names the field that it changes")
    value = msgspec.json.decode(line.value)
    correction = Correction(
        report=report,
        action=line.action,
        kind=kind,
        target=line.target,
        field=line.field,
        value=_raw(value),
        who=line.who,
        at=line.at or now(),
        why=line.why,
        withdrawn=line.withdrawn,
    )
    if line.anchors or record is None:
        return msgspec.structs.replace(correction, anchors=line.anchors)
    ids = ids_in(line.field, value) | ({line.target} if line.target else set())
    return msgspec.structs.replace(correction, anchors=anchors_of(record, ids))


def _report(connection: Connection, id: str) -> tuple[int, str]:
    """Return the number and the id of a report, by its id or the beginning of it."""
    full = id if id.startswith("sha256:") else f"sha256:{id}"
    reports = schema.reports.c
    asked = select(reports.key, reports.id).where(reports.id >= full, reports.id < full + "g").limit(2)
    rows = connection.execute(asked).all()
    if not id or not rows:
        raise LookupError(f"there is no report {id}")
    if len(rows) > 1:
        raise UsageError(f"several reports begin with {id}; write more of it")
    return rows[0].key, rows[0].id


def _raw(value: object) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(value, order="sorted"))
