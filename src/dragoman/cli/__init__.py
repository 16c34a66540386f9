"""The command line: each command a thin shell over the public functions.

A command's module is imported when the command is called: a reading does not wait for what only the ledger needs.
"""

from importlib import import_module
from importlib.metadata import version
from typing import Annotated

import typer
from typer.core import TyperCommand, TyperGroup

__all__ = ["COMMANDS", "app", "main"]

# Each command's name, with the module and the function that it is, in the order of the manual.
COMMANDS = {
    "read": "read:read",
    "check": "check:check",
    "explain": "explain:explain",
    "negotiations": "negotiations:negotiations",
    "code": "code:code",
    "ingest": "ingest:ingest",
    "watch": "watch:watch",
    "reread": "review:reread",
    "review": "review:review",
    "query": "query:query",
    "show": "query:show",
    "sql": "sql:sql",
    "join": "who:join",
    "who": "who:who",
    "series": "series:series",
    "changes": "series:changes",
    "export": "export:export",
    "import": "import_:import_",
    "serve": "serve:serve",
}


def command_named(name: str) -> TyperCommand | None:
    """Return a command, its module imported; None where there is none of this name."""
    if name not in COMMANDS:
        return None
    module, function = COMMANDS[name].split(":")
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    alone.command(name)(getattr(import_module(f"dragoman.cli.{module}"), function))
    command = typer.main.get_command(alone)
    assert isinstance(command, TyperCommand), name
    return command


class Commands(TyperGroup):
    """The commands by name."""

    def list_commands(self, ctx: object) -> list[str]:
        """Return all names, in the manual's order."""
        return list(COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> TyperCommand | None:
        """Return the command of this name."""
        return command_named(cmd_name)


app = typer.Typer(
    cls=Commands,
    name="dragoman",
    help="Reads news of diplomacy and conflict and writes the ledger: who said what, who did what to whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


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
