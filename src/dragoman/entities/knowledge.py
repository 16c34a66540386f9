"""The knowledge tables: who held which office when, which body belongs to which country, what a name may mean.

The tables are CSV files in `knowledge/`, written for this project from public record; `load` reads them once.
docs/knowledge.md has their columns.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from typing import Literal, NamedTuple

from dragoman.entities.own_table import OwnTable, read_own_table

VERSION = "2026.11.3"
BLOCS = frozenset("UNO EUR IGO NGO MNC IMG ISM".split())
WORD = re.compile(r"\w+|[^\w\s]")

NameKind = Literal["country", "demonym", "capital", "metonym", "territory", "organization", "shared", "person"]


@dataclass(frozen=True, slots=True)
class Office:
    """That a person held an office from one date to another."""

    name: str
    country: str
    sector: str
    role: str
    office: str
    start: str
    end: str
    wikidata: str | None

    def held(self, date: str) -> bool:
        """Whether the office was held on an ISO date, to the precision of the row.

        >>> minister = Office("Sergei Lavrov", "RUS", "GOV", "minister", "foreign_minister", "2004-03", "", None)
        >>> minister.held("2004-02-28"), minister.held("2004-03-02")
        (False, True)
        """
        return self.start <= date[: len(self.start)] and (not self.end or date[: len(self.end)] <= self.end)


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation or an actor that is no person: a country, a territory, a ministry, an armed group."""

    name: str
    country: str | None
    sector: str | None
    sectors: tuple[str, ...] = ()
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """What a name in the text may mean."""

    kind: NameKind
    body: Body | None = None  # of all kinds but persons
    offices: tuple[Office, ...] = ()  # of persons


@dataclass(frozen=True, slots=True)
class Role:
    """What a role noun says of its holder."""

    sector: str | None
    group: bool


@dataclass(slots=True)
class Trie:
    """Names by their words, to find the longest one that starts at a word."""

    index: dict[tuple[str, ...], list[Name]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)

    def add(self, text: str, name: Name) -> None:
        """Add what a name may mean beside what it means already."""
        words = tuple(WORD.findall(text))
        if not words:
            return
        self.index.setdefault(words, []).append(name)
        self.longest[words[0]] = max(self.longest.get(words[0], 0), len(words))

    def at(self, words: list[str], i: int) -> tuple[int, list[Name]] | None:
        """Return the longest name that starts at word `i` as its length and meanings, or None."""
        for size in range(self.longest.get(words[i], 0), 0, -1):
            found = self.index.get(tuple(words[i : i + size]))
            if found and len(words) >= i + size:
                return size, found
        return None


class Words(NamedTuple):
    """The capitalised words of the tables' names, by what they name: a body of one word or of several, a person."""

    country: frozenset[str]
    people: frozenset[str]
    capital: frozenset[str]
    body: frozenset[str]
    of_body: frozenset[str]
    first: frozenset[str]
    last: frozenset[str]


@dataclass(frozen=True)
class Knowledge:
    """All tables, indexed by what the text says."""

    names: Trie
    roles: dict[str, Role]
    bodies: dict[str, str | None]
    surnames: dict[str, tuple[Office, ...]]
    offices: dict[tuple[str, str], tuple[Office, ...]]  # by country and role
    countries: dict[str, Body]
    longest_noun: dict[str, int]  # the tokens of the longest role or body noun that begins with a word
    version: str = VERSION  # of the shipped tables, and behind a plus sign the mark of the user's own

    @cached_property
    def words(self) -> Words:
        """The words of the tables' names: what one word by itself says of whom it names."""
        country, people, capital, body, of_body, first, last = (set[str]() for _ in range(7))
        of_kind = {"country": country, "territory": country, "demonym": people, "capital": capital}
        for words, names in self.names.index.items():
            capitals = {word for word in words if word[0].isupper()}
            for name in names:
                if name.kind == "person":
                    first.update(words[: len(words) > 1])
                    last.add(words[-1])
                else:
                    of_kind.get(name.kind, of_body if len(words) > 1 else body).update(capitals)
        return Words(*map(frozenset, (country, people, capital, body, of_body, first, last)))

    def holder(self, country: str | None, role: str, date: str | None) -> Office | None:
        """Return who held a country's office on a date; None where the tables do not say or name several."""
        if country is None or date is None:
            return None
        rows = [row for row in self.offices.get((country, role), ()) if row.held(date)]
        return rows[0] if len({row.name for row in rows}) == 1 else None


def office_on(offices: tuple[Office, ...], date: str | None) -> Office:
    """Return the office that somebody held on a date, else the last one begun before it, else the last of all."""
    if date is None:
        return offices[-1]
    held = [office for office in offices if office.held(date)]
    begun = [office for office in offices if office.start <= date]
    return (held or begun or offices)[-1]


def _rows(path: Traversable) -> Iterator[dict[str, str]]:
    yield from csv.DictReader(path.read_text("utf-8").splitlines())


def _several(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split("|") if part.strip()]


def _office_rows(folder: Traversable) -> Iterator[dict[str, str]]:
    for path in sorted((folder / "offices").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".csv"):
            yield from _rows(path)


def _add_countries(names: Trie, rows: Iterable[dict[str, str]]) -> dict[str, Body]:
    countries = {}
    for row in rows:
        body = Body(row["name"], row["code"], "GOV")
        countries[row["code"]] = body
        for alias in [row["name"], *_several(row["aliases"])]:
            names.add(alias, Name("country", body))
        for demonym in _several(row["demonyms"]):
            names.add(demonym, Name("demonym", body))
        for capital in _several(row["capital"]):
            names.add(capital, Name("capital", body))
        for metonym in [*_several(row["metonyms"]), *_several(row["government_names"])]:
            names.add(metonym, Name("metonym", body))
    return countries


def _add_bodies(names: Trie, rows: Iterable[dict[str, str]], kind: NameKind) -> None:
    for row in rows:
        sectors = _several(row.get("sectors"))
        sector = row.get("sector") or (sectors[0] if sectors else None)
        body = Body(row["name"], row["country"] or None, sector, tuple(sectors), row.get("wikidata") or None)
        for alias in [row["name"], *_several(row["aliases"])]:
            names.add(alias, Name(kind, body))
        for demonym in _several(row.get("demonyms")):
            names.add(demonym, Name("demonym", body))
        for alias in _several(row.get("shared")):
            names.add(alias, Name("shared", body))


def _add_persons(names: Trie, rows: Iterable[dict[str, str]]) -> tuple[dict[str, tuple[Office, ...]], list[Office]]:
    by_name: dict[str, list[Office]] = defaultdict(list)
    aliases: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        office = Office(
            row["name"], row["country"], row["sector"], row["role"], row["office"], row["start"], row["end"],
            row["wikidata"] or None,
        )  # fmt: skip
        by_name[office.name].append(office)
        aliases[office.name].update(_several(row["aliases"]), [office.name])
    surnames: dict[str, list[Office]] = defaultdict(list)
    for name, offices in by_name.items():
        offices.sort(key=lambda office: office.start)
        surnames[name.rsplit(" ", 1)[-1]].extend(offices)
        for alias in sorted(aliases[name]):
            names.add(alias, Name("person", offices=tuple(offices)))
    return {name: tuple(rows) for name, rows in surnames.items()}, [row for rows in by_name.values() for row in rows]


@cache
def load(own: str | None = None) -> Knowledge:
    """Return the bundled tables, read once a process; `own` is the path of a user's table to lay over them.

    Raises UnreadableSource, which names the file and the line, where that table cannot be used.
    """
    folder = files("dragoman.entities") / "knowledge"
    names = Trie()
    countries = _add_countries(names, _rows(folder / "countries.csv"))
    table = read_own_table(own, countries.keys() | BLOCS) if own is not None else None
    _add_bodies(names, _rows(folder / "territories.csv"), "territory")
    _add_bodies(names, _rows(folder / "organisations.csv"), "organization")
    own_persons = table.persons if table else ()
    surnames, persons = _add_persons(names, chain(_office_rows(folder), own_persons))
    if table is not None:
        _lay_over(names, table)
    roles = {
        row["role"].lower(): Role(row["sector"] or None, row["kind"] == "group") for row in _rows(folder / "roles.csv")
    }
    bodies = {row["noun"].lower(): row["sector"] or None for row in _rows(folder / "body_nouns.csv")}
    return Knowledge(
        names=names,
        roles=roles,
        bodies=bodies,
        surnames=surnames,
        offices=_by_country_and_role(persons),
        countries=countries,
        longest_noun=_longest((*roles, *bodies)),
        version=f"{VERSION}+{table.digest}" if table else VERSION,
    )


def _lay_over(names: Trie, table: OwnTable) -> None:
    """Let the names of a user's table mean what that table says, and nothing else."""
    for row in table.persons:
        for alias in _names_of(row):
            key = tuple(WORD.findall(alias))
            names.index[key] = [n for n in names.index[key] if n.offices and n.offices[0].name == row["name"]]
    for row in table.bodies:
        for alias in _names_of(row):
            names.index.pop(tuple(WORD.findall(alias)), None)
    _add_bodies(names, table.bodies, "organization")


def _names_of(row: dict[str, str]) -> list[str]:
    return [row["name"], *_several(row["aliases"])]


def _by_country_and_role(persons: Iterable[Office]) -> dict[tuple[str, str], tuple[Office, ...]]:
    offices: dict[tuple[str, str], list[Office]] = defaultdict(list)
    for person in persons:
        offices[person.country, person.role.lower()].append(person)
    return {key: tuple(rows) for key, rows in offices.items()}


def _longest(nouns: Iterable[str]) -> dict[str, int]:
    """Return how many tokens the longest noun has that begins with each word; a hyphen is a token between two."""
    longest: dict[str, int] = {}
    for noun in nouns:
        first = re.split(r"[ -]", noun, maxsplit=1)[0]
        longest[first] = max(longest.get(first, 0), noun.count(" ") + 1 + 2 * noun.count("-"))
    return longest
