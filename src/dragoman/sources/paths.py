"""Which files a path means: itself, a folder's reports, or what a glob matches."""

import glob
import os
from collections.abc import Iterator
from pathlib import Path

from dragoman.records import Failure
from dragoman.sources.formats import SUFFIXES, format_of_name

MAGIC = frozenset("*?[")


def files_of(path: str) -> Iterator[Path | Failure]:
    """Yield the files that a path means, sorted, or why there are none.

    >>> [failure.reason for failure in files_of("no/such/report.txt")]
    ['is not there']
    """
    if os.path.isdir(path):
        yield from _in_folder(path)
    elif os.path.lexists(path):
        yield Path(path)
    elif MAGIC & set(path):
        yield from _matching(path)
    else:
        yield Failure(uri=path, reason="is not there", remedy="check the path")


def _matching(pattern: str) -> Iterator[Path | Failure]:
    """Yield what a glob matches."""
    matches = sorted(glob.iglob(pattern, recursive=True))
    if not matches:
        yield Failure(uri=pattern, reason="matches no file", remedy="check the pattern")
    for match in matches:
        # "**" gives folders and what is in them: a folder is then met file by file already.
        if not os.path.isdir(match):
            yield Path(match)
        elif "**" not in pattern:
            yield from _in_folder(match)


def _in_folder(folder: str) -> Iterator[Path | Failure]:
    """Yield the reports of a folder and the folders in it, hidden ones left out."""
    failures: list[Failure] = []
    found = False

    def note(error: OSError) -> None:
        failures.append(_unreadable(error))

    for here, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and format_of_name(name):
                found = True
                yield Path(here, name)
    yield from failures
    if not found and not failures:
        formats = " ".join(sorted(SUFFIXES))
        yield Failure(
            uri=folder, reason="is a folder without reports", remedy=f"reports end in {formats}, or .gz of it"
        )


def _unreadable(error: OSError) -> Failure:
    """Return the failure of a folder that cannot be listed."""
    return Failure(
        uri=str(error.filename),
        reason=f"cannot be listed ({error.strerror})",
        remedy="check its permissions",
    )
