"""Sources: files, folders, globs, standard input and web addresses become raw documents, one at a time."""

import gzip
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dragoman.errors import UnreadableSource
from dragoman.records import Failure
from dragoman.sources.document import DocumentKind, RawDocument
from dragoman.sources.encoding import known_charset
from dragoman.sources.failures import failure_of
from dragoman.sources.formats import CONTENT_TYPES, format_of_name, read
from dragoman.sources.json_lines import read_json_lines
from dragoman.sources.options import Format, SourceOptions
from dragoman.sources.paths import files_of
from dragoman.sources.warc import host_of

if TYPE_CHECKING:
    from dragoman.sources.web import Fetched

__all__ = ["DocumentKind", "Format", "RawDocument", "SourceOptions", "documents", "documents_in_slice", "given_to"]

STDIN = "stdin"
PAGES: tuple[Format, ...] = ("html", "markdown", "text")
DEFAULTS = SourceOptions()


def documents(paths: Iterable[str], options: SourceOptions = DEFAULTS) -> Iterator[RawDocument | Failure]:
    """Yield the documents of all paths, in order; a Failure in the place of each that cannot be read.

    >>> [failure.uri for failure in documents(["no/such/report.txt"])]
    ['no/such/report.txt']
    """
    for path in paths:
        yield from given_to(_of_path(path, options), options)


def documents_in_slice(
    stream: BinaryIO, uri: str, form: Format, options: SourceOptions = DEFAULTS, first: int = 1
) -> Iterator[RawDocument | Failure]:
    """Yield the documents of a stretch of a file, which begins with its line number `first`."""
    found = read_json_lines(stream, uri, options, first) if form == "jsonl" else read(stream, uri, form, options)
    yield from given_to(_guarded(found, uri), options)


def given_to(found: Iterable[RawDocument | Failure], options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield documents with what the options give where they say nothing themselves."""
    for item in found:
        yield item if isinstance(item, Failure) else _with_given(item, options)


def _of_path(path: str, options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield the documents of one path."""
    if path == "-":
        yield from _guarded(read(sys.stdin.buffer, STDIN, options.stdin_format, options), STDIN)
    elif path.lower().startswith(("http://", "https://")):
        yield from _of_address(path, options)
    else:
        for file in files_of(path):
            if isinstance(file, Failure):
                yield file
            else:
                yield from _of_file(file, options)


def _of_file(file: Path, options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield the documents of one file."""
    try:
        stream = file.open("rb")
    except OSError as error:
        yield _failed(str(file), error)
        return
    with stream:
        yield from _guarded(read(stream, str(file), format_of_name(file.name), options), str(file))


def _of_address(address: str, options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield the documents that a web address answers; a page's publisher is its host."""
    from dragoman.sources.web import fetch  # here: it takes a fifth of a second, and most sources are files

    try:
        fetched = fetch(address, options)
    except UnreadableSource as error:
        yield failure_of(error)
        return
    form = CONTENT_TYPES.get(fetched.content_type) or format_of_name(address.partition("?")[0])
    if options.public_only and form not in PAGES:
        # What a stranger's server calls a table or an archive is not opened to see.
        if not fetched.content_type.startswith("text/"):
            yield Failure(uri=address, reason="is no page or text", remedy="save it and give the file")
            return
        form = "text"
    for found in _guarded(read(BytesIO(_in_utf_8(fetched)), address, form, options), address):
        if isinstance(found, RawDocument) and found.publisher is None:
            yield replace(found, publisher=host_of(fetched.address))
        else:
            yield found


def _in_utf_8(fetched: "Fetched") -> bytes:
    """Return the bytes of an answer, recoded where its header, which outranks the page, declares a charset."""
    charset = known_charset(fetched.charset or "")
    if charset is None or charset == "utf-8":
        return fetched.data
    try:
        return fetched.data.decode(charset).encode()
    except UnicodeError:
        return fetched.data


def _guarded(found: Iterable[RawDocument | Failure], uri: str) -> Iterator[RawDocument | Failure]:
    """Yield what a stream holds, and a Failure where it cannot be read further."""
    try:
        yield from found
    except UnreadableSource as error:
        yield failure_of(error)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Failure(
            uri=uri,
            reason=f"is damaged gzip or cut short ({str(error)[:100]})",
            remedy="fetch or pack the file again",
        )
    except OSError as error:
        yield _failed(uri, error)


def _failed(uri: str, error: OSError) -> Failure:
    """Return the failure of a file that the system does not give."""
    reason = f"could not be read ({error.strerror or error})"
    return Failure(uri=uri, reason=reason, remedy="check that it is there and may be read")


def _with_given(document: RawDocument, options: SourceOptions) -> RawDocument:
    """Return the document, with what the options give where it says nothing itself."""
    if document.published is None and options.published is not None:
        document = replace(document, published=options.published, published_from="given")
    if document.publisher is None and options.publisher is not None:
        document = replace(document, publisher=options.publisher)
    return document
