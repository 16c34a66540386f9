"""A record while it is corrected: as JSON, whose parts can be set, and whose ids can be followed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.errors import UsageError
from dragoman.ledger.correction import Correction
from dragoman.records import Record

Json = dict[str, Any]  # a record or a part of one, as JSON has it

LISTS = {"entity": "entities", "statement": "statements", "event": "events", "negotiation": "negotiations",
         "flag": "flags"}  # fmt: skip
PREFIXES = {"entity": "e", "statement": "s", "event": "v", "negotiation": "n", "proposal": "p"}
NAMING = {"source", "addressee", "inside", "claimed_in", "entity", "held_by", "answers"}  # fields with one id
NAMING_MANY = {"actors", "recipients", "parties", "by", "to"}
HOLDING = NAMING | NAMING_MANY | {"negotiation", "gives", "gets", "status_by", "proposals", "obstacles"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A record on its way: as JSON, with what is said of it."""

    record: Record
    correction: Correction
    json: Json
    target: str | None
    value: object

    def all(self, kind: str) -> list[Json]:
        """Return the records of a kind; a proposal's list is its negotiation's."""
        if kind == "proposal":
            return [proposal for bargain in self.json["negotiations"] for proposal in bargain["proposals"]]
        return list(self.json[LISTS[kind]])

    def one(self) -> Json:
        """Return the record that is corrected; UsageError where it is not there."""
        kind = self.correction.kind
        if kind == "report":
            return dict_of(self.json["report"])
        if kind == "flag":
            numbers = {f"f{n}": flag for n, flag in enumerate(self.json["flags"], 1)}
            if self.target in numbers:
                return dict_of(numbers[self.target])
        for item in self.all(kind) if kind != "flag" else ():
            if item["id"] == self.target:
                return item
        raise UsageError(f"the report has no {kind} {self.target}")

    def new_id(self) -> str:
        """Return the id of a record that a person adds: the same at every reading."""
        return f"{PREFIXES[self.correction.kind]}-{self.correction.id[:8]}"


def dict_of(value: object) -> Json:
    """Return a value that must be a JSON object; UsageError where it is not."""
    if not isinstance(value, dict):
        raise UsageError("the value must be a JSON object")
    return value


def renamed(value: object, names: Mapping[str, str | None]) -> None:
    """Put other ids in the fields that name records, wherever they stand; None takes them out."""
    if isinstance(value, list):
        for one in value:
            renamed(one, names)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name in NAMING and inner in names:
                value[name] = names[inner]
            elif name in NAMING_MANY and isinstance(inner, list):
                new = [names.get(id_, id_) for id_ in inner]
                value[name] = list(dict.fromkeys(id_ for id_ in new if id_ is not None))
            else:
                renamed(inner, names)


def with_places(field: str | None, value: object, places: Mapping[str, str]) -> object:
    """Return what was said, with the ids of this reading in it; `field` is the field that was changed, if any."""
    return _followed(field, value, lambda id_: places.get(id_, id_))


def ids_in(field: str | None, value: object) -> set[str]:
    """Return the ids that a value may name."""
    named: list[str] = []

    def noted(id_: str) -> str:
        named.append(id_)
        return id_

    _followed(field, value, noted)
    return set(named)


def _followed(field: str | None, value: object, place: Callable[[str], str]) -> object:
    if field is not None and not isinstance(value, dict) and field.split(".")[-1] not in NAMING | NAMING_MANY:
        return value
    return _placed(value, place)


def _placed(value: object, place: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return place(value)
    if isinstance(value, list):
        return [_placed(one, place) for one in value]
    if isinstance(value, dict):
        return {name: _placed(inner, place) if name in HOLDING else inner for name, inner in value.items()}
    return value


def with_words(value: object, record: Record) -> object:
    """Return a value whose spans have their words, which a person need not write out."""
    if isinstance(value, list):
        return [with_words(one, record) for one in value]
    if isinstance(value, dict):
        whole = {name: with_words(inner, record) for name, inner in value.items()}
        start, end = whole.get("start"), whole.get("end")
        if isinstance(start, int) and isinstance(end, int) and "text" not in whole:
            whole["text"] = (record.report.title or "" if whole.get("in") == "title" else record.report.text)[start:end]
        return whole
    return value
