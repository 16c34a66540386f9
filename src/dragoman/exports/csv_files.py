"""CSV of our own: a file a list, joined by `report_id`, with a manifest.

Spans are three columns; a list of them joins its offsets with `; ` and its words with ` … `. What has fields of its own
(the items of a proposal) is JSON. Text that a spreadsheet would run is defused.
"""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from dragoman.exports.cells import SEPARATOR, part, quoted_cell
from dragoman.exports.choice import Settings
from dragoman.exports.manifest import Manifest
from dragoman.exports.tables import TABLES, Kind, Table
from dragoman.exports.words import GAP
from dragoman.records import Record

SPAN = ("start", "end", "text")


class CsvFiles:
    """Writes `reports.csv`, `events.csv` and the others into a folder."""

    def __init__(self, target: Path, settings: Settings) -> None:
        self._folder = target
        self._manifest = Manifest(settings.command)
        self._files = {table.name: _path(target, table).open("w", encoding="utf-8", newline="") for table in TABLES}
        self._writers = {name: csv.writer(file, lineterminator="\n") for name, file in self._files.items()}
        self._rows = dict.fromkeys(self._files, 0)
        for table in TABLES:
            self._writers[table.name].writerow(header_of(table))

    def write(self, record: Record) -> None:
        """Write the rows of a record."""
        self._manifest.saw(record)
        for table in TABLES:
            for row in table.rows(record):
                cells = zip(table.columns.values(), row, strict=True)
                self._writers[table.name].writerow([cell for kind, value in cells for cell in _cells(kind, value)])
                self._rows[table.name] += 1

    def finish(self) -> None:
        """Close the files and write the manifest."""
        for table in TABLES:
            self._files[table.name].close()
            self._manifest.wrote(_path(self._folder, table), self._rows[table.name])
        self._manifest.write(self._folder)


def _path(folder: Path, table: Table) -> Path:
    return folder / f"{table.name}.csv"


def header_of(table: Table) -> list[str]:
    """Return the names of a file's columns."""
    return [name for column, kind in table.columns.items() for name in _names(column, kind)]


def _names(column: str, kind: Kind) -> tuple[str, ...]:
    return tuple(f"{column}_{edge}" for edge in SPAN) if kind in ("span", "spans") else (column,)


def _cells(kind: Kind, value: Any) -> Iterator[str | int | float]:
    if kind == "span":
        yield from ("", "", "") if value is None else (value["start"], value["end"], quoted_cell(value["text"]))
    elif kind == "spans":
        yield SEPARATOR.join(str(span["start"]) for span in value)
        yield SEPARATOR.join(str(span["end"]) for span in value)
        yield quoted_cell(GAP.join(span["text"] for span in value))
    else:
        yield _cell(kind, value)


def _cell(kind: Kind, value: Any) -> str | int | float:
    if value is None:
        return ""
    if kind == "texts":
        return SEPARATOR.join(map(part, value))
    if kind == "flag":
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return quoted_cell(json.dumps(value, ensure_ascii=False))
    return quoted_cell(value) if isinstance(value, str) else value
