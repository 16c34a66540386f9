"""Following folders, files and feeds: what changed since the last look."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman.records import Failure
from dragoman.sources import RawDocument, SourceOptions, documents
from dragoman.sources.paths import files_of

SETTLED = 2.0  # seconds that a file was left alone before it is taken for whole

Stamp = tuple[int, int]  # when a file was changed, in nanoseconds, and its size


class Watch:
    """What was seen of some sources; each look gives the documents of what is new or changed since.

    Addresses are fetched at each look. A file that is being written waits for the look after.

    >>> [failure.uri for failure in Watch(["no/such/folder"], SourceOptions()).look()]
    ['no/such/folder']
    """

    def __init__(self, sources: Sequence[str], options: SourceOptions) -> None:
        self._sources = sources
        self._options = options
        self._seen: dict[Path, Stamp] = {}

    def look(self, *, settled: float = SETTLED) -> Iterator[RawDocument | Failure]:
        """Yield the documents of what changed since the last look."""
        for source in self._sources:
            if "://" in source:
                yield from documents([source], self._options)
                continue
            for file in files_of(source):
                if isinstance(file, Failure):
                    yield file
                elif self._changed(file, settled):
                    yield from documents([str(file)], self._options)

    def _changed(self, file: Path, settled: float) -> bool:
        try:
            status = file.stat()
        except OSError:
            return True  # reading it says why
        if time.time() - status.st_mtime < settled:
            return False
        stamp = (status.st_mtime_ns, status.st_size)
        changed = self._seen.get(file) != stamp
        self._seen[file] = stamp
        return changed
