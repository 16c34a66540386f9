"""`dragoman query` and `dragoman show`: asking a ledger, and the sentence that a row leads to."""

import sys
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

import typer

from dragoman.cli.endings import tidy
from dragoman.cli.given import LedgerName
from dragoman.cli.output import output_to
from dragoman.cli.read import Output
from dragoman.cli.rows import text_lines, write_parquet, written
from dragoman.errors import UsageError
from dragoman.exports.rows import csv_lines, json_lines, values_of
from dragoman.ledger import Ledger
from dragoman.ledger.answers import ROWS
from dragoman.ledger.filters import LISTS
from dragoman.ledger.grouping import COUNTED, Counted
from dragoman.records import Struct
from dragoman.render.layout import Layout
from dragoman.render.passage import passage_of
from dragoman.render.text import text_of

EVERYTHING = 2000  # rows of a page where all are wanted
OCCURRENCE = "o"  # what an occurrence's id begins with; a report's begins with a hex digit

What = Annotated[str, typer.Argument(metavar="LIST", help=f"What to ask for: {', '.join(LISTS)}.")]
Asked = Annotated[
    list[str] | None, typer.Argument(metavar="FILTER", help="Such as actor:USA, -type:REJECT, or words of the text.")
]
Format = Annotated[
    Literal["text", "json", "csv", "parquet"],
    typer.Option("--format", "-f", metavar="NAME", help="One of text, json, csv, parquet."),
]
SortBy = Annotated[
    str | None, typer.Option("--sort", metavar="NAME", help="day, confidence …; -day: the latest first.")
]
Limit = Annotated[int, typer.Option("--limit", min=1, metavar="N", help="How many rows a page has.")]
Everything = Annotated[bool, typer.Option("--all", help="All rows instead of a page.")]
CursorAt = Annotated[str | None, typer.Option("--cursor", metavar="CURSOR", help="Go on where the page before ended.")]
Count = Annotated[str | None, typer.Option("--count", metavar="WHAT", help=f"Count instead: {', '.join(COUNTED)}.")]
GroupBy = Annotated[
    str | None, typer.Option("--group-by", metavar="NAME", help="Count by type, month, dyad …; several by commas.")
]
Raw = Annotated[bool, typer.Option("--raw", help="What the machine read, without corrections.")]
Id = Annotated[
    str, typer.Argument(metavar="ID", help="A row's ref such as 3f01ca0cbbc605d7/v3, a report, an occurrence.")
]


def query(
    what: What,
    ledger: LedgerName,
    filters: Asked = None,
    format: Format = "text",
    sort: SortBy = None,
    limit: Limit = 50,
    everything: Everything = False,
    cursor: CursorAt = None,
    count: Count = None,
    group_by: GroupBy = None,
    raw: Raw = False,
    output: Output = None,
) -> None:
    """Ask a ledger for events, statements, reports, negotiations, flags or occurrences, or count them.

    A page that is not the last ends with the cursor of the next on standard error.
    """
    with tidy(), Ledger(ledger) as kept:
        if count is not None or group_by is not None:
            _count(kept, what, filters or [], count, group_by, raw, format, output)
            return
        question: dict[str, Any] = {"sort": sort, "raw": raw}
        if everything:
            pages = _pages(kept, what, filters or [], question)
            rest = None
        else:
            page = kept.page(what, filters or [], limit=limit, cursor=cursor, **question)
            pages, rest = iter([page.rows]), page.cursor
        _write(what, format, pages, output)
        if rest is not None:
            typer.echo(f"more: --cursor {rest}", err=True)


def _pages(kept: Ledger, what: str, filters: Sequence[str], question: dict[str, Any]) -> Iterator[Sequence[Struct]]:
    cursor: str | None = None
    while True:
        page = kept.page(what, filters, limit=EVERYTHING, cursor=cursor, **question)
        yield page.rows
        cursor = page.cursor
        if cursor is None:
            return


def _write(what: str, format: str, pages: Iterator[Sequence[Struct]], output: Any) -> None:
    if format == "parquet":
        write_parquet(output, what, pages)
        return
    rows = (row for page in pages for row in page)
    with output_to(output) as write:
        if format == "json":
            lines = json_lines(rows)
        elif format == "csv":
            lines = csv_lines(ROWS[what].__struct_fields__, map(values_of, rows))
        else:
            lines = text_lines(rows)
        for line in lines:
            write(line)


def _count(
    kept: Ledger,
    what: str,
    filters: Sequence[str],
    count: str | None,
    group_by: str | None,
    raw: bool,
    format: str,
    output: Any,
) -> None:
    names = [name.strip() for name in (group_by or "").split(",") if name.strip()]
    counted: Counted | None = next((one for one in COUNTED if one == count), None)
    if count is not None and counted is None:
        raise UsageError(f"{count!r} cannot be counted; count one of {', '.join(COUNTED)}")
    rows = kept.count(what, filters, counted=counted, by=names, raw=raw)
    with output_to(output) as write:
        if format == "text" and not names:
            write(f"{rows[0]['count']}\n")
        else:
            written(format, [*names, "count"], rows, write)


def show(id: Id, ledger: LedgerName, raw: Raw = False) -> None:
    """Print the sentence that a row comes from in its paragraph, with its words marked.

    Of a report, all that was read; of an occurrence, the sentence of every report that tells it.
    """
    with tidy(), Ledger(ledger) as kept, output_to(None) as write:
        colour = sys.stdout.isatty()
        report, _, one = id.partition("/")
        try:
            if one:
                write(passage_of(kept.record(report, raw=raw), one, colour=colour))
            elif id.startswith(OCCURRENCE):
                _show_occurrence(kept, id, write, colour)
            else:
                write(text_of(kept.record(report, raw=raw), Layout(colour=colour)))
        except LookupError as error:
            raise UsageError(str(error.args[0])) from None


def _show_occurrence(kept: Ledger, id: str, write: Any, colour: bool) -> None:
    events = list(kept.events(occurrence=id))
    if not events:
        raise LookupError(f"{kept.name} has no occurrence {id}")
    for event in events:
        report, _, one = event.ref.partition("/")
        write(f"{event.ref}\n{passage_of(kept.record(report), one, colour=colour)}\n")
