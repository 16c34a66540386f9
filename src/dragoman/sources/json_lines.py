"""JSON: an object a line, or one array or one object a file; read one value at a time."""

import io
import json
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from dragoman.errors import EmptyDocument, UnreadableSource
from dragoman.records import Failure
from dragoman.sources.document import RawDocument
from dragoman.sources.encoding import text_of
from dragoman.sources.failures import failure_of
from dragoman.sources.limits import Line, lines_of, too_large, whole
from dragoman.sources.options import SourceOptions
from dragoman.sources.rows import columns_of, document_of
from dragoman.sources.streams import joined

CHUNK = 1 << 18
BROKEN = "mend it, or take it out"
LINE_DECODER = msgspec.json.Decoder()
# The stdlib's decoder reads a value at an offset, which an array that does not fit in memory needs.
ELEMENT_DECODER = json.JSONDecoder()


def read_json_lines(
    stream: BinaryIO, uri: str, options: SourceOptions, first: int = 1
) -> Iterator[RawDocument | Failure]:
    """Yield a document, or why there is none, for each line that is not blank; the first has this number."""
    for line in lines_of(stream, options.max_bytes, first):
        if line.data is None or line.data.strip():
            yield _document_at(line, uri, options)


def read_json(stream: BinaryIO, uri: str, options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield the documents of a .json file: an array of objects, one object, or objects line by line."""
    head = stream.readline(options.max_bytes + 1)
    rest = joined(head, stream)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[") or not head.strip():
        yield from _array(io.TextIOWrapper(rest, "utf-8-sig", "replace"), uri, options)
    elif _is_value(head):
        yield from read_json_lines(rest, uri, options)
    else:
        yield _document_at(Line(1, whole(rest, uri, options.max_bytes)), uri, options)


def _document_at(line: Line, uri: str, options: SourceOptions) -> RawDocument | Failure:
    """Return the document of one line, or why it has none."""
    place = f"{uri}#{line.number}"
    try:
        if line.data is None:
            raise too_large(place, options.max_bytes)
        return _document(_value(line.data, place), place, options)
    except UnreadableSource as error:
        return failure_of(error)


def _value(data: bytes, place: str) -> object:
    """Return the JSON value that the bytes write."""
    try:
        return LINE_DECODER.decode(text_of(data, place))
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise UnreadableSource(place, f"is broken JSON ({str(error)[:100]})", BROKEN) from error


def _document(value: object, place: str, options: SourceOptions) -> RawDocument:
    """Return the document that a JSON value holds."""
    if not isinstance(value, dict):
        raise UnreadableSource(place, "is not a JSON object", "give one object a report")
    return document_of(value, columns_of(list(value), options), place)


def _is_value(line: bytes) -> bool:
    """Return whether a line is a JSON value of its own."""
    try:
        LINE_DECODER.decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return False
    return True


def _array(stream: io.TextIOWrapper, uri: str, options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield the documents of an array, holding one element at a time; a broken element ends the file."""
    number = 0
    buffer = ""
    while True:
        buffer = buffer.lstrip(" \t\r\n,[") if number else buffer.lstrip().removeprefix("[").lstrip()
        if buffer.startswith("]"):
            return
        try:
            value, end = ELEMENT_DECODER.raw_decode(buffer)
        except (json.JSONDecodeError, RecursionError) as error:
            # Twice the buffer each time: an element is then decoded a handful of times, not once a chunk.
            chunk = stream.read(max(CHUNK, len(buffer)))
            if not chunk:
                if number or buffer:
                    yield Failure(uri=f"{uri}#{number + 1}", reason="is broken JSON or cut short", remedy=BROKEN)
                    return
                raise EmptyDocument(uri, "is empty", "take it out, or fetch it again") from error
            if len(buffer) > options.max_bytes:
                yield failure_of(too_large(f"{uri}#{number + 1}", options.max_bytes))
                return
            buffer += chunk
            continue
        number += 1
        buffer = buffer[end:]
        yield _element(value, f"{uri}#{number}", options)


def _element(value: object, place: str, options: SourceOptions) -> RawDocument | Failure:
    """Return the document of one array element, or why it has none."""
    try:
        return _document(value, place, options)
    except UnreadableSource as error:
        return failure_of(error)
