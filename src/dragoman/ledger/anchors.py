"""Finding a record again after its report was read anew: by its kind, where its words stand, and who takes part.

Ids are given in the order of reading, so that v3 of one reading may be v4 of the next; the words stay where they are.
"""

from collections.abc import Iterable, Iterator, Mapping, Set

from dragoman.ledger.correction import Anchor, Kind
from dragoman.records import Entity, Event, Flag, FlagSpan, Mention, Negotiation, Proposal, Record, Span, Statement

ALIKE = 0.5  # of the characters of two records that must be common
SHARED = 0.3  # of the mentions of two entities

Target = Entity | Statement | Event | Negotiation | Proposal | Flag
Ends = tuple[int, int]


def targets_of(record: Record) -> Iterator[tuple[str, Kind, Target]]:
    """Yield what can be corrected in a record: its id, its kind, itself. Flags have no ids: f1, f2 … in their order."""
    for entity in record.entities:
        yield entity.id, "entity", entity
    for statement in record.statements:
        yield statement.id, "statement", statement
    for event in record.events:
        yield event.id, "event", event
    for bargain in record.negotiations:
        yield bargain.id, "negotiation", bargain
        for proposal in bargain.proposals:
            yield proposal.id, "proposal", proposal
    for n, flag in enumerate(record.flags, 1):
        yield f"f{n}", "flag", flag


def anchors_of(record: Record, ids: Iterable[str]) -> dict[str, Anchor]:
    """Return the anchors of those of the ids that the record has."""
    wanted = set(ids)
    names = {entity.id: entity.name for entity in record.entities}
    return {id_: _anchor(kind, target, names) for id_, kind, target in targets_of(record) if id_ in wanted}


def found(record: Record, anchors: Mapping[str, Anchor]) -> dict[str, str]:
    """Return where the anchors' records are in a reading: id then → id now, without those that are not there."""
    names = {entity.id: entity.name for entity in record.entities}
    there = [(id_, _anchor(kind, target, names)) for id_, kind, target in targets_of(record)]
    result = {}
    for id_, anchor in anchors.items():
        scored = [(_score(anchor, other), now == id_, now) for now, other in there if other.kind == anchor.kind]
        best = max(scored, default=None)
        if best is not None and best[0] > (0.0, 0.0, 0.0):
            result[id_] = best[2]
    return result


def _anchor(kind: Kind, target: Target, names: Mapping[str, str]) -> Anchor:
    def named(ids: Iterable[str | None]) -> tuple[str, ...]:
        return tuple(names[id_] for id_ in ids if id_ is not None and id_ in names)

    match target:
        case Entity():
            return Anchor(kind=kind, label=target.name, spans=_ends(target.mentions))
        case Statement():
            return Anchor(kind=kind, label=target.kind, spans=_ends(target.content), within=named([target.source]))
        case Event():
            within = named((*target.actors, *target.recipients))
            return Anchor(kind=kind, label=target.type, spans=_ends([target.trigger]), within=within)
        case Negotiation():
            spans = [span for proposal in target.proposals for span in proposal.evidence]
            spans += [span for obstacle in target.obstacles for span in obstacle.evidence]
            return Anchor(kind=kind, label=target.subject, spans=_ends(spans), within=named(target.parties))
        case Proposal():
            within = named((*target.by, *target.to))
            return Anchor(kind=kind, label=target.status, spans=_ends(target.evidence), within=within)
        case Flag():
            return Anchor(kind=kind, label=target.kind, spans=_ends(target.evidence))


def _ends(spans: Iterable[Span | Mention | FlagSpan]) -> tuple[Ends, ...]:
    return tuple((span.start, span.end) for span in spans)


def _score(one: Anchor, other: Anchor) -> tuple[float, float, float]:
    """Return how alike two records are: by their words, by who takes part, by what they are called; 0 for strangers."""
    label = float(one.label == other.label)
    within = _common(set(one.within), set(other.within))
    if not one.spans and not other.spans:
        return (label, within, label)
    if one.kind == "entity":
        words = _common(set(one.spans), set(other.spans))
        return (words, within, label) if words >= SHARED or (label and words) else (0.0, 0.0, 0.0)
    words = _common(_characters(one.spans), _characters(other.spans))
    strangers = one.kind == "event" and not label and not within
    return (words, within, label) if words >= ALIKE and not strangers else (0.0, 0.0, 0.0)


def _characters(spans: Iterable[Ends]) -> set[int]:
    return {offset for start, end in spans for offset in range(start, end)}


def _common(one: Set[object], other: Set[object]) -> float:
    """Return how much of two sets is common; all of it where both are empty."""
    return len(one & other) / len(one | other) if one or other else 1.0
