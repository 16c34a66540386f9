"""The tables of bargaining: moves, markers, replies, kinds, subjects, obstacles, channels, and word lists.

Each row has a sentence of our own that needs it and that a test reads. To teach a new word, add a row.
"""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from spacy.tokens import Token

MoveKind = Literal["offer", "deal", "demand", "swap", "add", "counter"]
Sense = Literal["price", "condition", "if", "back"]
Standing = Literal["offered", "accepted", "rejected", "withdrawn"]
ItemKind = Literal["person", "money", "territory", "sanction", "goods", "arms", "commitment"]


@dataclass(frozen=True, slots=True)
class Reply:
    """How a verb answers an offer, and what it needs beside it."""

    needs: str
    status: Standing


@dataclass(frozen=True)
class Tables:
    """All rows, indexed by what the text says."""

    moves: dict[tuple[str, str], MoveKind]
    markers: dict[str, list[tuple[tuple[str, ...], Sense]]]  # by the first word, the longest first
    replies: dict[str, tuple[Reply, ...]]
    kinds: dict[str, ItemKind]
    subjects: tuple[tuple[str, frozenset[str]], ...]
    obstacles: tuple[tuple[str, tuple[str, ...]], ...]
    channels: tuple[tuple[Literal["public", "private"], tuple[str, ...]], ...]
    words: dict[str, frozenset[str]]

    def move(self, token: Token) -> MoveKind | None:
        """Return the move that a word makes, by its lemma and its part of speech."""
        return self.moves.get((phrasal(token), _POS.get(token.pos_, "")))


_POS = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}


def phrasal(token: Token) -> str:
    """Return a word's lemma, with its particle or with the "be" that it stands after.

    >>> phrasal(doc[2])
    'put forward'
    """
    if token.pos_ == "ADJ":
        return f"be {token.lower_}"
    particles = [c.lower_ for c in token.children if c.dep_ in ("prt", "advmod") and c.lower_ in _PARTICLES]
    return " ".join([token.lemma_.lower(), *particles[:1]]) if token.pos_ == "VERB" else token.lemma_.lower()


_PARTICLES = frozenset(("forward", "down", "out", "back", "away", "aside"))


@cache
def load() -> Tables:
    """Return the bundled tables, read once a process.

    >>> load().kinds["uranium"]
    'arms'
    """
    replies: dict[str, list[Reply]] = {}
    for row in rows("replies"):
        replies.setdefault(row["lemma"], []).append(Reply(row["needs"], cast(Standing, row["status"])))
    markers: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for row in sorted(rows("markers"), key=lambda row: -row["words"].count(" ")):
        words = tuple(row["words"].split())
        markers.setdefault(words[0], []).append((words, cast(Sense, row["sense"])))
    text = (files(__package__) / "words.toml").read_text("utf-8")
    return Tables(
        moves={(row["lemma"], row["pos"]): cast(MoveKind, row["move"]) for row in rows("moves")},
        markers=markers,
        replies={lemma: tuple(found) for lemma, found in replies.items()},
        kinds={word: cast(ItemKind, row["kind"]) for row in rows("kinds") for word in row["words"].split()},
        subjects=tuple((row["subject"], frozenset(row["words"].split())) for row in rows("subjects")),
        obstacles=tuple((row["kind"], tuple(row["words"].split("|"))) for row in rows("obstacles")),
        channels=tuple(
            (cast(Literal["public", "private"], row["channel"]), tuple(row["words"].split("|")))
            for row in rows("channels")
        ),
        words={name: frozenset(line.split()) for name, line in tomllib.loads(text).items()},
    )


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a bundled table."""
    yield from csv.DictReader((files(__package__) / f"{name}.csv").read_text("utf-8").splitlines())
