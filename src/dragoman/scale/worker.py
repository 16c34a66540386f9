"""The reading process: loads the models once, then answers a record or a failure for each document it is sent."""

import logging
import os
import signal
import sys
from typing import BinaryIO

import msgspec

from dragoman.errors import MissingModel
from dragoman.records import Failure, as_json
from dragoman.scale.frames import FAILURE, LOG, READY, RECORD, UNFIT, LogLine, Setup, Unfit, Work, receive, send
from dragoman.sources import RawDocument

WARMING = RawDocument("", "text", "GENEVA - France condemned the attack in Bern, “a crime”, its envoy said on Monday.")
PATIENCE = 30.0  # seconds after which a process whose run is gone ends itself


def main() -> None:
    """Read until the run hangs up; called in a process of its own, with its pipes as standard input and output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the run decides what ends
    requests, answers = _pipes()
    try:
        _serve(requests, answers)
    except BrokenPipeError:
        os._exit(0)


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the two pipes, out of reach of anything that prints: that goes to standard error from now on."""
    requests, answers = os.dup(0), os.dup(1)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb")


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    first = receive(requests)
    if first is None:
        return
    logger = logging.getLogger("dragoman")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(_Forwarding(answers))
    setup = msgspec.msgpack.decode(first.body, type=Setup)
    try:
        from dragoman.reader import Reader  # here: an error in loading is told to the run

        reader = Reader(setup.model, knowledge=setup.knowledge, coder=setup.coder)
    except MissingModel as error:
        send(answers, UNFIT, msgspec.msgpack.encode(Unfit(error.name, error.remedy)))
        return
    for _ in reader.read_documents([WARMING]):  # tables that the first report would wait for, and be timed with
        pass
    send(answers, READY, b"")
    work = msgspec.msgpack.Decoder(Work)
    while (frame := receive(requests)) is not None:
        asked = work.decode(frame.body)
        _alarm(asked.seconds + PATIENCE)
        for item in reader.read_documents(asked.documents):
            if isinstance(item, Failure):
                send(answers, FAILURE, msgspec.json.encode(item))
            else:
                send(answers, RECORD, as_json(item))
        _alarm(0.0)


def _alarm(seconds: float) -> None:
    """Have the system end this process after a while: its run does, unless that was killed itself."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


class _Forwarding(logging.Handler):
    """Sends what is logged to the run, which knows where it should go."""

    def __init__(self, answers: BinaryIO) -> None:
        super().__init__()
        self._answers = answers

    def emit(self, record: logging.LogRecord) -> None:
        line = LogLine(record.name, record.levelno, self.format(record))
        send(self._answers, LOG, msgspec.msgpack.encode(line))
