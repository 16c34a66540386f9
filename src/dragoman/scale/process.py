"""The run's end of one reading process: started when first needed, asked, ended, and started again."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import BinaryIO, cast

import msgspec

from dragoman.errors import MissingModel, WorkersLost
from dragoman.language.pipeline import DEFAULT_MODEL
from dragoman.records import Failure, Record, from_json
from dragoman.scale.frames import (
    FAILURE,
    LOG,
    READY,
    UNFIT,
    WORK,
    Frame,
    LogLine,
    Setup,
    Unfit,
    Work,
    receive,
    send,
)  # fmt: skip
from dragoman.sources import RawDocument

# The modules come from where the run's come from, and never from the folder that it was started in: -P.
BOOT = "import sys; sys.path[:] = sys.argv[1:]; from dragoman.scale.worker import main; main()"
# spaCy loads PyTorch wherever it is installed: two seconds and 150 MB a process, which the usual pipeline needs not.
WITHOUT_TORCH = "import sys; sys.modules['torch'] = None; "
STARTS = 8  # processes that may die while they load, one after the other, before the run gives up
LOADING = 300.0  # seconds that loading the models may take


class Lost(Exception):
    """A reading process ended, or was ended for being too slow, before it had answered."""

    def __init__(self, reason: str, *, too_slow: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.too_slow = too_slow


class _Gone(Exception):
    """The pipe from a process has ended."""


class Worker:
    """A reading process, replaced by a new one whenever it is lost."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._process: subprocess.Popen[bytes] | None = None
        self._is_closed = False
        self._lock = Lock()

    def read(self, documents: list[RawDocument], seconds: float) -> list[Record | Failure]:
        """Return what each document became; Lost where the process dies, or is too slow and is ended.

        Raises MissingModel where the models are not there, and WorkersLost where no process lives to load them.
        """
        process = self._ready()
        with _ended_after(seconds, process) as is_late:
            try:
                send(_stdin(process), WORK, msgspec.msgpack.encode(Work(documents, seconds)))
                return [_item(_answer(process)) for _ in documents]
            except (_Gone, OSError):
                reason = _death(process.wait())
        if is_late():
            raise Lost(f"took longer than {seconds:g} seconds to read", too_slow=True)
        raise Lost(reason, too_slow=False)

    def end(self) -> None:
        """End the process, now and for good; a thread that waits for its answer gets Lost."""
        with self._lock:
            self._is_closed = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Let go of the ended process, when no thread waits for it any more."""
        self.end()
        if self._process is not None:
            _hang_up(self._process)

    def _ready(self) -> subprocess.Popen[bytes]:
        """Return the process, its models loaded."""
        if self._process is not None and self._process.poll() is None:
            return self._process
        for _ in range(STARTS):
            process = self._launched()
            with _ended_after(LOADING, process):
                try:
                    send(_stdin(process), WORK, msgspec.msgpack.encode(self._setup))
                    answer = _answer(process)
                except (_Gone, OSError):
                    process.wait()
                    continue
            if answer.kind == UNFIT:
                unfit = msgspec.msgpack.decode(answer.body, type=Unfit)
                raise MissingModel(unfit.name, unfit.remedy)
            if answer.kind == READY:
                return process
        raise WorkersLost(
            "the processes that read end before their models are loaded", "free memory, or use --workers 1"
        )

    def _launched(self) -> subprocess.Popen[bytes]:
        """Start a process in the place of the one before."""
        with self._lock:
            if self._is_closed:
                raise Lost("was given up", too_slow=False)
            if self._process is not None:
                _hang_up(self._process)
            boot = WITHOUT_TORCH + BOOT if self._setup.model == DEFAULT_MODEL else BOOT
            # Each process is one core's work: a matrix library that starts a thread a core slows all of them.
            surroundings = {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false", **os.environ}
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell, no word from outside
                [sys.executable, "-P", "-c", boot, *sys.path],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings,
            )  # fmt: skip
            return self._process


@contextmanager
def _ended_after(seconds: float, process: subprocess.Popen[bytes]) -> Iterator["_IsLate"]:
    """End the process if the block lasts longer than this; give a function that tells whether it did."""
    late = _IsLate()

    def end() -> None:
        late.value = True
        process.kill()

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


class _IsLate:
    """Whether a time limit was passed."""

    value = False

    def __call__(self) -> bool:
        return self.value


def _answer(process: subprocess.Popen[bytes]) -> Frame:
    """Return the next answer of a process; what it logs on the way goes to this process's log."""
    while (frame := receive(cast(BinaryIO, process.stdout))) is not None:
        if frame.kind != LOG:
            return frame
        line = msgspec.msgpack.decode(frame.body, type=LogLine)
        logging.getLogger(line.logger).log(line.level, "%s", line.message)
    raise _Gone


def _item(frame: Frame) -> Record | Failure:
    """Return the record or failure in an answer."""
    return msgspec.json.decode(frame.body, type=Failure) if frame.kind == FAILURE else from_json(frame.body)


def _stdin(process: subprocess.Popen[bytes]) -> BinaryIO:
    return cast(BinaryIO, process.stdin)


def _hang_up(process: subprocess.Popen[bytes]) -> None:
    """Let go of a process that has ended, and of its pipes."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # what was still to be written has nobody to read it
                continue


def _death(code: int) -> str:
    """Return how a process ended, for a person."""
    how = (
        f"signal {-code}, as when memory runs out" if code == -9 else f"signal {-code}" if code < 0 else f"code {code}"
    )
    return f"ended the process that read it ({how})"
