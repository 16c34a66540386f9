"""Exchanges told clause by clause, without a word of offering.

"Under the deal A will return X, and B will return Y"; "A would postpone X, and in return B would cut Y"; "A handed over
X and received Y in return"; and, alone in its sentence, "In return B gives up Y".
"""

from spacy.tokens import Span, Token

from dragoman.negotiations.items import Part, Scene, doers, is_party, part_of
from dragoman.negotiations.markers import carrier, markers_in
from dragoman.negotiations.move import Move
from dragoman.negotiations.parallels import parallel_in
from dragoman.negotiations.phrases import SUBJECTS, listed
from dragoman.negotiations.sides import complement
from dragoman.negotiations.tables import MoveKind
from dragoman.negotiations.terms import terms_in

MODALS = frozenset(("will", "would", "shall", "must", "is", "to"))
RECEIVING = frozenset(("receive", "get", "obtain", "gain"))


def exchanges_in(scene: Scene, sentence: Span) -> list[Move]:
    """Return the moves that a sentence tells clause against clause."""
    terms = _terms(scene, sentence) or parallel_in(scene, sentence) or terms_in(scene, sentence)
    if terms is not None:
        return [terms]
    for marker in markers_in(sentence, scene.tables):
        verb = carrier(marker, sentence) if marker.sense == "back" else None
        if verb is not None and (scene.tables.move(verb) is None or _has_other_subject(scene, verb)):
            move = _in_return(scene, sentence, verb, marker.start)
            if move is not None:
                return [move]
    return []


def _terms(scene: Scene, sentence: Span) -> Move | None:
    """The terms of a named bargain: "an agreement under which A will …, and B will …"."""
    words = scene.tables.words
    for noun in sentence:
        lemma = noun.lemma_.lower()
        if noun.pos_ != "NOUN" or lemma not in words["pacts"] | words["offers"]:
            continue
        verb = _verb_of_terms(noun)
        if verb is not None:
            return _of_terms(scene, sentence, noun, verb)
    return None


def _verb_of_terms(noun: Token) -> Token | None:
    """The verb that a bargain's terms begin with, in a relative or in the main clause."""
    inner = (c for c in noun.children if c.dep_ == "relcl" and any(p.lower_ in ("under", "by") for p in c.children))
    verb = next(inner, None)
    if verb is None and noun.dep_ == "pobj" and noun.head.lower_ == "under" and noun.head.head.pos_ == "VERB":
        verb = noun.head.head
    if verb is None or not any(c.dep_ == "aux" and c.lower_ in MODALS for c in verb.children):
        return None
    return verb


def _of_terms(scene: Scene, sentence: Span, noun: Token, verb: Token) -> Move | None:
    second = _second_clause(verb)
    limit = min([second.left_edge.i if second is not None else sentence.end, sentence.end])
    part = part_of(scene, verb, limit)
    doer = doers(scene, verb)
    around = [c for c in noun.children if c.dep_ in ("poss", "amod", "compound")]
    by_phrase = [t for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from") for t in c.children]
    author = scene.who([*around, *(m for t in by_phrase for m in listed(t))])
    struck = noun.lemma_.lower() in scene.tables.words["pacts"]
    kind: MoveKind = "deal" if struck else "offer"
    there = (sentence.start, sentence.end)
    if second is not None:
        theirs = part_of(scene, second, sentence.end)
        author = author or ((doers(scene, noun.head) if noun.dep_ == "dobj" else ()) if not struck else ())
        by = author or doer
        to = tuple(id_ for id_ in doers(scene, second) if id_ not in by)
        if not part.items or not theirs.items:
            return None
        return Move(noun.i, kind, there, by, to, part.items, theirs.items, firm=True)
    if struck:
        return _of_one_term(scene, there, noun, part, doer)
    if not author:
        return None
    if scene.lands(author) & scene.lands(doer):
        return Move(noun.i, kind, there, author, (), part.items, (), noun=True)
    return Move(noun.i, kind, there, author, doer, (), part.items, noun=True)


def _of_one_term(scene: Scene, there: tuple[int, int], noun: Token, part: Part, doer: tuple[str, ...]) -> Move | None:
    """A deal of which one term is told: the other side is who signed it with them."""
    signed = doers(scene, noun.head) if noun.dep_ == "dobj" else ()
    to = tuple(id_ for id_ in signed if not scene.lands([id_]) & scene.lands(doer))
    if not part.items or not doer or not to:
        return None
    return Move(noun.i, "deal", there, doer, to, part.items, (), firm=True)


def _second_clause(verb: Token) -> Token | None:
    """The clause joined to the first, with a subject of its own."""
    above = [verb.head.head] if verb.dep_ == "relcl" and verb.head.head.pos_ == "VERB" else []
    joined = (c for v in (verb, *above) for c in v.children if c.dep_ == "conj" and c.pos_ == "VERB" and c.i > verb.i)
    return next((c for c in joined if any(s.dep_ in SUBJECTS for s in c.children)), None)


def _in_return(scene: Scene, sentence: Span, verb: Token, marker: int) -> Move | None:
    """What "in return" sets against the clause before it, or, where there is none, against the last proposal."""
    there = (sentence.start, sentence.end)
    first = verb.head if verb.dep_ == "conj" and verb.head.pos_ == "VERB" else None
    deed = _deed(scene, verb)
    theirs = part_of(scene, deed, marker if marker > deed.i else sentence.end)
    if first is None:
        if not theirs.items or marker > verb.i:
            return None
        return Move(verb.i, "offer", there, doers(scene, verb), (), theirs.items, (), firm=True, completes=True)
    if scene.tables.move(first) is not None and not _has_other_subject(scene, verb):
        return None
    own = part_of(scene, _deed(scene, first), min(_before_joined(verb), verb.i))
    by, other = doers(scene, first), doers(scene, verb)
    to = tuple(id_ for id_ in other if id_ not in by)
    done = first.tag_ == "VBD"
    kind: MoveKind = "deal" if done else "offer"
    if not own.items or not theirs.items or not (by or to):
        return None
    struck = done and scene.tables.move(first) is None
    return Move(first.i, kind, there, by, to, own.items, theirs.items, firm=True, struck=struck)


def _has_other_subject(scene: Scene, verb: Token) -> bool:
    """Whether a clause is joined to one of another side: "Beijing promised to buy grain, and Washington agreed …"."""
    if verb.dep_ != "conj" or not any(c.dep_ in SUBJECTS for c in verb.children):
        return False
    own, other = doers(scene, verb), doers(scene, verb.head)
    return is_party(scene, own) and is_party(scene, other) and not scene.lands(own) & scene.lands(other)


def _deed(scene: Scene, verb: Token) -> Token:
    """What a side does or says that it will do: of "agreed to shelve the tariffs" the shelving."""
    return (complement(verb) or verb) if scene.tables.move(verb) is not None else verb


def _before_joined(verb: Token) -> int:
    i = verb.left_edge.i
    while i > 0 and (verb.doc[i - 1].dep_ == "cc" or verb.doc[i - 1].text == ","):
        i -= 1
    return i
