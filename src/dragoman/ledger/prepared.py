"""Records that were read before, from the JSON lines of `dragoman read --format json`."""

import gzip
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import BinaryIO

import msgspec

from dragoman.ledger.checking import fault_of
from dragoman.records import Failure, Record, from_json
from dragoman.sources.limits import lines_of

LINE = 500_000_000  # bytes of the longest line: the record of a report of a million characters
REFUSED = "read it again with `dragoman read`"


def records_of(path: str) -> Iterator[Record | Failure]:
    """Yield the records that `dragoman read --format json` wrote, one in memory at a time; "-" is standard input.

    A line that is no record, or breaks the contract, is a Failure.
    """
    with ExitStack() as stack:
        try:
            stream = stack.enter_context(_opened(path))
            for line in lines_of(stream, LINE):
                if line.data is None or line.data.strip():
                    yield _record_at(line.data, f"{path}#{line.number}")
        except (OSError, EOFError, zlib.error) as error:
            reason = f"could not be read ({getattr(error, 'strerror', None) or error})"
            yield Failure(uri=path, reason=reason, remedy="check that it is there, whole, and may be read")


def checked(items: Iterable[Record | Failure], place: str) -> Iterator[Record | Failure]:
    """Yield records that were read elsewhere; one that breaks the contract as a Failure that names where it came from.

    >>> [item.reason for item in checked([Failure(uri="a.txt", reason="is empty")], "parts")]
    ['is empty']
    """
    for number, item in enumerate(items, 1):
        yield item if isinstance(item, Failure) else _kept(item, f"{place}#{number}")


def _opened(path: str) -> BinaryIO:
    if path == "-":
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    if path.lower().endswith(".gz"):
        return gzip.open(path, "rb")  # type: ignore[return-value]
    return open(path, "rb")


def _record_at(data: bytes | None, place: str) -> Record | Failure:
    if data is None:
        return Failure(uri=place, reason="is longer than a record may be", remedy=REFUSED)
    try:
        record = from_json(data)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        return Failure(uri=place, reason=f"is no record ({str(error)[:200]})", remedy=REFUSED)
    return _kept(record, place)


def _kept(record: Record, place: str) -> Record | Failure:
    fault = fault_of(record)
    return record if fault is None else Failure(uri=place, reason=fault, remedy=REFUSED)
