"""`dragoman ingest`: reports into a ledger."""

import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict
from itertools import chain, islice
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.endings import end_with, tidy
from dragoman.cli.given import AS_IS, LedgerName, lasting, with_source_options
from dragoman.cli.progress import bar_for
from dragoman.cli.read import Limit, Model, Quiet, ReportTimeout, Workers
from dragoman.errors import UsageError
from dragoman.language.pipeline import DEFAULT_MODEL
from dragoman.ledger import Ledger
from dragoman.ledger.failing import failed_sources, forget_failures
from dragoman.ledger.ingest import Read, Writer, ingest_documents
from dragoman.ledger.prepared import checked, records_of
from dragoman.records import Failure, Record
from dragoman.scale import read_documents_with
from dragoman.scale.manifest import manifest_of, records_in
from dragoman.sources import RawDocument, SourceOptions, documents

Sources = Annotated[
    list[str] | None,
    typer.Argument(metavar="SOURCE", help="Files, folders, globs, web addresses, or - for standard input."),
]
Records = Annotated[
    list[str] | None,
    typer.Option(metavar="FILE", help="Records that `dragoman read --format json` wrote, or -; may be repeated."),
]
Parts = Annotated[
    list[str] | None,
    typer.Option("--from-parquet", metavar="FOLDER", help="Parts that `read --engine ray` wrote; may be repeated."),
]
Retry = Annotated[bool, typer.Option("--retry-failed", help="Take up what failed before; without SOURCE, only that.")]


@with_source_options
def ingest(
    ledger: LedgerName,
    sources: Sources = None,
    records: Records = None,
    from_parquet: Parts = None,
    retry_failed: Retry = False,
    options: SourceOptions = AS_IS,
    model: Model = DEFAULT_MODEL,
    limit: Limit = None,
    quiet: Quiet = False,
    workers: Workers = None,
    report_timeout: ReportTimeout = None,
) -> None:
    """Read reports and keep them in a ledger.

    What the ledger has already is passed over, so a run that was stopped or killed goes on where it was when the same
    command is given again. Exit codes as of `dragoman read`.
    """
    failures: list[Failure] = []
    with tidy():
        paths = [lasting(path) for path in sources or ()]
        files = [*map(lasting, records or ()), *map(whole_folder, from_parquet or ())]
        if not (paths or files or retry_failed):
            raise UsageError(
                "nothing to ingest; name sources, --records FILE, --from-parquet FOLDER, or --retry-failed"
            )
        with Ledger(ledger, create=not retry_failed or bool(paths or files)) as kept:
            again = failed_sources(kept) if retry_failed and not (paths or files) else []
            files += [file for one in again for file in one.records]
            jobs = [(one.paths, one.options) for one in again] or [(paths, options)]
            run = kept.begin_run("ingest", paths, {**asdict(options), "records": files})
            with Writer(kept, run) as writer, bar_for(paths, to_file=True, quiet=quiet) as bar:
                found = chain.from_iterable(documents(some, how) for some, how in jobs)
                raw = islice(bar.following(found) if bar else found, limit)
                read = reading(model, workers, report_timeout)
                with closing(ingest_documents(writer, raw, read, retry=retry_failed)) as read_now:
                    for item in chain(writer.add_all(chain.from_iterable(map(prepared, files))), read_now):
                        if isinstance(item, Failure):
                            failures.append(item)
            if limit is None:
                done = [*files, *(path for some, _ in jobs for path in some)]
                forget_failures(kept, run, done, tried=retry_failed)
            kept.end_run(run)
            tally = writer.tally
            typer.echo(f"{tally.told()}; {kept.name} has {kept.counts()['reports']} reports")
    end_with(failures, tally.total, "reports")


def reading(model: str, workers: int | None = 1, report_timeout: float | None = None) -> Read:
    """Return what reads documents, in so many processes; its models are loaded when there is a first one to read."""

    def read(raw: Iterable[RawDocument | Failure]) -> Iterator[Record | Failure]:
        rest = iter(raw)
        first = next(rest, None)
        if first is not None:
            yield from read_documents_with(workers, chain([first], rest), model=model, report_timeout=report_timeout)

    return read


def prepared(path: str) -> Iterator[Record | Failure]:
    """Yield records that were read before: the lines of a file, or what is in the parts of a folder."""
    return checked(records_in(path), path) if os.path.isdir(path) else records_of(path)


def whole_folder(path: str) -> str:
    """Return a folder of parts by its lasting name; UsageError where it is none."""
    manifest_of(Path(path))
    return lasting(path)
