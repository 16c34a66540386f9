"""The progress bar: on a terminal, once a run takes long, never between lines of output."""

import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from dragoman.records import Failure, Record
from dragoman.sources import RawDocument
from dragoman.sources.paths import files_of

LONG = 2.0  # seconds of reading before the bar appears
PACKED = (".gz", ".warc")  # whose size says little of what is in them


class _Rate(ProgressColumn):
    """Reports a second."""

    def render(self, task: Task) -> Text:
        reports, failures = task.fields["reports"], task.fields["failures"]
        rate = f"{reports} reports, {reports / max(task.elapsed or 0.0, 0.1):.1f}/s"
        return Text(f"{rate}, {failures} failed" if failures else rate)


class Bar:
    """A bar that follows reports; the part done is told by the sizes of their documents."""

    def __init__(self, total: int | None) -> None:
        columns = (TextColumn("reading"), BarColumn(), _Rate(), TimeRemainingColumn(compact=True))
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("", total=total, reports=0, failures=0)
        self._began = time.monotonic()
        self._shown = False
        self._sizes: deque[int] = deque()  # of the documents that are taken and not yet done

    def following(self, documents: Iterable[RawDocument | Failure]) -> Iterator[RawDocument | Failure]:
        """Yield the documents, and move the bar: where each is read as soon as it is taken."""
        for number, document in enumerate(documents, 1):
            self._move(number, _size_of(document), 0)
            yield document

    def taking(self, documents: Iterable[RawDocument | Failure]) -> Iterator[RawDocument | Failure]:
        """Yield the documents, and note their sizes for `done`: where many are taken before the first is done."""
        for document in documents:
            self._sizes.append(_size_of(document))
            yield document

    def done(self, items: Iterable[Record | Failure]) -> Iterator[Record | Failure]:
        """Yield what the documents became, in their order, and move the bar."""
        failures = 0
        for number, item in enumerate(items, 1):
            failures += isinstance(item, Failure)
            self._move(number, self._sizes.popleft() if self._sizes else 0, failures)
            yield item

    def _move(self, reports: int, size: int, failures: int) -> None:
        """Tell how far the run is, and show the bar once that takes long."""
        self._progress.update(self._task, advance=size, reports=reports, failures=failures)
        if not self._shown and time.monotonic() - self._began > LONG:
            self._progress.start()
            self._shown = True

    def stop(self) -> None:
        """Take the bar away."""
        if self._shown:
            self._progress.stop()


def _size_of(document: RawDocument | Failure) -> int:
    return len(document.content) if isinstance(document, RawDocument) else 0


@contextmanager
def bar_for(paths: list[str], *, to_file: bool, quiet: bool) -> Iterator[Bar | None]:
    """Give a bar where standard error is a terminal and nothing else is written to it meanwhile, else None."""
    if quiet or not sys.stderr.isatty() or (sys.stdout.isatty() and not to_file):
        yield None
        return
    bar = Bar(size_of(paths))
    try:
        yield bar
    finally:
        bar.stop()


def size_of(paths: list[str]) -> int | None:
    """Return how much is to be read; None where that is not known before it is read."""
    if any(path == "-" or "://" in path for path in paths):
        return None
    files = [file for path in paths for file in files_of(path) if not isinstance(file, Failure)]
    if any(file.name.lower().endswith(PACKED) for file in files):
        return None
    return sum(file.stat().st_size for file in files if file.is_file())
