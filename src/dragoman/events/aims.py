"""Whom an act is aimed at where its verb does not say: "rejected the offer", "accused Benin and threatened to act".

The one who made the offer; the country that the clause names besides; the side that the speaker just spoke of; else the
one country that the report has opposite the speaker's own.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from dragoman.entities.lookup import Entities
from dragoman.events.assembly import OBJECT_PRONOUNS, Told, countries_of

PROPOSALS = frozenset("offer proposal plan idea bid request demand call suggestion deal appeal ultimatum".split())
AIMED = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SANCTION"))
OF_STATE = frozenset(("GOV", "MIL", "SPY", "COP", "JUD"))
BEFORE = 40  # tokens back to where the same speaker spoke last
LEAST = 2  # acts between two countries that make one the other's opponent in a report


def aim_at_proposer(events: Sequence[Told], doc: Doc, entities: Entities) -> None:
    """Give an answer to "the offer", "the plan" the one of another country who made the last one.

    Where the report tells of none, the other side of its talks.
    """
    made = [who for e in events if e.coding.type == "CONSULT" for who in (e.sides.recipients, e.sides.actors)]
    for event in events:
        own = countries_of(event.sides.actors, entities)
        if not event.sides.recipients and own:
            head = doc[event.candidate.head]
            if any(_is_answered(c, head) for c in (*head.children, head.head)):
                others = [who for who in made if own.isdisjoint(countries_of(who, entities))]
                event.sides = replace(event.sides, recipients=others[-1] if others else ())
        if event.coding.type in ("AGREE", "REQUEST") and event.sides.actors:
            made.append(event.sides.actors)


def _is_answered(noun: Token, verb: Token) -> bool:
    """Whether a verb answers a proposal: "rejected the offer", "an offer that Chad rejected"."""
    if noun.lemma_.lower() not in PROPOSALS:
        return False
    behind = verb.dep_ == "relcl" and verb.head.i == noun.i
    return behind or (noun.dep_ == "dobj" and noun.head.i == verb.i and _is_definite(noun))


def aim_within_clause(event: Told, doc: Doc, entities: Entities) -> None:
    """Give a conflict without a recipient the first other country that its own clause names: "fired at a post in X"."""
    own = countries_of(event.sides.actors, entities)
    if event.sides.recipients or not own or not event.quad.endswith("conflict"):
        return
    if any(c.dep_ == "dobj" and c.lower_ in OBJECT_PRONOUNS for c in doc[event.candidate.head].children):
        return
    for token in doc[event.candidate.head].subtree:
        meant = entities.at(token)
        if (
            meant
            and token.i > event.candidate.head
            and countries_of(meant, entities) - own
            and not _said_elsewhere(token, doc[event.candidate.head])
        ):
            event.sides = replace(event.sides, recipients=meant)
            return


def _said_elsewhere(token: Token, head: Token) -> bool:
    """Whether a clause of its own stands between a word and the verb above it."""
    while token.i != head.i and token.head.i != token.i:
        if token.dep_ in ("ccomp", "advcl", "conj", "parataxis") and token.pos_ in ("VERB", "AUX"):
            return True
        token = token.head
    return False


def take_own_forces(event: Told, entities: Entities) -> None:
    """Whoever moves or alerts its own forces acts on nobody: "the country's army has been placed on alert"."""
    if event.coding.type != "MOBILIZE":
        return
    if not event.sides.actors:
        event.sides = replace(event.sides, actors=event.sides.recipients, recipients=())
    own = countries_of(event.sides.actors, entities)
    if event.sides.recipients and countries_of(event.sides.recipients, entities) <= own:
        event.sides = replace(event.sides, recipients=())


def _is_definite(noun: Token) -> bool:
    return any(c.lower_ in ("the", "this", "that", "these", "those") for c in noun.children if c.dep_ == "det")


def aim_at_opponents(events: Sequence[Told], entities: Entities) -> None:
    """Give words without a recipient the one that the same speaker spoke of just before, else the report's opponent."""
    opposite = _opposites(events, entities)
    states = {e.country: e.id for e in entities.records if e.kind == "country"}
    for n, event in enumerate(events):
        if event.coding.type not in AIMED or event.sides.recipients or not event.sides.actors:
            continue
        just = _just_spoken_of(events[:n], event)
        if just:
            event.sides = replace(event.sides, recipients=just)
            continue
        own = countries_of((id_ for id_ in event.sides.actors if _speaks_for_a_state(id_, entities)), entities)
        against = sum((opposite[country] for country in own), Counter[str]())
        if len(own) == 1 and (other := _foremost(against)) in states:
            event.sides = replace(event.sides, recipients=(states[other],))


def _speaks_for_a_state(id_: str, entities: Entities) -> bool:
    """Whether somebody speaks for a country: an opposition leader's quarrel is another."""
    who = entities.by_id.get(id_)
    return who is not None and (who.kind == "country" or who.sector in OF_STATE)


def _just_spoken_of(before: Sequence[Told], event: Told) -> tuple[str, ...]:
    for earlier in reversed(before):
        near = event.candidate.start - earlier.candidate.end <= BEFORE
        if near and earlier.coding.type in AIMED and set(earlier.sides.actors) & set(event.sides.actors):
            return earlier.sides.recipients
    return ()


def _opposites(events: Sequence[Told], entities: Entities) -> dict[str, Counter[str]]:
    """How often each country of a report stands opposite each other one."""
    found: dict[str, Counter[str]] = {e.country: Counter() for e in entities.records if e.country}
    for event in events:
        actors, recipients = (countries_of(s, entities) for s in (event.sides.actors, event.sides.recipients))
        for a in actors:
            for b in recipients - actors:
                found[a][b] += 1
                found[b][a] += 1
    return found


def _foremost(against: Counter[str]) -> str | None:
    """The country that stands opposite more often than all others together."""
    if not against:
        return None
    code, most = against.most_common(1)[0]
    return code if most >= LEAST and 2 * most > against.total() else None
