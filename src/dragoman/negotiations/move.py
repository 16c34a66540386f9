"""What one sentence tells of a bargain."""

from dataclasses import dataclass

from dragoman.negotiations.tables import MoveKind
from dragoman.records import Item


@dataclass(frozen=True, slots=True)
class Move:
    """One telling of a proposal: token offset of its word, its sides and its items."""

    trigger: int
    kind: MoveKind
    sentence: tuple[int, int]
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    gives: tuple[Item, ...] = ()
    gets: tuple[Item, ...] = ()
    firm: bool = False
    noun: bool = False
    struck: bool = False
    completes: bool = False
