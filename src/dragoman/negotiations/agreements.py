"""Agreements whose terms are urged or said to be broken: what was promised, by whom, to whom.

An agreement that is only mentioned is no bargaining. One that a side is called on to keep is bargained over still: it
becomes a negotiation without proposals, and each commitment that is not kept stands in its way.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.negotiations.items import Scene, doers, is_party, part_of
from dragoman.negotiations.phrases import listed

KEEPING = frozenset(
    "fulfil fulfill keep honour honor respect observe implement comply abide adhere meet uphold stick".split()
)
BREAKING = frozenset("break breach violate flout ignore renege disregard".split())
URGING = frozenset("stress urge call demand ask insist press remind want appeal request tell warn expect".split())
DUTY = frozenset(("must", "should", "shall", "ought"))
TEXTS = {
    "urged": "{by} is called on to keep its commitment: {item}",
    "broken": "{by} is said to break its commitment: {item}",
}


@dataclass(frozen=True, slots=True)
class Commitment:
    """What one side bound itself to in an agreement, and what is said of it; token offsets of the sentence."""

    by: tuple[str, ...]
    to: tuple[str, ...]
    item: str
    standing: str
    sentence: tuple[int, int]

    def text(self, name: str) -> str:
        """Return the commitment as what stands in the way."""
        return TEXTS[self.standing].format(by=name, item=self.item)


def commitments_in(scene: Scene) -> list[Commitment]:
    """Return the commitments of a report that a side is called on to keep or is said to break.

    >>> [commitment.item for commitment in commitments_in(scene)]
    ['open the road']
    """
    pacts = scene.tables.words["pacts"]
    nouns = (token for token in scene.doc if token.pos_ == "NOUN" and token.lemma_.lower() in pacts)
    return [found for noun in nouns for found in _of(scene, noun)]


def _of(scene: Scene, pact: Token) -> Iterator[Commitment]:
    verb = next((a for a in pact.ancestors if a.pos_ == "VERB" and a.lemma_ in KEEPING | BREAKING), None)
    term = _term(pact, verb) if verb is not None else None
    if verb is None or term is None or any(c.dep_ == "neg" for c in verb.children):
        return
    standing = "urged" if verb.lemma_ in KEEPING and _is_urged(verb) else "broken" if verb.lemma_ in BREAKING else None
    by = _bound(scene, verb)
    to = tuple(id_ for id_ in _others(scene, pact) if not scene.lands([id_]) & scene.lands(by))
    if standing is None or not is_party(scene, by) or not is_party(scene, to):
        return
    sentence = scene.sentence_of(pact.i)
    limit = next((t.i for t in term.subtree if t.tag_ in ("WDT", "WP") and t.i > term.i), sentence.end)
    items = part_of(scene, term, limit).items
    if items:
        yield Commitment(by, to, items[0].item, standing, (sentence.start, sentence.end))


def _term(pact: Token, verb: Token) -> Token | None:
    """The verb of what was agreed: "the agreement reached in Geneva to open the road", however the parse hangs it."""
    after = (t for t in pact.doc[pact.i + 1 : pact.sent.end] if t.tag_ == "VB" and verb.is_ancestor(t))
    return next((t for t in after if any(c.dep_ == "aux" and c.lower_ == "to" for c in t.children)), None)


def _is_urged(verb: Token) -> bool:
    """Whether keeping is asked for: "urged Serbia to honour", "stressed that Serbia fulfils", "must respect"."""
    if any(c.dep_ == "aux" and c.lower_ in DUTY for c in verb.children):
        return True
    return verb.dep_ in ("ccomp", "xcomp", "advcl", "acl", "pcomp") and verb.head.lemma_ in URGING


def _bound(scene: Scene, verb: Token) -> tuple[str, ...]:
    """Who is bound: the verb's own subject, else who is urged, or accused of breaking."""
    if any(c.dep_ == "nsubj" for c in verb.children):
        return doers(scene, verb)
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head
    urged = [m for c in above.children if c.dep_ in ("dobj", "nsubjpass") for m in listed(c)]
    urged += [t for c in above.children if c.dep_ == "prep" and c.lower_ == "on" for t in c.children]
    return scene.who(urged)


def _others(scene: Scene, pact: Token) -> tuple[str, ...]:
    """With whom it was agreed: "the agreement with Ukraine", "the accord between Chad and Libya"."""
    around = (c for c in pact.children if c.dep_ == "prep" and c.lower_ in ("with", "between"))
    return scene.who(m for c in around for t in c.children for m in listed(t))
