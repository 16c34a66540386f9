"""CSV and TSV with a header line, read one row at a time."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dragoman.errors import UnreadableSource
from dragoman.records import Failure
from dragoman.sources.document import RawDocument
from dragoman.sources.encoding import text_of
from dragoman.sources.failures import failure_of
from dragoman.sources.limits import Line, lines_of, too_large
from dragoman.sources.options import SourceOptions
from dragoman.sources.rows import Columns, columns_of, document_of

DELIMITERS = (",", ";", "\t", "|")
REST_OF_QUOTED = rb'[^"]*(?:""[^"]*)*(?P<close>"|\Z)'


@dataclass(frozen=True, slots=True)
class Header:
    """What the first row says: the columns' names, what each is for, and what stands between them."""

    names: list[str]
    columns: Columns
    delimiter: str


def read_csv(stream: BinaryIO, uri: str, options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield the documents of a CSV file; commas, semicolons, tabs or bars, whichever its header has most of."""
    return _read(stream, uri, options, None)


def read_tsv(stream: BinaryIO, uri: str, options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield the documents of a file whose columns are apart by tabs."""
    return _read(stream, uri, options, "\t")


def _read(stream: BinaryIO, uri: str, options: SourceOptions, delimiter: str | None) -> Iterator[RawDocument | Failure]:
    """Yield a document, or why there is none, for each row under the header."""
    csv.field_size_limit(options.max_bytes)  # the module's own limit, 131,072, is less than a long report
    lines = lines_of(stream, options.max_bytes)
    first = next(lines, None)
    if first is None or first.data is None:
        raise UnreadableSource(uri, "has no header line", "give the columns' names in its first line")
    header = _header(text_of(first.data, uri), uri, options, delimiter)
    for row in _rows(lines, header.delimiter.encode(), options.max_bytes):
        yield from _documents(row, header, uri, options)


def _header(line: str, uri: str, options: SourceOptions, delimiter: str | None) -> Header:
    """Return the header that a line is; UnreadableSource where no column can be the text."""
    found = delimiter or max(DELIMITERS, key=line.count)
    names = next(csv.reader([line.lstrip("\ufeff")], delimiter=found), [])
    columns = columns_of(names, options)
    if columns.get("text", "") not in names:
        reason = f"has no column for the text (its columns: {', '.join(names)[:200]})"
        raise UnreadableSource(uri, reason, "name it with --text-field")
    return Header(names, columns, found)


def _rows(lines: Iterator[Line], delimiter: bytes, max_bytes: int) -> Iterator[Line]:
    """Yield whole rows: a quoted cell may run over lines; one over the limit comes without its bytes."""
    quoted = re.compile(rb"(?:^|" + re.escape(delimiter) + rb')"' + REST_OF_QUOTED)
    rest = re.compile(REST_OF_QUOTED)
    for line in lines:
        piece, pieces, size, is_open = line.data, [line.data], 0, False
        # A line over the limit came without its bytes: whether it leaves a cell open is then taken as no.
        while piece is not None and (is_open := _leaves_open(piece, quoted, rest, is_open)):
            following = next(lines, None)
            if following is None:
                break
            piece = following.data
            size += len(piece or b"")
            if size > max_bytes:
                pieces = [None]
            elif pieces != [None]:
                pieces.append(piece)
        kept = [piece for piece in pieces if piece is not None]
        yield Line(line.number, b"".join(kept) if len(kept) == len(pieces) else None)


def _leaves_open(data: bytes, quoted: re.Pattern[bytes], rest: re.Pattern[bytes], is_open: bool) -> bool:
    """Return whether a quoted cell is still open at the end of these bytes."""
    start = 0
    if is_open:
        match = rest.match(data)
        if match is None or not match["close"]:
            return True
        start = match.end()
    cells = list(quoted.finditer(data, start))
    return bool(cells) and not cells[-1]["close"]


def _documents(row: Line, header: Header, uri: str, options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield what a row holds, or why it holds nothing."""
    place = f"{uri}#{row.number}"
    try:
        if row.data is None:
            raise too_large(place, options.max_bytes)
        if row.data.strip():
            for cells in _cells(text_of(row.data, place), header.delimiter, place):
                yield document_of(dict(zip(header.names, cells, strict=False)), header.columns, place)
    except UnreadableSource as error:
        yield failure_of(error)


def _cells(text: str, delimiter: str, place: str) -> list[list[str]]:
    """Return the rows that the text holds, one as a rule."""
    try:
        return [cells for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if cells]
    except csv.Error as error:
        raise UnreadableSource(place, f"is a broken row ({error})", "mend it, or take it out") from error
