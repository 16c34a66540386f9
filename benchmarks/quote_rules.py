"""A stand-in for the quote extractors that newsrooms and universities run: spaCy's parse and rules, nothing else.

Written from what such tools are known to do (a verb of saying with a clausal complement and a subject; words between
quotation marks with the nearest such verb; "according to"), not from any tool's code. It is there to be timed.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Token

SAYING = frozenset(
    """say tell add warn announce claim deny insist note argue state declare report explain stress confirm suggest
    admit promise call urge demand reply respond write think believe predict acknowledge accuse condemn ask""".split()
)
QUOTED = re.compile(r"[“\"]([^“”\"]{10,2000})[”\"]")
NEAR = 12  # tokens around a quotation in which its verb stands


class Quote(NamedTuple):
    """Who is quoted, by which verb, and what."""

    speaker: str
    verb: str
    content: str


def extract(texts: Iterable[str], nlp: Language) -> Iterator[list[Quote]]:
    """Yield the quotes of each text."""
    for doc in nlp.pipe(texts, batch_size=16):
        yield [*_clausal(doc), *_quoted(doc), *_according_to(doc)]


def _clausal(doc: Doc) -> Iterator[Quote]:
    for token in doc:
        if token.dep_ == "ccomp" and token.head.lemma_ in SAYING:
            yield Quote(_subject_of(token.head), token.head.text, _words(token))


def _quoted(doc: Doc) -> Iterator[Quote]:
    for match in QUOTED.finditer(doc.text):
        span = doc.char_span(*match.span(1), alignment_mode="expand")
        if span is None:
            continue
        around = [*doc[span.end : span.end + NEAR], *reversed(doc[max(0, span.start - NEAR) : span.start])]
        verb = next((token for token in around if token.lemma_ in SAYING), None)
        if verb is not None:
            yield Quote(_subject_of(verb), verb.text, span.text)


def _according_to(doc: Doc) -> Iterator[Quote]:
    for token in doc:
        if token.lower_ == "according" and token.i + 2 < len(doc) and doc[token.i + 1].lower_ == "to":
            source = next((child for child in doc[token.i + 1].children if child.dep_ == "pobj"), None)
            if source is not None:
                yield Quote(_words(source), "according to", token.sent.text)


def _subject_of(verb: Token) -> str:
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    return _words(subject) if subject is not None else ""


def _words(token: Token) -> str:
    return token.doc[token.left_edge.i : token.right_edge.i + 1].text
