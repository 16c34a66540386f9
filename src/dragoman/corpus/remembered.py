"""What joining needs of a report, kept in the ledger so that the report is not taken apart again at each joining."""

import hashlib
from collections.abc import Mapping, Sequence

import msgspec

from dragoman.corpus.actors import Sighting, sightings_in
from dragoman.corpus.duplicates import Print, print_of
from dragoman.corpus.linking import Voice
from dragoman.corpus.tellings import Telling, tellings_in
from dragoman.entities.knowledge import Knowledge
from dragoman.records import Record


class Remembered(msgspec.Struct, frozen=True, array_like=True, eq=False):
    """A report, as far as it is needed to be joined with others."""

    print: Print
    sightings: tuple[Sighting, ...]
    tellings: tuple[Telling, ...]


DECODER = msgspec.msgpack.Decoder(Remembered)


def remembered(record: Record, tables: Knowledge) -> Remembered:
    """Return what is kept of a report."""
    return Remembered(print_of(record), tuple(sightings_in(record, tables)), tuple(tellings_in(record, tables)))


def packed(one: Remembered) -> bytes:
    """Return what is kept of a report as bytes."""
    return msgspec.msgpack.encode(one, order="deterministic")


def digest_of(data: bytes) -> bytes:
    """Return what tells bytes from any others."""
    return hashlib.blake2b(data, digest_size=16).digest()


def marks_of(voices: Sequence[Voice], digests: Mapping[str, bytes]) -> list[bytes]:
    """Return what tells each voice from any other; `digests` are those of the reports by URI."""
    marks = []
    for voice in voices:
        told = hashlib.blake2b(voice.main.source.encode("utf-8", "surrogatepass"), digest_size=16)
        for telling in voice.tellings:
            told.update(digests[telling.uri] + telling.event.encode("utf-8", "surrogatepass") + b"\n")
        marks.append(told.digest())
    return marks
