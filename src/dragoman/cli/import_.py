"""`dragoman import`: data sets of the field as records."""

import gzip
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO, cast

import typer

from dragoman.cli.endings import end_with, tidy
from dragoman.cli.given import lasting
from dragoman.cli.output import output_to
from dragoman.errors import UnreadableSource, UsageError
from dragoman.imports import FORMATS, LeftOut, importer_named
from dragoman.ledger import Ledger
from dragoman.ledger.ingest import Writer
from dragoman.records import Failure, Record, as_json

File = Annotated[str, typer.Argument(metavar="FILE", help="A file of the format, also .gz or .zip; or -.")]
FormatName = Annotated[str, typer.Option("--format", "-f", metavar="NAME", help=f"One of {', '.join(FORMATS)}.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, whole or not.")
]

LedgerName = Annotated[
    str | None, typer.Option("--ledger", "-l", metavar="LEDGER", help="Keep them in this ledger and print none.")
]


def import_(file: File, format: FormatName, output: Output = None, ledger: LedgerName = None) -> None:
    """Read a POLECAT or GDELT 2.0 file and print its events as records, one a line, or keep them in a ledger.

    The text of such a record is the file's row, and its confidence is 0.
    """
    failures: list[Failure] = []
    left_out: Counter[str] = Counter()
    total = 0
    with tidy():
        importer = importer_named(format)
        with _unpacked(file) as rows, _taking(file, output, ledger) as take:
            for item in importer(rows, file if file == "-" else Path(file).name):
                total += 1
                if isinstance(item, Failure):
                    failures.append(item)
                elif isinstance(item, LeftOut):
                    left_out[item.reason] += 1
                else:
                    take(item)
        for reason, count in left_out.items():
            typer.echo(f"{count} of {total} rows left out: {reason}", err=True)
    end_with(failures, total, "rows")


@contextmanager
def _taking(file: str, output: Path | None, ledger: str | None) -> Iterator[Callable[[Record], None]]:
    """Give what takes records: a ledger, a file, or standard output."""
    if ledger is None:
        with output_to(output, [file]) as write:
            yield lambda record: write(as_json(record).decode("utf-8") + "\n")
        return
    if output is not None:
        raise UsageError("name either --output or --ledger")
    with Ledger(ledger, create=True) as kept:
        run = kept.begin_run("import", [lasting(file)])
        with Writer(kept, run) as writer:
            yield writer.add
        kept.end_run(run)
        typer.echo(f"{writer.tally.told()}; {kept.name} has {kept.counts()['reports']} reports")


@contextmanager
def _unpacked(file: str) -> Iterator[BinaryIO]:
    """Give a file's bytes, unpacked where its name says so; of a .zip the one file in it, as GDELT has them."""
    try:
        with ExitStack() as stack:
            yield _opened(file, stack)
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise UnreadableSource(file, f"is not whole ({error})", "fetch it again") from error


def _opened(file: str, stack: ExitStack) -> BinaryIO:
    if file == "-":
        return sys.stdin.buffer
    if file.endswith(".gz"):
        return cast(BinaryIO, stack.enter_context(gzip.open(file)))
    if not file.endswith(".zip"):
        return stack.enter_context(open(file, "rb"))
    archive = stack.enter_context(zipfile.ZipFile(file))
    names = [name for name in archive.namelist() if not name.endswith("/")]
    if len(names) != 1:
        raise UnreadableSource(file, f"holds {len(names)} files", "unpack it and give one of them")
    return cast(BinaryIO, stack.enter_context(archive.open(names[0])))
