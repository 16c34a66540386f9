"""Where a command's output goes: standard output, or a file that is whole or not there."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import UsageError

Write = Callable[[str], None]


@contextmanager
def output_to(target: Path | None, inputs: Iterable[str] = ()) -> Iterator[Write]:
    """Give a function that writes text to a file, or to standard output where none is named.

    The file appears under its name when all is written; a run that is stopped leaves what was there before.
    """
    if target is None:
        yield _to(sys.stdout.buffer, _encoding())
        sys.stdout.buffer.flush()
    elif target.exists() and not target.is_file() and not target.is_dir():  # a pipe or a device
        with target.open("wb") as file:
            yield _to(file, "utf-8")
    else:
        _refuse(target, inputs)
        with _renamed_at_end(target) as file:
            yield _to(file, "utf-8")


def _to(file: BinaryIO, encoding: str) -> Write:
    def write(text: str) -> None:
        file.write(text.encode(encoding, "backslashreplace"))

    return write


def _encoding() -> str:
    """Return the terminal's own encoding; UTF-8 in a pipe, wherever it leads."""
    return (sys.stdout.encoding or "utf-8") if sys.stdout.isatty() else "utf-8"


def _refuse(target: Path, inputs: Iterable[str]) -> None:
    """Raise UsageError where the file cannot be written or is one that is to be read."""
    if target.is_dir():
        raise UsageError(f"{target} is a folder; name a file for the output")
    if not target.parent.is_dir():
        raise UsageError(f"the folder of {target} is not there; make it first")
    for path in inputs:
        if target.exists() and os.path.exists(path) and os.path.samefile(target, path):
            raise UsageError(f"{target} is the file to be read; name another for the output")


@contextmanager
def _renamed_at_end(target: Path) -> Iterator[BinaryIO]:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            yield file
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
