"""Pieces of bytes as a stream: a line put back in front of its file, UTF-16 as UTF-8, gzip unpacked."""

import codecs
import gzip
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

PIECE = 1 << 16
GZIP_MARK = b"\x1f\x8b"
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class _Pieces(io.RawIOBase):
    """A raw stream over an iterator of bytes."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        super().__init__()
        self._pieces = iter(pieces)
        self._piece = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer from what is left of this piece, else from the next that is not empty."""
        while not self._piece:
            following = next(self._pieces, None)
            if following is None:
                return 0
            self._piece = following
        piece, self._piece = self._piece[: len(buffer)], self._piece[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


def stream_of(pieces: Iterable[bytes]) -> io.BufferedReader:
    """Return a stream that gives the pieces one after the other, as they come.

    >>> stream_of([b"Talks ", b"failed."]).read()
    b'Talks failed.'
    """
    return io.BufferedReader(_Pieces(pieces), PIECE)


def joined(head: bytes, stream: BinaryIO) -> io.BufferedReader:
    """Return a stream with a piece that was already read off it put back in front."""
    return stream_of(_chain(head, stream))


def unpacked(stream: BinaryIO) -> io.BufferedReader:
    """Return the stream, unpacked where it is gzip."""
    buffered = buffered_of(stream)
    is_packed = buffered.peek(2)[:2] == GZIP_MARK
    return io.BufferedReader(gzip.GzipFile(fileobj=buffered), PIECE) if is_packed else buffered


def as_utf_8(stream: BinaryIO) -> io.BufferedReader:
    """Return the stream, recoded where it opens with the mark of UTF-16: lines are then apart by one byte."""
    buffered = buffered_of(stream)
    if buffered.peek(2)[:2] not in UTF_16_MARKS:
        return buffered
    pieces = iter(lambda: buffered.read(PIECE), b"")
    return stream_of(text.encode() for text in codecs.iterdecode(pieces, "utf-16", "replace"))


def buffered_of(stream: BinaryIO) -> io.BufferedReader:
    """Return a stream whose first bytes can be looked at without taking them."""
    return stream if isinstance(stream, io.BufferedReader) else joined(b"", stream)


def _chain(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """Yield the head, then the stream in pieces."""
    yield head
    while piece := stream.read(PIECE):
        yield piece
