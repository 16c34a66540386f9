"""Write the real output of every command into the manual: `python docs/refresh.py`.

A ```console block that begins with `$ dragoman …` gets what that command prints. Where the line before the block is
`<!-- first N of each -->` only the first entries of each part are kept. `<!-- options of COMMAND -->` is followed by
a table made from the command itself. A test compares the pages with what would be written.
"""

import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from dragoman.cli import app, command_named

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/tutorial.md", "docs/commands.md")
BLOCK = re.compile(
    r"(?P<head>(?:<!-- first (?P<first>\d+) of each -->\n)?```console\n\$ dragoman (?P<words>.*)\n)[^`]*```\n"
)
OPTIONS = re.compile(r"(?P<head><!-- options of (?P<command>\w+) -->\n)(?:.*\n)*?<!-- end -->\n")
ENTRY = re.compile(r"  \S")


def refreshed(page: str) -> str:
    """Return a page with its outputs and tables as they are now."""
    page = BLOCK.sub(lambda block: f"{block['head']}{_output(block)}```\n", page)
    return OPTIONS.sub(lambda part: f"{part['head']}{table_of(part['command'])}<!-- end -->\n", page)


def _output(block: re.Match[str]) -> str:
    result = CliRunner().invoke(app, shlex.split(block["words"]))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    lines = [line.rstrip() for line in result.output.rstrip().splitlines()]
    if block["first"]:
        lines = list(_shortened(lines, int(block["first"])))
    return "\n".join(lines) + "\n"


def _shortened(lines: list[str], first: int) -> Iterator[str]:
    """Yield the first entries of each part, and a mark where others are left out."""
    seen = 0
    for line in lines:
        if not line:
            seen = 0
        seen += bool(ENTRY.match(line))
        if seen <= first:
            yield line
        elif ENTRY.match(line) and seen == first + 1:
            yield "  …"


def table_of(command: str) -> str:
    """Return the arguments and options of a command as a Markdown table."""
    rows = ["| argument or option | meaning |", "| --- | --- |"]
    found = command_named(command)
    assert found is not None, command
    for parameter in found.params:
        if parameter.param_type_name == "argument":
            names = [parameter.metavar]
        else:
            names = [f"{name}{_value_of(parameter)}" for name in parameter.opts]
        default = parameter.default
        note = f" Default: `{default}`." if default and not parameter.required else ""
        rows.append(f"| {', '.join(f'`{name}`' for name in names)} | {parameter.help}{note} |")
    return "\n".join(rows) + "\n"


def _value_of(option: Any) -> str:
    return "" if option.is_flag else f" {option.metavar}".replace("|", " or ")


def main() -> None:
    """Rewrite the pages."""
    for name in PAGES:
        path = ROOT / name
        path.write_text(refreshed(path.read_text("utf-8")), "utf-8")
        print(f"{name} is fresh", file=sys.stderr)


if __name__ == "__main__":
    main()
