"""How a run and its reading processes talk: frames of a length, a kind and a body, over two pipes.

Bodies are MessagePack or JSON, never pickle: what a process answers has been near hostile text.
"""

import struct
from dataclasses import dataclass
from typing import BinaryIO, Literal

import msgspec

from dragoman.language.encoder import SMALL
from dragoman.sources import RawDocument

Kind = Literal[b"!", b"R", b"F", b"L", b"X", b"?"]
READY: Kind = b"!"  # the models are loaded
RECORD: Kind = b"R"  # a record as JSON
FAILURE: Kind = b"F"  # a failure as JSON
LOG: Kind = b"L"  # a line for the log
UNFIT: Kind = b"X"  # the models cannot be loaded
WORK: Kind = b"?"  # what the run asks

HEAD = struct.Struct(">cI")


class Setup(msgspec.Struct, frozen=True):
    """What a reading process is told first."""

    model: str
    knowledge: str | None = None
    coder: str = SMALL


class Work(msgspec.Struct, frozen=True):
    """Documents to read together, and the seconds after which nobody waits for them any more."""

    documents: list[RawDocument]
    seconds: float


class LogLine(msgspec.Struct, frozen=True):
    """A line for the log of the run."""

    logger: str
    level: int
    message: str


class Unfit(msgspec.Struct, frozen=True):
    """Why a process cannot read: the model that it lacks, and what to do."""

    name: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: its kind, and its body still packed."""

    kind: bytes
    body: bytes


def send(stream: BinaryIO, kind: bytes, body: bytes) -> None:
    """Write one frame; OSError where nobody reads any more."""
    stream.write(HEAD.pack(kind, len(body)))
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO) -> Frame | None:
    """Return the next frame; None where the other side has gone, even in the middle of one."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    kind, length = HEAD.unpack(head)
    body = stream.read(length)
    return Frame(kind, body) if len(body) == length else None
