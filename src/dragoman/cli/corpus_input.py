"""What the commands over an archive are asked of: a ledger, or files of records."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Literal

import typer

from dragoman.corpus.acts import Act, acts_of_occurrences, acts_of_reports, volume_of
from dragoman.corpus.duplicates import find_duplicates
from dragoman.corpus.occurrences import find_occurrences
from dragoman.corpus.series import Choice
from dragoman.corpus.stored import events_in, occurrences_in, reports_since_join, volume_in
from dragoman.entities import knowledge
from dragoman.errors import UsageError
from dragoman.ledger import Ledger, prepared
from dragoman.ontology import types
from dragoman.records import Failure, Record
from dragoman.sources.dates import iso_of

Count = Literal["occurrences", "reports"]

LedgerName = Annotated[
    str | None, typer.Option("--ledger", "-l", metavar="LEDGER", help="The ledger: a file, or postgresql://… by URL.")
]
RecordFiles = Annotated[
    list[str] | None,
    typer.Option("--records", metavar="FILE", help="Records of `dragoman read --format json`; may be repeated."),
]
CountWhat = Annotated[
    Count, typer.Option(metavar="WHAT", help="Each act once (occurrences) or in every report (reports).")
]
Directed = Annotated[bool, typer.Option("--directed", help="Only what the first does to the second.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="From this day on.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="To this day.")]
LeastConfidence = Annotated[
    float, typer.Option("--confidence", min=0, max=1, metavar="P", help="Only acts of at least this confidence.")
]
Types = Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help="Only this type; may be repeated.")]


def records_of(files: Sequence[str], failures: list[Failure]) -> Iterator[Record]:
    """Yield the records of files; lines that hold none are added to the failures."""
    for name in files:
        for item in prepared.records_of(name):
            if isinstance(item, Failure):
                failures.append(item)
            else:
                yield item


def acts_of(
    ledger: str | None, files: Sequence[str], count: Count, sides: Sequence[str], failures: list[Failure]
) -> tuple[list[Act], dict[str, int]]:
    """Return the acts that have one of the sides, and how many reports were published on each day.

    Of what is counted by occurrences, copies of reports are left out of the volume too.
    """
    check_input(ledger, files)
    if ledger is None:
        records = list(records_of(files, failures))
        tables = knowledge.load()
        if count == "reports":
            return list(acts_of_reports(records, tables)), volume_of(records)
        copies = find_duplicates(records)
        return list(acts_of_occurrences(find_occurrences(records, copies, tables))), volume_of(records, copies)
    with Ledger(ledger) as store:
        if count == "reports":
            return events_in(store, sides), volume_in(store, copies=True)
        acts = occurrences_in(store, sides)
        if newer := reports_since_join(store):
            typer.echo(
                f"{newer} reports came or changed since the last `dragoman join`; they are not counted", err=True
            )
        return acts, volume_in(store, copies=False)


def check_input(ledger: str | None, files: Sequence[str]) -> None:
    """Raise UsageError unless there is a ledger or there are files, and not both."""
    if (ledger is None) == (not files):
        raise UsageError("name --ledger, or --records with files of records; not both, not neither")


def choice_of(
    directed: bool, since: str | None, until: str | None, confidence: float, names: Sequence[str] | None
) -> Choice:
    """Return which acts are counted; UsageError where a day or a type is none."""
    unknown = next((name for name in names or () if name not in types()), None)
    if unknown is not None:
        raise UsageError(f"there is no type {unknown!r}; name one of {', '.join(types())}")
    first, last = _day("--since", since), _day("--until", until)
    if first and last and first > last:
        raise UsageError(f"--since {since} is after --until {until}")
    return Choice(directed=directed, since=first, until=last, least_confidence=confidence, types=frozenset(names or ()))


def _day(option: str, written: str | None) -> date | None:
    if written is None:
        return None
    day = iso_of(written)
    if day is None:
        raise UsageError(f"{option} {written!r} is not a date that is certain; write it as 2022-07-29")
    return date.fromisoformat(day[:10])
