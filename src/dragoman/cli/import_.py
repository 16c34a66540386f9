"""`dragoman import`: data sets of the field as records."""

import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO, cast

import typer

from dragoman.cli.endings import end_with, tidy
from dragoman.cli.export import opened
from dragoman.cli.output import output_to
from dragoman.errors import UnreadableSource
from dragoman.imports import FORMATS, LeftOut, importer_named
from dragoman.records import Failure, as_json

File = Annotated[str, typer.Argument(metavar="FILE", help="A file of the format, also .gz or .zip; or -.")]
FormatName = Annotated[str, typer.Option("--format", "-f", metavar="NAME", help=f"One of {', '.join(FORMATS)}.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, whole or not.")
]


def import_(file: File, format: FormatName, output: Output = None) -> None:
    """Read a POLECAT or GDELT 2.0 file and print its events as records, one a line.

    The records have no text: their spans are empty and their confidence is 0.
    """
    failures: list[Failure] = []
    left_out: Counter[str] = Counter()
    total = 0
    with tidy():
        importer = importer_named(format)
        with _unpacked(file) as rows, output_to(output, [file]) as write:
            for item in importer(rows, file):
                total += 1
                if isinstance(item, Failure):
                    failures.append(item)
                elif isinstance(item, LeftOut):
                    left_out[item.reason] += 1
                else:
                    write(as_json(item).decode("utf-8") + "\n")
        for reason, count in left_out.items():
            typer.echo(f"{count} of {total} rows left out: {reason}", err=True)
    end_with(failures, total, "rows")


@contextmanager
def _unpacked(file: str) -> Iterator[BinaryIO]:
    """Give a file's bytes; of a .zip those of the one file in it, as GDELT has them."""
    if not file.endswith(".zip"):
        with opened(file) as plain:
            yield plain
        return
    try:
        with zipfile.ZipFile(file) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
            if len(names) != 1:
                raise UnreadableSource(file, f"holds {len(names)} files", "unpack it and give one of them")
            with archive.open(names[0]) as member:
                yield cast(BinaryIO, member)
    except zipfile.BadZipFile as error:
        raise UnreadableSource(file, f"is no zip file ({error})", "fetch it again") from error
