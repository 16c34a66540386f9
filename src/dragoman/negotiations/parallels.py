"""Exchanges told side by side: two clauses, each with what one side gives or gets.

"Washington freed three agents, and Havana released a spy"; "Iran is to ship uranium abroad and to receive fuel rods".
Such clauses stand in any report; they tell an exchange only beside a word that says so: a swap, a deal, "in return".
"""

from spacy.tokens import Span, Token

from dragoman.negotiations.items import Scene, doers, is_party, part_of
from dragoman.negotiations.move import Move
from dragoman.negotiations.phrases import SUBJECTS, listed
from dragoman.negotiations.tables import MoveKind, phrasal
from dragoman.records import Item

Items = tuple[Item, ...]

RECEIVING = frozenset(("receive", "get", "obtain", "gain", "recover", "regain"))
GIVING = frozenset("move unlock ship forgive start hand ship transfer leave quit rename".split())
FUTURE = frozenset(("will", "would", "shall", "must", "may", "can", "could", "to", "is"))


def parallel_in(scene: Scene, sentence: Span) -> Move | None:
    """Return the exchange that a sentence tells in two clauses, or None."""
    if not _speaks_of_exchange(scene, sentence):
        return None
    for first in sentence:
        if first.pos_ == "VERB" and scene.tables.move(first) is None:
            for second in _after(first):
                move = _between_two(scene, sentence, first, second) or _of_one(scene, sentence, first, second)
                if move is not None:
                    return move
    return None


def _after(first: Token) -> list[Token]:
    """The clauses joined to a verb: "freed …, and Havana released …"."""
    joined = [c for c in first.children if c.dep_ in ("conj", "parataxis", "advcl") and c.pos_ == "VERB"]
    above = [first.head] if first.dep_ == "ccomp" and first.head.pos_ == "VERB" else []
    return [c for c in (*joined, *above) if c.i > first.i]


def _speaks_of_exchange(scene: Scene, sentence: Span) -> bool:
    """Whether a sentence, or the swap told just before it, makes an exchange of its clauses."""
    words = scene.tables.words["exchanges"]
    if any(t.lemma_.lower() in words and t.pos_ in ("NOUN", "VERB") for t in sentence) or _has_return(sentence):
        return True
    n = scene.sentence_number(sentence.start)
    before = scene.sentences[n - 1] if n else ()
    return any(scene.tables.move(t) == "swap" and t.pos_ == "VERB" for t in before)


def _has_return(sentence: Span) -> bool:
    text = sentence.text.lower()
    return any(words in text for words in (" in return", " in exchange", "for its part", "for their part"))


def _between_two(scene: Scene, sentence: Span, first: Token, second: Token) -> Move | None:
    """Of "A frees X, and B releases Y", or "A gets X and B gets Y", both sides."""
    if not any(c.dep_ in SUBJECTS for c in second.children) or not _acts(scene, first) or not _acts(scene, second):
        return None
    if _receives(first) != _receives(second):
        return None
    by, to = doers(scene, first), doers(scene, second)
    if not is_party(scene, by) or not is_party(scene, to) or scene.lands(by) & scene.lands(to):
        return None
    own, theirs = _items(scene, first, _start(second)), _items(scene, second, sentence.end)
    if not own or not theirs:
        return None
    gives, gets = (theirs, own) if _receives(first) else (own, theirs)
    return _told(sentence, first, by, to, gives, gets)


def _of_one(scene: Scene, sentence: Span, first: Token, second: Token) -> Move | None:
    """Of "A is to give X and to receive Y" what one side gives and gets."""
    if any(c.dep_ in SUBJECTS for c in second.children) or _receives(first) == _receives(second):
        return None
    if not _acts(scene, first) or not _acts(scene, second):
        return None
    by = doers(scene, first)
    own, theirs = _items(scene, first, _start(second)), _items(scene, second, sentence.end)
    if not is_party(scene, by) or not own or not theirs:
        return None
    gives, gets = (theirs, own) if _receives(first) else (own, theirs)
    named = [t for v in (first, second) for c in v.children if c.dep_ == "dative" for t in (c, *c.children)]
    to = tuple(i for i in scene.who(m for t in named for m in listed(t)) if not scene.lands([i]) & scene.lands(by))
    return _told(sentence, first, by, to, gives, gets)


def _told(sentence: Span, verb: Token, by: tuple[str, ...], to: tuple[str, ...], gives: Items, gets: Items) -> Move:
    done = verb.tag_ == "VBD"
    kind: MoveKind = "deal" if done or not _is_future(verb) else "offer"
    there = (sentence.start, sentence.end)
    return Move(verb.i, kind, there, by, to, gives, gets, firm=True, struck=done)


def _is_future(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in FUTURE for c in verb.children)


def _acts(scene: Scene, verb: Token) -> bool:
    """Whether a verb gives or gets something: a transfer, a concession, a receipt; not negated."""
    words = scene.tables.words
    lemma = phrasal(verb).split(" ")[0]
    known = lemma in words["transfers"] | words["concessions"] | RECEIVING | GIVING
    return known and not any(c.dep_ == "neg" for c in verb.children)


def _receives(verb: Token) -> bool:
    return verb.lemma_ in RECEIVING


def _items(scene: Scene, verb: Token, limit: int) -> Items:
    """What passes: of a receipt its object, else as of any clause."""
    if not _receives(verb):
        return part_of(scene, verb, limit).items
    got = next((c for c in verb.children if c.dep_ == "dobj"), None)
    return part_of(scene, got, limit).items if got is not None else ()


def _start(verb: Token) -> int:
    i = verb.left_edge.i
    while i > 0 and (verb.doc[i - 1].dep_ == "cc" or verb.doc[i - 1].text == ","):
        i -= 1
    return i
