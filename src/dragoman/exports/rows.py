"""Rows of the ledger's lists as JSON lines and CSV, a row in memory at a time."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from dragoman.exports.cells import SEPARATOR, part, quoted_cell
from dragoman.records import Struct


def json_lines(rows: Iterable[object]) -> Iterator[str]:
    """Yield rows as lines of JSON."""
    return (msgspec.json.encode(row, enc_hook=str).decode("utf-8", "backslashreplace") + "\n" for row in rows)


def csv_lines(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield rows as CSV with a header; what a spreadsheet would run is defused."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_cells(names))
    yield _taken(buffer)
    for values in rows:
        writer.writerow(_cells(values))
        yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _cells(values: Sequence[Any]) -> list[str]:
    return [_cell(value) for value in values]


def _cell(value: Any) -> str:
    """Return a value as a cell; several are joined, yes and no are words, numbers are left as they are."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return str(value)
        case tuple() | list():
            return SEPARATOR.join(part(str(one)) for one in value)
        case _:
            return quoted_cell(str(value))


def values_of(row: Struct) -> list[Any]:
    """Return the values of a row in the order of its columns."""
    return [getattr(row, name) for name in row.__struct_fields__]
