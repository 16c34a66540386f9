"""`dragoman export`: the ledger in the formats that the field's tools load."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, cast

import typer

from dragoman.cli.endings import end_with, tidy
from dragoman.errors import UnreadableSource, UsageError
from dragoman.exports import FORMATS, Choice, Settings, format_named
from dragoman.exports import export as write_export
from dragoman.exports.choice import EVERY_STATUS, HAPPENED
from dragoman.ledger import Ledger
from dragoman.ledger.prepared import records_of
from dragoman.records import Failure, Record, Status

ALL = "all"

FormatName = Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")]
Source = Annotated[
    str | None, typer.Argument(metavar="SOURCE", help="Records as `dragoman read --format json` writes them, or -.")
]
LedgerName = Annotated[
    str | None, typer.Option("--ledger", "-l", metavar="LEDGER", help="A ledger, in place of SOURCE.")
]
Raw = Annotated[bool, typer.Option("--raw", help="With --ledger: what was read, without corrections.")]
Target = Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="The file or, for some formats, folder.")]
Statuses = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="NAME", help="Events of this status too; may be repeated; all for all."),
]
Claims = Annotated[bool, typer.Option("--claims", help="Events too that only a source claims, marked.")]
PublicationDay = Annotated[
    bool, typer.Option("--publication-day", help="Put events without a day on that of publication, marked.")
]


def export(
    format: FormatName,
    output: Target,
    source: Source = None,
    ledger: LedgerName = None,
    status: Statuses = None,
    claims: Claims = False,
    publication_day: PublicationDay = False,
    raw: Raw = False,
) -> None:
    """Write records in a format that other tools load.

    Formats of events hold those that the report itself says happened, unless --status and --claims ask for more.
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
                yield item

    with tidy():
        format_named(format)
        choice = Choice(_statuses(status or []), claims, publication_day)
        with _items(source, ledger, raw=raw) as items:
            write_export(good(items), format, output, Settings(choice, _command()))
    end_with(failures, total, "lines")


def _statuses(names: list[str]) -> frozenset[Status]:
    unknown = next((name for name in names if name != ALL and name not in EVERY_STATUS), None)
    if unknown is not None:
        raise UsageError(f"there is no status {unknown!r}; name one of {', '.join(sorted(EVERY_STATUS))}, or all")
    return EVERY_STATUS if ALL in names else HAPPENED | cast(frozenset[Status], frozenset(names))


@contextmanager
def _items(source: str | None, ledger: str | None, *, raw: bool) -> Iterator[Iterable[Record | Failure]]:
    """Give the records of a file of them, or of a ledger."""
    if (source is None) is (ledger is None):
        raise UsageError("name either a file of records or --ledger")
    if ledger is not None:
        with Ledger(ledger) as kept:
            yield kept.records(raw=raw)
    elif source is not None:
        if source != "-" and not Path(source).is_file():
            raise UnreadableSource(source, "is not there", "check the path")
        yield records_of(source)


def _command() -> str:
    """Return the command as it was given, for the record; folders of this machine are nobody's business."""
    words = [word if word.startswith("-") else word.rstrip("/").rpartition("/")[2] for word in sys.argv[1:]]
    return " ".join(["dragoman", *words])
