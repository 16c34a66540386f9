"""Parquet of our own: a folder a list, parted by publication month, spans as structs, with a manifest.

`events/month=2022-07/part-00000.parquet`; reports without a day are under `month=unknown`. Rows wait in memory until
there are `WAITING` in all; then the longest lists are written, so an archive that comes in any order gets row groups of
a good size and the same memory.
"""

import re
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.exports.choice import Settings
from dragoman.exports.manifest import Manifest
from dragoman.exports.tables import TABLES, Kind, Row, Table
from dragoman.records import Record

WAITING = 100_000  # rows of all lists; about 1,300 reports
OPEN = 128  # files; a system allows a process 1,024 or fewer
UNKNOWN_MONTH = "unknown"
NO_UTF8 = re.compile("[\ud800-\udfff]")
BY_NAME = {table.name: table for table in TABLES}
Part = tuple[str, str]  # a table's name, and a month


@dataclass
class _File:
    """A file that is being written."""

    path: Path
    writer: Any
    rows: int = 0


@dataclass
class _Files:
    """The parts of one export: rows that wait, files that are open."""

    folder: Path
    manifest: Manifest
    waiting: dict[Part, list[Row]] = field(default_factory=dict)
    count: int = 0
    open: OrderedDict[Part, _File] = field(default_factory=OrderedDict)
    begun: dict[Part, int] = field(default_factory=dict)

    def add(self, part: Part, row: Row) -> None:
        """Let a row wait; write the longest lists where too many do."""
        self.waiting.setdefault(part, []).append(row)
        self.count += 1
        if self.count >= WAITING:
            for longest in sorted(self.waiting, key=lambda part: -len(self.waiting[part])):
                self.write_group(longest)
                if self.count <= WAITING // 2:
                    break

    def write_group(self, part: Part) -> None:
        """Write what waits for a part as a row group."""
        rows = self.waiting.pop(part)
        self.count -= len(rows)
        file = self._file(part)
        file.writer.write_table(arrow_table(BY_NAME[part[0]], rows))
        file.rows += len(rows)

    def _file(self, part: Part) -> _File:
        if part in self.open:
            self.open.move_to_end(part)
            return self.open[part]
        if len(self.open) >= OPEN:
            self.close(next(iter(self.open)))
        table, month = part
        number = self.begun[part] = self.begun.get(part, -1) + 1
        path = self.folder / table / f"month={month}" / f"part-{number:05}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        writer = pq.ParquetWriter(path, schema_of(BY_NAME[table]), compression="zstd")
        self.open[part] = _File(path, writer)
        return self.open[part]

    def close(self, part: Part) -> None:
        """Close a part's file, with what it says of itself."""
        file = self.open.pop(part)
        file.writer.add_key_value_metadata(self.manifest.metadata())
        file.writer.close()
        self.manifest.wrote(file.path, file.rows)


class Parquet:
    """Writes the records into a folder of Parquet files."""

    def __init__(self, target: Path, settings: Settings) -> None:
        self._folder = target
        self._manifest = Manifest(settings.command)
        self._files = _Files(target, self._manifest)

    def write(self, record: Record) -> None:
        """Add the rows of a record."""
        self._manifest.saw(record)
        month = _month(record)
        for table in TABLES:
            for row in table.rows(record):
                self._files.add((table.name, month), row)

    def finish(self) -> None:
        """Write the rows that wait, close the files, write the manifest; a list without rows is a file without."""
        for part in sorted(self._files.waiting):
            self._files.write_group(part)
        for table in TABLES:
            if not any(name == table.name for name, _ in self._files.begun):
                self._files.waiting[table.name, UNKNOWN_MONTH] = []
                self._files.write_group((table.name, UNKNOWN_MONTH))
        for part in list(self._files.open):
            self._files.close(part)
        self._manifest.write(self._folder)


def _month(record: Record) -> str:
    """Return the month of publication, checked, since it becomes the name of a folder."""
    month = (record.report.published or "")[:7]
    return month if re.fullmatch(r"\d{4}-\d{2}", month, re.ASCII) else UNKNOWN_MONTH


def schema_of(table: Table) -> Any:
    """Return the pyarrow schema of a table."""
    types = _types()
    return pa.schema([pa.field(name, types[kind]) for name, kind in table.columns.items()])


def _types() -> dict[Kind, Any]:
    text, number = pa.string(), pa.int64()
    span = pa.struct([("start", number), ("end", number), ("text", text)])
    item = pa.struct([(name, text) for name in ("item", "kind", "entity", "held_by")])
    standing = pa.struct([("entity", text), ("status", text)])
    obstacle = pa.struct([("text", text), ("entity", text), ("evidence", pa.list_(span))])
    return {
        "text": text, "number": number, "decimal": pa.float64(), "flag": pa.bool_(), "day": pa.date32(),
        "texts": pa.list_(text), "span": span, "spans": pa.list_(span), "items": pa.list_(item),
        "standings": pa.list_(standing), "obstacles": pa.list_(obstacle),
    }  # fmt: skip


def arrow_table(table: Table, rows: list[Row]) -> Any:
    """Return rows as a pyarrow table."""
    schema = schema_of(table)
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [
        pa.array([_storable(value) for value in values], field.type)
        for values, field in zip(columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _storable(value: Any) -> Any:
    """Return a value with halves of surrogate pairs replaced, one character by one, so that offsets hold."""
    if isinstance(value, str):
        return value if value.isascii() else NO_UTF8.sub("\ufffd", value)
    if isinstance(value, list):
        return [_storable(part) for part in value]
    if isinstance(value, dict):
        return {name: _storable(part) for name, part in value.items()}
    return value
