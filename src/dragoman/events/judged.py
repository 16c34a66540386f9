"""Who is judged when an act is: "condemned the arrest of the crew" is aimed at whoever arrested them.

The words behind "of", "on" or "against" name whom the act befell. Who did it is told beside the act ("by", a
possessive), by another telling of it in the report, or not at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from dragoman.entities.lookup import Entities
from dragoman.events.assembly import Told
from dragoman.events.lexicon import Lexicon

JUDGING = frozenset(("ACCUSE", "SUPPORT"))
BEFALLING = frozenset("of on against in at".split())
DEPTH = 4  # steps from a verb to the deed: "voiced concern at the killing of …"
UNSAID = frozenset(("hypothetical", "negated"))


def aim_at_doers(told: Sequence[Told], doc: Doc, entities: Entities, lexicon: Lexicon) -> None:
    """Aim what judges an act at who did it, where the report tells who; at nobody where only its victims are told."""
    for event in told:
        if event.coding.type not in JUDGING:
            continue
        noun = _act_judged(doc[event.candidate.head], lexicon)
        if noun is None:
            continue
        victims = {id_ for token in _befallen(noun, lexicon) for id_ in entities.at(token)}
        if not victims & set(event.sides.recipients):
            continue
        doers = _beside(noun, entities) or _told_elsewhere(told, victims, lexicon.deeds[noun.lemma_.lower()])
        recipients = tuple(id_ for id_ in doers if id_ not in event.sides.actors and id_ not in victims)
        event.sides = replace(event.sides, recipients=recipients)


def _act_judged(verb: Token, lexicon: Lexicon) -> Token | None:
    """The noun of a deed that a verb is about: its object, or what stands behind its preposition."""
    layer = [c for c in verb.children if c.i > verb.i]
    for _ in range(DEPTH):
        found = next((c for c in layer if c.dep_ in ("dobj", "pobj") and c.lemma_.lower() in lexicon.deeds), None)
        if found is not None:
            return found
        layer = [c for t in layer if t.dep_ in ("dobj", "prep", "pobj") for c in t.children if c.i > t.i]
    return None


def _befallen(noun: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Whom a deed befell: behind a preposition, or as its possessor ("the editor's arrest")."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in BEFALLING:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield from (inner, *(c for c in inner.children if c.dep_ in ("poss", "conj", "compound", "amod")))
        elif child.dep_ == "poss" and noun.lemma_.lower() in lexicon.undergone:
            yield child


def _beside(noun: Token, entities: Entities) -> tuple[str, ...]:
    """Who did it by the noun's own words: "the killing of … by the police"."""
    behind = [noun, *(c for of in noun.children if of.lower_ == "of" for c in of.children)]
    by = (c for word in behind for p in word.children if p.lower_ == "by" for c in p.children if c.dep_ == "pobj")
    return next((ids for token in by if (ids := entities.at(token))), ())


def _told_elsewhere(told: Sequence[Told], victims: set[str], means: frozenset[str]) -> tuple[str, ...]:
    """Who did it by another telling of such an act to the same victims."""
    acts = (t for t in told if t.coding.type in means and t.status not in UNSAID and t.sides.actors)
    return next((t.sides.actors for t in acts if victims & set(t.sides.recipients)), ())
