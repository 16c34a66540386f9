"""What a folder of parts says of itself: one line a part, added when the part is whole.

So a run that is killed leaves whole parts, and the next one reads the slices that no line names.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

import msgspec

from dragoman.errors import UsageError
from dragoman.language.pipeline import DEFAULT_MODEL
from dragoman.records import Failure, Record, from_json
from dragoman.scale.pool import REPORT_TIMEOUT
from dragoman.scale.slices import Slice
from dragoman.sources import SourceOptions

MANIFEST = "manifest.jsonl"
TOGETHER = 256  # records in memory at a time, and in a row group


class How(msgspec.Struct, frozen=True):
    """How parts are read: the same on every machine."""

    folder: str
    model: str = DEFAULT_MODEL
    report_timeout: float = REPORT_TIMEOUT
    options: SourceOptions = SourceOptions()


class Plan(msgspec.Struct, frozen=True):
    """The first line: what makes the parts comparable."""

    dragoman: str
    model: str
    options: dict[str, object]


class Made(msgspec.Struct, frozen=True):
    """A line: a part, the slices in it, how many reports were read and how many failed, its size and digest."""

    part: str
    slices: tuple[Slice, ...]
    reports: int
    failures: int
    bytes: int
    sha256: str
    seconds: float


def begun(how: How) -> list[Made]:
    """Return what a folder holds already; begin a manifest where it has none.

    UsageError where it holds something else, or parts that were read in another way.
    """
    folder = Path(how.folder)
    plan = Plan(version("dragoman"), how.model, json.loads(msgspec.json.encode(how.options)))
    if (folder / MANIFEST).is_file():
        before, made = manifest_of(folder)
        if before != plan:
            raise UsageError(f"{folder} was begun with another version, model or options; name a new folder")
        os.truncate(folder / MANIFEST, (folder / MANIFEST).read_bytes().rfind(b"\n") + 1)
        return made
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} holds something else; name a new or an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    add_line(folder, plan)
    return []


def manifest_of(folder: Path) -> tuple[Plan, list[Made]]:
    """Return the first line and the others; a last line that was cut short is as if it had not been written."""
    path = folder / MANIFEST
    if not path.is_file():
        raise UsageError(f"{folder} has no {MANIFEST}; name a folder that `dragoman read --engine ray` wrote")
    lines = path.read_bytes().split(b"\n")[:-1]
    try:
        plan = msgspec.json.decode(lines[0], type=Plan)
        return plan, [msgspec.json.decode(line, type=Made) for line in lines[1:]]
    except (IndexError, msgspec.DecodeError) as error:
        raise UsageError(f"{path} is damaged ({error}); name a new folder") from error


def add_line(folder: Path, line: Plan | Made) -> None:
    """Add a line to the manifest, on the disk before this returns."""
    with (folder / MANIFEST).open("ab") as file:
        file.write(msgspec.json.encode(line) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def lacking(slices: Iterable[Slice], made: Iterable[Made]) -> list[Slice]:
    """Return the slices that no part holds; UsageError where a file has changed since its parts were written."""
    held = {one for part in made for one in part.slices}
    by_start = {(one.path, one.start): one for one in held}
    wanted = list(slices)
    for one in wanted:
        if by_start.get((one.path, one.start), one) != one:
            raise UsageError(f"{one.path} has changed since it was read; name a new folder")
    return [one for one in wanted if one not in held]


def records_in(folder: str | Path) -> Iterator[Record | Failure]:
    """Yield what the parts of a folder hold, in the manifest's order; UsageError where it is none, or not whole.

    >>> next(records_in("examples"))
    Traceback (most recent call last):
    dragoman.errors.UsageError: examples has no manifest.jsonl; name a folder that `dragoman read --engine ray` wrote
    """
    _, made = manifest_of(Path(folder))
    for one in made:
        for row in _rows(Path(folder), one):
            yield _failure(row) if row["record"] is None else _record(row)


def failures_in(folder: Path, made: Made) -> list[Failure]:
    """Return what failed in one part."""
    return [_failure(row) for row in _rows(folder, made) if row["record"] is None] if made.failures else []


def _rows(folder: Path, made: Made) -> Iterator[dict[str, str]]:
    """Yield the rows of a part."""
    import pyarrow.parquet as pq

    path = folder / made.part
    if not path.is_file():
        raise UsageError(f"{path} is named in the manifest and is not there; read the archive again")
    with path.open("rb") as data:
        if hashlib.file_digest(data, "sha256").hexdigest() != made.sha256:
            raise UsageError(f"{path} is not what the manifest says; read the archive again into a new folder")
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(TOGETHER):
            yield from batch.to_pylist()


def _record(row: dict[str, str]) -> Record | Failure:
    try:
        return from_json(row["record"])
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        return Failure(uri=row["uri"], reason=f"is no record ({str(error)[:200]})", remedy="read it again")


def _failure(row: dict[str, str]) -> Failure:
    return Failure(uri=row["uri"], reason=row["reason"], remedy=row["remedy"] or "")
