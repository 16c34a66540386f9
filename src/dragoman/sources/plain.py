"""Plain text, Markdown and HTML: the file is the document."""

from collections.abc import Iterator
from typing import BinaryIO

from dragoman.errors import EmptyDocument
from dragoman.records import Failure
from dragoman.sources.document import DocumentKind, RawDocument
from dragoman.sources.encoding import declared_charset, text_of
from dragoman.sources.limits import whole
from dragoman.sources.options import SourceOptions


def read_text(stream: BinaryIO, uri: str, options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield the plain-text report that the stream holds."""
    yield _document(stream, uri, options, "text")


def read_markdown(stream: BinaryIO, uri: str, options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield the Markdown report that the stream holds."""
    yield _document(stream, uri, options, "markdown")


def read_html(stream: BinaryIO, uri: str, options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield the page that the stream holds, in the charset that it declares."""
    yield _document(stream, uri, options, "html")


def _document(stream: BinaryIO, uri: str, options: SourceOptions, kind: DocumentKind) -> RawDocument:
    """Return the whole stream as one document."""
    data = whole(stream, uri, options.max_bytes)
    content = text_of(data, uri, declared_charset(data) if kind == "html" else None)
    if not content.strip():
        raise EmptyDocument(uri, "is empty", "take it out, or fetch it again")
    return RawDocument(uri=uri, kind=kind, content=content)
