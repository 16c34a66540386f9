"""`dragoman negotiations`: the bargains of an archive, as dated moves."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Annotated, Literal

import msgspec
import typer

from dragoman.cli.endings import end_with, tidy
from dragoman.cli.given import Published, day_of
from dragoman.cli.output import output_to
from dragoman.cli.progress import bar_for
from dragoman.cli.read import Limit, Model, Output, Quiet
from dragoman.corpus.bargain_text import text_of
from dragoman.corpus.bargains import as_json, bargains_of
from dragoman.errors import UsageError
from dragoman.language.pipeline import DEFAULT_MODEL
from dragoman.reader import Reader
from dragoman.records import Failure, Record, from_json
from dragoman.sources import SourceOptions, documents
from dragoman.sources.dates import iso_of

SomePaths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH", help="Files, folders, globs, web addresses, or - for standard input."),
]
Records = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Records as `dragoman read --format json` writes them, instead of reports."),
]
AsOf = Annotated[str | None, typer.Option(metavar="DATE", help="How the bargains stood on this day.")]
FormatName = Annotated[
    Literal["text", "json"], typer.Option("--format", "-f", metavar="NAME", help="One of text, json.")
]


def negotiations(
    paths: SomePaths = None,
    records: Records = None,
    as_of: AsOf = None,
    format: FormatName = "text",
    output: Output = None,
    published: Published = None,
    model: Model = DEFAULT_MODEL,
    limit: Limit = None,
    quiet: Quiet = False,
) -> None:
    """Follow the bargains of an archive: who offered what to whom, who answered, and where it stands.

    Exit code 0: all was read; 1: some reports or lines were not, and a table on standard error says which; 2: the
    call makes no sense.
    """
    failures: list[Failure] = []
    total = 0

    def good(items: Iterable[Record | Failure]) -> Iterator[Record]:
        nonlocal total
        for item in items:
            total += 1
            if isinstance(item, Failure):
                failures.append(item)
            else:
                yield _light(item)

    with tidy():
        day = _as_of(as_of)
        options = SourceOptions(published=day_of(published))
        inputs = [*(paths or []), *([records] if records else [])]
        if bool(paths) == (records is not None):
            raise UsageError("name reports to read, or --records with a file of records; not both, not neither")
        with output_to(output, inputs) as write:
            with _items(paths or [], records, options, model, quiet=quiet) as items:
                found = bargains_of(good(islice(items, limit)), day)
            width = shutil.get_terminal_size().columns if sys.stdout.isatty() and output is None else 100
            for bargain in found:
                write(as_json(bargain).decode() + "\n" if format == "json" else text_of(bargain, width))
            if not found and format == "text":
                write("No bargaining found.\n")
    end_with(failures, total, "reports" if records is None else "lines")


def _light(record: Record) -> Record:
    """A record without what the joining does not read: an archive's worth is kept at once."""
    report = msgspec.structs.replace(record.report, text="")
    used = {id_ for n in record.negotiations for id_ in n.parties}
    used |= {o.entity for n in record.negotiations for o in n.obstacles if o.entity}
    used |= {by.entity for n in record.negotiations for p in n.proposals for by in p.status_by if by.entity}
    used |= {id_ for n in record.negotiations for p in n.proposals for id_ in (*p.by, *p.to)}
    entities = tuple(msgspec.structs.replace(e, mentions=()) for e in record.entities if e.id in used)
    return msgspec.structs.replace(record, report=report, entities=entities, statements=(), events=(), flags=())


@contextmanager
def _items(
    paths: list[str], records: str | None, options: SourceOptions, model: str, *, quiet: bool
) -> Iterator[Iterator[Record | Failure]]:
    """Give the records of an archive: ready ones, or those of reports that are read now."""
    if records is not None:
        with open(records, "rb") as file:
            yield _ready(file, records)
        return
    with bar_for(paths, to_file=True, quiet=quiet) as bar:
        raw = documents(paths, options)
        yield Reader(model, options).read_documents(bar.following(raw) if bar else raw)


def _ready(lines: Iterable[bytes], uri: str) -> Iterator[Record | Failure]:
    """Yield the record of each line, or why there is none; blank lines are nothing."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield from_json(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                remedy = "write it with `dragoman read --format json`"
                yield Failure(uri=f"{uri}, line {number}", reason=f"is no record ({error})", remedy=remedy)


def _as_of(written: str | None) -> str | None:
    day = iso_of(written) if written else None
    if written and day is None:
        raise UsageError(f"--as-of {written!r} is not a date that is certain; write it as 2022-07-29")
    return day
