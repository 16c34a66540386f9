"""Nouns that stand for somebody whom their phrase names: "three of the men", "a ministry statement"."""

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from dragoman.entities.words import words

QUANTITIES = words("quantities")
DOCUMENTS = words("documents")
BEFORE = frozenset(("compound", "poss", "amod", "nmod"))


def with_stand_ins(doc: Doc, heads: Mapping[int, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    """Return who each token means, with the quantities and documents that stand for somebody."""
    found = dict(heads)
    for token in doc:
        if token.i not in heads:
            meant = next((heads[t.i] for t in _meant(token) if t.i in heads), None)
            if meant:
                found[token.i] = meant
    return found


def counting(token: Token) -> Token:
    """Return what counts those whom a word names, as it stands for them: "hundreds" of "hundreds of men"."""
    of = token.head
    if token.dep_ == "pobj" and of.lower_ == "of" and (of.head.pos_ == "NUM" or of.head.lemma_.lower() in QUANTITIES):
        return of.head
    return token


def _meant(token: Token) -> Iterator[Token]:
    """The tokens that may say who is meant, the likeliest first."""
    lemma = token.lemma_.lower()
    if lemma in DOCUMENTS:
        yield from (c for c in token.children if c.dep_ in BEFORE)
        yield from _behind(token, ("of", "from", "by"))
    elif token.pos_ == "NUM" or lemma in QUANTITIES:
        yield from _behind(token, ("of",))


def _behind(token: Token, prepositions: tuple[str, ...]) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in prepositions:
            yield from (c for c in child.children if c.dep_ == "pobj")
