"""Data sets of the field read into records, to compare them with a ledger and to go on from them.

Such a file holds codes and no news. A row becomes the report of one event, its text the row itself; confidence is 0, so
that a filter by confidence never takes a row for something that was read.
"""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from dragoman.errors import UsageError
from dragoman.imports.gdelt import gdelt_records
from dragoman.imports.polecat import polecat_records
from dragoman.imports.rows_as_reports import LeftOut
from dragoman.records import Failure, Record

__all__ = ["FORMATS", "LeftOut", "importer_named"]

Importer = Callable[[BinaryIO, str], Iterator[Record | Failure | LeftOut]]

FORMATS: dict[str, Importer] = {"polecat": polecat_records, "gdelt": gdelt_records}


def importer_named(name: str) -> Importer:
    """Return what reads files of a format; UsageError where nothing does."""
    try:
        return FORMATS[name]
    except KeyError:
        raise UsageError(f"there is no import format {name!r}; name one of {', '.join(FORMATS)}") from None
