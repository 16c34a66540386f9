"""Many machines: Ray Data carries names and offsets to stateful workers, which write Parquet parts themselves.

A worker holds one reading process (`process.Worker`), so that a report which kills or hangs it is set aside here as it
is on one machine. The folder for the parts must be one that all machines see, and so must the archive.
"""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec

from dragoman.errors import MissingModel, UsageError
from dragoman.records import Failure
from dragoman.scale.manifest import How, Made, add_line, begun, lacking
from dragoman.scale.parts import MOST_SLICES, Part, parts_of, write_part
from dragoman.scale.pool import Pool
from dragoman.scale.slices import SLICE, Slice, slices_of
from dragoman.sources.paths import files_of

MISSING = 'the engine needs Ray; pip install "dragoman[ray]"'

logger = logging.getLogger(__name__)


def read_on_ray(
    paths: list[str], how: How, *, workers: int | None = None, address: str | None = None, size: int = SLICE
) -> Iterator[Made | Failure]:
    """Read an archive into a folder of Parquet parts; yield each part when it is whole and in the manifest.

    A second call reads only what the manifest lacks. `workers` is how many processes read, over all machines; None
    takes all cores that Ray has. `address` names a running cluster; without one, Ray is started on this machine.

    Raises UsageError where Ray is missing, or the folder was begun in another way.
    """
    try:
        import ray
    except ImportError as error:
        raise UsageError(MISSING) from error
    done = begun(how)
    _connect(address, workers)
    try:
        slices: list[Slice] = []
        for found in _planned(paths, size):
            if isinstance(found, Failure):
                yield found
            else:
                slices.append(found)
        parts = list(parts_of(lacking(slices, done), size))
        logger.info("%d slices, %d parts to read, %d are there", len(slices), len(parts), len(done))
        for made in _read(parts, how, workers or _cores()):
            add_line(Path(how.folder), made)
            yield made
    finally:
        ray.shutdown()


def _connect(address: str | None, workers: int | None) -> None:
    """Connect to a cluster, or start Ray on this machine."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would tell its makers of each start
    os.environ.setdefault("RAY_worker_niceness", "0")  # its 15 is for machines that people sit at: reading would starve
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # what goes wrong is said here; its own lines are many
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # its default warns that it will change
    import ray

    given: dict[str, Any] = {"address": address} if address else {"num_cpus": workers, "include_dashboard": False}
    try:
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **given)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise UsageError(f"Ray cannot be reached at {address or 'this machine'} ({str(error)[:200]})") from error
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = False


def _cores() -> int:
    """Return how many cores the cluster has."""
    import ray

    resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
    return max(1, int(resources.get("CPU", 1)))


def _planned(paths: list[str], size: int) -> Iterator[Slice | Failure]:
    """Yield the slices of all files, in order: many are looked through at a time, since each is read to its end."""
    import ray

    files: list[str] = []
    for path in paths:
        if path == "-" or "://" in path:
            raise UsageError(f"{path} cannot be read by many machines; save it as a file that all of them see")
        for file in files_of(path):
            if isinstance(file, Failure):
                yield file
            else:
                files.append(os.path.abspath(file))
    look = ray.remote(num_cpus=1)(_slices)
    for answer in [look.remote(files[n : n + MOST_SLICES], size) for n in range(0, len(files), MOST_SLICES)]:
        yield from ray.get(answer)


def _slices(files: list[str], size: int) -> list[Slice | Failure]:
    return [found for file in files for found in slices_of(file, size)]


def _read(parts: list[Part], how: How, workers: int) -> Iterator[Made]:
    """Have the parts read by stateful workers, one core each, and yield each as it is done."""
    if not parts:
        return
    import ray
    from ray.data import ActorPoolStrategy

    rows = [{"part": msgspec.json.encode(part)} for part in parts]
    asked = ray.data.from_items(rows, override_num_blocks=len(rows))
    answered = asked.map_batches(
        PartWriter,
        fn_constructor_args=(msgspec.json.encode(how),),
        batch_size=1,
        batch_format="pyarrow",
        compute=ActorPoolStrategy(size=min(workers, len(parts))),
        num_cpus=1,
    )
    for batch in answered.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
        for row in cast(Any, batch).to_pylist():
            if row["missing"]:
                raise MissingModel(row["missing"], "install it on every machine of the cluster")
            yield msgspec.json.decode(row["made"], type=Made)


class PartWriter:
    """A stateful worker: it keeps one reading process, and with it the models, from part to part."""

    def __init__(self, how: bytes) -> None:
        self._how = msgspec.json.decode(how, type=How)
        self._pool = Pool(1, self._how.model, self._how.report_timeout)

    def __call__(self, batch: Any) -> Any:
        """Return the manifest's line for each part in an Arrow batch."""
        import pyarrow as pa

        made: list[bytes] = []
        missing: list[str] = []
        for row in batch.to_pylist():
            part = msgspec.json.decode(row["part"], type=Part)
            try:
                made.append(msgspec.json.encode(write_part(part, self._how, self._pool)))
                missing.append("")
            except MissingModel as error:  # told to the run, which ends; Ray would try for ever
                made.append(b"")
                missing.append(error.name)
        return pa.table({"made": pa.array(made, pa.binary()), "missing": missing})
