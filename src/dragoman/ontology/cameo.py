"""The crosswalk between PLOVER and CAMEO, as data.

`cameo.csv` has a row for each CAMEO code with its value on CAMEO's Goldstein scale and the PLOVER type, mode and
context that it goes to; a code that several modes or contexts lead to has several rows, its first is the way to PLOVER.
`*` in `back` marks the rows that lead from PLOVER to CAMEO. Labels are ours. PLOVER has fewer types than CAMEO has
codes, so the way back is a choice: the most particular code that fits, else the type's general one. The contexts
`executive` and `political_institutions` choose no code: an act of a president is no change of leadership.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Basis = Literal["type", "type and mode", "type and context", "type, mode and context"]
ROOT_ONLY = "0"  # the third digit of a code that says no more than its root


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code: its value from -10 (conflict) to 10 (cooperation), and the PLOVER that it stands for.

    `type` is None for the codes that PLOVER dropped; `mode` and `context` are None where any will do.
    """

    code: str
    label: str
    goldstein: float
    type: str | None
    mode: str | None
    context: str | None

    @property
    def root(self) -> str:
        """The two digits of its root code."""
        return self.code[:2]

    @property
    def base(self) -> str:
        """The three digits of its base code."""
        return self.code[:3]

    @property
    def basis(self) -> Basis:
        """What of a PLOVER event chose this code."""
        if self.mode:
            return "type, mode and context" if self.context else "type and mode"
        return "type and context" if self.context else "type"


@cache
def _rows() -> tuple[tuple[CameoCode, bool], ...]:
    text = (files("dragoman.ontology") / "cameo.csv").read_text("utf-8")
    return tuple((_code(row), row["back"] == "*") for row in csv.DictReader(text.splitlines()))


def _code(row: dict[str, str]) -> CameoCode:
    return CameoCode(
        row["code"],
        row["label"],
        float(row["goldstein"]),
        row["type"] or None,
        row["mode"] or None,
        row["context"] or None,
    )


@cache
def codes() -> dict[str, CameoCode]:
    """Return all codes by their digits, each with the PLOVER that it goes to.

    >>> codes()["1712"].type, codes()["1712"].mode
    ('ASSAULT', 'destroy')
    """
    found: dict[str, CameoCode] = {}
    for code, _ in _rows():
        found.setdefault(code.code, code)
    return found


def code_named(digits: str) -> CameoCode | None:
    """Return the code of these digits; a root alone is its general code; None where CAMEO has none.

    >>> code_named("19").code, code_named("99")
    ('190', None)
    """
    return codes().get(digits) or codes().get(digits + ROOT_ONLY)


def cameo_of(type_: str, modes: tuple[str, ...], contexts: tuple[str, ...]) -> CameoCode:
    """Return the CAMEO code of a PLOVER event: the mode weighs more than the context, the first named of each most.

    >>> cameo_of("ACCUSE", ("allege",), ("corruption",)).code
    '1121'
    >>> cameo_of("SUPPORT", (), ("election",)).code
    '050'
    """
    fits = [code for code in _back()[type_] if _among(code.mode, modes) and _among(code.context, contexts)]
    return max(fits, key=lambda code: (_weight(code.mode, modes), _weight(code.context, contexts), len(code.code)))


@cache
def _back() -> dict[str, tuple[CameoCode, ...]]:
    types = {code.type for code, back in _rows() if back and code.type}
    return {type_: tuple(code for code, back in _rows() if back and code.type == type_) for type_ in types}


def _among(word: str | None, words: tuple[str, ...]) -> bool:
    return word is None or word in words


def _weight(word: str | None, words: tuple[str, ...]) -> int:
    """The first of an event's words weighs most; a code that asks for none weighs nothing."""
    return 0 if word is None else len(words) - words.index(word)
