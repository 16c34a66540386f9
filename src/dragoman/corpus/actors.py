"""Entities joined across reports: who they are, what they are called, which offices the reports give them.

The key of `identity.py` joins; two things can still part or join what it gives. One name and country in sectors that
one person hardly moves between (a minister and a footballer) is two. A full name without a country joins the one actor
of that name only where their roles agree.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from dragoman.corpus.identity import PUBLIC, Identity, identity_of
from dragoman.entities.knowledge import Knowledge
from dragoman.records import Entity, EntityKind, Record

T = TypeVar("T", bound=str)


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role that reports give somebody: how many, and the first and last day of publication."""

    role: str
    reports: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Seen:
    """An entity of one report."""

    uri: str
    entity: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who or what takes part, in all reports: names and roles by how many reports have them."""

    key: str
    name: str
    kind: EntityKind
    country: str | None
    sector: str | None
    aliases: tuple[str, ...]
    roles: tuple[RoleHeld, ...]
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class _Sighting:
    uri: str
    published: str | None
    entity: Entity
    identity: Identity


@dataclass(slots=True)
class _Group:
    """Sightings with one key."""

    sightings: list[_Sighting] = field(default_factory=list)

    @property
    def roles(self) -> set[str]:
        return {sighting.entity.role.lower() for sighting in self.sightings if sighting.entity.role}


def find_actors(records: Iterable[Record], tables: Knowledge) -> list[Actor]:
    """Return the actors of an archive by key; entities that nobody can be told by are in none."""
    groups: dict[str, _Group] = defaultdict(_Group)
    for record in records:
        for entity in record.entities:
            identity = identity_of(entity, record.report.published, tables)
            if identity.key is not None:
                sighting = _Sighting(record.report.uri, record.report.published, entity, identity)
                groups[_key_of(identity)].sightings.append(sighting)
    _join_the_stateless(groups)
    return [_actor(key, group.sightings) for key, group in sorted(groups.items())]


def _key_of(identity: Identity) -> str:
    """Return an identity's key, with the sector where it is one that an official hardly comes from."""
    key = identity.key or ""
    told_by_name = identity.person and ", " in key
    return f"{key}, {identity.sector}" if told_by_name and identity.sector not in (None, *PUBLIC) else key


def _join_the_stateless(groups: dict[str, _Group]) -> None:
    by_name: dict[str, list[str]] = defaultdict(list)
    for key in groups:
        name, _, rest = key.partition(", ")
        if rest:
            by_name[name].append(key)
    for name, keys in by_name.items():
        others = [key for key in keys if key != f"{name}, ?"]
        if len(others) == 1 and len(keys) == 2 and groups[f"{name}, ?"].roles & groups[others[0]].roles:
            groups[others[0]].sightings += groups.pop(f"{name}, ?").sightings


def _actor(key: str, sightings: Sequence[_Sighting]) -> Actor:
    names = Counter(sighting.identity.name for sighting in sightings)
    called = Counter(
        mention.text for sighting in sightings for mention in sighting.entity.mentions if mention.form == "name"
    )
    called.update(sighting.entity.name for sighting in sightings)
    name = _commonest(names) or key
    return Actor(
        key=key,
        name=name,
        kind=_commonest(Counter(sighting.entity.kind for sighting in sightings)) or "unnamed",
        country=_commonest(Counter(s.entity.country for s in sightings if s.entity.country)),
        sector=_commonest(Counter(s.entity.sector for s in sightings if s.entity.sector)),
        aliases=tuple(alias for alias, _ in _ranked(called) if alias != name),
        roles=tuple(_roles(sightings)),
        seen=tuple(sorted({Seen(s.uri, s.entity.id) for s in sightings}, key=lambda seen: (seen.uri, seen.entity))),
    )


def _roles(sightings: Sequence[_Sighting]) -> list[RoleHeld]:
    days: dict[str, list[str]] = defaultdict(list)
    reports = Counter(sighting.entity.role for sighting in sightings if sighting.entity.role)
    for sighting in sightings:
        if sighting.entity.role and sighting.published:
            days[sighting.entity.role].append(sighting.published[:10])
    return [
        RoleHeld(role, number, min(days[role], default=None), max(days[role], default=None))
        for role, number in _ranked(reports)
    ]


def _ranked(counts: Counter[T]) -> list[tuple[T, int]]:
    return sorted(counts.items(), key=lambda row: (-row[1], row[0]))


def _commonest(counts: Counter[T]) -> T | None:
    return _ranked(counts)[0][0] if counts else None
