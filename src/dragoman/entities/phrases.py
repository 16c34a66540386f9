"""The phrase: a mention as token offsets, and what its own words tell of who is meant."""

from dataclasses import dataclass, replace
from typing import Self

from spacy.tokens import Doc

from dragoman.entities.knowledge import Body, Office
from dragoman.records import EntityKind, MentionForm

SEVERAL = {"two": 2, "both": 2, "three": 3, "four": 4}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention, as token offsets, and what its own words tell of who is meant."""

    start: int
    end: int
    head: int
    form: MentionForm
    kind: EntityKind
    name: str = ""
    known: str = ""  # the canonical name, where the tables gave one
    country: str | None = None
    sector: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    offices: tuple[Office, ...] = ()
    wikidata: str | None = None
    gender: str | None = None  # the pronoun that a title tells: "Mrs. Holm"
    plural: bool = False
    definite: bool = False
    pronoun: str = ""
    noun: str = ""  # the lemma that heads a nominal; "demonym", "place" or "unsure" of some names
    apposed: int = -1  # the head of the phrase that this one describes: "Holm, the spokesman"
    body: int = -1  # the start of the body whose officer this is
    count: int = 0

    @property
    def key(self) -> tuple[int, int, str]:
        """What tells it from the other phrases of its report."""
        return self.start, self.end, self.form

    def told_by(self, body: Body) -> Self:
        """Return the phrase with what the tables say of a body."""
        return replace(
            self, known=body.name, country=body.country, sector=body.sector, sectors=body.sectors,
            wikidata=body.wikidata,
        )  # fmt: skip


def count_in(doc: Doc, start: int, end: int) -> int:
    """Return how many the words say, 0 where they do not: "two Canadians"."""
    return next((SEVERAL[t.lower_] for t in doc[start:end] if t.lower_ in SEVERAL), 0)
