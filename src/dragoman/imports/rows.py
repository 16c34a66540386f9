"""Rows of tab-separated files as they come from other hands: broken lines, trailing tabs, two encodings."""

from collections.abc import Iterator
from typing import BinaryIO

from dragoman.records import Failure

LONGEST = 1 << 20  # bytes of a line; the longest that a working file of the field has is some thousands


def rows_of(file: BinaryIO, uri: str) -> Iterator[tuple[int, list[str]] | Failure]:
    """Yield each line's number and cells; blank lines are nothing, a line that is too long is a Failure."""
    number = 0
    while line := file.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            yield failure(uri, number, "is longer than 1 MiB", "the file is damaged here")
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST)
        elif line.strip():
            yield number, _text(line).removesuffix("\n").removesuffix("\r").split("\t")


def _text(line: bytes) -> str:
    """Return a line's text: UTF-8, or ISO-8859-1 where it is none, as in some of POLECAT's files."""
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode("iso-8859-1")


def fitted(cells: list[str], width: int) -> list[str] | None:
    """Return a row's cells without the empty ones after the last column; None where the row is broken.

    >>> fitted(["a", "b", "", ""], 2), fitted(["a"], 2)
    (['a', 'b'], None)
    """
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        return None
    return cells[:width]


def failure(uri: str, number: int, reason: str, remedy: str) -> Failure:
    """Return the Failure of a line."""
    return Failure(uri=f"{uri}, line {number}", reason=reason, remedy=remedy)
