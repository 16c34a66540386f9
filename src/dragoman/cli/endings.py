"""How a command ends: exit codes, a closed pipe, Ctrl-C, and what could not be read."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.errors import DragomanError
from dragoman.records import Failure
from dragoman.render.characters import on_one_line

SOME_FAILED, USAGE, STOPPED = 1, 2, 130
SHOWN = 1000  # rows of the table: nobody reads further, and a terminal keeps no more
UNFOLDED = 10_000  # columns of a table in a pipe, where nothing folds lines


@contextmanager
def tidy() -> Iterator[None]:
    """Turn what may end a command early into an exit code and, where it helps, a line on standard error."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:  # `dragoman read … | head` has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except KeyboardInterrupt:
        typer.echo("stopped", err=True)
        raise typer.Exit(STOPPED) from None
    except DragomanError as error:
        typer.echo(f"dragoman: {on_one_line(str(error))}", err=True)
        raise typer.Exit(USAGE) from None
    except OSError as error:
        typer.echo(f"dragoman: {on_one_line(str(error))}", err=True)
        raise typer.Exit(USAGE) from None


def end_with(failures: Sequence[Failure], total: int, what: str) -> None:
    """End a run: with a table of what failed and exit code 1, or quietly where nothing did."""
    if not failures:
        return
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        console.width = UNFOLDED
    console.print(Text(f"{len(failures)} of {total} {what} failed:"))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("which", "why", "what to do"):
        table.add_column(title, overflow="fold")
    for failure in failures[:SHOWN]:
        table.add_row(*(Text(on_one_line(cell)) for cell in (failure.uri, failure.reason, failure.remedy)))
    console.print(table)
    if len(failures) > SHOWN:
        console.print(Text(f"and {len(failures) - SHOWN} more"))
    raise typer.Exit(SOME_FAILED)
