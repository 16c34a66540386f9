"""The two sides of an event: its entities, the words that name them at the act, and its pairs for dyadic formats."""

from collections.abc import Iterator

from dragoman.records import Entity, Event, Mention, Record

STATE_SECTORS = frozenset("GOV LEG JUD MIL SPY COP".split())


def is_of_a_state(entity: Entity) -> bool:
    """Whether an entity is a country or one of its authorities."""
    return entity.kind == "country" or entity.sector in STATE_SECTORS


def entities_of(record: Record, ids: tuple[str, ...]) -> tuple[Entity, ...]:
    """Return the entities of these ids; ids that lead nowhere are left out."""
    by_id = {entity.id: entity for entity in record.entities}
    return tuple(by_id[id_] for id_ in ids if id_ in by_id)


def mention_at(entity: Entity, event: Event) -> Mention | None:
    """Return the words that name an entity at an act: the nearest to its trigger in the first sentence that tells it.

    A pronoun only where that sentence has no better word; None where the entity has no mention.
    """
    if not entity.mentions:
        return None
    return min(entity.mentions, key=lambda mention: _distance(mention, event))


def _distance(mention: Mention, event: Event) -> tuple[bool, bool, int]:
    inside = any(sentence.start <= mention.start < sentence.end for sentence in event.evidence[:1])
    return not inside, mention.form == "pronoun", abs(mention.start - event.trigger.start)


def pairs_of(event: Event) -> Iterator[tuple[str | None, str | None]]:
    """Yield the pairs of entity ids that a dyadic format makes of an event.

    Each actor with each recipient; of a meeting of equals, which has no recipient, each with each in both directions,
    as GDELT codes it; one side alone is a pair with nobody.
    """
    if event.actors and event.recipients:
        yield from ((actor, recipient) for actor in event.actors for recipient in event.recipients)
    elif len(event.actors) > 1:
        yield from ((one, other) for one in event.actors for other in event.actors if one != other)
    elif event.actors:
        yield event.actors[0], None
    else:
        yield from ((None, recipient) for recipient in event.recipients)
