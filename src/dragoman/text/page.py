"""What is known of a report before its text is cleaned: the words, and what its markup says about them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a document without its markup, and the metadata that the markup held."""

    text: str
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
