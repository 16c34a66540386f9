"""PLOVER as data: types, modes, scores, the leaves that the coder tells apart, and the older convention's types.

Source: the PLOVER codebook of 2021 (Open Event Data Alliance).
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dragoman.records import Quad


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the coder tells apart: a PLOVER type with its mode, or a finer sense of a type.

    `type` is None for the leaf NONE, which is no event; `cameo` is the type under CAMEO's habits.
    """

    name: str
    type: str | None
    mode: str | None
    cameo: str | None


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER type: its quad, its score, and its modes with theirs."""

    name: str
    quad: Quad
    score: float
    modes: dict[str, float]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files(__name__) / "plover.toml").read_text("utf-8"))


@cache
def version() -> str:
    """Return the ontology's name and year, as `read_by.ontology` has it."""
    return str(_data()["version"])


@cache
def types() -> dict[str, EventType]:
    """Return the 16 types by name.

    >>> types()["CONSULT"].modes["phone"]
    1.5
    """
    return {
        name: EventType(name, row["quad"], row["score"], row.get("modes", {})) for name, row in _data()["types"].items()
    }


@cache
def leaves() -> dict[str, Leaf]:
    """Return the leaves by name, NONE last.

    >>> leaves()["SANCTION.embargo"]
    Leaf(name='SANCTION.embargo', type='SANCTION', mode='discontinue', cameo='COERCE')
    """
    return {name: _leaf(name, row) for name, row in _data()["leaves"].items()}


def _leaf(name: str, row: dict[str, str]) -> Leaf:
    type_, _, sense = name.partition(".")
    if not sense:
        return Leaf(name, None, None, None)
    return Leaf(name, type_, row.get("mode", sense) or None, row.get("cameo", type_))


@cache
def contexts() -> tuple[str, ...]:
    """Return the 37 contexts in the codebook's order."""
    return tuple(_data()["contexts"])


@cache
def sectors() -> tuple[str, ...]:
    """Return the sector codes."""
    return tuple(_data()["sectors"])


def intensity(type_: str, modes: tuple[str, ...]) -> float:
    """Return the PLOVER score of an event, from -10 (conflict) to 10 (cooperation).

    The first mode's own score, where it has one, else the type's.

    >>> intensity("ASSAULT", ("aerial",))
    -9.5
    """
    own = types()[type_]
    return next((own.modes[mode] for mode in modes if mode in own.modes), own.score)
