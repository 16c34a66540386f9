"""`dragoman series` and `dragoman changes`: what two sides have to do with each other over time."""

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from dragoman.cli.corpus_input import (
    CountWhat,
    Directed,
    LeastConfidence,
    LedgerName,
    RecordFiles,
    Since,
    Types,
    Until,
    acts_of,
    choice_of,
)
from dragoman.cli.endings import end_with, tidy
from dragoman.cli.output import output_to
from dragoman.cli.read import Output
from dragoman.corpus.change import changes_of
from dragoman.corpus.periods import BYS, By
from dragoman.corpus.plots import picture_of
from dragoman.corpus.series import Series, series_of
from dragoman.corpus.tables import bars_of, csv_of, text_of, text_of_changes
from dragoman.errors import UsageError
from dragoman.records import Failure

FORMATS = ("text", "csv", "json", "bars", "svg", "png")
PLAIN_WIDTH = 80

Sides = Annotated[
    list[str],
    typer.Argument(metavar="SIDE…", help="One or two: a country's code, code:SECTOR, a Wikidata id or a full name."),
]
Period = Annotated[By, typer.Option("--by", metavar="PERIOD", help=f"One of {', '.join(BYS)}.")]
FormatName = Annotated[str, typer.Option("--format", "-f", metavar="NAME", help=f"One of {', '.join(FORMATS)}.")]
ChangesFormat = Annotated[str, typer.Option("--format", "-f", metavar="NAME", help="One of text, json.")]


def series(
    sides: Sides,
    ledger: LedgerName = None,
    records: RecordFiles = None,
    by: Period = "month",
    count: CountWhat = "occurrences",
    directed: Directed = False,
    type: Types = None,
    since: Since = None,
    until: Until = None,
    confidence: LeastConfidence = 0.0,
    format: FormatName = "text",
    output: Output = None,
) -> None:
    """Count what two sides, or one, did to each other by day, week, month or quarter.

    With 95 % intervals, the share of claims, and the count for 1,000 reports that were published.
    """
    failures: list[Failure] = []
    with tidy():
        if format not in FORMATS:
            raise UsageError(f"there is no format {format!r}; name one of {', '.join(FORMATS)}")
        if format in ("svg", "png") and output is None:
            raise UsageError(f"--format {format} makes a picture; name a file for it with -o")
        check_sides(sides)
        choice = choice_of(directed, since, until, confidence, type)
        acts, volume = acts_of(ledger, records or (), count, sides, failures)
        found = series_of(acts, sides, by, volume, choice)
        if format in ("svg", "png") and output is not None:
            write_whole(output, picture_of(found, "svg" if format == "svg" else "png"))
        else:
            with output_to(output, records or ()) as write:
                for part in _parts(found, format):
                    write(part)
    end_with(failures, len(failures), "lines")


def changes(
    sides: Sides,
    ledger: LedgerName = None,
    records: RecordFiles = None,
    count: CountWhat = "occurrences",
    directed: Directed = False,
    type: Types = None,
    since: Since = None,
    until: Until = None,
    confidence: LeastConfidence = 0.0,
    format: ChangesFormat = "text",
    output: Output = None,
) -> None:
    """Tell the weeks in which two sides, or one, left their own past range, with the acts that made them so."""
    failures: list[Failure] = []
    with tidy():
        if format not in ("text", "json"):
            raise UsageError(f"there is no format {format!r}; name one of text, json")
        check_sides(sides)
        choice = choice_of(directed, since, until, confidence, type)
        acts, _ = acts_of(ledger, records or (), count, sides, failures)
        found = changes_of(acts, sides, choice)
        with output_to(output, records or ()) as write:
            if format == "text":
                write(text_of_changes(found))
            else:
                for change in found:
                    write(msgspec.json.encode(change).decode() + "\n")
    end_with(failures, len(failures), "lines")


def check_sides(sides: list[str]) -> None:
    """Raise UsageError unless there are one or two sides."""
    if len(sides) > 2:
        raise UsageError(f"a series has one side or two, not {len(sides)}: put a name of several words in quotes")


def _parts(found: Series, format: str) -> list[str]:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else PLAIN_WIDTH
    if format == "csv":
        return list(csv_of(found))
    if format == "json":
        return [msgspec.json.encode(found).decode() + "\n"]
    return [bars_of(found, width) if format == "bars" else text_of(found)]


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is whole or not there; UsageError where it cannot be."""
    if path.is_dir() or not path.parent.is_dir():
        raise UsageError(f"{path} cannot be written; name a file in a folder that is there")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
