"""Records from a file of JSON lines, as `dragoman read --format json` writes them."""

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from dragoman.records import Failure, Record, from_json

LONGEST = 64 << 20  # bytes of a line: a report of a million words with all its records is a tenth of it
REMEDY = "write it with `dragoman read --format json`"


def records_in(file: BinaryIO, uri: str) -> Iterator[Record | Failure]:
    """Yield the record of each line; a line that holds none is a Failure with its number. Blank lines are nothing."""
    number = 0
    while line := file.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            yield Failure(uri=f"{uri}, line {number}", reason="is longer than 64 MiB", remedy="split the report")
            _skip_line(file, line)
        elif line.strip():
            yield _record(line, f"{uri}, line {number}")


def _record(line: bytes, uri: str) -> Record | Failure:
    try:
        return from_json(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:  # a ValidationError is a DecodeError
        return Failure(uri=uri, reason=f"is no record ({error})", remedy=REMEDY)


def _skip_line(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(LONGEST)
