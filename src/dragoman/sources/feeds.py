"""RSS and Atom: each entry of a feed is a document."""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from dragoman.errors import EmptyDocument, UnreadableSource
from dragoman.records import Failure
from dragoman.sources.dates import iso_of
from dragoman.sources.document import RawDocument
from dragoman.sources.limits import whole
from dragoman.sources.options import SourceOptions


def read_feed(stream: BinaryIO, uri: str, options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield a document for each entry of the feed that the stream holds."""
    import feedparser  # takes 0.1 s to load, which a run over text files need not spend

    data = whole(stream, uri, options.max_bytes)
    if not data.strip():
        raise EmptyDocument(uri, "is empty", "take it out, or fetch it again")
    feed = feedparser.parse(io.BytesIO(data))
    if not feed.version:
        raise UnreadableSource(uri, "is XML, but neither RSS nor Atom", "save the page itself, as .html or .txt")
    if not feed.entries:
        raise EmptyDocument(uri, "is a feed without entries", "fetch it again later")
    publisher = _string(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries, start=1):
        yield _document_of(entry, publisher, f"{uri}#{number}")


def _document_of(entry: Any, publisher: str | None, place: str) -> RawDocument | Failure:
    """Return the document of an entry: its content, else its summary."""
    contents = entry.get("content") or [{"value": entry.get("summary", "")}]
    address = _string(entry.get("link")) or _string(entry.get("id")) or place
    content = max((_string(part.get("value")) or "" for part in contents), key=len)
    if not content:
        return Failure(uri=address, reason="has an empty text", remedy="the feed gives no content for this entry")
    published = iso_of(entry.get("published") or entry.get("updated"))
    authors = (_string(author.get("name")) for author in entry.get("authors", ()))
    return RawDocument(
        uri=address,
        kind="html",
        content=content,
        title=_string(entry.get("title")),
        publisher=publisher,
        authors=tuple(name for name in authors if name),
        published=published,
        published_from="metadata" if published else None,
    )


def _string(value: object) -> str | None:
    """Return a feed's value as a trimmed string, None where it is empty."""
    return (value.strip() or None) if isinstance(value, str) else None
