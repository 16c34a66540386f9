"""Parquet, and Arrow tables in memory: each row is a document, its columns named as those of JSONL are."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any, BinaryIO

from dragoman.errors import UnreadableSource
from dragoman.records import Failure
from dragoman.sources.document import RawDocument
from dragoman.sources.failures import failure_of
from dragoman.sources.limits import too_large, whole
from dragoman.sources.options import SourceOptions
from dragoman.sources.rows import columns_of, document_of

TOGETHER = 64  # rows in memory at a time
MISSING = 'install pyarrow: pip install "dragoman[parquet]"'


def read_parquet(stream: BinaryIO, uri: str, options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield a document, or why there is none, for each row of a Parquet file."""
    yield from documents_in_groups(stream, uri, options)


def documents_in_groups(
    stream: BinaryIO, uri: str, options: SourceOptions, groups: list[int] | None = None
) -> Iterator[RawDocument | Failure]:
    """Yield the documents of these row groups, of all where none are named; UnreadableSource where it is damaged."""
    file = opened(stream, uri, options.max_bytes)
    wanted = list(range(file.num_row_groups)) if groups is None else groups
    first = 1 + sum(file.metadata.row_group(n).num_rows for n in range(min(wanted, default=0)))
    try:
        for batch in file.iter_batches(TOGETHER, row_groups=wanted):
            yield from documents_in(batch, uri, options, first)
            first += batch.num_rows
    except OSError as error:  # what pyarrow raises on damaged pages
        raise UnreadableSource(uri, f"is damaged Parquet ({str(error)[:100]})", "fetch or write it again") from error


def documents_in(batch: Any, place: str, options: SourceOptions, first: int = 1) -> Iterator[RawDocument | Failure]:
    """Yield the document of each row of a batch or table; a row without an address of its own is PLACE#NUMBER."""
    columns = columns_of(batch.schema.names, options)
    for number, row in enumerate(batch.to_pylist(), first):
        plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
        try:
            document = document_of(plain, columns, f"{place}#{number}")
            if len(document.content) > options.max_bytes:
                raise too_large(document.uri, options.max_bytes)
            yield document
        except UnreadableSource as error:
            yield failure_of(error)


def opened(stream: BinaryIO, uri: str, max_bytes: int) -> Any:
    """Return a Parquet file, its footer read; UnreadableSource where it is none, or pyarrow is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UnreadableSource(uri, "is Parquet, which needs pyarrow", MISSING) from error
    seekable = stream if stream.seekable() else BytesIO(whole(stream, uri, max_bytes))
    try:
        return pq.ParquetFile(seekable)
    except (pa.ArrowException, OSError) as error:
        raise UnreadableSource(uri, f"is damaged Parquet ({str(error)[:100]})", "fetch or write it again") from error
