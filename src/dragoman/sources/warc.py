"""WARC archives, plain and gzipped, as Common Crawl News ships them: each page that was fetched is a document."""

import gzip
import logging
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from dragoman.errors import UnreadableSource
from dragoman.records import Failure
from dragoman.sources.document import RawDocument
from dragoman.sources.encoding import declared_charset, known_charset, text_of
from dragoman.sources.failures import failure_of
from dragoman.sources.limits import too_large
from dragoman.sources.options import SourceOptions
from dragoman.sources.streams import unpacked

PAGE_TYPES = ("text/html", "application/xhtml+xml")
LONGEST_HEADER = 1 << 16
REMEDY = "fetch the archive again; the records before are read"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """An HTTP answer of 200 with a page in it."""

    uri: str
    charset: str | None
    data: bytes


def read_warc(stream: BinaryIO, uri: str, options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield the pages of an archive; fastwarc reads it, warcio what comes after a record that fastwarc cannot read."""
    start = stream.tell() if stream.seekable() else None
    found = last = 0
    try:
        for start_of_record, page in _pages_fast(stream, options.max_bytes):
            last = start_of_record
            if page is not None:
                found += 1
                yield _document_of(page, options)
        if start is not None and not _ends_whole(stream, start + last):
            yield Failure(uri=uri, reason="is cut short", remedy=REMEDY)
        return
    except (OSError, ValueError, EOFError) as error:
        logger.warning("%s: a record is damaged (%s)", uri, error)
        reason = f"has a damaged record ({str(error)[:100]})"
    if start is None:
        yield Failure(uri=uri, reason=reason, remedy=REMEDY)
        return
    stream.seek(start)
    yield from _after(stream, uri, options, found)


def _after(stream: BinaryIO, uri: str, options: SourceOptions, found: int) -> Iterator[RawDocument | Failure]:
    """Yield the pages after the first `found` ones, by the forgiving reader, and say where even that one ended."""
    try:
        for number, page in enumerate(_pages_forgiving(stream, options.max_bytes), start=1):
            if number > found:
                yield _document_of(page, options)
    except _damage() as error:
        yield Failure(uri=uri, reason=f"is damaged or cut short ({str(error)[:100]})", remedy=REMEDY)
        return
    yield Failure(uri=uri, reason="has a damaged record", remedy="what could be read of the archive is read")


def _ends_whole(stream: BinaryIO, last: int) -> bool:
    """Return whether a whole record is the last thing in an archive: fastwarc passes over half a one in silence."""
    stream.seek(last)
    try:
        plain = unpacked(stream)
        while line := plain.readline(LONGEST_HEADER):
            length = 0
            while line.strip():
                name, _, value = line.partition(b":")
                length = int(value) if name.strip().lower() == b"content-length" else length
                line = plain.readline(LONGEST_HEADER)
            while length and (piece := plain.read(min(length, LONGEST_HEADER))):
                length -= len(piece)
            if length or not line:
                return False
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return False
    return True


def _pages_fast(stream: BinaryIO, max_bytes: int) -> Iterator[tuple[int, Page | None]]:
    """Yield where each record starts, and the page in it as fastwarc reads it, None where it holds none."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    for record in ArchiveIterator(cast(Any, stream), parse_http=True, auto_decode="all"):
        headers = record.http_headers
        is_answer = record.record_type == WarcRecordType.response and headers is not None and headers.status_code == 200
        if not is_answer or (record.http_content_type or "") not in PAGE_TYPES:
            yield record.stream_pos, None
            continue
        address = record.headers.get("WARC-Target-URI") or record.record_id or ""
        page = Page(address.strip("<>"), record.http_charset, record.reader.read(max_bytes + 1))
        yield record.stream_pos, page


def _pages_forgiving(stream: BinaryIO, max_bytes: int) -> Iterator[Page]:
    """Yield the pages as warcio reads them."""
    from warcio.archiveiterator import ArchiveIterator

    for record in ArchiveIterator(stream):
        headers = record.http_headers
        if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
            continue
        content_type, _, parameters = (headers.get_header("Content-Type") or "").partition(";")
        if content_type.strip().lower() in PAGE_TYPES:
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            charset = parameters.partition("charset=")[2].strip("\"' ") or None
            yield Page(address.strip("<>"), charset, record.content_stream().read(max_bytes + 1))


def _damage() -> tuple[type[Exception], ...]:
    """Return the errors that warcio raises on what it cannot read."""
    from warcio.exceptions import ArchiveLoadFailed

    return (ArchiveLoadFailed, OSError, ValueError, EOFError)


def _document_of(page: Page, options: SourceOptions) -> RawDocument | Failure:
    """Return the document of a page, its publisher the host."""
    try:
        if len(page.data) > options.max_bytes:
            raise too_large(page.uri, options.max_bytes)
        charset = known_charset(page.charset or "") or declared_charset(page.data)
        content = text_of(page.data, page.uri, charset)
    except UnreadableSource as error:
        return failure_of(error)
    return RawDocument(uri=page.uri, kind="html", content=content, publisher=host_of(page.uri))


def host_of(address: str) -> str | None:
    """Return the host of a web address, as a publisher is known by it.

    >>> host_of("https://www.example.org/news/1")
    'example.org'
    """
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
