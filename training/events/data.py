"""The event examples as rows that the coder is trained on."""

import dataclasses
import hashlib
import json
import pathlib
import re
from collections.abc import Iterator

HERE = pathlib.Path(__file__).parent


@dataclasses.dataclass(frozen=True)
class Row:
    """One candidate in its sentence: character spans of actor, recipient and trigger, and what it is."""

    text: str
    spans: dict[str, list[tuple[int, int]]]
    leaf: str
    status: str
    main: bool  # the first event between this actor and this recipient: what a marked pair means
    sentence: str  # which sentence it comes from, for splitting
    found: dict[str, list[tuple[int, int]]] | None = None  # the same as the reader's own candidate has it
    extra: bool = False  # a candidate of the reader's that no writer marked: NONE


def read_rows(folder: pathlib.Path = HERE / "examples") -> Iterator[Row]:
    """Yield the rows of all example files."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            yield from _rows(json.loads(line), f"{path.stem}:{number}")


def _rows(example: dict, name: str) -> Iterator[Row]:
    text, pairs = example["s"], set()
    for actor, recipient, trigger, leaf, status in example["e"]:
        found = _place(text, trigger)
        spans = {
            "actor": _places(text, actor),
            "recipient": _places(text, recipient),
            "trigger": [(found, found + len(trigger))],
        }
        yield Row(text, spans, leaf, status, leaf != "NONE" and (actor, recipient) not in pairs, name)
        if leaf != "NONE":
            pairs.add((actor, recipient))


def _places(text: str, participant: str | None) -> list[tuple[int, int]]:
    parts = participant.split("; ") if participant else []
    return [(_place(text, part), _place(text, part) + len(part)) for part in parts]


def _place(text: str, words: str) -> int:
    """Where these words first stand, as whole words where they do: "he" is not in "the"."""
    whole = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    return whole.start() if whole else text.find(words)


def split(rows: list[Row], share: float = 0.08) -> tuple[list[Row], list[Row]]:
    """Return training and held-out rows; a sentence is held out by its own digest, however many others there are."""
    held = {row.text for row in rows if hashlib.sha256(row.text.encode()).digest()[0] < share * 256}
    return [r for r in rows if r.text not in held], [r for r in rows if r.text in held]
