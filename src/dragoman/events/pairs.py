"""Pairs that a person has marked: who is asked about in a sentence, and what the trained coder says of each pair.

A row has `marked_sentence` with `<s>…</s>` and `<t>…</t>`, or `sentence` with `source` and `target` as words or as
offsets (`12:20`, `[12, 20]`). Where one form lacks a mark the other stands in. The row's own columns pass through.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from dragoman.errors import DragomanError, UnreadableSource
from dragoman.events.coder import Coding, Convention
from dragoman.language.layout import Spans
from dragoman.ontology import types
from dragoman.records import Failure

Row = dict[str, object]
ADDED = ("type", "modes", "status", "quad", "probability")
TAG = re.compile(r"<(/?)([st])>")
OFFSETS = re.compile(r"\[?\s*(\d+)\s*[:,-]\s*(\d+)\s*\]?")
ROLES = {"source": "actor", "target": "recipient"}  # a pair's words → the encoder's


class UnplacedPair(DragomanError):
    """The words of a pair are not in its sentence."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence, where its source and target stand, and which of the two could not be placed, in words."""

    text: str
    spans: Spans
    missing: str = ""


class PairCoder(Protocol):
    """What codes a marked pair; `TrainedCoder` does."""

    def code_marked(self, text: str, spans: Spans, *, allow_none: bool, convention: Convention) -> Coding:
        """Return what the marked words of a sentence are."""


def rows_of(file: Iterable[str], uri: str, *, json_lines: bool) -> Iterator[Row | Failure]:
    """Yield the rows of a TSV file with a header, or of a JSONL file; a Failure in the place of a broken one."""
    if json_lines:
        yield from _json_rows(file, uri)
        return
    csv.field_size_limit(10_000_000)
    reader = csv.DictReader(file, delimiter="\t")
    if not {"sentence", "marked_sentence"} & set(reader.fieldnames or ()):
        raise UnreadableSource(uri, "has no column sentence or marked_sentence", "name the columns in its first line")
    for cells in reader:
        yield {str(name): cell for name, cell in cells.items() if name is not None}


def _json_rows(file: Iterable[str], uri: str) -> Iterator[Row | Failure]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            yield Failure(uri=f"{uri}#{number}", reason=f"is broken JSON ({error})", remedy="mend it, or take it out")
            continue
        if isinstance(row, dict):
            yield row
        else:
            yield Failure(uri=f"{uri}#{number}", reason="is not a JSON object", remedy="give an object a line")


def code_pairs(
    rows: Iterable[Row | Failure],
    coder: PairCoder,
    *,
    allow_none: bool = False,
    convention: Convention = "plover",
) -> Iterator[tuple[Row, str] | Failure]:
    """Yield each row with the coder's columns, and what could not be done with it: "" where all could.

    A row with one side that cannot be placed is coded by the other; one with neither has empty columns. A column of
    the row's own that has the name of one of ours is passed through as `input_…`.
    """
    for row in rows:
        if isinstance(row, Failure):
            yield row
            continue
        kept = {f"input_{name}" if name in ADDED else name: value for name, value in row.items()}
        try:
            pair = pair_of(row)
        except UnplacedPair as error:
            yield kept | dict.fromkeys(ADDED), str(error)
            continue
        coding = coder.code_marked(pair.text, pair.spans, allow_none=allow_none, convention=convention)
        yield kept | _columns(coding), pair.missing


def _columns(coding: Coding) -> Row:
    return {
        "type": coding.type or "NONE",
        "modes": list(coding.modes),
        "status": coding.status,
        "quad": types()[coding.type].quad if coding.type else None,
        "probability": round(coding.confidence, 4),
    }


def pair_of(row: Mapping[str, object]) -> Pair:
    """Return a row's sentence and where its pair stands in it; UnplacedPair where that cannot be told.

    >>> pair_of({"marked_sentence": "<s>Paris</s> condemned <t>Moscow</t>."}).spans
    {'actor': [(0, 5)], 'recipient': [(16, 22)], 'trigger': []}
    >>> pair_of({"sentence": "Paris condemned Moscow.", "source": "Paris", "target": "16:22"}).spans
    {'actor': [(0, 5)], 'recipient': [(16, 22)], 'trigger': []}
    """
    marked = row.get("marked_sentence")
    text, spans = _unmarked(marked) if isinstance(marked, str) and marked.strip() else ("", {})
    if not text:
        sentence = row.get("sentence")
        if not isinstance(sentence, str) or not sentence.strip():
            raise UnplacedPair("has no sentence")
        text, spans = sentence, {}
    missing = []
    for column, role in ROLES.items():
        if not spans.get(role):
            other = spans.get(ROLES["target" if column == "source" else "source"], [])
            try:
                spans[role] = [_place(text, column, row, other)]
            except UnplacedPair as error:
                missing.append(str(error))
    if len(missing) == len(ROLES):
        raise UnplacedPair("; ".join(missing))
    places = {role: spans.get(role, []) for role in ROLES.values()}
    return Pair(text, places | {"trigger": []}, "".join(f"{reason}: coded without it" for reason in missing))


def _unmarked(marked: str) -> tuple[str, Spans]:
    """Return a marked sentence without its marks, and the stretches that were marked from end to end."""
    spans: Spans = {"actor": [], "recipient": []}
    opened: dict[str, int] = {}
    text, last = "", 0
    for tag in TAG.finditer(marked):
        text, last = text + marked[last : tag.start()], tag.end()
        role = "actor" if tag[2] == "s" else "recipient"
        if not tag[1]:
            opened[role] = len(text)
        elif opened.get(role, len(text)) < len(text):
            spans[role].append((opened.pop(role), len(text)))
    return text + marked[last:], spans


def _place(text: str, column: str, row: Mapping[str, object], other: list[tuple[int, int]]) -> tuple[int, int]:
    """Return where the words or offsets of a column stand, apart from the pair's other side where they can."""
    value = row.get(column)
    given = _offsets(value, row, column)
    if isinstance(value, str) and value.strip():
        places = _places(text, value.strip())
        free = [place for place in places if all(place[1] <= a or b <= place[0] for a, b in other)]
        if places:
            return (free or places)[0]
    if given is not None:
        if 0 <= given[0] < given[1] <= len(text):
            return given
        raise UnplacedPair(f"has a {column} outside its sentence ({given[0]}:{given[1]})")
    if value is None or value == "":
        raise UnplacedPair(f"marks no {column}")
    raise UnplacedPair(f"has a {column} that is not in its sentence ({str(value)[:60]!r})")


def _offsets(value: object, row: Mapping[str, object], column: str) -> tuple[int, int] | None:
    """Return the offsets that a cell gives: `12:20`, `[12, 20]`, `{"start": 12, "end": 20}`, or two columns."""
    if isinstance(value, Mapping):
        value = [value.get("start"), value.get("end")]
    if value is None or value == "":
        value = [row.get(f"{column}_start"), row.get(f"{column}_end")]
    if isinstance(value, str):
        match = OFFSETS.fullmatch(value.strip())
        value = [match[1], match[2]] if match else None
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    numbers = [int(part) for part in value if isinstance(part, int) or (isinstance(part, str) and part.isdecimal())]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else None


def _places(text: str, words: str) -> list[tuple[int, int]]:
    """Return where words stand in a text: as whole words before parts of one, in their own case before any."""
    loose = r"\s+".join(map(re.escape, words.split()))
    for pattern, flags in ((rf"(?<!\w){loose}(?!\w)", 0), (rf"(?<!\w){loose}(?!\w)", re.I), (loose, re.I)):
        places = [match.span() for match in re.finditer(pattern, text, flags)]
        if places:
            return places
    return []
