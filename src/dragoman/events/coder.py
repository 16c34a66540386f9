"""The coder: which type, mode and status a candidate has, and how sure that is.

The trained model reads a sentence with its candidates' words marked (`language.layout`); the trigger table is the
explanation, and a coder of its own (`--coder table`). Probabilities are calibrated by a temperature (Guo et al. 2017).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Literal, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc, Span, Token

from dragoman.events.candidates import Candidate
from dragoman.events.lexicon import Lexicon, Trigger
from dragoman.language import encoder as encoders
from dragoman.language.layout import Spans
from dragoman.ontology import leaves
from dragoman.records import Status

Convention = Literal["plover", "cameo"]
TABLE = "table"
CONSIDERED = 5  # leaves that a coding remembers
TABLE_CONFIDENCE = 0.55  # the share of its choices that were right on the held-out examples


@dataclass(frozen=True, slots=True)
class Coding:
    """What a candidate is: the type's probability, its likeliest leaf, and what else was considered."""

    type: str | None
    modes: tuple[str, ...]
    status: Status
    confidence: float
    leaf: str
    considered: tuple[tuple[str, float], ...]  # leaves by probability, likeliest first
    by: Literal["model", "table"]


class Asked(NamedTuple):
    """What a coder is asked about: a candidate, and which tokens head its participants."""

    candidate: Candidate
    actors: tuple[int, ...]
    recipients: tuple[int, ...]


Judge = Callable[[], list[Coding]]


class Coder(Protocol):
    """What codes candidates."""

    def prepare(self, doc: Doc, asked: Sequence[Asked]) -> Judge:
        """Return what will say what each of a sentence's candidates is; it takes no further look at the doc."""


def phrase_of(token: Token) -> Span:
    """The words of a participant as the model was taught them: from determiner or modifier to head."""
    start = token.left_edge.i
    doc = token.doc
    while start < token.i and (doc[start].is_punct or doc[start].pos_ in ("CCONJ", "ADP", "SPACE")):
        start += 1
    return doc[start : token.i + 1]


def spans_in(doc: Doc, candidate: Candidate, actors: tuple[int, ...], recipients: tuple[int, ...]) -> Spans:
    """The candidate's words as character offsets into its sentence."""
    offset = doc[candidate.sentence[0]].idx

    def places(tokens: tuple[int, ...]) -> list[tuple[int, int]]:
        phrases = [phrase_of(doc[i]) for i in tokens if candidate.sentence[0] <= i < candidate.sentence[1]]
        return [(p.start_char - offset, p.end_char - offset) for p in phrases]

    trigger = doc[candidate.start : candidate.end]
    return {
        "actor": places(actors),
        "recipient": places(recipients),
        "trigger": [(trigger.start_char - offset, trigger.end_char - offset)],
    }


@dataclass(frozen=True, slots=True)
class Card:
    """What goes with a trained model: its classes and its temperatures."""

    leaves: tuple[str, ...]
    statuses: tuple[Status, ...]
    temperature: float
    pair_temperature: float  # of a pair without a trigger


class TrainedCoder:
    """The small model. Each sentence is run by itself; sentences may be coded side by side in threads."""

    def __init__(self, encoder: encoders.Encoder, card: Card) -> None:
        self._encoder, self._card = encoder, card

    def prepare(self, doc: Doc, asked: Sequence[Asked]) -> Judge:
        """Return what will say what each of a sentence's candidates is; it takes no further look at the doc."""
        start, end = asked[0].candidate.sentence
        marked = [spans_in(doc, one.candidate, one.actors, one.recipients) for one in asked]
        return partial(self._judge, doc[start:end].text, marked)

    def _judge(self, text: str, marked: Sequence[Spans]) -> list[Coding]:
        return [self._coding(logits, self._card.temperature) for logits in self._encoder.logits(text, marked)]

    def code_marked(
        self, text: str, spans: Spans, *, allow_none: bool = True, convention: Convention = "plover"
    ) -> Coding:
        """Return what the marked words of a sentence are."""
        [logits] = self._encoder.logits(text, [spans])
        temperature = self._card.temperature if spans["trigger"] else self._card.pair_temperature
        return self._coding(logits, temperature, allow_none, convention)

    def _coding(
        self,
        logits: list[encoders.Logits],
        temperature: float,
        allow_none: bool = True,
        convention: Convention = "plover",
    ) -> Coding:
        leaf_logits, status_logits = logits
        by_leaf = _softmax(leaf_logits / temperature)
        status = self._card.statuses[int(status_logits.argmax())]
        return _classes(self._card.leaves, convention).judge(by_leaf, status, allow_none)


def _softmax(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    powers = np.exp(logits.astype(np.float64) - float(logits.max()))
    result: npt.NDArray[np.float64] = powers / powers.sum()
    return result


@dataclass(frozen=True)
class Classes:
    """The leaves as a convention groups them: its types (None: no event), and which of them each leaf belongs to."""

    leaves: tuple[str, ...]
    types: tuple[str | None, ...]
    type_of: npt.NDArray[np.intp]

    def judge(self, probabilities: npt.NDArray[np.float64], status: Status, allow_none: bool) -> Coding:
        """Return the likeliest type with its likeliest leaf; NONE where that is likelier and allowed."""
        by_type = np.bincount(self.type_of, weights=probabilities, minlength=len(self.types))
        none = self.types.index(None)
        nothing, by_type[none] = float(by_type[none]), -1.0
        best = int(by_type.argmax())
        likeliest = tuple(
            (self.leaves[i], round(float(probabilities[i]), 4)) for i in np.argsort(-probabilities)[:CONSIDERED]
        )
        if allow_none and nothing > by_type[best]:
            return Coding(None, (), status, nothing, "NONE", likeliest, "model")
        scale = 1.0 if allow_none else 1.0 / max(1e-9, 1.0 - nothing)
        name = self.leaves[int(np.where(self.type_of == best, probabilities, -1.0).argmax())]
        mode = leaves()[name].mode
        confidence = min(1.0, float(by_type[best]) * scale)
        return Coding(self.types[best], (mode,) if mode else (), status, confidence, name, likeliest, "model")


@cache
def _classes(names: tuple[str, ...], convention: Convention) -> Classes:
    of_leaf = [leaves()[name].cameo if convention == "cameo" else leaves()[name].type for name in names]
    types = tuple(dict.fromkeys([*of_leaf, None]))
    return Classes(names, types, np.array([types.index(type_) for type_ in of_leaf]))


class TableCoder:
    """The trigger table alone: the lemma's commonest leaf, and status from the grammar."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def prepare(self, doc: Doc, asked: Sequence[Asked]) -> Judge:
        """Return what says what the table has on each candidate; NONE where it has no row."""
        codings = [self._coding(doc, one.candidate) for one in asked]
        return lambda: codings

    def _coding(self, doc: Doc, candidate: Candidate) -> Coding:
        trigger = trigger_of(doc, candidate, self._lexicon)
        status = status_of(doc, candidate)
        if trigger is None or trigger.leaf == "NONE":
            return Coding(None, (), status, TABLE_CONFIDENCE, "NONE", (), "table")
        leaf = leaves()[trigger.leaf]
        return Coding(
            leaf.type, (leaf.mode,) if leaf.mode else (), status, TABLE_CONFIDENCE, trigger.leaf,
            ((trigger.leaf, TABLE_CONFIDENCE),), "table",
        )  # fmt: skip


def trigger_of(doc: Doc, candidate: Candidate, lexicon: Lexicon) -> Trigger | None:
    """Return the table's row for a candidate: of its noun before its verb, the one that needs most words first."""
    words = [doc[i] for i in range(candidate.start, candidate.end)]
    around = {c.lemma_.lower() for w in words for c in w.children} | {w.lemma_.lower() for w in words}
    for token in sorted(words, key=lambda w: w.pos_ not in ("NOUN", "PROPN")):
        pos = "noun" if token.pos_ in ("NOUN", "PROPN") else "verb"
        for row in lexicon.triggers.get((token.lemma_.lower(), pos), ()):
            if not row.needs or row.needs in around:
                return row
    return None


NEGATIONS = frozenset("not never no n't neither nor".split())
MODALS: dict[str, Status] = {
    "will": "future", "shall": "future", "'ll": "future", "would": "hypothetical", "could": "hypothetical",
    "might": "hypothetical", "may": "hypothetical", "should": "hypothetical",
}  # fmt: skip


def status_of(doc: Doc, candidate: Candidate) -> Status:
    """Return the status that the grammar around a trigger tells: negation, modal, condition, pluperfect."""
    head = doc[candidate.head]
    children = list(head.children)
    if any(c.dep_ == "neg" or c.lower_ in NEGATIONS for c in children):
        return "negated"
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "should") for c in children):
        return "hypothetical"
    modal = next((MODALS[c.lower_] for c in children if c.dep_ == "aux" and c.lower_ in MODALS), None)
    if modal is not None:
        return modal
    return "historical" if any(c.dep_ == "aux" and c.lower_ == "had" for c in children) else "actual"


def load(name: str, lexicon: Lexicon) -> Coder:
    """Return a coder: `small` is shipped, `large` is built by whoever wants it, `table`, or a trained one's folder.

    MissingModel where it was not built.
    """
    return TableCoder(lexicon) if name == TABLE else trained(name)


@cache
def trained(name: str = encoders.SMALL) -> TrainedCoder:
    """Return a trained coder by name or folder; MissingModel where it was not built."""
    encoder = encoders.load(name)
    row = encoder.card
    card = Card(tuple(row["leaves"]), tuple(row["statuses"]), row["temperature"], row["pair_temperature"])
    return TrainedCoder(encoder, card)
