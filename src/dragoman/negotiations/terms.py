"""Terms: what one side makes the price of what, told by a verb or a noun of binding.

"Angola tied the departure of the Cubans to the independence of Namibia"; "Syria made the return of the captives
conditional on a retreat"; "Turkey has named its price: the extradition of thirty people".
"""

from spacy.tokens import Span, Token

from dragoman.negotiations.items import Part, Scene, doers, is_party, part_of
from dragoman.negotiations.move import Move

BINDING = {"tie": "to", "link": "to", "condition": "on", "conditional": "on", "dependent": "on", "contingent": "on"}
SETTING = frozenset("set name lay put present state have spell announce repeat".split())
FAR = 12  # tokens from "terms" to the colon that opens them
PRICES = frozenset("condition price term demand".split())


def terms_in(scene: Scene, sentence: Span) -> Move | None:
    """Return the terms that a sentence sets, or None."""
    for token in sentence:
        if token.lemma_.lower() in BINDING and token.pos_ in ("VERB", "ADJ"):
            move = _bound(scene, sentence, token)
        elif token.lemma_.lower() in PRICES and token.dep_ == "dobj" and token.head.lemma_ in SETTING:
            move = _set(scene, sentence, token)
        else:
            continue
        if move is not None:
            return move
    return None


def _bound(scene: Scene, sentence: Span, word: Token) -> Move | None:
    """Of "tied X to Y", "made X conditional on Y" what is given and what is got for it."""
    verb = word if word.pos_ == "VERB" else next((a for a in word.ancestors if a.lemma_ == "make"), None)
    if verb is None or any(c.dep_ == "neg" for c in verb.children):
        return None
    given = next((c for c in verb.children if c.dep_ == "dobj"), None) or _of_small_clause(verb)
    preps = (c for v in (word, verb) for c in v.children if c.lower_ == BINDING[word.lemma_.lower()] and c.i > word.i)
    got = next((t for c in preps for t in c.children if t.dep_ == "pobj"), None)
    by = doers(scene, verb)
    if given is None or got is None or not is_party(scene, by):
        return None
    stop = word.i if word.i > given.i else got.left_edge.i - 1
    own, theirs = _part(scene, given, stop), _part(scene, got, sentence.end)
    other = tuple(id_ for id_ in _owners(scene, got) if not scene.lands([id_]) & scene.lands(by))
    if not own.items or not theirs.items or not _is_owed(scene, got, given, by):
        return None
    there = (sentence.start, sentence.end)
    return Move(word.i, "offer", there, by, other, own.items, theirs.items, firm=True)


def _is_owed(scene: Scene, got: Token, given: Token, by: tuple[str, ...]) -> bool:
    """Whether a link is one of bargaining: both ends are things to do or to hand over, not causes or talks."""
    deeds = scene.tables.words["deeds"] | scene.tables.words["transfer_nouns"]
    kinds = scene.tables.kinds
    return all(t.lemma_.lower() in deeds or t.lemma_.lower() in kinds for t in (got, given))


def _of_small_clause(verb: Token) -> Token | None:
    """The "X" of "made X conditional", where the parse takes it for a clause."""
    small = (c for c in verb.children if c.dep_ == "ccomp")
    return next((s for c in small for s in c.children if s.dep_ == "nsubj"), None)


def _part(scene: Scene, noun: Token, limit: int) -> Part:
    return part_of(scene, noun, max(limit, noun.i + 1))


def _owners(scene: Scene, noun: Token) -> tuple[str, ...]:
    """Whose deed is asked: "an Israeli retreat", "an apology by Poland"."""
    around = [c for c in noun.children if c.dep_ in ("amod", "poss", "compound")]
    around += [t for c in noun.children if c.lower_ in ("by", "from") for t in c.children if t.dep_ == "pobj"]
    return scene.who(around)


def _set(scene: Scene, sentence: Span, noun: Token) -> Move | None:
    """Of "named its price: X" the X, which is asked."""
    colon = next((t.i for t in sentence if t.text in (":", "—", "–") and t.i > noun.i), None)
    by = doers(scene, noun.head)
    if colon is None or colon - noun.i > FAR or not is_party(scene, by):
        return None
    head = sentence.doc[colon + 1 : sentence.end].root
    if head.pos_ == "PUNCT" or any(c.dep_ == "nsubj" and c.pos_ == "PRON" for c in head.children):
        return None
    items = part_of(scene, head, sentence.end).items
    there = (sentence.start, sentence.end)
    return Move(noun.i, "demand", there, by, (), (), items, firm=True) if items else None
