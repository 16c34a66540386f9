"""Corrections applied: the record that a person would have read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from dragoman.errors import UsageError
from dragoman.ledger.actions import ACTIONS
from dragoman.ledger.anchors import found
from dragoman.ledger.checking import fault_of
from dragoman.ledger.correction import Correction
from dragoman.ledger.drafts import Draft, with_places
from dragoman.records import Record, as_json


@dataclass(frozen=True, slots=True)
class Applied:
    """A corrected record, what was said of its records by id, and which corrections found no place, with the reason."""

    record: Record
    reviews: Mapping[str, str] = field(default_factory=dict)
    unplaced: Mapping[str, str] = field(default_factory=dict)


def applied(record: Record, corrections: Sequence[Correction]) -> Applied:
    """Return a record with corrections applied, in the order in which they were made."""
    reviews: dict[str, str] = {}
    unplaced: dict[str, str] = {}
    for correction in corrections:
        try:
            record, reviewed = after(record, correction)
        except UsageError as error:
            unplaced[correction.id] = str(error)
        else:
            reviews |= reviewed
    return Applied(record, reviews, unplaced)


def after(record: Record, correction: Correction) -> tuple[Record, dict[str, str]]:
    """Return the record after one correction, and what was said of which record; UsageError where it has no place."""
    places = found(record, correction.anchors)
    missing = [id_ for id_ in correction.anchors if id_ not in places]
    if missing:
        told = ", ".join(f"{id_} ({correction.anchors[id_].label})" for id_ in missing)
        raise UsageError(f"this reading of the report has no {told}")
    target = places.get(correction.target or "", correction.target)
    value = with_places(correction.field, correction.said, places)
    draft = Draft(record, correction, msgspec.json.decode(as_json(record)), target, value)
    reviewed = ACTIONS[correction.action](draft)
    if correction.action == "accept":
        return record, reviewed
    try:
        corrected = msgspec.convert(draft.json, Record)
    except msgspec.ValidationError as error:
        raise UsageError(f"makes no record: {error}") from error
    fault = fault_of(corrected)
    if fault is not None:
        raise UsageError(f"makes a record that {fault}")
    return corrected, reviewed
