"""Why: PLOVER's contexts of an event, from the words of its sentence (`contexts.toml`)."""

import tomllib
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc

from dragoman import ontology
from dragoman.events.candidates import Candidate


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """The contexts that each word, or pair of words, tells of."""
    rows = tomllib.loads((files(__package__) / "contexts.toml").read_text("utf-8"))
    words: dict[str, tuple[str, ...]] = {}
    for context in ontology.contexts():
        for word in rows[context]:
            words[word] = (*words.get(word, ()), context)
    return words


def contexts_of(doc: Doc, candidate: Candidate) -> tuple[str, ...]:
    """Return the contexts that an event's sentence tells of, in the codebook's order."""
    table = _table()
    found: set[str] = set()
    lemmas = [token.lemma_.lower() for token in doc[candidate.sentence[0] : candidate.sentence[1]]]
    for word, following in zip(lemmas, [*lemmas[1:], ""], strict=True):
        found.update(table.get(f"{word} {following}") or table.get(word, ()))
    return tuple(context for context in ontology.contexts() if context in found)
