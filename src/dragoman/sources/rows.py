"""A row of a JSONL or CSV file as a document: which of its columns is the text, the title, the date, the address."""

import re
from collections.abc import Mapping

from dragoman.errors import EmptyDocument, UnreadableSource
from dragoman.sources.dates import iso_of
from dragoman.sources.document import DocumentKind, RawDocument
from dragoman.sources.options import SourceOptions

# The usual names, best first; compared without case, spaces, hyphens and underscores.
USUAL_NAMES = {
    "text": ("text", "body", "content", "articlebody", "maintext", "fulltext", "articletext", "story", "article",
             "plaintext", "html", "contenthtml"),
    "title": ("title", "headline", "heading"),
    "date": ("published", "date", "datepublished", "publishedat", "publicationdate", "publisheddate", "publishdate",
             "pubdate", "datepublish", "timestamp", "created", "createdat"),
    "url": ("url", "link", "sourceurl", "uri", "permalink", "webpage"),
    "publisher": ("publisher", "sourcename", "sitename", "outlet", "newspaper", "source", "domain", "publication"),
    "authors": ("authors", "author", "byline", "creator"),
    "id": ("id", "guid", "docid", "articleid", "storyid"),
}  # fmt: skip
MARKUP = re.compile(r"<(?:p|div|br|html|body|article|span|h[1-6])\b[^>]*>", re.IGNORECASE)
REMEDY = "name it with --text-field"

Columns = Mapping[str, str]  # what it is for → the column's own name


def columns_of(names: list[str], options: SourceOptions) -> Columns:
    """Return which column serves for what: those named in the options, else the usual names.

    >>> columns_of(["Headline", "Body", "Pub Date"], SourceOptions())
    {'text': 'Body', 'title': 'Headline', 'date': 'Pub Date'}
    """
    plain = {re.sub(r"[\s_-]+", "", name).lower(): name for name in reversed(names)}
    usual = {
        purpose: plain[candidates[0]]
        for purpose, usual_names in USUAL_NAMES.items()
        if (candidates := [name for name in usual_names if name in plain])
    }
    return usual | _given(options)


def document_of(row: Mapping[str, object], columns: Columns, place: str) -> RawDocument:
    """Return the document that a row holds; `place` is its FILE#LINE, its uri where it has no address of its own.

    Raises UnreadableSource where the row lacks its text.

    >>> document_of({"body": "Talks failed.", "id": 7}, {"text": "body", "id": "id"}, "a.jsonl#1").uri
    '7'
    """
    if columns.get("text", "") not in row:
        raise UnreadableSource(place, f"has no text column (it has: {_named(row)})", REMEDY)
    content = row[columns["text"]]
    if content is None or content == "":
        raise EmptyDocument(place, "has an empty text")
    if not isinstance(content, str):
        raise UnreadableSource(place, f"has a {columns['text']!r} that is not text", REMEDY)
    published = iso_of(row.get(columns.get("date", "")))
    return RawDocument(
        uri=_string(row, columns, "url") or _string(row, columns, "id") or place,
        kind=_kind_of(content),
        content=content,
        title=_string(row, columns, "title"),
        publisher=_string(row, columns, "publisher"),
        authors=_authors(row.get(columns.get("authors", ""))),
        published=published,
        published_from="metadata" if published else None,
    )


def _given(options: SourceOptions) -> dict[str, str]:
    """Return the columns that the options name."""
    given = {
        "text": options.text_field,
        "title": options.title_field,
        "date": options.date_field,
        "url": options.url_field,
        "publisher": options.publisher_field,
    }
    return {purpose: name for purpose, name in given.items() if name}


def _named(row: Mapping[str, object]) -> str:
    """Return the names of a row's columns, the first few."""
    return ", ".join(str(name)[:40] for name in list(row)[:12]) or "none"


def _kind_of(content: str) -> DocumentKind:
    """Return whether a cell holds markup or plain text."""
    return "html" if MARKUP.search(content[:20_000]) else "text"


def _string(row: Mapping[str, object], columns: Columns, purpose: str) -> str | None:
    """Return a cell as a trimmed string; None where it is absent, empty or no plain value."""
    value = row.get(columns.get(purpose, ""))
    if isinstance(value, dict):  # news APIs nest it: "source": {"id": null, "name": "…"}
        value = value.get("name")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None


def _authors(value: object) -> tuple[str, ...]:
    """Return the authors in a cell: a list, or names apart by semicolons."""
    names = value.split(";") if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(name.strip() for name in names if isinstance(name, str) and name.strip())
