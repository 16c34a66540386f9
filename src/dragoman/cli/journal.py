"""The log of a run: JSON lines in a file, and the line that sums the run up."""

import json
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.records import Failure

MANY = 64  # reports from which a run is summed up on standard error, too

logger = logging.getLogger("dragoman.run")
logger.addHandler(logging.NullHandler())  # what failed is in a table at the end, not on standard error meanwhile


class Journal:
    """Counts what a run does, and tells the log."""

    def __init__(self, command: str, **about: object) -> None:
        self._began = time.monotonic()
        self.reports = 0
        self.failures = 0
        logger.info("begun", extra={"fields": {"command": command, **about}})

    def read(self, reports: int = 1) -> None:
        """Count reports that were read."""
        self.reports += reports

    def failed(self, failure: Failure) -> None:
        """Count a report that was not read, and say why."""
        self.failures += 1
        about = {"uri": failure.uri, "reason": failure.reason, "remedy": failure.remedy}
        logger.warning("report failed", extra={"fields": about})

    def end(self, *, quiet: bool) -> None:
        """Sum the run up: in the log, and after many reports on standard error."""
        seconds = time.monotonic() - self._began
        total = self.reports + self.failures
        about = {
            "reports": self.reports,
            "failures": self.failures,
            "seconds": round(seconds, 1),
            "reports_a_second": round(total / max(seconds, 0.001), 2),
            "peak_megabytes": peak_megabytes(),
        }
        logger.info("ended", extra={"fields": about})
        if total >= MANY and not quiet:
            rate = f"{total / max(seconds, 0.001):,.1f} a second"
            failed = f", {self.failures:,} failed" if self.failures else ""
            print(f"{total:,} reports in {duration(seconds)}, {rate}{failed}", file=sys.stderr)


def peak_megabytes() -> dict[str, int]:
    """Return the most memory that this process has held, and the largest of those that it started; {} on Windows."""
    try:
        import resource
    except ImportError:
        return {}
    kinds = {"run": resource.RUSAGE_SELF, "worker": resource.RUSAGE_CHILDREN}
    unit = 1_000_000 if sys.platform == "darwin" else 1_000  # bytes there, kilobytes elsewhere
    return {name: resource.getrusage(kind).ru_maxrss // unit for name, kind in kinds.items()}


def duration(seconds: float) -> str:
    """Return a length of time for a person.

    >>> duration(4.25), duration(312), duration(9000)
    ('4.2 s', '5 min 12 s', '2 h 30 min')
    """
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"


@contextmanager
def journal_to(path: Path | None) -> Iterator[None]:
    """Write what is logged meanwhile to this file, a JSON object a line, after what it holds already."""
    if path is None:
        yield
        return
    try:
        handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise UsageError(f"the log {path} cannot be written ({error.strerror}); name another file") from error
    handler.setFormatter(_Lines())
    root = logging.getLogger("dragoman")
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
        handler.close()


class _Lines(logging.Formatter):
    """A log record as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
