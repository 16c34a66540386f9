"""The labels of names (PERSON, ORG, GPE …), read off what the parse has already made of the words.

The parse's own recogniser takes four tenths of its time, and here its labels are only a hint. A small net gives nearly
the same hint for nothing: it reads the vectors that tagger and parser share, the part of speech, the word's shape and
what the tables know of it, two words to either side, and has learned the recogniser's labels on our own texts
(`training/labels/`; distillation, Hinton et al. 2015).
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc, Span

from dragoman.entities.knowledge import Knowledge

AROUND = 2  # words to either side
PARTS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SPACE SYM VERB X".split()
OUTSIDE = "O"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Net:
    """A hidden layer and the labels' layer, with the labels (`B-` opens a name, `I-` goes on with it)."""

    hidden: Floats
    hidden_bias: Floats
    label: Floats
    label_bias: Floats
    labels: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many numbers the net reads of each word."""
        return len(self.hidden) // (2 * AROUND + 1)


def label_names(doc: Doc, knowledge: Knowledge) -> None:
    """Label the names of a parsed text where its pipeline has left that undone; a pipeline's own labels stay."""
    net = load()
    if doc.has_annotation("ENT_IOB") or not len(doc):
        return
    words = features(doc, knowledge)
    if words.shape[1] != net.width:  # the vectors of another pipeline
        return
    scores = np.maximum(beside(words) @ net.hidden + net.hidden_bias, 0) @ net.label + net.label_bias
    doc.set_ents(spans_of(doc, [net.labels[i] for i in scores.argmax(axis=1).tolist()]))


def features(doc: Doc, knowledge: Knowledge) -> Floats:
    """Return what the net reads of each word: its vector, shape, part of speech and what the tables know of it."""
    marks = [[*(word in words for words in knowledge.words), *_shape(word)] for word in (token.text for token in doc)]
    grammar = doc.to_array(["POS", "SENT_START"])
    parts = grammar[:, :1] == np.array([doc.vocab.strings[part] for part in PARTS], dtype=grammar.dtype)
    return np.concatenate([doc.tensor, marks, parts, grammar[:, 1:] == 1], axis=1, dtype=np.float32)


def beside(words: Floats) -> Floats:
    """Return each word's numbers beside those of its neighbours; nothing where the text ends."""
    padded = np.pad(words, ((AROUND, AROUND), (0, 0)))
    return np.concatenate([padded[i : i + len(words)] for i in range(2 * AROUND + 1)], axis=1)


def spans_of(doc: Doc, labels: list[str]) -> list[Span]:
    """Return the names that the words' labels tell; a name goes on as long as its label does."""
    spans, start = [], 0
    for i in range(1, len(labels) + 1):
        if i == len(labels) or labels[i] == OUTSIDE or labels[i] != f"I-{labels[start][2:]}":
            if labels[start] != OUTSIDE:
                spans.append(Span(doc, start, i, labels[start][2:]))
            start = i
    return spans


def _shape(word: str) -> tuple[bool, ...]:
    return (
        word[:1].isupper(),
        len(word) > 1 and word.isupper(),
        any(map(str.isdigit, word)),
        "-" in word,
        len(word) < 3,
    )


@cache
def load() -> Net:
    """Return the shipped net."""
    with as_file(files(__package__) / "labels.npz") as path, np.load(path, allow_pickle=False) as stored:
        hidden, hidden_bias, label, label_bias = (
            stored[name].astype(np.float32) for name in ("hidden", "hidden_bias", "label", "label_bias")
        )
        return Net(hidden, hidden_bias, label, label_bias, tuple(stored["labels"].tolist()))
