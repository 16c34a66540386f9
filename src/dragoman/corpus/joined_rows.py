"""The rows of what is joined: copies, actors and occurrences, written where they differ from those that are there."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from dragoman.corpus.actors import Actor
from dragoman.corpus.duplicates import DuplicateCluster
from dragoman.corpus.occurrences import Occurrence, Party
from dragoman.corpus.spread import Said
from dragoman.corpus.tellings import Stage
from dragoman.corpus.who import offices_of
from dragoman.entities.knowledge import Knowledge
from dragoman.ledger import schema
from dragoman.ledger.inserting import insert_all
from dragoman.ledger.rows import folded, plain
from dragoman.records import Precision, Status

STATUS: dict[Stage, Status] = {
    "done": "actual", "planned": "future", "considered": "hypothetical", "denied": "negated", "standing": "standing"
}  # fmt: skip
PRECISIONS: tuple[tuple[int, Precision], ...] = ((1, "day"), (10, "week"), (31, "month"), (92, "season"), (366, "year"))
MANY = 500  # numbers named at once
Row = dict[str, Any]


class Keys:
    """The numbers of what is in the ledger: reports by id, their events and entities by report and id, actors."""

    def __init__(self, connection: Connection, reports: Mapping[str, int]) -> None:
        self.reports = reports
        self.events = self._of(connection, schema.events)
        self.entities = self._of(connection, schema.entities)
        self.actors: dict[str, int] = {}
        self.bearers: dict[str, set[str]] = {}  # an entity's own key → the actors that have such entities

    @staticmethod
    def _of(connection: Connection, table: Any) -> dict[tuple[int, str], int]:
        asked = select(table.c.report, table.c.id, table.c.key).where(table.c.shown)
        return {(row.report, row.id): row.key for row in connection.execute(asked)}

    def event(self, uri: str, id_: str) -> int | None:
        """Return an event's number; None where the ledger changed meanwhile."""
        return self.events.get((self.reports.get(uri, 0), id_))

    def entity(self, uri: str, id_: str) -> int | None:
        """Return an entity's number; None where the ledger changed meanwhile."""
        return self.entities.get((self.reports.get(uri, 0), id_))

    def actor(self, party: Party) -> int | None:
        """Return the number of who takes part: one key may stand for two actors, told apart by their sector."""
        bearers = self.bearers.get(party.key or "", set())
        if len(bearers) == 1:
            return self.actors[next(iter(bearers))]
        return self.actors.get(f"{party.key}, {party.sector}", self.actors.get(party.key or ""))


def write_clusters(connection: Connection, clusters: Sequence[DuplicateCluster], keys: Keys) -> None:
    """Write the copies in the place of those that were there."""
    connection.execute(delete(schema.duplicates))
    connection.execute(delete(schema.duplicate_clusters))
    known = [[copy for copy in cluster.members if copy.uri in keys.reports] for cluster in clusters]
    numbered = list(enumerate((members for members in known if members), 1))
    insert_all(connection, schema.duplicate_clusters, [
        {"key": number, "first_report": keys.reports[members[0].uri], "size": len(members)}
        for number, members in numbered
    ])  # fmt: skip
    insert_all(connection, schema.duplicates, [
        {"report": keys.reports[copy.uri], "cluster": number, "kind": copy.how or "first",
         "similarity": copy.similarity}
        for number, members in numbered
        for copy in members
    ])  # fmt: skip


def write_actors(connection: Connection, actors: Sequence[Actor], keys: Keys, tables: Knowledge) -> set[str]:
    """Write the actors, each under the number it had; return the keys that mean somebody else by now."""
    table = schema.actors
    there = {row.id: row for row in connection.execute(select(table))}
    last = max((row.key for row in there.values()), default=0)
    for actor in actors:
        known = there.get(plain(actor.key))
        last += known is None
        keys.actors[actor.key] = known.key if known is not None else last
        for key in actor.keys:
            keys.bearers.setdefault(key, set()).add(actor.key)
    wanted = [_actor(actor, keys) for actor in actors]
    new = [row for row in wanted if row["id"] not in there]
    changed = [row for row in wanted if row["id"] in there and row != dict(there[row["id"]]._mapping)]
    gone = [row.key for id_, row in there.items() if id_ not in {row["id"] for row in wanted}]
    insert_all(connection, table, new)
    if changed:
        named: Row = {name: bindparam(f"new_{name}") for name in changed[0]}
        rows = [{f"new_{name}": value for name, value in row.items()} for row in changed]
        connection.execute(update(table).where(table.c.key == bindparam("new_key")).values(**named), rows)
    _write_names(connection, [row for actor in actors for row in _names(actor, keys, tables)])
    _write_links(connection, actors, keys)
    for some in _parts(gone):
        entities = schema.entities
        connection.execute(update(entities).where(entities.c.actor.in_(some)).values(actor=None))
        connection.execute(delete(table).where(table.c.key.in_(some)))
    turned = {row["id"] for row in new} | {id_ for id_, row in there.items() if row.key in set(gone)}
    return turned | {key for id_ in turned for key in _variants(id_)}


def _variants(id_: str) -> Iterator[str]:
    """Yield the keys of single reports that may stand for an actor."""
    name, _, rest = id_.partition(", ")
    if rest:
        yield f"{name}, ?"
        yield f"{name}, {rest.partition(', ')[0]}"


def _actor(actor: Actor, keys: Keys) -> Row:
    return {
        "key": keys.actors[actor.key], "id": plain(actor.key), "name": plain(actor.name), "folded": folded(actor.name),
        "kind": actor.kind, "country": actor.country, "sector": actor.sector,
        "wikidata": actor.key if actor.key[:1] == "Q" and actor.key[1:].isdigit() else None,
    }  # fmt: skip


def _write_names(connection: Connection, wanted: Sequence[Row]) -> None:
    """Write the names of actors anew where they differ."""
    table = schema.actor_names
    there: dict[int, list[Row]] = {}
    for row in connection.execute(select(table).order_by(table.c.actor, table.c.n)).mappings():
        there.setdefault(row["actor"], []).append(dict(row))
    lists: dict[int, list[Row]] = {}
    for one in wanted:
        lists.setdefault(one["actor"], []).append(one)
    different = [actor for actor in {*there, *lists} if there.get(actor) != lists.get(actor)]
    for some in _parts(sorted(actor for actor in different if actor in there)):
        connection.execute(delete(table).where(table.c.actor.in_(some)))
    insert_all(connection, table, [row for actor in sorted(different) for row in lists.get(actor, ())])


def _write_links(connection: Connection, actors: Sequence[Actor], keys: Keys) -> None:
    """Let entities, and those who take part, lead to their actors; only those that lead elsewhere are written."""
    entities, participants = schema.entities.c, schema.participants.c
    leads = {
        key: keys.actors[actor.key]
        for actor in actors
        for seen in actor.seen
        if (key := keys.entity(seen.uri, seen.entity)) is not None
    }
    asked = select(entities.key, entities.actor).where(entities.shown)
    rows = [
        {"entity_key": key, "actor_key": leads.get(key)}
        for key, actor in connection.execute(asked)
        if actor != leads.get(key)
    ]
    for leading, column in ((schema.entities, entities.key), (schema.participants, participants.entity)):
        if rows:
            there = update(leading).where(column == bindparam("entity_key"))
            connection.execute(there.values(actor=bindparam("actor_key")), rows)


def _names(actor: Actor, keys: Keys, tables: Knowledge) -> Iterator[Row]:
    offices = offices_of(actor, tables)
    held: list[tuple[str, str, str | None, str | None]] = [
        (office.role, "office", office.start, office.end or None) for office in offices
    ]
    held += [(role.role, "office", role.first, role.last) for role in actor.roles]
    called = [(name, kind, None, None) for name, kind in [(actor.name, "name"), *((a, "alias") for a in actor.aliases)]]
    for n, (name, kind, since, until) in enumerate([*called, *held]):
        yield {
            "actor": keys.actors[actor.key], "n": n, "name": plain(name), "folded": folded(name), "kind": kind,
            "since": since, "until": until,
        }  # fmt: skip


def remove_occurrences(connection: Connection, stay: set[int]) -> int:
    """Remove the occurrences that do not stay; return the last number that was given to one."""
    numbers = list(connection.execute(select(schema.occurrences.c.key)).scalars())
    for some in _parts([number for number in numbers if number not in stay]):
        connection.execute(delete(schema.occurrences).where(schema.occurrences.c.key.in_(some)))
    return max(numbers, default=0)


def write_occurrences(connection: Connection, occurrences: Mapping[int, Occurrence], keys: Keys) -> set[int]:
    """Write occurrences under their numbers; return those that were written: all of whose events are there."""
    rows, members, sides, of_events = [], [], [], []
    for number, occurrence in occurrences.items():
        told = [(keys.event(row.uri, row.event), row.sureness) for row in occurrence.told]
        if any(key is None for key, _ in told):
            continue
        rows.append(_occurrence(number, occurrence, keys))
        for key, sureness in told:
            members.append({"occurrence": number, "event": key, "score": sureness})
            of_events.append({"event_key": key, "occurrence_key": number})
        for side, parties in (("actor", occurrence.actors), ("recipient", occurrence.recipients)):
            sides += [_side(number, side, n, party, keys) for n, party in enumerate(parties)]
    insert_all(connection, schema.occurrences, rows)
    insert_all(connection, schema.occurrence_members, members)
    insert_all(connection, schema.occurrence_sides, sides)
    if of_events:
        told_in = update(schema.events).where(schema.events.c.key == bindparam("event_key"))
        connection.execute(told_in.values(occurrence=bindparam("occurrence_key")), of_events)
    return {row["key"] for row in rows}


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield numbers in parts that a statement takes."""
    return (numbers[start : start + MANY] for start in range(0, len(numbers), MANY))


def _occurrence(number: int, occurrence: Occurrence, keys: Keys) -> Row:
    place = occurrence.place
    figures = {
        f"{kind}_{end}": occurrence.figures.get(kind, (None, None))[i]
        for kind in ("killed", "injured", "detained", "size")
        for i, end in enumerate(("low", "high"))
    }
    return {
        "key": number,
        "id": occurrence.id,
        "type": occurrence.type,
        "quad": occurrence.quad,
        "intensity": occurrence.intensity,
        "status": STATUS[occurrence.stage],
        "day": occurrence.day,
        "date_start": occurrence.start,
        "date_end": occurrence.end,
        "date_precision": _precision(occurrence),
        "place": plain(place.name) if place else None,
        "place_country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "geonames": place.geonames if place else None,
        **figures,
        "claimed": occurrence.claimed == 1.0,
        "confidence": occurrence.confidence,
        "reports": occurrence.reports,
        "publishers": occurrence.publishers,
        "first_report": keys.reports.get(occurrence.first),
        "first_published": occurrence.first_published,
        "says": json.dumps(_says(occurrence), ensure_ascii=False),
        "disagrees": json.dumps([disagreement.field for disagreement in occurrence.disagreements]),
    }


def _says(occurrence: Occurrence) -> dict[str, dict[str, Sequence[str]]]:
    spread = occurrence.spread
    fields: Mapping[str, Iterable[Said]] = {
        "type": spread.types, "date": spread.dates, "place": spread.places, "actor": spread.actors,
        "recipient": spread.recipients, **spread.figures,
    }  # fmt: skip
    return {
        name: {plain(row.value): [plain(publisher) for publisher in row.publishers] for row in said}
        for name, said in fields.items()
        if said
    }


def _side(number: int, side: str, n: int, party: Party, keys: Keys) -> Row:
    return {
        "occurrence": number, "side": side, "n": n, "actor": keys.actor(party),
        "name": plain(party.name), "country": party.country, "sector": party.sector,
    }  # fmt: skip


def _precision(occurrence: Occurrence) -> Precision | None:
    if occurrence.start is None or occurrence.end is None:
        return None
    days = (date.fromisoformat(occurrence.end) - date.fromisoformat(occurrence.start)).days + 1
    return next((name for most, name in PRECISIONS if days <= most), "decade")
