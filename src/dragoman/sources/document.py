"""What a source gives: one raw document, before its text is cleaned."""

from dataclasses import dataclass
from typing import Literal

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
