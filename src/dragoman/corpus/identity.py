"""Who an entity of one report is in the world: a key that is the same in every report, or None where that is open.

Keys, the first that holds: a Wikidata id (`Q1124`); a country's code (`RUS`); a name of the knowledge tables with its
country (`Sergei Lavrov, RUS`); a full name with its country, as the report has them. A surname alone is nobody, unless
the tables know one holder of that name in the role and country that the report gives. Words that only describe
("gunmen", "the ministry") have no key.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from dragoman.entities.knowledge import WORD, Knowledge, Name, Office
from dragoman.records import Entity

INITIAL = re.compile(r"\b\w\.\s*")
SHARED_CODES = frozenset({"IGO", "NGO", "MNC", "IMG", "ISM"})  # of many bodies each, so no side of their own
STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP", "IGO", "PRE"})
ARMED = frozenset({"REB", "UAF", "PRM", "CRM"})
PUBLIC = STATE | ARMED | {"PTY", "OPP", "ELI"}  # between which a person moves; a reporter of that name is another


class Identity(Struct, frozen=True, array_like=True):
    """Who somebody is: `key` as above, the country and sector, and the `side` that acts are compared by.

    A side is coarser than a key, for one act is told of "Moscow", "Lavrov" and "Russian forces": a country for those
    who act for it, country and sector bucket for others ("COL:armed"), a key for bodies that have no country.
    """

    key: str | None
    name: str
    country: str | None
    sector: str | None
    side: str | None
    person: bool


def identity_of(entity: Entity, published: str | None, tables: Knowledge) -> Identity:
    """Return who an entity is, as far as its own report tells."""
    key, name = _key_and_name(entity, published, tables)
    return Identity(key, name, entity.country, entity.sector, _side(entity, key), entity.kind == "person")


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """Return a name without accents, case, hyphens and middle initials.

    >>> folded("Juan M. Rodríguez-Peña")
    'juan rodriguez pena'
    """
    plain = unicodedata.normalize("NFKD", INITIAL.sub("", name))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", letters.lower()))


def _side(entity: Entity, key: str | None) -> str | None:
    if entity.country is None or entity.country in SHARED_CODES:
        return key or (f"?:{entity.sector}" if entity.sector in ARMED else None)
    if entity.sector is None or entity.sector in STATE:
        return entity.country
    return f"{entity.country}:{'armed' if entity.sector in ARMED else 'society'}"


def _key_and_name(entity: Entity, published: str | None, tables: Knowledge) -> tuple[str | None, str]:
    if entity.wikidata:
        return entity.wikidata, entity.name
    if entity.kind == "country":
        return (entity.country or f"{folded(entity.name)}, ?"), entity.name
    if entity.kind == "person":
        return _person(entity, published, tables)
    if entity.kind == "unnamed":
        return _holder(entity, published, tables)
    if entity.kind == "organization" and _is_named(entity):
        return _body(entity, tables)
    return None, entity.name


def _is_named(entity: Entity) -> bool:
    return any(mention.form == "name" for mention in entity.mentions) and entity.name[:1].isupper()


def _person(entity: Entity, published: str | None, tables: Knowledge) -> tuple[str | None, str]:
    if " " not in entity.name.strip():
        return _by_surname(entity, published, tables)
    meanings = _meanings(entity.name, tables)
    known = {
        office.name: office
        for meaning in meanings
        for office in meaning.offices
        if entity.country in (None, office.country)
    }
    if len(known) == 1:
        return _of_office(next(iter(known.values())))
    return f"{folded(entity.name)}, {entity.country or '?'}", entity.name


def _by_surname(entity: Entity, published: str | None, tables: Knowledge) -> tuple[str | None, str]:
    """Return the one holder of a role whose surname this is; nobody without role and country."""
    if entity.role is None or entity.country is None or published is None:
        return None, entity.name
    known = {
        office.name: office
        for office in tables.surnames.get(entity.name, ())
        if office.country == entity.country and office.role.lower() == entity.role.lower() and office.held(published)
    }
    return _of_office(next(iter(known.values()))) if len(known) == 1 else (None, entity.name)


def _holder(entity: Entity, published: str | None, tables: Knowledge) -> tuple[str | None, str]:
    office = tables.holder(entity.country, (entity.role or "").lower(), published)
    return _of_office(office) if office else (None, entity.name)


def _body(entity: Entity, tables: Knowledge) -> tuple[str | None, str]:
    for meaning in _meanings(entity.name, tables):
        if meaning.body is not None and meaning.kind in ("organization", "territory"):
            body = meaning.body
            return body.wikidata or f"{folded(body.name)}, {body.country or '?'}", body.name
    return f"{folded(entity.name)}, {entity.country or '?'}", entity.name


def _of_office(office: Office) -> tuple[str, str]:
    return office.wikidata or f"{folded(office.name)}, {office.country}", office.name


def _meanings(name: str, tables: Knowledge) -> Iterable[Name]:
    return tables.names.index.get(tuple(WORD.findall(name)), ())
