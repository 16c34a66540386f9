"""A part of an archive: a few slices, read into one Parquet file.

It is written beside its name and renamed when it is whole, so that nobody reads half a part.
"""

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.engines import SCHEMA, row_of
from dragoman.records import Failure
from dragoman.scale.manifest import TOGETHER, How, Made
from dragoman.scale.pool import Pool
from dragoman.scale.slices import SLICE, Slice, documents_of

MOST_SLICES = 500  # files in one part: more would be lost together where a run is killed

Part = tuple[Slice, ...]


def parts_of(slices: Iterable[Slice], size: int = SLICE) -> Iterator[Part]:
    """Yield slices together until they are as large as a slice should be.

    >>> small = [Slice(f"{n}.txt", "whole", 0, 4) for n in range(3)]
    >>> [len(part) for part in parts_of(small, size=8)]
    [2, 1]
    """
    part: list[Slice] = []
    held = 0
    for one in slices:
        part.append(one)
        held += size if one.cut == "parquet" else one.end - one.start
        if held >= size or len(part) >= MOST_SLICES:
            yield tuple(part)
            part, held = [], 0
    if part:
        yield tuple(part)


def write_part(part: Part, how: How, pool: Pool) -> Made:
    """Read the slices of a part into a Parquet file, and return its line for the manifest."""
    began = time.monotonic()
    name = f"part-{hashlib.sha256(msgspec.json.encode(part)).hexdigest()[:16]}.parquet"
    target = Path(how.folder, name)
    draft = target.with_suffix(f".{os.getpid()}.draft")
    reports = failures = 0
    items = pool.read(found for one in part for found in documents_of(one, how.options))
    try:
        with pq.ParquetWriter(draft, SCHEMA, compression="zstd") as writer:
            while together := list(islice(items, TOGETHER)):
                writer.write_table(pa.Table.from_pylist([row_of(item) for item in together], schema=SCHEMA))
                reports += len(together)
                failures += sum(isinstance(item, Failure) for item in together)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = draft.stat().st_size
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return Made(name, part, reports - failures, failures, size, digest, round(time.monotonic() - began, 3))
