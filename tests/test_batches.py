"""A record does not depend on its company: one report at a time is any batching, byte for byte."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman import Failure, Reader, Record, as_json
from dragoman import reader as readers
from dragoman.records import Report
from dragoman.sources import RawDocument, documents

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def raws() -> list[RawDocument | Failure]:
    """Reports of one to twelve sentences that were written for training, the examples, and some that fail."""
    chance = random.Random(8)
    lines = (ROOT / "training/events/examples/a03.jsonl").read_text("utf-8").splitlines()
    sentences = [json.loads(line)["s"] for line in lines]
    made: list[RawDocument | Failure] = [
        RawDocument(f"{n}.txt", "text", "\n\n".join(chance.sample(sentences, 1 + n % 9)), published="2009-10-12")
        for n in range(12)
    ]
    failing = [Failure(uri="gone.txt", reason="is not there"), RawDocument("blank.txt", "text", "  ")]
    mixed = [*made, *failing, *documents([str(ROOT / "examples")])]
    chance.shuffle(mixed)
    return mixed


@pytest.fixture(scope="module")
def alone(reader: Reader, raws: list[RawDocument | Failure]) -> list[bytes]:
    return [written(item) for raw in raws for item in reader.read_documents([raw])]


def written(item: Record | Failure) -> bytes:
    return item.reason.encode() if isinstance(item, Failure) else as_json(item)


@pytest.mark.parametrize("size", [3, 50])
def test_one_report_at_a_time_is_any_batching(
    size: int, reader: Reader, raws: list[RawDocument | Failure], alone: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "BATCH", size)
    assert list(map(written, reader.read_documents(raws))) == alone


def test_the_order_of_reading_makes_no_difference(
    reader: Reader, raws: list[RawDocument | Failure], alone: list[bytes]
) -> None:
    order = list(range(len(raws)))
    random.Random(9).shuffle(order)
    again = list(map(written, reader.read_documents([raws[n] for n in order])))
    assert again == [alone[n] for n in order]


@pytest.mark.parametrize("room", ["find_statements", "find_flags"])
def test_a_report_that_breaks_a_room_is_set_aside_and_its_neighbours_are_read(
    room: str, reader: Reader, raws: list[RawDocument | Failure], alone: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole: Callable[..., object] = getattr(readers, room)

    def breaking(doc: object, report: Report, *rest: object, **options: object) -> object:
        if report.uri == "7.txt":
            raise ZeroDivisionError("no such number")
        return whole(doc, report, *rest, **options)

    monkeypatch.setattr(readers, room, breaking)
    items = list(reader.read_documents(raws))
    [place] = [n for n, raw in enumerate(raws) if raw.uri == "7.txt"]
    broken = items[place]
    assert isinstance(broken, Failure)
    assert broken.reason == "could not be read (ZeroDivisionError: no such number)"
    assert [written(item) for n, item in enumerate(items) if n != place] == [*alone[:place], *alone[place + 1 :]]


def test_half_a_character_in_a_name_or_a_text_stops_nothing(reader: Reader) -> None:
    raw = RawDocument("a\udcff.txt", "text", "France condemned Serbia on Monday \ud800.", title="A \ud834 title")
    [item] = reader.read_documents([raw])
    assert isinstance(item, Record)
    assert (item.report.uri, item.report.title) == ("a\ufffd.txt", "A \ufffd title")
    as_json(item)
