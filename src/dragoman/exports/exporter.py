"""What every export format is: a class over a stream of records, and where its output goes."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from dragoman.errors import UsageError
from dragoman.exports.choice import Settings
from dragoman.records import Record


class Exporter(Protocol):
    """A file or folder in the making: `write` for each record, `finish` at the end, also after an error."""

    def write(self, record: Record) -> None:
        """Add a record."""

    def finish(self) -> None:
        """Write what comes last, and close what is open."""


class Maker(Protocol):
    """What makes an exporter: its class."""

    def __call__(self, target: Path, settings: Settings) -> Exporter:
        """Begin to write to a file or folder."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format: what makes its exporter, and what its output is.

    `suffix` is what its file's name ends with, `.zip` where it is several and they travel as one; `folder` where it is
    several files; `chooses` where it holds only the events of the `Choice`, not all of them.
    """

    make: Maker
    summary: str
    suffix: str = ".zip"
    folder: bool = False
    chooses: bool = True


@contextmanager
def whole(target: Path, *, folder: bool) -> Iterator[Path]:
    """Give a path beside a target to write to; it takes the target's name when all is written, and only then."""
    _refuse(target, folder=folder)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if folder:
            part.mkdir()
        yield part
        if folder and target.is_dir():
            target.rmdir()
        part.replace(target)
    finally:
        if part.is_dir():
            shutil.rmtree(part)
        part.unlink(missing_ok=True)


def _refuse(target: Path, *, folder: bool) -> None:
    """Raise UsageError where the target cannot be written whole."""
    if not target.parent.is_dir():
        raise UsageError(f"the folder of {target} is not there; make it first")
    if not folder and target.is_dir():
        raise UsageError(f"{target} is a folder; name a file for this format")
    if folder and target.is_dir() and any(target.iterdir()):
        raise UsageError(f"{target} holds files already; name a new or an empty folder")
    if folder and target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file; this format is a folder of files")
