"""What is joined across the reports of a ledger, made anew and kept in its tables.

It is made from the whole archive each time, for a new report may be the first publication of an old story, or the link
between two occurrences; the ids stay the same as long as the first telling does. All of it changes in one transaction:
readers see the old or the new.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, select, update

from dragoman.corpus.actors import Actor, find_actors
from dragoman.corpus.duplicates import DuplicateCluster, find_duplicates
from dragoman.corpus.occurrences import Occurrence, Party, find_occurrences
from dragoman.corpus.spread import Said
from dragoman.corpus.tellings import Stage
from dragoman.corpus.who import offices_of
from dragoman.entities import knowledge
from dragoman.entities.knowledge import Knowledge
from dragoman.ledger import Ledger, schema
from dragoman.ledger.inserting import insert_all
from dragoman.ledger.rows import folded, plain
from dragoman.records import Precision, Record, Status

STATUS: dict[Stage, Status] = {
    "done": "actual", "planned": "future", "considered": "hypothetical", "denied": "negated", "standing": "standing"
}  # fmt: skip
PRECISIONS: tuple[tuple[int, Precision], ...] = ((1, "day"), (10, "week"), (31, "month"), (92, "season"), (366, "year"))
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Joined:
    """How much was joined."""

    reports: int
    copies: int
    actors: int
    events: int
    occurrences: int


def join(ledger: Ledger) -> Joined:
    """Find copies, actors and occurrences in a ledger and keep them there, in the place of those it had."""
    run = ledger.begin_run("join")
    tables = knowledge.load()
    clusters = find_duplicates(_records(ledger))
    actors = find_actors(_records(ledger), tables)
    occurrences = find_occurrences(_records(ledger), clusters, tables)
    with ledger.writing() as connection:
        keys = _Keys(connection)
        _write_clusters(connection, clusters, keys)
        _write_actors(connection, actors, keys, tables)
        _write_occurrences(connection, occurrences, keys)
    ledger.end_run(run)
    copies = sum(len(cluster.members) - 1 for cluster in clusters)
    events = sum(len(occurrence.told) for occurrence in occurrences)
    return Joined(len(keys.reports), copies, len(actors), events, len(occurrences))


def _records(ledger: Ledger) -> Iterator[Record]:
    """Yield the ledger's records, each under its report's id: two texts may have one address, but no two one id."""
    for record in ledger.records():
        report = msgspec.structs.replace(record.report, uri=record.report.id)
        yield msgspec.structs.replace(record, report=report)


class _Keys:
    """The numbers of what is in the ledger: reports by id, their events and entities by report and id."""

    def __init__(self, connection: Connection) -> None:
        reports = schema.reports.c
        shown = select(reports.id, reports.key).where(reports.current)
        self.reports: dict[str, int] = {row.id: row.key for row in connection.execute(shown)}
        self.events = self._of(connection, schema.events)
        self.entities = self._of(connection, schema.entities)
        self.actors: dict[str, int] = {}

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


def _write_clusters(connection: Connection, clusters: Sequence[DuplicateCluster], keys: _Keys) -> None:
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


def _write_actors(connection: Connection, actors: Sequence[Actor], keys: _Keys, tables: Knowledge) -> None:
    connection.execute(update(schema.entities).where(schema.entities.c.actor.is_not(None)).values(actor=None))
    connection.execute(delete(schema.actors))
    keys.actors = {actor.key: number for number, actor in enumerate(actors, 1)}
    insert_all(connection, schema.actors, [
        {"key": keys.actors[actor.key], "id": plain(actor.key), "name": plain(actor.name),
         "folded": folded(actor.name), "kind": actor.kind, "country": actor.country, "sector": actor.sector,
         "wikidata": actor.key if actor.key[:1] == "Q" and actor.key[1:].isdigit() else None}
        for actor in actors
    ])  # fmt: skip
    insert_all(connection, schema.actor_names, [row for actor in actors for row in _names(actor, keys, tables)])
    of_entities = [
        {"entity_key": key, "actor_key": keys.actors[actor.key]}
        for actor in actors
        for seen in actor.seen
        if (key := keys.entity(seen.uri, seen.entity)) is not None
    ]
    entities, participants = schema.entities.c, schema.participants.c
    if of_entities:
        named = update(schema.entities).where(entities.key == bindparam("entity_key"))
        connection.execute(named.values(actor=bindparam("actor_key")), of_entities)
    actor = select(entities.actor).where(entities.key == participants.entity).scalar_subquery()
    connection.execute(update(schema.participants).values(actor=actor))


def _names(actor: Actor, keys: _Keys, tables: Knowledge) -> Iterator[Row]:
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


def _write_occurrences(connection: Connection, occurrences: Sequence[Occurrence], keys: _Keys) -> None:
    connection.execute(update(schema.events).where(schema.events.c.occurrence.is_not(None)).values(occurrence=None))
    connection.execute(delete(schema.occurrences))
    rows, members, sides, of_events = [], [], [], []
    for number, occurrence in enumerate(occurrences, 1):
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


def _occurrence(number: int, occurrence: Occurrence, keys: _Keys) -> Row:
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


def _side(number: int, side: str, n: int, party: Party, keys: _Keys) -> Row:
    return {
        "occurrence": number, "side": side, "n": n, "actor": keys.actors.get(party.key or ""),
        "name": plain(party.name), "country": party.country, "sector": party.sector,
    }  # fmt: skip


def _precision(occurrence: Occurrence) -> Precision | None:
    if occurrence.start is None or occurrence.end is None:
        return None
    days = (date.fromisoformat(occurrence.end) - date.fromisoformat(occurrence.start)).days + 1
    return next((name for most, name in PRECISIONS if days <= most), "decade")
