"""`dragoman watch`: a ledger kept up to date with folders and feeds."""

import time
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from dragoman.cli.endings import tidy
from dragoman.cli.given import AS_IS, LedgerName, lasting, with_source_options
from dragoman.cli.ingest import reading
from dragoman.cli.read import Model
from dragoman.errors import UsageError
from dragoman.language.pipeline import DEFAULT_MODEL
from dragoman.ledger import Ledger
from dragoman.ledger.correction import now
from dragoman.ledger.failing import forget_failure
from dragoman.ledger.ingest import Read, Writer, ingest_documents
from dragoman.ledger.watching import SETTLED, Watch
from dragoman.records import Failure
from dragoman.render.characters import on_one_line
from dragoman.sources import RawDocument, SourceOptions

Watched = Annotated[list[str], typer.Argument(metavar="SOURCE", help="Folders, files, globs, feeds and web addresses.")]
Every = Annotated[float, typer.Option(min=1, metavar="SECONDS", help="How long to wait between two looks.")]
Once = Annotated[bool, typer.Option("--once", help="Look once and stop.")]


@with_source_options
def watch(
    ledger: LedgerName,
    sources: Watched,
    every: Every = 60.0,
    once: Once = False,
    options: SourceOptions = AS_IS,
    model: Model = DEFAULT_MODEL,
) -> None:
    """Keep a ledger up to date with folders and feeds, until it is stopped.

    A file is taken up when it has been left alone for two seconds, and again when it changes. What fails is noted in
    the ledger and does not end the watch.
    """
    with tidy():
        paths = [lasting(path) for path in sources]
        if "-" in paths:
            raise UsageError("standard input cannot be watched; use `dragoman ingest -`")
        seen = Watch(paths, options)
        read = reading(model)
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
