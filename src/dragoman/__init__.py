"""Dragoman reads news of diplomacy and conflict and writes the ledger: who said what, who did what to whom."""

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
from dragoman.ledger import Ledger
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
