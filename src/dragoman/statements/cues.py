"""The table of cues: which words attribute, in which frames, each with a sentence that shows it.

A row of `cues.tsv` has the lemma (with its particle: "point out"), the role (verb, noun, adj, prep), the sense, the
frames it takes, and an example that a test reads. To teach a new cue, add a row. Frames: `clause` ("said that …"),
`quote`, `inf` ("vowed to …"), `ing`, `obj` (noun content), `prep:X` (what stands after the preposition), `obj+X`
(object with what follows the preposition), `pred` ("called X Y"), `subj+inf` ("wants X to …"), `addressee+inf`
("urged X to …"), `sentence` (all around "according to").
"""

import csv
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class CueRow:
    """One cue of the table."""

    lemma: str
    role: str
    sense: str
    frames: tuple[str, ...]
    example: str


@dataclass(frozen=True)
class CueTable:
    """The rows by lemma and role."""

    rows: dict[tuple[str, str], CueRow] = field(default_factory=dict)

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The verbs of the table, without their particles."""
        return frozenset(lemma.split(" ")[0] for lemma, role in self.rows if role == "verb")

    def get(self, lemma: str, role: str) -> CueRow | None:
        """Return the row of a cue, that of its bare verb where the phrasal verb has none."""
        return self.rows.get((lemma, role)) or self.rows.get((lemma.split(" ")[0], role))


@lru_cache(maxsize=1)
def cue_table() -> CueTable:
    """Return the shipped table, read once.

    >>> cue_table().rows["vow", "verb"].frames
    ('inf', 'clause', 'quote', 'obj')
    """
    rows: dict[tuple[str, str], CueRow] = {}
    with files("dragoman.statements").joinpath("cues.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            key = (row["lemma"], row["role"])
            rows[key] = CueRow(row["lemma"], row["role"], row["sense"], tuple(row["frames"].split()), row["example"])
    return CueTable(rows)
