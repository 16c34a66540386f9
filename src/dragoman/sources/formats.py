"""Which format a source has, by its name, by its declared type, or by its first bytes; and who reads it."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import BinaryIO

from dragoman.records import Failure
from dragoman.sources.document import RawDocument
from dragoman.sources.encoding import text_of
from dragoman.sources.feeds import read_feed
from dragoman.sources.json_lines import read_json, read_json_lines
from dragoman.sources.options import Format, SourceOptions
from dragoman.sources.parquet import read_parquet
from dragoman.sources.plain import read_html, read_markdown, read_text
from dragoman.sources.rows import USUAL_NAMES
from dragoman.sources.streams import as_utf_8, unpacked
from dragoman.sources.tables import read_csv, read_tsv
from dragoman.sources.warc import read_warc

SourceReader = Callable[[BinaryIO, str, SourceOptions], Iterator[RawDocument | Failure]]

READERS: dict[Format, SourceReader] = {
    "text": read_text,
    "markdown": read_markdown,
    "html": read_html,
    "json": read_json,
    "jsonl": read_json_lines,
    "csv": read_csv,
    "tsv": read_tsv,
    "warc": read_warc,
    "feed": read_feed,
    "parquet": read_parquet,
}
LINE_FORMATS: tuple[Format, ...] = ("json", "jsonl", "csv", "tsv")

SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".warc": "warc",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".parquet": "parquet",
}

CONTENT_TYPES: dict[str, Format] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/warc": "warc",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
}

# What the first bytes look like, the surest first.
OPENINGS: tuple[tuple[re.Pattern[bytes], Format], ...] = (
    (re.compile(rb"WARC/\d"), "warc"),
    (re.compile(rb"PAR1"), "parquet"),
    (re.compile(rb"(?:<\?xml[^>]*>\s*)?(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.S), "feed"),
    (
        re.compile(
            rb"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.S | re.I
        ),
        "html",
    ),
    (re.compile(rb"<\?xml\b"), "feed"),  # whose reader says what it lacks
    (re.compile(rb'(?:\{\s*"|\[\s*\{)'), "json"),
)
HEAD = 4096


def format_of_name(name: str) -> Format | None:
    """Return the format that a file's name promises, packed or not; None where the name says nothing.

    >>> format_of_name("2022/07.jsonl.gz"), format_of_name("notes.docx")
    ('jsonl', None)
    """
    return SUFFIXES.get(PurePath(name.lower().removesuffix(".gz")).suffix)


def format_of_bytes(head: bytes) -> Format:
    """Return the format that the first bytes look like; plain text where they look like nothing else.

    >>> format_of_bytes(b"<!doctype html><html>"), format_of_bytes(b"GENEVA - Talks failed.")
    ('html', 'text')
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for opening, found in OPENINGS:
        if opening.match(start):
            return found
    return "csv" if _is_header(start) else "text"


def read(stream: BinaryIO, uri: str, form: Format | None, options: SourceOptions) -> Iterator[RawDocument | Failure]:
    """Yield what a stream holds; its format told from its first bytes where none is given."""
    if form == "warc":  # its own reader unpacks gzip, record by record
        return read_warc(stream, uri, options)
    plain = unpacked(stream)
    found = form or format_of_bytes(_start_of(plain.peek(HEAD)))
    if found == "feed" and format_of_bytes(plain.peek(HEAD)) == "html":
        found = "html"  # XHTML is saved as .xml too
    return READERS[found](as_utf_8(plain) if found in LINE_FORMATS else plain, uri, options)


def _start_of(head: bytes) -> bytes:
    """Return the first bytes in UTF-8, whatever their mark says."""
    if head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return head
    return text_of(head[: len(head) // 2 * 2], "").encode("utf-8", "replace")


def _is_header(start: bytes) -> bool:
    """Return whether the first line names a text column beside another one."""
    line = start.partition(b"\n")[0].decode("utf-8", "replace").strip().lower()
    names = {re.sub(r"[\s_\"-]+", "", name) for name in re.split(r"[,;\t|]", line)}
    return len(names) > 1 and bool(names & set(USUAL_NAMES["text"]))
