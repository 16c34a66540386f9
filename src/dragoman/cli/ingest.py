"""`dragoman ingest` and `dragoman watch`: reports into a ledger, once or for good."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import chain, islice
from typing import Annotated

import typer

from dragoman.cli.endings import end_with, tidy
from dragoman.cli.given import (
    DateField,
    LedgerName,
    Published,
    Publisher,
    PublisherField,
    TextField,
    TitleField,
    UrlField,
    lasting,
    options_of,
)
from dragoman.cli.progress import bar_for
from dragoman.cli.read import Limit, Model, Quiet
from dragoman.errors import UsageError
from dragoman.language.pipeline import DEFAULT_MODEL
from dragoman.ledger import Ledger
from dragoman.ledger.correction import now
from dragoman.ledger.failing import failed_sources, forget_failure, forget_failures
from dragoman.ledger.ingest import Read, Writer, ingest_documents
from dragoman.ledger.prepared import records_of
from dragoman.ledger.watching import SETTLED, Watch
from dragoman.reader import Reader
from dragoman.records import Failure, Record
from dragoman.render.characters import on_one_line
from dragoman.sources import RawDocument, SourceOptions, documents

Sources = Annotated[
    list[str] | None,
    typer.Argument(metavar="SOURCE", help="Files, folders, globs, web addresses, or - for standard input."),
]
Records = Annotated[
    list[str] | None,
    typer.Option(metavar="FILE", help="Records that `dragoman read --format json` wrote, or -; may be repeated."),
]
Retry = Annotated[bool, typer.Option("--retry-failed", help="Take up what failed before; without SOURCE, only that.")]
Watched = Annotated[list[str], typer.Argument(metavar="SOURCE", help="Folders, files, globs, feeds and web addresses.")]
Every = Annotated[float, typer.Option(min=1, metavar="SECONDS", help="How long to wait between two looks.")]
Once = Annotated[bool, typer.Option("--once", help="Look once and stop.")]


def ingest(
    ledger: LedgerName,
    sources: Sources = None,
    records: Records = None,
    retry_failed: Retry = False,
    published: Published = None,
    publisher: Publisher = None,
    text_field: TextField = None,
    title_field: TitleField = None,
    date_field: DateField = None,
    url_field: UrlField = None,
    publisher_field: PublisherField = None,
    model: Model = DEFAULT_MODEL,
    limit: Limit = None,
    quiet: Quiet = False,
) -> None:
    """Read reports and keep them in a ledger.

    What the ledger has already is passed over, so a run that was stopped or killed goes on where it was when the same
    command is given again. Exit codes as of `dragoman read`.
    """
    failures: list[Failure] = []
    with tidy():
        fields = (text_field, title_field, date_field, url_field, publisher_field)
        options = options_of(published, publisher, *fields)
        paths, files = [lasting(path) for path in sources or ()], [lasting(file) for file in records or ()]
        if not (paths or files or retry_failed):
            raise UsageError("nothing to ingest; name sources, --records FILE, or --retry-failed")
        with Ledger(ledger, create=not retry_failed or bool(paths or files)) as kept:
            again = failed_sources(kept) if retry_failed and not (paths or files) else []
            files += [file for one in again for file in one.records]
            jobs = [(one.paths, one.options) for one in again] or [(paths, options)]
            run = kept.begin_run("ingest", paths, {**asdict(options), "records": files})
            with Writer(kept, run) as writer, bar_for(paths, to_file=True, quiet=quiet) as bar:
                found = chain.from_iterable(documents(some, how) for some, how in jobs)
                raw = bar.following(found) if bar else found
                items = chain(
                    writer.add_all(chain.from_iterable(map(records_of, files))),
                    ingest_documents(writer, islice(raw, limit), reading(model, options), retry=retry_failed),
                )
                for item in items:
                    if isinstance(item, Failure):
                        failures.append(item)
            if limit is None:
                done = [*files, *(path for some, _ in jobs for path in some)]
                forget_failures(kept, run, done, tried=retry_failed)
            kept.end_run(run)
            tally = writer.tally
            typer.echo(f"{tally.told()}; {kept.name} has {kept.counts()['reports']} reports")
    end_with(failures, tally.total, "reports")


def reading(model: str, options: SourceOptions) -> Read:
    """Return what reads documents; its models are loaded when there is a first one to read."""

    def read(raw: Iterable[RawDocument | Failure]) -> Iterator[Record | Failure]:
        rest = iter(raw)
        first = next(rest, None)
        if first is not None:
            yield from Reader(model, options).read_documents(chain([first], rest))

    return read


def watch(
    ledger: LedgerName,
    sources: Watched,
    every: Every = 60.0,
    once: Once = False,
    published: Published = None,
    publisher: Publisher = None,
    text_field: TextField = None,
    title_field: TitleField = None,
    date_field: DateField = None,
    url_field: UrlField = None,
    publisher_field: PublisherField = None,
    model: Model = DEFAULT_MODEL,
) -> None:
    """Keep a ledger up to date with folders and feeds, until it is stopped.

    A file is taken up when it has been left alone for two seconds, and again when it changes. What fails is noted in
    the ledger and does not end the watch.
    """
    with tidy():
        fields = (text_field, title_field, date_field, url_field, publisher_field)
        options = options_of(published, publisher, *fields)
        paths = [lasting(path) for path in sources]
        if "-" in paths:
            raise UsageError("standard input cannot be watched; use `dragoman ingest -`")
        seen = Watch(paths, options)
        read = reading(model, options)
        with Ledger(ledger, create=True) as kept:
            run = kept.begin_run("watch", paths, {**asdict(options), "records": []})
            while True:
                _look(kept, run, seen.look(settled=0.0 if once else SETTLED), read, paths)
                if once:
                    kept.end_run(run)
                    return
                time.sleep(every)


def _look(kept: Ledger, run: int, raw: Iterator[RawDocument | Failure], read: Read, paths: list[str]) -> None:
    """Take in what is new, and say so; an address that answers again has not failed any more."""
    failed: set[str] = set()
    with Writer(kept, run) as writer:
        for item in ingest_documents(writer, raw, read):
            if isinstance(item, Failure):
                failed.add(item.uri)
                typer.echo(f"{on_one_line(item.uri)}: {on_one_line(item.reason)}; {on_one_line(item.remedy)}", err=True)
    known = {failure.uri for failure in kept.failures()}
    for path in paths:
        if path in known and path not in failed:
            forget_failure(kept, path)
    if writer.tally.added or writer.tally.failed:
        typer.echo(f"{now()}  {writer.tally.told()}")
