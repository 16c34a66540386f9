"""What a source gives: one raw document, before its text is cleaned."""

from dataclasses import dataclass, replace
from typing import Literal

from dragoman.records import Failure

DocumentKind = Literal["text", "html", "markdown"]


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One report as its source has it: the content, and what the source itself says about it.

    >>> RawDocument("news/a.txt", "text", "GENEVA - Talks opened on Monday.").published is None
    True
    """

    uri: str
    kind: DocumentKind
    content: str
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_from: Literal["metadata", "given"] | None = None


def storable(found: RawDocument | Failure) -> RawDocument | Failure:
    r"""Return a document or failure whose words can be written as UTF-8: half a character becomes U+FFFD.

    A file's name may hold bytes that are no text, and JSON may escape half of a surrogate pair.

    >>> storable(RawDocument("a\udcff.txt", "text", "Talks failed.")).uri == "a\ufffd.txt"
    True
    """
    if isinstance(found, Failure):
        return Failure(uri=_whole(found.uri), reason=_whole(found.reason), remedy=_whole(found.remedy))
    return replace(
        found,
        uri=_whole(found.uri),
        content=_whole(found.content),
        title=_whole(found.title) if found.title else None,
        publisher=_whole(found.publisher) if found.publisher else None,
        authors=tuple(map(_whole, found.authors)),
    )


def _whole(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
