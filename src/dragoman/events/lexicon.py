"""The lexicon of events: triggers with the leaf each suggests, and the verbs that only carry or govern others.

`triggers.csv` is the table: a row a trigger, with a sentence that needs it. It is the coder's fallback and the
explanation; the trained coder judges.
"""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that suggests a leaf: a lemma, its part of speech, and the word after it that it needs, if any."""

    lemma: str
    pos: str
    needs: str
    leaf: str
    example: str


@dataclass(frozen=True)
class Lexicon:
    """All tables, indexed by lemma."""

    triggers: dict[tuple[str, str], tuple[Trigger, ...]]
    nouns: frozenset[str]
    predicates: frozenset[str]
    light_verbs: frozenset[str]
    empty_verbs: frozenset[str]
    governors: frozenset[str]
    undergo: frozenset[str]
    of_actor: frozenset[str]
    doing: frozenset[str]
    undergone: frozenset[str]
    deeds: dict[str, frozenset[str]]  # the types that a noun may mean


@cache
def load() -> Lexicon:
    """Return the bundled lexicon, read once a process."""
    folder = files(__package__)
    table = csv.DictReader((folder / "triggers.csv").read_text("utf-8").splitlines())
    rows = [Trigger(r["lemma"], r["pos"], r["needs"], r["leaf"], r["example"]) for r in table]
    words = tomllib.loads((folder / "verbs.toml").read_text("utf-8"))
    triggers: dict[tuple[str, str], list[Trigger]] = {}
    for row in rows:
        triggers.setdefault((row.lemma, row.pos), []).append(row)
    return Lexicon(
        triggers={key: tuple(sorted(found, key=lambda t: -len(t.needs))) for key, found in triggers.items()},
        nouns=frozenset(row.lemma for row in rows if row.pos == "noun" and row.leaf != "NONE"),
        predicates=frozenset(row.lemma for row in rows if row.pos == "adj"),
        deeds={noun: frozenset(types.split()) for types, nouns in words["deeds"].items() for noun in nouns.split()},
        **{name: frozenset(listed.split()) for name, listed in words.items() if name != "deeds"},
    )
