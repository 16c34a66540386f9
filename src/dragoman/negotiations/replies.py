"""Replies: who accepted, rejected, weighed or denied which offer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Token

from dragoman.negotiations.items import Scene
from dragoman.negotiations.phrases import listed, subjects_of
from dragoman.negotiations.tables import Reply, Standing, phrasal

ANAPHORS = frozenset(("it", "them", "this", "that", "so"))


@dataclass(frozen=True, slots=True)
class Answer:
    """One reply: its word, who gives it, who says so, and what it is about (the token of "the offer", if any)."""

    token: int
    by: tuple[str, ...]
    said_by: str | None
    status: Standing
    about: int | None
    is_denial: bool  # that there was an offer at all


def answers_of(scene: Scene) -> list[Answer]:
    """Return the replies of a report in the order of the text."""
    return [answer for token in scene.doc if token.pos_ == "VERB" for answer in _at(scene, token)]


def _at(scene: Scene, verb: Token) -> Iterator[Answer]:
    for lemma in dict.fromkeys((phrasal(verb), verb.lemma_.lower(), *(["not take"] if _is_negated(verb) else []))):
        for reply in scene.tables.replies.get(lemma, ()):
            about = _about(scene, verb)
            if _is_no_reply(verb, reply):
                continue
            if NEEDS[reply.needs](scene, verb, about):
                yield _answer(scene, verb, reply, about)
                return


def _answer(scene: Scene, verb: Token, reply: Reply, about: Token | None) -> Answer:
    by = scene.who(_repliers(verb))
    statement = scene.speakers.around(verb.idx, verb.idx + len(verb))
    said_by = statement.source if statement else None
    is_denial = reply.needs in DENIALS or verb.lemma_ in DISPUTING
    return Answer(verb.i, by, said_by, _status(verb, reply), about.i if about is not None else None, is_denial)


DENIALS = ("made", "no such", "not true", "any", "nothing", "never", "none")


DISPUTING = frozenset(("dispute", "disagree"))


def _is_no_reply(verb: Token, reply: Reply) -> bool:
    """Whether the words only look like a reply: in a relative, wished for, or unreal ("would take it back unless")."""
    if verb.dep_ == "relcl" or _is_urged(verb):
        return True
    return reply.status in ("rejected", "withdrawn") and reply.needs != "not hear of" and _is_unreal(verb)


def _is_urged(verb: Token) -> bool:
    """Whether a reply is only wished for: "urged the Kremlin to accept the proposal"."""
    infinitive = verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
    return infinitive and verb.dep_ in ("xcomp", "ccomp", "advcl", "acl") and verb.head.lemma_ not in ("agree", "be")


def _repliers(verb: Token) -> list[Token]:
    """Who replies: of a passive the agent ("was rejected by Greece")."""
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        agents = (c for c in verb.children if c.dep_ == "agent" or c.lower_ == "by")
        return [m for c in agents for t in c.children if t.dep_ == "pobj" for m in listed(t)]
    return subjects_of(verb)


def _status(verb: Token, reply: Reply) -> Standing:
    if reply.status == "accepted" and reply.needs != "in principle":
        if _is_negated(verb):
            return "rejected"
        if _is_unreal(verb):
            return "offered"
    return reply.status


def _is_unreal(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in UNREAL for c in verb.children)


UNREAL = frozenset(("would", "could", "may", "might", "should", "to"))


def _is_negated(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _about(scene: Scene, verb: Token) -> Token | None:
    """What is replied to: the object, the subject of a passive, what stands after "to"."""
    direct = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    behind = [t for c in verb.children if c.lower_ in ("to", "down", "out", "away") for t in c.children]
    small = [s for c in verb.children if c.dep_ == "ccomp" for s in c.children if s.dep_ in ("nsubj", "nsubjpass")]
    found = next(iter([*direct, *behind, *small]), None)
    return found if found is not None else _behind_principle(verb)


def _behind_principle(verb: Token) -> Token | None:
    """The offer of "accepted in principle Chile's offer", which the parse hangs on the "in"."""
    preps = (c for c in verb.children if c.lower_ == "in" and any(t.lower_ == "principle" for t in c.subtree))
    return next((t for c in preps for t in c.children if t.dep_ == "pobj" and t.lower_ != "principle"), None)


def _is_offer(scene: Scene, verb: Token, about: Token | None) -> bool:
    return about is not None and (_is_offer_noun(scene, about) or about.lower_ in ANAPHORS)


def _is_offer_noun(scene: Scene, token: Token) -> bool:
    return token.lemma_.lower() in scene.tables.words["offers"] | scene.tables.words["pacts"]


def _denied(scene: Scene, verb: Token, about: Token | None) -> bool:
    """Whether what is denied is an offer, or that one was made: "denied that money had been mentioned"."""
    inner = [c for c in verb.children if c.dep_ == "ccomp"]
    return any(c.lemma_ in SPEAKING for c in inner) or (about is not None and _is_offer(scene, verb, about))


SPEAKING = frozenset(("offer", "propose", "mention", "discuss", "accept", "agree", "promise", "receive", "bargain"))


def _any(scene: Scene, verb: Token, about: Token | None) -> bool:
    deed = next((c for c in verb.children if c.dep_ == "xcomp"), None)
    if deed is not None:  # "refused to let them go" answers no offer, "refused to discuss it" does
        about = _about(scene, deed)
        return not _is_negated(verb) and _is_offer(scene, deed, about)
    return not _is_negated(verb) and (about is None or _is_offer(scene, verb, about))


def _seriously(scene: Scene, verb: Token, about: Token | None) -> bool:
    return any(c.lower_ == "seriously" for c in verb.children) and _is_offer(scene, verb, about)


def _in_principle(scene: Scene, verb: Token, about: Token | None) -> bool:
    return any(t.lower_ == "principle" for t in verb.subtree)


def _bad(scene: Scene, verb: Token, about: Token | None) -> bool:
    words = {t.lemma_.lower() for t in verb.subtree if t.i > verb.i}
    return bool(words & scene.tables.words["bad"]) and (_is_offer(scene, verb, about) or about is None)


def _no_such(scene: Scene, verb: Token, about: Token | None) -> bool:
    words = [t.lower_ for t in verb.subtree if t.i > verb.i]
    return any(a in ("no", "nothing") and b in ("such", "of") for a, b in pairwise(words))


def _not_true(scene: Scene, verb: Token, about: Token | None) -> bool:
    inner = [c for c in verb.children if c.dep_ == "ccomp" and _is_negated(c)]
    said = any(c.lower_ in ("true", "so", "correct", "accurate") for v in inner for c in v.children)
    plain = (c for c in verb.children if c.dep_ == "ccomp" and not _is_negated(c))
    return said or any(c.lower_ in FALSE for v in plain for c in v.children if c.dep_ in ("acomp", "attr"))


FALSE = frozenset(("false", "untrue", "wrong", "inaccurate", "lie", "nonsense", "fiction"))


def _any_at_all(scene: Scene, verb: Token, about: Token | None) -> bool:
    """Whether it is denied that there was an offer: "denied that there had been any exchange", "denied any deal"."""
    below = [t for c in verb.children if c.dep_ in ("ccomp", "dobj") for t in c.subtree]
    return any(t.lower_ in ("any", "an", "a") and _is_offer_noun(scene, t.head) for t in below)


def _nothing(scene: Scene, verb: Token, about: Token | None) -> bool:
    return about is not None and about.lower_ in ("nothing", "none")


def _never(scene: Scene, verb: Token, about: Token | None) -> bool:
    return _is_negated(verb) and about is not None and _is_offer_noun(scene, about)


def _none(scene: Scene, verb: Token, about: Token | None) -> bool:
    """Whether no offer was made: "no promise had been given", "it made no offer"."""
    if about is None or not (_is_offer_noun(scene, about) or about.lemma_ in ("promise", "commitment", "decision")):
        return False
    return any(c.dep_ == "det" and c.lower_ == "no" for c in about.children)


def _not_hear_of(scene: Scene, verb: Token, about: Token | None) -> bool:
    return _is_negated(verb) and _is_unreal(verb) and any(c.lower_ == "of" for c in verb.children)


def _no_price(scene: Scene, verb: Token, about: Token | None) -> bool:
    return any(t.lemma_ in ("trade", "buy", "sell", "pay", "bargain") and _is_negated(t) for t in verb.subtree)


def _off_table(scene: Scene, verb: Token, about: Token | None) -> bool:
    inner = [c for c in verb.children if c.dep_ == "ccomp"]
    return any(t.lower_ == "table" for c in inner for t in c.subtree) and any(_is_negated(c) for c in inner)


NEEDS: dict[str, Callable[[Scene, Token, Token | None], bool]] = {
    "offer": _is_offer,
    "": _any,
    "made": _denied,
    "any": _any_at_all,
    "nothing": _nothing,
    "never": _never,
    "none": _none,
    "not hear of": _not_hear_of,
    "seriously": _seriously,
    "in principle": _in_principle,
    "to": _is_offer,
    "bad": _bad,
    "no such": _no_such,
    "not true": _not_true,
    "no price": _no_price,
    "off the table": _off_table,
}
