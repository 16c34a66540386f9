"""Phrases that name nobody and look back: pronouns, "the two", "both sides"."""

from collections.abc import Collection, Iterator

from spacy.tokens import Doc, Token

from dragoman.entities.phrases import Phrase
from dragoman.entities.words import heads, words

PRONOUNS = heads("pronouns")
PRONOUN_TAGS = frozenset("PRP PRP$ WP WP$ WDT".split())
PAIRED = words("paired")
PAIR = ("two", "both")


def find_pronouns(doc: Doc) -> Iterator[Phrase]:
    """Yield the pronouns that may mean a participant; not the "it" of "it rains"."""
    for token in doc:
        kind = PRONOUNS.get(token.lower_)
        if kind is None or not _is_pronoun(token):
            continue
        yield Phrase(
            token.i, token.i + 1, token.i, "pronoun", "unnamed", token.text, pronoun=kind, plural=kind in ("they", "we")
        )


def _is_pronoun(token: Token) -> bool:
    expletive = token.lower_ == "it" and token.dep_ == "expl"
    return token.text != "US" and token.tag_ in PRONOUN_TAGS and not expletive


def find_pairs(doc: Doc, covered: Collection[int]) -> Iterator[Phrase]:
    """Yield sets of two that were named before, outside the tokens of other phrases."""
    for token in doc:
        if token.i in covered or token.dep_ in ("compound", "nummod", "det"):
            continue
        alone, lemma = _is_pair_alone(token), token.lemma_.lower()
        before = [c for c in token.children if c.i < token.i]
        if alone or (lemma in PAIRED and any(c.lower_ in PAIR for c in before)):
            start, end = min([token.i, *(c.i for c in before)]), token.i + 1
            yield Phrase(
                start, end, token.i, "nominal", "group", doc[start:end].text, plural=True, definite=True, count=2,
                noun=token.lower_ if alone else lemma,
            )  # fmt: skip


def _is_pair_alone(token: Token) -> bool:
    """ "Both", "the two", "the pair"; "two" alone counts what stands elsewhere."""
    the = any(c.lower_ == "the" for c in token.children)
    return token.lower_ == "both" or (token.lower_ in ("two", "pair") and the)
