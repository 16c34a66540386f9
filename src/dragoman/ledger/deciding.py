"""What people decide of actors across reports: some are one, and one is two.

They are stored among the other corrections, with no report of their own, and applied whenever the ledger is joined.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from dragoman.errors import UsageError
from dragoman.ledger import schema
from dragoman.ledger.correction import Correction, now
from dragoman.ledger.corrections import all_corrections, note_unplaced, store
from dragoman.ledger.store import Ledger

MARK = 8  # hex digits that tell an actor who was split off


@dataclass(frozen=True, slots=True)
class Parted:
    """Somebody who was split off: the key, the name that was given, the reports that mean this one, `Report.id`."""

    key: str
    name: str | None
    reports: frozenset[str]


def merge_actors(ledger: Ledger, kept: str, others: Sequence[str], *, who: str, why: str = "") -> Correction:
    """Store that actors are one, under the first key; UsageError where one is not in the ledger.

    Keys are those that `dragoman who` prints. It holds from the next joining on.

    >>> merge_actors(ledger, "Q1124", ["billy clinton, USA"], who="A. Editor").action
    'merge'
    """
    return _decided(ledger, _correction("merge", kept, list(others), who, why))


def split_actor(
    ledger: Ledger, actor: str, reports: Sequence[str], *, who: str, name: str | None = None, why: str = ""
) -> Correction:
    """Store that an actor is somebody else in some reports, by their ids or addresses; UsageError as above."""
    return _decided(ledger, _correction("split", actor, {"reports": list(reports), "name": name}, who, why))


def decisions_of(connection: Connection) -> list[Correction]:
    """Return what was decided of actors, oldest first, without what was taken back."""
    return [one for one in all_corrections(connection) if one.kind == "actor" and not one.withdrawn]


def parted(correction: Correction) -> Parted:
    """Return whom a split makes."""
    value = correction.said
    assert isinstance(value, dict)
    return Parted(f"{correction.target} #{correction.id[:MARK]}", value.get("name"), frozenset(value["reports"]))


def take(connection: Connection, correction: Correction) -> tuple[Correction | None, str | None]:
    """Store a decision; return it, None where it is known, and why the ledger has no place for it as yet.

    Reports may be given by the beginning of their ids or by address. UsageError where it makes no sense.
    """
    correction, missing = _with_reports(connection, _checked(correction))
    if not store(connection, correction):
        return None, None
    reason = _unknown(connection, correction) or missing
    note_unplaced(connection, [correction], {correction.id: reason} if reason else {})
    return correction, reason


def note_places(connection: Connection) -> None:
    """Note which decisions name an actor that the ledger does not have, after it was joined."""
    decided = decisions_of(connection)
    made = {parted(one).key for one in decided if one.action == "split"}
    merged = {key for one in decided if one.action == "merge" for key in _keys(one.said)}
    for one in decided:
        reason = None if one.target in made | merged else _unknown(connection, one, targets_only=True)
        note_unplaced(connection, [one], {one.id: reason} if reason else {})


def _decided(ledger: Ledger, correction: Correction) -> Correction:
    with ledger.writing() as connection:
        stored, reason = take(connection, correction)
        if reason:
            raise UsageError(reason)
    return stored or correction


def _correction(action: str, target: str, value: object, who: str, why: str) -> Correction:
    said = msgspec.Raw(msgspec.json.encode(value, order="sorted"))
    return Correction(
        report="", action=action, kind="actor", target=target, value=said, who=who, at=now(), why=why  # type: ignore[arg-type]
    )  # fmt: skip


def _checked(correction: Correction) -> Correction:
    value = correction.said
    if not correction.target:
        raise UsageError("name the actor as target, by the key that `dragoman who` prints")
    if correction.action == "merge":
        if not _keys(value) or correction.target in _keys(value):
            raise UsageError("merge takes an actor, and as value a list of the keys of the others who are the same")
        return correction
    if correction.action != "split":
        raise UsageError(f"actors are merged or split; {correction.action} is for records of a report")
    reports = value.get("reports") if isinstance(value, dict) else None
    name = value.get("name") if isinstance(value, dict) else None
    if not _keys(reports) or not (name is None or isinstance(name, str)):
        raise UsageError('split takes an actor, and as value {"reports": […]} in which it is somebody else')
    return correction


def _keys(value: object) -> list[str]:
    """Return a list of words; an empty one where the value is anything else."""
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        return []
    return value


def _with_reports(connection: Connection, correction: Correction) -> tuple[Correction, str | None]:
    """Return a split with the full ids of its reports, and which are not in the ledger."""
    if correction.action != "split":
        return correction, None
    value = dict(correction.said)  # type: ignore[call-overload]
    found = {given: _ids(connection, given) for given in value["reports"]}
    missing = [given for given, ids in found.items() if not ids]
    value["reports"] = sorted({id_ for given, ids in found.items() for id_ in ids or [given]})
    whole = msgspec.structs.replace(correction, value=msgspec.Raw(msgspec.json.encode(value, order="sorted")))
    return whole, f"there is no report {missing[0]}" if missing else None


def _ids(connection: Connection, given: str) -> list[str]:
    """Return the ids of the reports that an id, the beginning of one, or an address means."""
    reports, sightings = schema.reports.c, schema.sightings.c
    full = given if given.startswith("sha256:") else f"sha256:{given}"
    by_id = select(reports.id).where(reports.id >= full, reports.id < full + "g").limit(2)
    found = list(connection.execute(by_id).scalars())
    if len(found) == 1:
        return found
    by_address = select(reports.id).join(schema.sightings, sightings.report == reports.key)
    return list(connection.execute(by_address.where(sightings.uri == given, sightings.current)).scalars())


def _unknown(connection: Connection, correction: Correction, *, targets_only: bool = False) -> str | None:
    """Return that the ledger has no actor of a key that is named; None where it has them all."""
    keys = [correction.target or "", *([] if targets_only or correction.action == "split" else _keys(correction.said))]
    actors = schema.actors.c.id
    known = set(connection.execute(select(actors).where(actors.in_(keys))).scalars())
    missing = next((key for key in keys if key not in known), None)
    return f"there is no actor {missing}; `dragoman who` prints the keys" if missing else None
