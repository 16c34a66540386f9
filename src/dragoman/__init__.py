"""Dragoman reads news of diplomacy and conflict and writes the ledger: who said what, who did what to whom."""

from typing import TYPE_CHECKING, Any

from dragoman.errors import (
    DragomanError,
    EmptyDocument,
    LedgerError,
    LedgerTooNew,
    MissingModel,
    OtherLanguage,
    UnreadableSource,
    UsageError,
)
from dragoman.reader import Reader, read
from dragoman.records import (
    Entity,
    Event,
    Failure,
    Flag,
    Mention,
    Negotiation,
    Record,
    Report,
    Span,
    Statement,
    as_json,
    from_json,
)
from dragoman.sources import SourceOptions

if TYPE_CHECKING:
    from dragoman.ledger import Ledger

__all__ = [
    "DragomanError",
    "EmptyDocument",
    "Entity",
    "Event",
    "Failure",
    "Flag",
    "Ledger",
    "LedgerError",
    "LedgerTooNew",
    "Mention",
    "MissingModel",
    "Negotiation",
    "OtherLanguage",
    "Reader",
    "Record",
    "Report",
    "SourceOptions",
    "Span",
    "Statement",
    "UnreadableSource",
    "UsageError",
    "as_json",
    "from_json",
    "read",
]


def __getattr__(name: str) -> Any:
    """Import the ledger when it is asked for: a reading does without its database library."""
    if name != "Ledger":
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    from dragoman.ledger import Ledger

    return Ledger
