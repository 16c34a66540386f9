"""How much of a document is held in memory, and what is said of one that is larger."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dragoman.errors import UnreadableSource
from dragoman.sources.options import MEGABYTE

PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: its number from 1, and its bytes, None where it is longer than the limit."""

    number: int
    data: bytes | None


def whole(stream: BinaryIO, uri: str, max_bytes: int) -> bytes:
    """Return all bytes of the stream; UnreadableSource where they are more than the limit.

    >>> import io
    >>> whole(io.BytesIO(b"Talks failed."), "a.txt", 100)
    b'Talks failed.'
    """
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(PIECE):
        size += len(piece)
        if size > max_bytes:
            raise too_large(uri, max_bytes)
        pieces.append(piece)
    return b"".join(pieces)


def lines_of(stream: BinaryIO, max_bytes: int, first: int = 1) -> Iterator[Line]:
    r"""Yield the lines of a stream, one in memory at a time; one over the limit is passed over in pieces.

    >>> import io
    >>> list(lines_of(io.BytesIO(b"a\nbcdef\n"), 3))
    [Line(number=1, data=b'a\n'), Line(number=2, data=None)]
    """
    number = first - 1
    while data := stream.readline(max_bytes + 1):
        number += 1
        if len(data) <= max_bytes or data.endswith(b"\n"):
            yield Line(number, data)
            continue
        while (piece := stream.readline(PIECE)) and not piece.endswith(b"\n"):
            pass
        yield Line(number, None)


def too_large(uri: str, max_bytes: int) -> UnreadableSource:
    """Return the error of a document over the limit, which it names.

    >>> str(too_large("a.txt", 20_000_000))
    'a.txt: is larger than the limit of 20 MB a document; split it, or raise max_bytes'
    """
    size = f"{max_bytes / MEGABYTE:g} MB" if max_bytes >= MEGABYTE / 10 else f"{max_bytes} bytes"
    return UnreadableSource(uri, f"is larger than the limit of {size} a document", "split it, or raise max_bytes")
