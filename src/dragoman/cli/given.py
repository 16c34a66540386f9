"""What commands that read sources share: the options that say how, and what becomes of paths."""

import os
from typing import Annotated

import typer

from dragoman.errors import UsageError
from dragoman.sources import SourceOptions
from dragoman.sources.dates import iso_of

Published = Annotated[str | None, typer.Option(metavar="DATE", help="The day of reports that name none.")]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="The publisher of reports that name none.")]
TextField = Annotated[str | None, typer.Option(metavar="COLUMN", help="JSONL and CSV: the column of the text.")]
TitleField = Annotated[str | None, typer.Option(metavar="COLUMN", help="JSONL and CSV: the column of the title.")]
DateField = Annotated[str | None, typer.Option(metavar="COLUMN", help="JSONL and CSV: the column of the day.")]
UrlField = Annotated[str | None, typer.Option(metavar="COLUMN", help="JSONL and CSV: the column of the address.")]
PublisherField = Annotated[
    str | None, typer.Option(metavar="COLUMN", help="JSONL and CSV: the column of the publisher.")
]
CoderName = Annotated[
    str, typer.Option("--coder", metavar="NAME", help="The event coder: small (shipped), large, table, or a folder.")
]
OwnTable = Annotated[
    str | None, typer.Option("--knowledge", metavar="FILE", help="A CSV table of your own, laid over the shipped ones.")
]
LedgerName = Annotated[
    str, typer.Option("--ledger", "-l", metavar="LEDGER", help="The ledger: a file, or postgresql://… by URL.")
]


def options_of(published: str | None, publisher: str | None, *fields: str | None) -> SourceOptions:
    """Return how sources are to be read; `fields` are the columns of text, title, date, address and publisher."""
    text, title, date, url, outlet = fields
    return SourceOptions(
        text_field=text,
        title_field=title,
        date_field=date,
        url_field=url,
        publisher_field=outlet,
        published=day_of(published),
        publisher=publisher,
    )


def day_of(written: str | None) -> str | None:
    """Return a day that a person gave; UsageError where it is not certain which is meant."""
    if written is None:
        return None
    day = iso_of(written)
    if day is None:
        raise UsageError(f"--published {written!r} is not a date that is certain; write it as 2022-07-29")
    return day


def lasting(path: str) -> str:
    """Return a path by which a report is known in any folder and any year: absolute, unless it is an address.

    >>> lasting("https://news.example/feed"), lasting("-")
    ('https://news.example/feed', '-')
    """
    return path if path == "-" or "://" in path else os.path.abspath(path)
