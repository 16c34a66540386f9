"""The command line: each command a thin shell over the public functions."""

from importlib.metadata import version
from typing import Annotated

import typer

from dragoman.cli.check import check
from dragoman.cli.code import code
from dragoman.cli.explain import explain
from dragoman.cli.export import export
from dragoman.cli.import_ import import_
from dragoman.cli.ingest import ingest, watch
from dragoman.cli.negotiations import negotiations
from dragoman.cli.query import query, show
from dragoman.cli.read import read
from dragoman.cli.review import reread, review
from dragoman.cli.series import changes, series
from dragoman.cli.sql import sql
from dragoman.cli.who import join, who

__all__ = ["app", "main"]

app = typer.Typer(
    name="dragoman",
    help="Reads news of diplomacy and conflict and writes the ledger: who said what, who did what to whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(read)
app.command()(check)
app.command()(explain)
app.command()(negotiations)
app.command()(code)
app.command()(ingest)
app.command()(watch)
app.command()(reread)
app.command()(review)
app.command()(query)
app.command()(show)
app.command()(sql)
app.command()(join)
app.command()(who)
app.command()(series)
app.command()(changes)
app.command()(export)
app.command("import")(import_)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"dragoman {version('dragoman')}")
        raise typer.Exit


@app.callback()
def _dragoman(
    asked: Annotated[bool, typer.Option("--version", help="Print the version and stop.", callback=_version)] = False,
) -> None:
    """What stands before the commands."""


def main() -> None:
    """Run the command line: what the `dragoman` script calls."""
    app()
