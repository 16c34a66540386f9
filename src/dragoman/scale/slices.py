"""Where large files may be split: by line, by record, by row group; what cannot be split is one slice.

A slice is a file's name and two offsets, so that a machine which reads it needs nothing but the file.
"""

import io
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

import msgspec

from dragoman.errors import UnreadableSource
from dragoman.records import Failure
from dragoman.sources import RawDocument, SourceOptions, documents, documents_in_slice, given_to
from dragoman.sources.failures import failure_of
from dragoman.sources.formats import format_of_name
from dragoman.sources.limits import lines_of
from dragoman.sources.parquet import documents_in_groups, opened
from dragoman.sources.paths import files_of
from dragoman.sources.streams import GZIP_MARK, UTF_16_MARKS

SLICE = 8_000_000  # bytes: of a packed WARC some 500 pages, of JSONL 2,000 reports: minutes of one core
LONGEST_LINE = 1 << 20  # bytes of a line that are looked at together while lines are counted

Cut = Literal["whole", "jsonl", "warc", "parquet"]


class Slice(msgspec.Struct, frozen=True):
    """A stretch of a file: bytes of JSONL (`first` is its first line's number) or WARC, row groups of Parquet."""

    path: str
    cut: Cut
    start: int
    end: int
    first: int = 1


def slices_of(path: str, size: int = SLICE) -> Iterator[Slice | Failure]:
    """Yield the slices of the files that a path means, each of about this many bytes, or why there are none."""
    for file in files_of(path):
        if isinstance(file, Failure):
            yield file
            continue
        try:
            yield from _of_file(file, size)
        except OSError as error:
            yield _failed(str(file), error)
        except UnreadableSource as error:
            yield failure_of(error)


def documents_of(part: Slice, options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield the documents of a slice; those of all slices of a file, in order, are those of the file."""
    if part.cut == "whole":
        yield from documents([part.path], options)
        return
    try:
        with Path(part.path).open("rb") as stream:
            if part.cut == "parquet":
                groups = list(range(part.start, part.end))
                yield from given_to(documents_in_groups(stream, part.path, options, groups), options)
            else:
                window = io.BufferedReader(_Window(stream, part.start, part.end), 1 << 16)
                yield from documents_in_slice(window, part.path, part.cut, options, part.first)
    except UnreadableSource as error:
        yield failure_of(error)
    except OSError as error:
        yield _failed(part.path, error)


def _of_file(file: Path, size: int) -> Iterator[Slice]:
    """Yield the slices of one file."""
    length = file.stat().st_size
    form = format_of_name(file.name)
    with file.open("rb") as stream:
        is_text = not stream.peek(2)[:2].startswith((GZIP_MARK, *UTF_16_MARKS))
        if length > size and form == "parquet":
            yield from _row_groups(file, stream, size)
        elif length > size and form == "jsonl" and is_text:
            yield from _lines(file, stream, size, length)
        elif length > size and form == "warc":
            yield from _records(file, stream, size, length)
        else:
            yield Slice(str(file), "whole", 0, length)


def _lines(file: Path, stream: BinaryIO, size: int, length: int) -> Iterator[Slice]:
    """Yield slices of whole lines."""
    start, first = 0, 1
    for line in lines_of(stream, LONGEST_LINE):
        if stream.tell() - start >= size or stream.tell() == length:
            yield Slice(str(file), "jsonl", start, stream.tell(), first)
            start, first = stream.tell(), line.number + 1


def _records(file: Path, stream: BinaryIO, size: int, length: int) -> Iterator[Slice]:
    """Yield slices of whole WARC records; what comes after a damaged one is one slice."""
    from fastwarc.warc import ArchiveIterator

    starts = [0]
    try:
        for record in ArchiveIterator(cast(Any, stream), parse_http=False):
            if record.stream_pos - starts[-1] >= size:
                starts.append(record.stream_pos)
    except (OSError, ValueError, EOFError):
        pass  # whoever reads the last slice meets the damage, and says so
    for start, end in pairwise([*starts, length]):
        yield Slice(str(file), "warc", start, end)


def _row_groups(file: Path, stream: BinaryIO, size: int) -> Iterator[Slice]:
    """Yield slices of row groups."""
    about = opened(stream, str(file), size).metadata
    start = packed = 0
    for number in range(about.num_row_groups):
        group = about.row_group(number)
        packed += sum(group.column(n).total_compressed_size for n in range(group.num_columns))
        if packed >= size or number + 1 == about.num_row_groups:
            yield Slice(str(file), "parquet", start, number + 1)
            start, packed = number + 1, 0


def _failed(path: str, error: OSError) -> Failure:
    reason = f"could not be read ({error.strerror or error})"
    return Failure(uri=path, reason=reason, remedy="check that it is there and may be read")


class _Window(io.RawIOBase):
    """A stretch of a file as a file of its own."""

    def __init__(self, stream: BinaryIO, start: int, end: int) -> None:
        super().__init__()
        self._stream, self._start, self._length = stream, start, end - start
        stream.seek(start)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = (0, self.tell(), self._length)[whence]
        return self._stream.seek(self._start + base + offset) - self._start

    def tell(self) -> int:
        return self._stream.tell() - self._start

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        left = max(0, min(len(buffer), self._length - self.tell()))
        data = self._stream.read(left)
        buffer[: len(data)] = data
        return len(data)
