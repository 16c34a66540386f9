"""`dragoman read`: reports in, ledgers out."""

import shutil
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.endings import end_with, tidy
from dragoman.cli.given import (
    CoderName,
    DateField,
    Published,
    Publisher,
    PublisherField,
    TextField,
    TitleField,
    UrlField,
    options_of,
)
from dragoman.cli.output import Write, output_to
from dragoman.cli.progress import bar_for
from dragoman.errors import UsageError
from dragoman.language.encoder import SMALL
from dragoman.language.pipeline import DEFAULT_MODEL
from dragoman.reader import Reader
from dragoman.records import Failure, Record
from dragoman.render import FORMATS, Format, Layout
from dragoman.sources import documents

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH", help="Files, folders, globs, web addresses, or - for standard input."),
]
FormatName = Annotated[str, typer.Option("--format", "-f", metavar="NAME", help=f"One of {', '.join(FORMATS)}.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, whole or not.")
]
Model = Annotated[str, typer.Option(metavar="NAME", help="Another spaCy pipeline, by name or path.")]
Limit = Annotated[int | None, typer.Option(min=1, metavar="N", help="Stop after N reports.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress bar.")]


def read(
    paths: Paths,
    format: FormatName = "text",
    output: Output = None,
    published: Published = None,
    publisher: Publisher = None,
    text_field: TextField = None,
    title_field: TitleField = None,
    date_field: DateField = None,
    url_field: UrlField = None,
    publisher_field: PublisherField = None,
    model: Model = DEFAULT_MODEL,
    coder: CoderName = SMALL,
    limit: Limit = None,
    quiet: Quiet = False,
) -> None:
    """Read reports and print the ledger of each.

    Exit code 0: all were read; 1: some were not, and a table on standard error says which, why, and what to do;
    2: the call makes no sense.
    """
    with tidy():
        form = format_named(format)
        fields = (text_field, title_field, date_field, url_field, publisher_field)
        options = options_of(published, publisher, *fields)
        with bar_for(paths, to_file=output is not None, quiet=quiet) as bar, output_to(output, paths) as write:
            raw = islice(documents(paths, options), limit)
            items = Reader(model, options, coder).read_documents(bar.following(raw) if bar else raw)
            failures, total = _written(items, form, write, to_file=output is not None)
    end_with(failures, total, "reports")


def _written(
    items: Iterator[Record | Failure], form: Format, write: Write, *, to_file: bool
) -> tuple[list[Failure], int]:
    """Write the ledgers as they come; return what failed, and how many there were in all."""
    failures: list[Failure] = []
    on_terminal = sys.stdout.isatty() and not to_file
    width = shutil.get_terminal_size().columns if on_terminal else Layout().width
    write(form.opening)
    total = 0
    for total, item in enumerate(items, 1):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            write(form.of(item, Layout(width=width, colour=on_terminal, number=total)))
    write(form.closing)
    return failures, total


def format_named(name: str) -> Format:
    """Return the format of this name; UsageError where there is none."""
    try:
        return FORMATS[name]
    except KeyError:
        raise UsageError(f"there is no format {name!r}; name one of {', '.join(FORMATS)}") from None
