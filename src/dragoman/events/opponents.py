"""Whom words are aimed at where their own clause does not say: "Niger accused Benin of a raid and threatened to act".

A speaker goes on at the side just spoken of; else at the one country that the report has opposite the speaker's own.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dragoman.entities.lookup import Entities
from dragoman.events.assembly import Told, countries_of

AIMED = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SANCTION"))
OF_STATE = frozenset(("GOV", "MIL", "SPY", "COP", "JUD"))
NEXT = 40  # tokens back to where the same speaker spoke last
LEAST = 2  # acts between two countries that make one the other's opponent in a report


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
        near = event.candidate.start - earlier.candidate.end <= NEXT
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
