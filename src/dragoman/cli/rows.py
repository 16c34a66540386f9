"""Rows in the formats of `dragoman query` and `dragoman sql`: text, Parquet; `exports.rows` has JSON lines and CSV."""

import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any

import msgspec

from dragoman.cli.output import Write
from dragoman.errors import UsageError
from dragoman.exports.rows import csv_lines, json_lines
from dragoman.ledger.answers import EventRow, FlagRow, NegotiationRow, OccurrenceRow, ReportRow, StatementRow
from dragoman.ledger.frames import kinds_of
from dragoman.records import Struct
from dragoman.render.characters import on_one_line, visible

INDENT = "    "
WIDEST = 60  # characters of a cell in a table
NARROWEST = 40
SOME = 200  # characters of a report's text
NO_DAY = "(no day)"


def write_parquet(target: Path | None, of: str, batches: Iterable[Sequence[Struct]]) -> None:
    """Write rows of a list into a Parquet file, a batch at a time."""
    if target is None:
        raise UsageError("parquet is no text; name a file with --output")
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        raise UsageError("Parquet needs pyarrow; pip install 'dragoman[parquet]'") from None
    kinds = {str: pa.string(), float: pa.float64(), int: pa.int64(), bool: pa.bool_(), tuple: pa.list_(pa.string())}
    schema = pa.schema([pa.field(name, kinds[kind]) for name, kind in kinds_of(of).items()])
    beside = target.with_name(f".{target.name}.part")
    try:
        with pq.ParquetWriter(beside, schema, compression="zstd") as writer:
            for batch in batches:
                rows = [msgspec.structs.asdict(row) for row in batch]
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def text_lines(rows: Iterable[Struct]) -> Iterator[str]:
    """Yield rows as a person reads them: what it is in a line, the words below."""
    width = max(NARROWEST, shutil.get_terminal_size((100, 24)).columns) if sys.stdout.isatty() else 0
    for row in rows:
        heading, words = _told(row)
        yield "  ".join(on_one_line(part) for part in heading if part) + "\n"
        shown = on_one_line(words)
        folded = wrap(shown, width, initial_indent=INDENT, subsequent_indent=INDENT) if width else [INDENT + shown]
        yield "".join(f"{line}\n" for line in folded) if shown else ""


def _told(row: Struct) -> tuple[Sequence[str], str]:
    """Return the parts of the line, and the words, of a row."""
    match row:
        case EventRow():
            code = " ".join((row.type, *row.modes))
            marks = [row.place, "" if row.status == "actual" else row.status, "claimed" if row.claimed else ""]
            marks += [f"{row.confidence:.2f}", row.publisher]
            sides = _sides(row.actors, row.recipients)
            return (row.ref, row.day or NO_DAY, f"{code}: {sides}", _dotted(marks)), row.sentence
        case OccurrenceRow():
            marks = [row.place, "" if row.status == "actual" else row.status, "claimed" if row.claimed else ""]
            marks += [f"{row.reports} reports, {row.publishers} publishers", f"{row.confidence:.2f}"]
            sides = _sides(row.actors, row.recipients)
            return (row.id, row.day or NO_DAY, f"{row.type}: {sides}", _dotted(marks)), ""
        case StatementRow():
            who = f"{row.source or '(not named)'}{f' → {row.addressee}' if row.addressee else ''}"
            marks = [row.kind, row.attribution, row.cue, row.publisher]
            return (row.ref, row.day or NO_DAY, who, _dotted(marks)), row.content
        case ReportRow():
            marks = [row.publisher, row.dateline_place]
            return (row.report, row.day or NO_DAY, row.title or row.uri, _dotted(marks)), row.text[:SOME]
        case NegotiationRow():
            marks = [(row.published or "")[:10], row.publisher]
            bargain = f"{row.subject}: {', '.join(row.parties)}"
            return (row.ref, bargain, _dotted(marks)), "; ".join(row.obstacles)
        case FlagRow():
            return (row.ref, f"{row.severity}, {row.kind}"), row.message
    raise TypeError(type(row))


def _sides(actors: Sequence[str], recipients: Sequence[str]) -> str:
    doing = ", ".join(actors) or "(not named)"
    return f"{doing} → {', '.join(recipients)}" if recipients else doing


def _dotted(marks: Sequence[str | None]) -> str:
    return " · ".join(mark for mark in marks if mark)


def table_lines(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    """Yield rows as a table of aligned columns."""
    cells = [[visible(name) for name in names], *([_short(value) for value in row] for row in rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(names))]
    for row in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"


def _short(value: Any) -> str:
    shown = on_one_line("" if value is None else str(value))
    return shown if len(shown) <= WIDEST else shown[: WIDEST - 1] + "…"


def written(format: str, names: Sequence[str], rows: Sequence[Mapping[str, Any]], write: Write) -> None:
    """Write rows whose columns are not those of a list: counts and answers to SQL."""
    values = [[row[name] for name in names] for row in rows]
    lines = {
        "text": lambda: table_lines(names, values),
        "json": lambda: json_lines(rows),
        "csv": lambda: csv_lines(names, values),
    }
    if format not in lines:
        raise UsageError(f"this is not written as {format}; use text, json or csv")
    for line in lines[format]():
        write(line)
