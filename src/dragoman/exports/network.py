"""The network of actors: nodes are entities joined across reports, edges what one did to the other.

Sums are kept in a temporary SQLite file, so memory does not grow with the archive. Entities are joined by Wikidata
item, else by name, kind and country; a single name of a person, or what has no name, is never joined across reports.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dragoman.exports.choice import Choice, chosen, dated
from dragoman.exports.sides import pairs_of
from dragoman.records import Entity, Event, Record

TABLES = """
create table node (id text primary key, name text, kind text, country text, sector text, wikidata text, reports int);
create table edge (
  source text, target text, quad text, type text, events int, intensity real, claimed int, first text, last text,
  example text, primary key (source, target, type)
);
"""
ADD_NODE = """
insert into node values (?, ?, ?, ?, ?, ?, 1) on conflict (id) do update set reports = reports + 1
"""
ADD_EDGE = """
insert into edge values (?, ?, ?, ?, 1, ?, ?, ?, ?, ?) on conflict (source, target, type) do update set
  events = events + 1, intensity = intensity + excluded.intensity, claimed = claimed + excluded.claimed,
  first = min(coalesce(first, excluded.first), coalesce(excluded.first, first)),
  last = max(coalesce(last, excluded.last), coalesce(excluded.last, last))
"""
NODES = "select id, name, kind, country, sector, wikidata, reports from node order by id"
EDGES = """
select source, target, type, quad, events, intensity / events, claimed, first, last, example
from edge order by source, target, type
"""
Attribute = Literal["string", "int", "double"]
NODE_ATTRIBUTES: dict[str, Attribute] = {
    "name": "string", "kind": "string", "country": "string", "sector": "string", "wikidata": "string",
    "reports": "int",
}  # fmt: skip
EDGE_ATTRIBUTES: dict[str, Attribute] = {
    "type": "string", "quad": "string", "events": "int", "intensity": "double", "claimed": "int", "first": "string",
    "last": "string", "example": "string",
}  # fmt: skip
Values = tuple[str | int | float | None, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """An actor: its id and its values in the order of `NODE_ATTRIBUTES`."""

    id: str
    values: Values


@dataclass(frozen=True, slots=True)
class Edge:
    """All events of one type from one actor to another: values in the order of `EDGE_ATTRIBUTES`.

    `intensity` is their mean, `example` the first of them as the ledger calls it.
    """

    source: str
    target: str
    values: Values


class Network:
    """Gathers the network of a stream of records; events with one side only are not in it."""

    def __init__(self, choice: Choice) -> None:
        self._choice = choice
        self._sums = sqlite3.connect("")  # a file of its own that SQLite removes
        self._sums.executescript(TABLES)

    def add(self, record: Record) -> None:
        """Add the chosen events of a record and those who take part in them."""
        by_id = {entity.id: entity for entity in record.entities}
        taking_part: dict[str, Entity] = {}
        for event in chosen(record, self._choice):
            for actor, recipient in pairs_of(event):
                if actor in by_id and recipient in by_id:
                    sides = [(node_id(record, by_id[id_]), by_id[id_]) for id_ in (actor, recipient)]
                    taking_part.update(sides)
                    self._add_edge(record, event, sides[0][0], sides[1][0])
        for id_, entity in taking_part.items():
            values = (id_, entity.name, entity.kind, entity.country, entity.sector, entity.wikidata)
            self._sums.execute(ADD_NODE, values)

    def _add_edge(self, record: Record, event: Event, source: str, target: str) -> None:
        day = dated(event, record, self._choice)
        claimed = event.claimed_in is not None or event.hearsay
        example = f"{record.report.id}/{event.id}"
        values = (source, target, event.quad, event.type, event.intensity, claimed, day, day, example)
        self._sums.execute(ADD_EDGE, values)

    def nodes(self) -> Iterator[Node]:
        """Yield the actors in order of id."""
        for id_, *values in self._sums.execute(NODES):
            yield Node(id_, tuple(values))

    def edges(self) -> Iterator[Edge]:
        """Yield the edges in order of source, target and type."""
        for source, target, *values in self._sums.execute(EDGES):
            yield Edge(source, target, tuple(values))

    def close(self) -> None:
        """Let go of the sums."""
        self._sums.close()


def node_id(record: Record, entity: Entity) -> str:
    """Return the id under which an entity is joined across reports."""
    if entity.wikidata:
        return entity.wikidata
    own = entity.kind == "unnamed" or not any(mention.form == "name" for mention in entity.mentions)
    if own or (entity.kind == "person" and " " not in entity.name.strip()):
        return f"{record.report.id}/{entity.id}"
    return f"{entity.kind}:{entity.country or ''}:{entity.name.casefold()}"
