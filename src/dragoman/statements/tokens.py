"""The parse as plain lists: one attribute access a token instead of one a question.

spaCy's token objects are made anew at each access; a stage that asks a dozen questions of every token spends most
of its time there. These lists are read once.
"""

from bisect import bisect_right
from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from dragoman.statements.quotemarks import Quotation, find_quotations

# Words that spaCy's small pipeline takes for forms of another verb: "hoping" of "hop".
LEMMAS = {
    "hoping": "hope",
    "hopes": "hope",
    "hoped": "hope",
    "hated": "hate",
    "hating": "hate",
    "rated": "rate",
    "rating": "rate",
}

CLAUSE_HEADS = ("ROOT", "ccomp", "conj", "relcl", "advcl", "parataxis")
COMPLEMENTS = ("dobj", "ccomp", "xcomp", "prt")

Interval = tuple[int, int]  # token indices, half-open


@dataclass(frozen=True)
class Tokens:
    """The tokens of a document in columns; each list is indexed by the token's number."""

    doc: Doc
    raw: str  # the document's text; `Doc.text` is put together anew at each access
    text: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    start: list[int]
    end: list[int]
    entity: list[str]
    kids: list[list[int]]
    left: list[int]
    right: list[int]  # exclusive
    sentence: list[int]
    sentences: list[Interval]
    paragraph: list[int]
    paragraphs: list[Interval]
    quotations: tuple[Quotation, ...]
    quote: list[int]  # number of the quotation that the token stands in, or -1
    quote_tokens: list[list[Interval]]  # the pieces of each quotation as token intervals

    def __len__(self) -> int:
        return len(self.text)

    @cached_property
    def blank(self) -> list[bool]:
        """Which tokens hold no letter and no digit."""
        return [not any(c.isalnum() for c in text) for text in self.text]

    def subtree(self, root: int) -> list[int]:
        """Return the tokens under a token, itself among them, in order of the text."""
        found, open_ = [root], [root]
        while open_:
            kids = self.kids[open_.pop()]
            found += kids
            open_ += kids
        found.sort()
        return found

    def child(self, token: int, *deps: str) -> int | None:
        """Return the first child with one of these dependencies."""
        for kid in self.kids[token]:
            if self.dep[kid] in deps:
                return kid
        return None

    def first_in_paragraph(self, token: int) -> bool:
        """Return whether nothing but marks and spaces stands before the token in its paragraph."""
        return all(self.blank[i] for i in range(self.paragraphs[self.paragraph[token]][0], token))


def tokens_of(doc: Doc, verbs: Container[str] = frozenset()) -> Tokens:
    """Return the columns of a parsed document; words that head a clause and are among `verbs` are verbs.

    The small parse takes "Trump charges that …" and "The union demands …" for nouns, and knows they head a clause.
    """
    n = len(doc)
    text, lower, lemma, pos, tag, dep, entity = [], [], [], [], [], [], []
    head, start, end, sentence = [], [], [], []
    sentences: list[Interval] = []
    for i, token in enumerate(doc):
        word = token.text
        text.append(word)
        lower.append(word.lower())
        lemma.append(LEMMAS.get(lower[-1]) or token.lemma_.lower())
        pos.append(token.pos_)
        tag.append(token.tag_)
        dep.append(token.dep_)
        entity.append(token.ent_type_)
        head.append(token.head.i)
        start.append(token.idx)
        end.append(token.idx + len(word))
        if token.is_sent_start or i == 0:
            sentences.append((i, n))
            if len(sentences) > 1:
                sentences[-2] = (sentences[-2][0], i)
        sentence.append(len(sentences) - 1)
    kids: list[list[int]] = [[] for _ in range(n)]
    for i, h in enumerate(head):
        if h != i:
            kids[h].append(i)
    for i in range(n):
        if pos[i] in ("NOUN", "PROPN") and dep[i] in CLAUSE_HEADS and any(dep[k] in COMPLEMENTS for k in kids[i]):
            verb = next((stem for stem in _stems(lower[i]) if stem in verbs), None)
            subjects = ("nsubj",) if verb == lower[i] else ("nsubj", "compound")
            if verb is not None and any(dep[k] in subjects and k < i for k in kids[i]):
                pos[i], lemma[i] = "VERB", verb
    left, right = _edges(head, n)
    paragraph, paragraphs = _paragraphs(text, n)
    raw = doc.text
    quotations = find_quotations(raw)
    quote, quote_tokens = _quote_tokens(quotations, start, end, n)
    return Tokens(
        doc, raw, text, lower, lemma, pos, tag, dep, head, start, end, entity, kids, left, right,
        sentence, sentences, paragraph, paragraphs, quotations, quote, quote_tokens,
    )  # fmt: skip


def _stems(word: str) -> tuple[str, ...]:
    """Return what a word may be a verb's form of.

    >>> _stems("vows")
    ('vow', 'vo')
    """
    if word.endswith("s"):
        return word[:-1], word[:-2]
    return (word[:-2], word[:-1], word[:-3]) if word.endswith("ed") else (word,)


def _edges(head: list[int], n: int) -> tuple[list[int], list[int]]:
    """Return the first token and the one after the last of each subtree."""
    left, right = list(range(n)), list(range(1, n + 1))
    changed = True
    while changed:  # two rounds in a projective sentence
        changed = False
        for order in (range(n), range(n - 1, -1, -1)):
            for i in order:
                h = head[i]
                if left[i] < left[h]:
                    left[h] = left[i]
                    changed = True
                if right[i] > right[h]:
                    right[h] = right[i]
                    changed = True
    return left, right


def _paragraphs(text: list[str], n: int) -> tuple[list[int], list[Interval]]:
    """Return the number of each token's paragraph, and the paragraphs; a line break ends one."""
    paragraph: list[int] = []
    paragraphs: list[Interval] = []
    first = 0
    for i in range(n):
        paragraph.append(len(paragraphs))
        if "\n" in text[i] or "\r" in text[i]:
            paragraphs.append((first, i))
            first = i + 1
    paragraphs.append((first, n))
    return paragraph, paragraphs


def _quote_tokens(
    quotations: tuple[Quotation, ...], start: list[int], end: list[int], n: int
) -> tuple[list[int], list[list[Interval]]]:
    """Return which quotation each token stands in, and the pieces of each quotation as tokens."""
    quote, pieces_of = [-1] * n, []
    for number, quotation in enumerate(quotations):
        pieces = []
        for a, b in quotation.pieces:
            first = bisect_right(end, a)
            last = first
            while last < n and start[last] < b:
                quote[last] = number
                last += 1
            pieces.append((first, last))
        pieces_of.append(pieces)
    return quote, pieces_of
