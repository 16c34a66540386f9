"""What commands that read sources share: the options that say how, and what becomes of paths."""

import inspect
import os
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Annotated, Any

import typer

from dragoman.cli.endings import tidy
from dragoman.errors import UsageError
from dragoman.sources import SourceOptions
from dragoman.sources.dates import iso_of

Published = Annotated[str | None, typer.Option(metavar="DATE", help="The day of reports that name none.")]
COLUMNS = {"text": "text", "title": "title", "date": "day", "url": "address", "publisher": "publisher"}
HOW: Mapping[str, Any] = {
    "published": Published,
    "publisher": Annotated[str | None, typer.Option(metavar="NAME", help="The publisher of reports that name none.")],
    **{
        f"{name}_field": Annotated[
            str | None, typer.Option(metavar="COLUMN", help=f"JSONL and CSV: the column of the {what}.")
        ]
        for name, what in COLUMNS.items()
    },
}  # the fields of SourceOptions
AS_IS = SourceOptions()
CoderName = Annotated[
    str, typer.Option("--coder", metavar="NAME", help="The event coder: small (shipped), large, table, or a folder.")
]
OwnTable = Annotated[
    str | None, typer.Option("--knowledge", metavar="FILE", help="A CSV table of your own, laid over the shipped ones.")
]
LedgerName = Annotated[
    str, typer.Option("--ledger", "-l", metavar="LEDGER", help="The ledger: a file, or postgresql://… by URL.")
]


def with_source_options(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command with the options that say how sources are read, in the place of its parameter `options`."""

    @wraps(command)
    def asked(**given: Any) -> None:
        with tidy():
            how = {name: given.pop(name) for name in HOW}
            options = SourceOptions(**{**how, "published": day_of(how["published"])})
        command(**given, options=options)

    signature = inspect.signature(command)
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    options = [inspect.Parameter(name, kind, default=None, annotation=HOW[name]) for name in HOW]
    parameters = list(signature.parameters.values())
    place = list(signature.parameters).index("options")
    parameters[place : place + 1] = options
    asked.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return asked


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
