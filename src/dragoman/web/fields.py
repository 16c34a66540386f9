"""What reviewers change of a record, by its kind: the fields, and the values that each may have."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from fastapi import HTTPException

from dragoman import ontology
from dragoman.errors import UsageError
from dragoman.ledger.correction import Kind
from dragoman.ledger.filter_values import country
from dragoman.records import Attribution, EntityKind, Record, Severity, StatementKind, Status

LONGEST = 300  # characters of a name or a subject


@dataclass(frozen=True, slots=True)
class Field:
    """A field: the values to choose from, None where one is written; its key; whether it may be left empty."""

    name: str
    key: str
    values: Callable[[Record], Sequence[str]] | None = None
    check: Callable[[str], str] = str
    empty: bool = False

    def value(self, written: str, record: Record) -> str | None:
        """Return the value that was chosen or written; 422 where it is none."""
        if not written and self.empty:
            return None
        if self.values is not None and written not in self.values(record):
            raise HTTPException(422, f"{self.name} is chosen from those listed.")
        try:
            value = self.check(written.strip())[:LONGEST]
        except UsageError as error:
            raise HTTPException(422, f"{self.name} {written[:40]!r} {error}.") from None
        if not value:
            raise HTTPException(422, f"{self.name} cannot be empty.")
        return value


def _of(*values: str) -> Callable[[Record], Sequence[str]]:
    return lambda record: values


def _entities(record: Record) -> Sequence[str]:
    return [entity.id for entity in record.entities]


def _code(written: str) -> str:
    return str(country(written).value)


TYPE = Field("type", "t", _of(*ontology.types()))
STATUS = Field("status", "u", _of(*get_args(Status)))
CHANGED: Mapping[Kind, tuple[Field, ...]] = {
    "event": (TYPE, STATUS),
    "statement": (
        Field("kind", "t", _of(*get_args(StatementKind))),
        Field("source", "u", _entities, empty=True),
        Field("attribution", "i", _of(*get_args(Attribution)), empty=True),
    ),
    "entity": (
        Field("kind", "t", _of(*get_args(EntityKind))),
        Field("country", "u", check=_code, empty=True),
        Field("sector", "i", _of(*ontology.sectors()), empty=True),
        Field("name", "n"),
    ),
    "negotiation": (Field("subject", "t"),),
    "flag": (Field("severity", "t", _of(*get_args(Severity))),),
}
FIELDS: Mapping[Kind, Mapping[str, Field]] = {
    kind: {field.name: field for field in fields} for kind, fields in CHANGED.items()
}
KINDS: tuple[Kind, ...] = tuple(FIELDS)
