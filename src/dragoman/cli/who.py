"""`dragoman who` and `dragoman join`: what an archive has on somebody, and what makes it one archive."""

from typing import Annotated

import msgspec
import typer

from dragoman.cli.corpus_input import LedgerName, RecordFiles, check_input, records_of
from dragoman.cli.endings import SOME_FAILED, end_with, tidy
from dragoman.cli.given import LedgerName as NamedLedger
from dragoman.cli.output import output_to
from dragoman.cli.read import Output
from dragoman.corpus.actors import find_actors
from dragoman.corpus.join import join as join_ledger
from dragoman.corpus.rulings import NONE, Rulings
from dragoman.corpus.stored import records_naming
from dragoman.corpus.who import dossiers, named, text_of
from dragoman.entities import knowledge
from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.ledger.deciding import decisions_of
from dragoman.records import Failure, Record
from dragoman.render.characters import on_one_line

Name = Annotated[str, typer.Argument(metavar="NAME", help="A name as reports have it, a surname, or a Wikidata id.")]
Anew = Annotated[bool, typer.Option("--anew", help="Compare everything anew; the result is the same.")]
FormatName = Annotated[str, typer.Option("--format", "-f", metavar="NAME", help="One of text, json.")]


def who(
    name: Name,
    ledger: LedgerName = None,
    records: RecordFiles = None,
    format: FormatName = "text",
    output: Output = None,
) -> None:
    """Print what an archive has on somebody: offices, other names, statements, events, negotiations.

    A surname shows everybody who bears it, those in most reports first. Exit code 1 where there is nobody.
    """
    failures: list[Failure] = []
    with tidy():
        if format not in ("text", "json"):
            raise UsageError(f"there is no format {format!r}; name one of text, json")
        check_input(ledger, records or ())
        tables = knowledge.load()
        archive, rulings = _records(name, ledger, records or [], failures)
        files = dossiers(named(find_actors(archive, tables, rulings), name), archive, tables)
        with output_to(output, records or ()) as write:
            for file in files:
                write(text_of(file) if format == "text" else msgspec.json.encode(file).decode() + "\n")
    end_with(failures, len(failures), "lines")
    if not files:
        typer.echo(f"nobody in the archive is called {on_one_line(name)}", err=True)
        raise typer.Exit(SOME_FAILED)


def _records(name: str, ledger: str | None, files: list[str], failures: list[Failure]) -> tuple[list[Record], Rulings]:
    """Return the records that may name somebody, and what people said of who is who."""
    if ledger is None:
        return list(records_of(files, failures)), NONE
    with Ledger(ledger) as store:
        found = records_naming(store, name)
        with store.reading() as connection:
            decided = decisions_of(connection)
    return found, Rulings.of(decided, {record.report.uri: record.report.id for record in found})


def join(ledger: NamedLedger, anew: Anew = False) -> None:
    """Find copies, actors and acts told by several reports in a ledger, and keep them there.

    Run it after `dragoman ingest`: only what new reports touch is compared anew, and all of it changes at once.
    """
    with tidy(), Ledger(ledger) as store:
        done = join_ledger(store, anew=anew)
        typer.echo(
            f"{done.reports} reports, {done.copies} of them copies; {done.actors} actors; "
            f"{done.events} events tell {done.occurrences} occurrences, {done.anew} of them looked at anew"
        )
