"""`dragoman review` and `dragoman reread`: what people said, kept while what the machine read is replaced."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from dragoman.cli.endings import end_with, tidy
from dragoman.cli.given import LedgerName
from dragoman.cli.output import output_to
from dragoman.cli.read import Model, Output
from dragoman.errors import UsageError
from dragoman.language.pipeline import DEFAULT_MODEL
from dragoman.ledger import Ledger
from dragoman.ledger.ingest import Writer
from dragoman.ledger.rereading import reread as read_again
from dragoman.ledger.rereading import unplaced
from dragoman.ledger.review import exported, imported
from dragoman.reader import Reader
from dragoman.records import Failure

Way = Annotated[Literal["export", "import"], typer.Argument(metavar="export|import", help="Which way they go.")]
File = Annotated[str | None, typer.Argument(metavar="FILE", help="import: corrections as JSONL, or - for stdin.")]
All = Annotated[bool, typer.Option("--all", help="Also what these very versions read.")]


def review(way: Way, ledger: LedgerName, file: File = None, output: Output = None) -> None:
    """Move corrections out of a ledger or into it, as a line of JSON each.

    What is there already is passed over. Exit code 1 where a line is no correction, or has no place in its report.
    """
    failures: list[Failure] = []
    total = 0
    with tidy():
        if (way == "import") != (file is not None):
            raise UsageError("import takes a FILE, export takes none; export writes to --output or standard output")
        with Ledger(ledger) as kept:
            if file is None:
                with output_to(output) as write:
                    for line in exported(kept):
                        write(line.decode())
                return
            fates = {"stored": 0, "known": 0, "unplaced": 0}
            for total, line in enumerate(_lines(file), 1):
                try:
                    found = imported(kept, line)
                except (UsageError, LookupError) as error:
                    failures.append(Failure(uri=f"{file}#{total}", reason=str(error), remedy="mend it, or take it out"))
                    continue
                fates[found.fate] += 1
                if found.fate == "unplaced":
                    remedy = "it is kept, and applied where it finds a place"
                    failures.append(Failure(uri=f"{file}#{total}", reason=found.reason, remedy=remedy))
            stored, known, kept_only = fates.values()
            typer.echo(f"{stored} applied, {known} known already, {kept_only} kept without a place")
    end_with(failures, total, "corrections")


def _lines(file: str) -> Iterator[bytes]:
    with sys.stdin.buffer if file == "-" else Path(file).open("rb") as lines:
        yield from (line for line in lines if line.strip())


def reread(ledger: LedgerName, everything: All = False, model: Model = DEFAULT_MODEL) -> None:
    """Read again what older versions read: it is replaced, and what people said is kept.

    The text is the one in the ledger. A run that was stopped goes on where it was. Exit code 1 where a report could
    not be read again, which keeps what was read, or where a correction has no place in the new reading.
    """
    failures: list[Failure] = []
    with tidy(), Ledger(ledger) as kept:
        before = {one.id for one in unplaced(kept)}
        reader = Reader(model)
        run = kept.begin_run("reread", options={"model": model})
        with Writer(kept, run) as writer:
            for item in read_again(writer, reader.read_reports, None if everything else reader.read_by):
                if isinstance(item, Failure):
                    failures.append(item)
        kept.end_run(run)
        total = writer.tally.total
        typer.echo(f"{total - len(failures)} read again, {len(failures)} failed; {kept.name}")
        for one in unplaced(kept):
            if one.id not in before:
                place = f"correction {one.id} ({one.action} {one.target or one.kind})"
                remedy = "look at the report, and correct it anew or withdraw it"
                failures.append(Failure(uri=place, reason=one.unplaced or "", remedy=remedy))
    end_with(failures, total, "reports and corrections")
