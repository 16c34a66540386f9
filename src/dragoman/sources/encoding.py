"""Bytes into text: UTF-8, UTF-16 by its mark, a declared charset, else the old Western encodings; never binary."""

import codecs
import re
from functools import lru_cache

from dragoman.errors import UnreadableSource

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # escape is left out: old wires carry terminal codes
LARGEST_CONTROL_SHARE = 0.01  # a stray form feed or bell is damage; one in a hundred is a program or a picture
# What an 8-bit encoding of English gives: letters of the Latin alphabet and a newsroom's marks. A picture that cp1252
# happens to decode has a third or more of its characters outside.
PLAUSIBLE = re.compile(r"[\w\s!-/:-@\[-`{-~‘’“”–—…•€£§©®°´«»]")
LEAST_PLAUSIBLE_SHARE = 0.95
LARGEST_FOREIGN_SHARE = 0.3  # accented letters among all: "Ã©" in every word is not plausible text
SAMPLE = 20_000
REMEDY = "convert it to UTF-8 text"
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)


def text_of(data: bytes, uri: str, charset: str | None = None) -> str:
    """Return the text that the bytes encode; UnreadableSource where they are not text.

    >>> text_of("Zürich — talks".encode("cp1252"), "a.txt")
    'Zürich — talks'
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _checked(_marked(data[len(mark) :], encoding, uri), uri)
    if b"\x00" in data[:SAMPLE]:
        raise UnreadableSource(uri, "is binary, not text", REMEDY)
    for declared in ("utf-8", charset):
        if declared and (text := _decoded(data, declared)) is not None:
            return _checked(text, uri)
    for guessed in ("cp1252", "latin-1"):
        if (text := _decoded(data, guessed)) is not None and _is_plausible(text):
            return _checked(text, uri)
    raise UnreadableSource(uri, "is not text in a known encoding", REMEDY)


def declared_charset(head: bytes) -> str | None:
    """Return the charset that an HTML page declares for itself, where Python knows it.

    >>> declared_charset(b'<meta charset="windows-1251">')
    'cp1251'
    """
    match = DECLARED.search(head[:4096])
    return known_charset(match.group(1).decode("ascii", "ignore")) if match else None


@lru_cache(maxsize=64)
def known_charset(name: str) -> str | None:
    """Return Python's name of a text encoding, or None where it has none.

    >>> known_charset("ISO-8859-1"), known_charset("x-made-up"), known_charset("base64")
    ('iso8859-1', None, None)
    """
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return codec.name if getattr(codec, "_is_text_encoding", False) else None


def _decoded(data: bytes, encoding: str) -> str | None:
    """Return the text in this encoding, or None where the bytes do not fit it."""
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _marked(data: bytes, encoding: str, uri: str) -> str:
    """Return the text in the encoding that the file's mark promised."""
    text = _decoded(data, encoding)
    if text is None:
        raise UnreadableSource(uri, f"is damaged: it is marked as {encoding.upper()} and is not", REMEDY)
    return text


def _checked(text: str, uri: str) -> str:
    """Return the text, unless it is full of control characters."""
    sample = text[:SAMPLE]
    if len(CONTROLS.findall(sample)) > LARGEST_CONTROL_SHARE * len(sample):
        raise UnreadableSource(uri, "is binary, not text", REMEDY)
    return text


def _is_plausible(text: str) -> bool:
    """Return whether an old encoding gave something like words."""
    sample = text[:SAMPLE]
    foreign = sum(1 for character in sample if character > "\x7f")
    return len(PLAUSIBLE.findall(sample)) >= LEAST_PLAUSIBLE_SHARE * len(
        sample
    ) and foreign <= LARGEST_FOREIGN_SHARE * len(sample)
