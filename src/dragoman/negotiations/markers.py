"""Exchange markers: "in exchange for", "only if", "provided that", and the stretch of words that each governs."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from dragoman.negotiations.phrases import TAGGING
from dragoman.negotiations.tables import Sense, Tables


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker in the text, by token offsets, and the token that it hangs on."""

    start: int
    end: int
    sense: Sense


def markers_in(sentence: Span, tables: Tables) -> list[Marker]:
    """Return the markers of a sentence in order.

    >>> [m.sense for m in markers_in(next(doc.sents), load())]
    ['price']
    """
    return [marker for marker in _found(sentence, tables) if _governs(sentence, marker)]


def _found(sentence: Span, tables: Tables) -> Iterator[Marker]:
    lower = [token.lower_ for token in sentence]
    i = 0
    while i < len(lower):
        rows = tables.markers.get(lower[i], ())
        row = next((row for row in rows if tuple(lower[i : i + len(row[0])]) == row[0]), None)
        if row is not None and _marks(sentence[i], row[0], row[1]):
            yield Marker(sentence.start + i, sentence.start + i + len(row[0]), row[1])
        i += len(row[0]) if row else 1


def _governs(sentence: Span, marker: Marker) -> bool:
    """Whether a marker has its words: a condition a clause with a subject, a price something named."""
    doc = sentence.doc
    if marker.end >= sentence.end or doc[marker.end].tag_ in ("WDT", "WP"):
        return False
    if marker.sense not in ("condition", "if"):
        return True
    verb = _clause_verb(doc[marker.start], marker)
    if doc[marker.end - 1].lower_ == "provided":
        return verb.i > marker.end  # the parse may take whom it binds for an object
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ != "you" for c in verb.children)


def _marks(token: Token, words: tuple[str, ...], sense: Sense) -> bool:
    """Whether the word is used as a marker: "asked if" and "even if" are not."""
    if token.lower_ in ("until", "before"):
        return token.dep_ == "mark"
    if words == ("provided",):
        return token.tag_ in ("VBN", "VBD", "IN") and token.dep_ in ("prep", "mark") and token.nbor(-1).text == ","
    if sense == "if":
        return token.dep_ == "mark" and token.head.dep_ != "ccomp" and token.nbor(-1 if token.i else 0).lower_ != "even"
    return True


def carrier(marker: Marker, sentence: Span) -> Token | None:
    """Return the verb of the clause that a marker stands in: of a condition the verb that depends on it."""
    token = sentence.doc[marker.start]
    if marker.sense in ("condition", "if"):
        token = _clause_verb(token, marker).head
        while marker.start <= token.i < marker.end and token.head.i != token.i:
            token = token.head  # "provided that" and "on condition that" are words of the chain
        outside = token.i < marker.start or token.i > marker.end
        above = token if outside and token.pos_ in ("VERB", "AUX") else None
    else:
        above = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)
    if above is not None and above.lemma_ in TAGGING and above.dep_ == "parataxis":
        above = above.head
    elif above is not None and above.lemma_ in TAGGING:
        above = next((c for c in above.children if c.dep_ == "ccomp" and c.i < marker.start), above)
    return _whole(above or _nearest(marker, sentence))


def _whole(verb: Token | None) -> Token | None:
    """The verb that leads: "allow" of "allow them to run", "give up" of "give up its shells and let them in"."""
    while verb is not None and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        if verb.dep_ not in ("conj", "xcomp") or verb.head.pos_ not in ("VERB", "AUX") or verb.tag_ == "VBD":
            break
        verb = verb.head
    if verb is not None and verb.dep_ == "ccomp" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
        return verb.head
    return verb


def _clause_verb(token: Token, marker: Marker) -> Token:
    """The verb of the clause that a condition opens."""
    last = token.doc[marker.end - 1]
    chain = (a for a in (last, *last.ancestors) if a.i >= marker.end)
    found = next((a for a in chain if a.pos_ in ("VERB", "AUX")), None)
    if found is None and last.lower_ == "provided":
        after = token.doc[marker.end : min(marker.end + 8, token.sent.end)]
        found = next((t for t in after if t.tag_ in ("VBD", "VBZ", "VBP", "MD")), None)
    return found or token


def _nearest(marker: Marker, sentence: Span) -> Token | None:
    verbs = (t for t in sentence if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("aux", "auxpass"))
    before = [t for t in verbs if t.i < marker.start]
    return before[-1] if before else None
