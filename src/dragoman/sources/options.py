"""What a person may say about sources: which column is which, what all documents share, and the limits."""

from dataclasses import dataclass
from typing import Literal

Format = Literal["text", "markdown", "html", "json", "jsonl", "csv", "tsv", "warc", "feed", "parquet"]

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """How to read sources; `published` and `publisher` stand in where a document does not say.

    >>> SourceOptions(text_field="story").text_field
    'story'
    """

    text_field: str | None = None
    title_field: str | None = None
    date_field: str | None = None
    url_field: str | None = None
    publisher_field: str | None = None
    published: str | None = None
    publisher: str | None = None
    max_bytes: int = 20 * MEGABYTE
    timeout: float = 30.0  # seconds for the whole of a fetch, however slowly its bytes drip
    public_only: bool = False  # whether an address must lead to a public one: it is a stranger's who names it
    stdin_format: Format | None = None  # None: told from the first bytes
