"""`dragoman check`: what a careful editor would query, as a linter prints it."""

import json
from collections import deque
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import islice
from typing import Annotated, Literal

import typer

from dragoman.checks import KINDS, lint
from dragoman.cli.endings import SOME_FAILED, end_with, tidy
from dragoman.cli.given import OwnTable, Published, day_of
from dragoman.cli.output import output_to
from dragoman.cli.read import Limit, Model, Output, Paths
from dragoman.errors import UsageError
from dragoman.language.pipeline import DEFAULT_MODEL
from dragoman.reader import Reader
from dragoman.records import Failure, Record
from dragoman.sources import RawDocument, SourceOptions, documents

FormatName = Annotated[
    Literal["text", "sarif"], typer.Option("--format", "-f", metavar="NAME", help="One of text, sarif.")
]
FailOn = Annotated[
    Literal["note", "warning", "error"],
    typer.Option(metavar="SEVERITY", help="End with exit code 1 at this severity and above: note, warning, error."),
]
Skip = Annotated[list[str] | None, typer.Option(metavar="KIND", help="Leave out a kind of flag; may be repeated.")]


def check(
    paths: Paths,
    format: FormatName = "text",
    output: Output = None,
    fail_on: FailOn = "warning",
    skip: Skip = None,
    published: Published = None,
    model: Model = DEFAULT_MODEL,
    knowledge: OwnTable = None,
    limit: Limit = None,
) -> None:
    """Print what a careful editor would query in reports.

    A line a flag: file:line:column kind message. Exit code 0: nothing at or above --fail-on; 1: something, or a
    report that could not be read; 2: the call makes no sense.
    """
    failures: list[Failure] = []
    found: list[tuple[Record, str | None]] = []
    total, reached = 0, False
    with tidy():
        options = SourceOptions(published=day_of(published))
        left_out = _kinds(skip or [])
        raw = islice(documents(paths, options), limit)
        with output_to(output, paths) as write:
            for item, source in _with_source(Reader(model, options, knowledge), raw):
                total += 1
                if isinstance(item, Failure):
                    failures.append(item)
                    continue
                record = lint.without(item, left_out)
                reached = reached or lint.reaches(record.flags, fail_on)
                if format == "text":
                    write("".join(f"{line}\n" for line in lint.lines_of(record, source)))
                elif record.flags:
                    found.append((record, source))
            if format == "sarif":
                write(json.dumps(lint.sarif_of(found, version("dragoman")), ensure_ascii=False, indent=1) + "\n")
    end_with(failures, total, "reports")
    if reached:
        raise typer.Exit(SOME_FAILED)


def _with_source(reader: Reader, raw: Iterable[RawDocument | Failure]) -> Iterator[tuple[Record | Failure, str | None]]:
    """Yield each record with its document as it was before cleaning."""
    contents: deque[str | None] = deque()

    def kept() -> Iterator[RawDocument | Failure]:
        for document in raw:
            contents.append(document.content if isinstance(document, RawDocument) else None)
            yield document

    for item in reader.read_documents(kept()):
        yield item, contents.popleft()


def _kinds(names: list[str]) -> frozenset[str]:
    """Return kinds that a person named; UsageError where one is none."""
    unknown = next((name for name in names if name not in KINDS), None)
    if unknown is not None:
        raise UsageError(f"there is no flag {unknown!r}; name one of {', '.join(sorted(KINDS))}")
    return frozenset(names)
