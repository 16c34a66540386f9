"""Triggers: the words of a sentence that make a move, and which markers speak of them."""

from spacy.tokens import Span, Token

from dragoman.negotiations.items import Scene, doers
from dragoman.negotiations.markers import Marker, carrier
from dragoman.negotiations.phrases import SUBJECTS
from dragoman.negotiations.sides import complement, noun_doers, verb_doers
from dragoman.negotiations.tables import MoveKind

MODALS = frozenset(("will", "would", "shall", "must", "to"))


def triggers_in(scene: Scene, sentence: Span) -> list[tuple[Token, MoveKind]]:
    """Return the words of a sentence that make a move, with the move; not those inside another's clause."""
    rows = [(token, kind) for token in sentence if (kind := _kind(scene, token)) and _is_used(scene, token, kind)]
    rows = [(t, k) for t, k in rows if not (t.dep_ == "relcl" and t.head.i in {o.i for o, _ in rows})]
    rows = [(t, k) for t, k in rows if not _is_condition(t)]
    nested = {t.i for t, _ in rows if any(a.i in {o.i for o, _ in rows} and _holds(a, t) for a in t.ancestors)}
    return [(token, kind) for token, kind in rows if token.i not in nested]


def _kind(scene: Scene, token: Token) -> MoveKind | None:
    """The move that a word makes; "would accept" is an offer, no deal."""
    kind = scene.tables.move(token)
    would = any(c.dep_ == "aux" and c.lower_ in ("would", "could", "will", "might") for c in token.children)
    return "offer" if kind == "deal" and would else kind


def belongs(scene: Scene, token: Token, kind: MoveKind, marker: Marker) -> bool:
    """Whether a marker speaks of this move, not of a clause inside it ("said that they would kill her if …")."""
    if kind == "demand" and marker.sense == "if":
        return False
    if scene.doc[marker.start].lower_ == "until" and kind != "demand" and not _is_withheld(token):
        return False
    if scene.doc[marker.start].lower_ == "before":
        return kind == "demand" and token.pos_ == "VERB" and _is_own_deed(scene, token, marker)
    verb = carrier(marker, scene.sentence_of(token.i))
    while verb is not None and verb.i != token.i and token.is_ancestor(verb):
        if any(c.dep_ in SUBJECTS for c in verb.children) and verb.dep_ in ("ccomp", "relcl", "conj"):
            return verb.dep_ == "ccomp" and verb.head.i == token.i
        verb = verb.head
    return True


def _is_own_deed(scene: Scene, token: Token, marker: Marker) -> bool:
    """Whether a clause after "before" is what the side that asks will do: "wants a treaty before it leaves"."""
    verb = scene.doc[marker.start].head
    return bool(scene.lands(doers(scene, verb)) & scene.lands(verb_doers(scene, token)))


def _is_withheld(token: Token) -> bool:
    """Whether a move says what will not be done: "promised not to talk until they left" is a bargain."""
    head = complement(token) or token
    return any(c.dep_ == "neg" for verb in (token, head) for c in verb.children)


def _is_condition(token: Token) -> bool:
    """Whether a move's word is the verb of a condition: "provided that Britain grants more visas"."""
    return any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "that", "as") for c in token.children) and (
        token.dep_ in ("advcl", "pcomp", "acl") or token.head.lower_ in ("provided", "condition")
    )


def _holds(outer: Token, inner: Token) -> bool:
    """Whether a move's word only completes another's: "willing to swap", "countered with an offer"."""
    if inner.pos_ == "NOUN":
        return outer.pos_ == "VERB" and inner.head.i in (outer.i, *(c.i for c in outer.children if c.dep_ == "prep"))
    return inner.dep_ in ("xcomp", "advcl") and inner.head.i == outer.i and inner.tag_ == "VB"


def _is_used(scene: Scene, token: Token, kind: MoveKind) -> bool:
    """Whether a word of the table is used as a move here: not negated, and with what a move needs."""
    children = list(token.children)
    if any(c.dep_ == "neg" for c in children) or (token.pos_ != "NOUN" and token.dep_ in ("amod", "compound")):
        return False
    if token.pos_ == "NOUN":
        return complement(token) is not None and bool(noun_doers(scene, token)) and _under(token) is None
    if token.pos_ == "ADJ":
        return any(c.dep_ == "xcomp" for c in children) and not any(c.dep_ == "neg" for c in token.head.children)
    if kind == "swap":
        return any(c.dep_ in ("dobj", "nsubjpass") for c in children)
    if kind == "add":
        to = [t for c in children if c.dep_ == "prep" and c.lower_ == "to" for t in c.children]
        return any(t.lemma_.lower() in scene.tables.words["offers"] for t in to)
    head = complement(token)
    if head is None or any(c.dep_ == "neg" for c in head.children):
        return False
    return kind != "deal" or head.lemma_.lower() not in scene.tables.words["offers"]  # "accepted the offer of"


def _under(noun: Token) -> Token | None:
    """The verb that tells a bargain's terms: "under the American counteroffer, Europe would open its markets"."""
    if noun.dep_ == "pobj" and noun.head.lower_ in ("under", "by") and noun.head.head.pos_ == "VERB":
        verb = noun.head.head
        return verb if any(c.dep_ == "aux" and c.lemma_ in MODALS for c in verb.children) else None
    inner = (c for c in noun.children if c.dep_ == "relcl" and any(p.lower_ in ("under", "by") for p in c.children))
    return next(inner, None)
