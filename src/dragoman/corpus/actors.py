"""Entities joined across reports: who they are, what they are called, which offices the reports give them.

The key of `identity.py` joins; two things can still part or join what it gives. One name and country in sectors that
one person hardly moves between (a minister and a footballer) is two. A full name without a country joins the one actor
of that name only where their roles agree.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from msgspec import Struct

from dragoman.corpus.identity import PUBLIC, Identity, identity_of
from dragoman.corpus.rulings import NONE, Rulings
from dragoman.entities.knowledge import Knowledge
from dragoman.records import EntityKind, Record

T = TypeVar("T", bound=str)


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role that reports give somebody: how many, and the first and last day of publication."""

    role: str
    reports: int
    first: str | None
    last: str | None


class Seen(Struct, frozen=True, array_like=True):
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
    keys: tuple[str, ...] = ()  # those of its entities, each in its own report


class Sighting(Struct, frozen=True, array_like=True, eq=False):
    """An entity of one report, without what joining does not need: an archive's worth is kept at once."""

    seen: Seen
    published: str | None
    identity: Identity
    kind: EntityKind
    role: str | None
    called: tuple[str, ...]


@dataclass(slots=True)
class _Group:
    """Sightings with one key."""

    sightings: list[Sighting] = field(default_factory=list)

    @property
    def roles(self) -> set[str]:
        return {sighting.role.lower() for sighting in self.sightings if sighting.role}


def find_actors(records: Iterable[Record], tables: Knowledge, rulings: Rulings = NONE) -> list[Actor]:
    """Return the actors of an archive by key; entities that nobody can be told by are in none.

    `rulings` are what people said of who is who. Records are streamed; what is kept is about 500 bytes an entity.
    """
    return actors_of((sighting for record in records for sighting in sightings_in(record, tables)), rulings)


def sightings_in(record: Record, tables: Knowledge) -> Iterator[Sighting]:
    """Yield the entities of one report that somebody can be told by."""
    report = record.report
    for entity in record.entities:
        identity = identity_of(entity, report.published, tables)
        if identity.key is not None:
            names = {mention.text for mention in entity.mentions if mention.form == "name"}
            called = tuple(sorted({*names, entity.name}))
            yield Sighting(
                Seen(report.uri, entity.id), report.published, identity, entity.kind, entity.role, called
            )  # fmt: skip


def actors_of(sightings: Iterable[Sighting], rulings: Rulings = NONE) -> list[Actor]:
    """Return what `find_actors` does, from the entities of all reports."""
    groups: dict[str, _Group] = defaultdict(_Group)
    interned: dict[object, Any] = {}
    for sighting in sightings:
        identity = interned.setdefault(sighting.identity, sighting.identity)
        called = interned.setdefault(sighting.called, sighting.called)
        kept = Sighting(sighting.seen, sighting.published, identity, sighting.kind, sighting.role, called)
        groups[_key_of(identity)].sightings.append(kept)
    _join_the_stateless(groups)
    return [_actor(key, group.sightings, rulings) for key, group in sorted(_ruled(groups, rulings).items())]


def _ruled(groups: dict[str, _Group], rulings: Rulings) -> dict[str, _Group]:
    """Return the groups as people want them: some made one, others two."""
    if not rulings:
        return groups
    found: dict[str, _Group] = defaultdict(_Group)
    for key, group in groups.items():
        for sighting in group.sightings:
            found[rulings.key(key, sighting.seen.uri)].sightings.append(sighting)
    return found


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


def _actor(key: str, sightings: Sequence[Sighting], rulings: Rulings) -> Actor:
    called = Counter(name for sighting in sightings for name in sighting.called)
    name = _commonest(Counter(sighting.identity.name for sighting in sightings)) or key
    identities = [sighting.identity for sighting in sightings]
    return Actor(
        key=key,
        name=rulings.names.get(key, name),
        kind=_commonest(Counter(sighting.kind for sighting in sightings)) or "unnamed",
        country=_commonest(Counter(identity.country for identity in identities if identity.country)),
        sector=_commonest(Counter(identity.sector for identity in identities if identity.sector)),
        aliases=tuple(alias for alias, _ in _ranked(called) if alias != rulings.names.get(key, name)),
        roles=tuple(_roles(sightings)),
        seen=tuple(sorted({sighting.seen for sighting in sightings}, key=lambda seen: (seen.uri, seen.entity))),
        keys=tuple(sorted({key, *(identity.key for identity in identities if identity.key)})),
    )


def _roles(sightings: Sequence[Sighting]) -> list[RoleHeld]:
    days: dict[str, list[str]] = defaultdict(list)
    reports = Counter(sighting.role for sighting in sightings if sighting.role)
    for sighting in sightings:
        if sighting.role and sighting.published:
            days[sighting.role].append(sighting.published[:10])
    return [
        RoleHeld(role, number, min(days[role], default=None), max(days[role], default=None))
        for role, number in _ranked(reports)
    ]


def _ranked(counts: Counter[T]) -> list[tuple[T, int]]:
    return sorted(counts.items(), key=lambda row: (-row[1], row[0]))


def _commonest(counts: Counter[T]) -> T | None:
    return _ranked(counts)[0][0] if counts else None
