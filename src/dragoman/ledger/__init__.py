"""The ledger: an archive of records that answers questions, in one file or in PostgreSQL."""

from dragoman.ledger.store import Ledger

__all__ = ["Ledger"]
