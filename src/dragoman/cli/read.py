"""`dragoman read`: reports in, ledgers out."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Annotated, Literal

import typer

from dragoman.cli.endings import end_with, tidy
from dragoman.cli.given import AS_IS, CoderName, OwnTable, with_source_options
from dragoman.cli.journal import Journal, journal_to
from dragoman.cli.output import Write, output_to
from dragoman.cli.progress import bar_for
from dragoman.errors import UsageError
from dragoman.language.encoder import SMALL
from dragoman.language.pipeline import DEFAULT_MODEL
from dragoman.records import Failure, Record
from dragoman.render import FORMATS, Format, Layout
from dragoman.scale import REPORT_TIMEOUT, read_documents_with
from dragoman.sources import SourceOptions, documents

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
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress bar and no summary.")]
Workers = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Read in N processes; by itself one for few reports, else one a core."),
]
ReportTimeout = Annotated[
    float | None,
    typer.Option(min=0.001, metavar="SECONDS", help="Set a report aside that takes longer; 300 with several workers."),
]
Log = Annotated[Path | None, typer.Option(metavar="FILE", help="Add what happens to this file, as JSON lines.")]
Engine = Annotated[
    Literal["local", "ray"],
    typer.Option(metavar="NAME", help="local: this machine; ray: many, which write Parquet parts into the -o FOLDER."),
]
Address = Annotated[str | None, typer.Option(metavar="ADDRESS", help="With --engine ray: a cluster that is running.")]


@with_source_options
def read(
    paths: Paths,
    format: FormatName = "text",
    output: Output = None,
    options: SourceOptions = AS_IS,
    model: Model = DEFAULT_MODEL,
    knowledge: OwnTable = None,
    coder: CoderName = SMALL,
    limit: Limit = None,
    quiet: Quiet = False,
    workers: Workers = None,
    report_timeout: ReportTimeout = None,
    log: Log = None,
    engine: Engine = "local",
    address: Address = None,
) -> None:
    """Read reports and print the ledger of each.

    Exit code 0: all were read; 1: some were not, and a table on standard error says which, why, and what to do;
    2: the call makes no sense.
    """
    with tidy():
        form = format_named(format)
        if address is not None and engine != "ray":
            raise UsageError("--address names a cluster; add --engine ray")
        with journal_to(log):
            journal = Journal("read", paths=paths, model=model, workers=workers, engine=engine)
            if engine == "ray":
                if knowledge is not None or coder != SMALL:
                    raise UsageError("--engine ray reads with what is shipped; leave out --knowledge and --coder")
                if limit is not None or format != "text":
                    raise UsageError("--engine ray writes all reports as Parquet; leave out --limit and --format")
                failures = _on_ray(paths, output, options, model, report_timeout, workers, address, journal)
            else:
                with bar_for(paths, to_file=output is not None, quiet=quiet) as bar, output_to(output, paths) as write:
                    raw = islice(documents(paths, options), limit)
                    taken = bar.taking(raw) if bar else raw
                    with closing(
                        read_documents_with(
                            workers, taken, model=model, report_timeout=report_timeout, knowledge=knowledge, coder=coder
                        )
                    ) as items:
                        done = bar.done(items) if bar else items
                        failures = _written(done, form, write, journal, to_file=output is not None)
            journal.end(quiet=quiet)
    end_with(failures, journal.reports + journal.failures, "reports")


def _on_ray(
    paths: list[str],
    folder: Path | None,
    options: SourceOptions,
    model: str,
    report_timeout: float | None,
    workers: int | None,
    address: str | None,
    journal: Journal,
) -> list[Failure]:
    """Read on many machines into a folder; return what failed."""
    from dragoman.scale.cluster import read_on_ray  # here: it needs what only `pip install "dragoman[ray]"` brings
    from dragoman.scale.manifest import How, failures_in

    if folder is None:
        raise UsageError("--engine ray writes a folder of Parquet parts; name it with -o FOLDER")
    how = How(str(folder.absolute()), model, report_timeout or REPORT_TIMEOUT, options)
    failures: list[Failure] = []
    for made in read_on_ray(paths, how, workers=workers, address=address):
        if isinstance(made, Failure):
            failures.append(made)
            continue
        journal.read(made.reports)
        failures += failures_in(folder, made)
    for failure in failures:
        journal.failed(failure)
    return failures


def _written(
    items: Iterator[Record | Failure], form: Format, write: Write, journal: Journal, *, to_file: bool
) -> list[Failure]:
    """Write the ledgers as they come; return what failed."""
    failures: list[Failure] = []
    on_terminal = sys.stdout.isatty() and not to_file
    width = shutil.get_terminal_size().columns if on_terminal else Layout().width
    write(form.opening)
    for total, item in enumerate(items, 1):
        if isinstance(item, Failure):
            failures.append(item)
            journal.failed(item)
        else:
            journal.read()
            write(form.of(item, Layout(width=width, colour=on_terminal, number=total)))
    write(form.closing)
    return failures


def format_named(name: str) -> Format:
    """Return the format of this name; UsageError where there is none."""
    try:
        return FORMATS[name]
    except KeyError:
        raise UsageError(f"there is no format {name!r}; name one of {', '.join(FORMATS)}") from None
