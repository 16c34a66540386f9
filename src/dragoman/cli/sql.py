"""`dragoman sql`: a read-only prompt over the ledger's views."""

import sys
from collections.abc import Iterator
from typing import Annotated, Literal

import typer

from dragoman.cli.endings import tidy
from dragoman.cli.given import LedgerName
from dragoman.cli.output import output_to
from dragoman.cli.rows import written
from dragoman.errors import DragomanError
from dragoman.ledger import Ledger
from dragoman.ledger.asking import Answer, ask
from dragoman.ledger.views import VIEWS
from dragoman.render.characters import on_one_line

PROMPT, MORE = "dragoman> ", "     ...> "
HELP = "Write a question in SQL and end it with ; — .views lists the views, .columns VIEW its columns, .quit ends."

Command = Annotated[str | None, typer.Option("-c", "--command", metavar="SQL", help="Ask this and stop.")]
Format = Annotated[
    Literal["text", "json", "csv"], typer.Option("--format", "-f", metavar="NAME", help="One of text, json, csv.")
]
Seconds = Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="How long a question may take.")]
Limit = Annotated[int, typer.Option(min=1, metavar="N", help="How many rows are printed at most.")]


def sql(
    ledger: LedgerName, command: Command = None, format: Format = "text", seconds: Seconds = 30.0, limit: Limit = 1000
) -> None:
    """Ask a ledger in SQL: a prompt over documented views, which cannot change anything."""
    with tidy(), Ledger(ledger) as kept:
        if command is not None:
            _print(ask(kept, command, seconds=seconds, limit=limit), format)
            return
        if sys.stdin.isatty():
            typer.echo(HELP, err=True)
        for question in _questions():
            try:
                _print(_answer(kept, question, seconds, limit), format)
            except DragomanError as error:
                typer.echo(f"dragoman: {on_one_line(str(error))}", err=True)


def _answer(kept: Ledger, question: str, seconds: float, limit: int) -> Answer:
    if question == ".views":
        return Answer(["view"], [[name] for name in VIEWS], more=False)
    if question.startswith(".columns"):
        view = question.removeprefix(".columns").strip()
        if view not in VIEWS:
            return Answer(["view"], [[name] for name in VIEWS], more=False)
        columns = ask(kept, f"SELECT * FROM {view} WHERE 1 = 0", seconds=seconds).columns  # noqa: S608 - one of ours
        return Answer(["column"], [[name] for name in columns], more=False)
    return ask(kept, question, seconds=seconds, limit=limit)


def _questions() -> Iterator[str]:
    """Yield what is asked at the prompt, or piped in: commands with a dot, questions that end with a semicolon."""
    if sys.stdin.isatty():
        import readline  # noqa: F401 - the keys that edit a line
    lines: list[str] = []
    while True:
        try:
            line = input((MORE if lines else PROMPT) if sys.stdin.isatty() else "")
        except EOFError:
            line = ";" if lines else ".quit"
        if not lines and line.strip() in (".quit", ".exit"):
            return
        if not lines and line.strip().startswith("."):
            yield line.strip()
            continue
        lines.append(line)
        if line.rstrip().endswith(";"):
            question = "\n".join(lines).strip().rstrip(";")
            lines = []
            if question:
                yield question


def _print(answer: Answer, format: str) -> None:
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    with output_to(None) as write:
        written(format, list(answer.columns), rows, write)
    if answer.more:
        typer.echo(f"only the first {len(rows)} rows; add LIMIT and OFFSET, or give --limit", err=True)
