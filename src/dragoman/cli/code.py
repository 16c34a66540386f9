"""`dragoman code`: what the trained coder says of pairs that a person has marked."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Annotated, Literal

import typer

from dragoman.cli.endings import end_with, tidy
from dragoman.cli.given import CoderName
from dragoman.cli.output import Write, output_to
from dragoman.errors import UnreadableSource
from dragoman.events.coder import trained
from dragoman.events.pairs import Row, code_pairs, rows_of
from dragoman.language.encoder import SMALL
from dragoman.records import Failure

REMEDY = "mark it, or give its words or offsets"

File = Annotated[str, typer.Argument(metavar="FILE", help="Pairs as TSV or JSONL, or - for standard input.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, whole or not.")
]
AllowNone = Annotated[bool, typer.Option("--allow-none", help="Let the coder say that a pair holds no event.")]
Habits = Annotated[
    Literal["plover", "cameo"], typer.Option(metavar="plover|cameo", help="Which habits of coding the types follow.")
]


def code(
    file: File,
    output: Output = None,
    allow_none: AllowNone = False,
    convention: Habits = "plover",
    coder: CoderName = SMALL,
) -> None:
    """Code actor-recipient pairs that you have marked yourself.

    A row has `sentence` with `source` and `target` (words or offsets), or `marked_sentence` with <s>…</s> and
    <t>…</t>. Its columns pass through; type, modes, status, quad and probability are added.
    """
    with tidy():
        judge = trained(coder)
        with _opened(file) as (rows_file, json_lines), output_to(output, [file]) as write:
            rows = rows_of(rows_file, file, json_lines=json_lines)
            coded = code_pairs(rows, judge, allow_none=allow_none, convention=convention)
            failures, total = _written(coded, file, write, json_lines=json_lines)
    end_with(failures, total, "rows")


@contextmanager
def _opened(file: str) -> Iterator[tuple[Iterable[str], bool]]:
    """Give the file's lines, and whether it is JSONL: by its name, on standard input by its first character."""
    if file == "-":
        text = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline="")
        first = text.readline()
        yield chain([first], text), first.lstrip().startswith("{")
        text.detach()
        return
    try:
        with open(file, encoding="utf-8-sig", newline="") as opened:
            yield opened, file.lower().endswith((".jsonl", ".ndjson"))
    except UnicodeDecodeError as error:
        raise UnreadableSource(file, f"is not UTF-8 ({error.reason})", "convert it to UTF-8") from error


def _written(
    coded: Iterable[tuple[Row, str] | Failure], file: str, write: Write, *, json_lines: bool
) -> tuple[list[Failure], int]:
    """Write the rows as they come; return which could not be coded, and how many there were in all."""
    failures: list[Failure] = []
    total = 0
    for total, item in enumerate(coded, 1):
        if isinstance(item, Failure):
            failures.append(item)
            continue
        row, problem = item
        if problem:
            failures.append(Failure(uri=f"{file}, row {total}", reason=problem, remedy=REMEDY))
        if json_lines:
            write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            write((_tsv(row) if total == 1 else "") + _tsv(row.values()))
    return failures, total


def _tsv(cells: Iterable[object]) -> str:
    """Return cells as a line of a TSV file: lists joined, what is not known empty."""
    line = io.StringIO()
    plain = [" ".join(map(str, cell)) if isinstance(cell, list) else "" if cell is None else cell for cell in cells]
    csv.writer(line, delimiter="\t", lineterminator="\n").writerow(plain)
    return line.getvalue()
