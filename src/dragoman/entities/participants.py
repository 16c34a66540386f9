"""Participants in the making, and the chains of mentions that mean them."""

from dataclasses import dataclass, field, replace

from dragoman.entities.names import is_acronym
from dragoman.entities.phrases import Phrase
from dragoman.entities.words import rows
from dragoman.records import EntityKind

GENDERS = {pronoun: frozenset(nouns) for pronoun, nouns in rows("genders").items()}


@dataclass(eq=False, slots=True)
class Participant:
    """An entity in the making: what its mentions said of it so far."""

    first: Phrase
    phrases: list[Phrase] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    known: str = ""
    gender: str | None = None
    nouns: set[str] = field(default_factory=set)

    @property
    def kind(self) -> EntityKind:
        """The kind that its most telling mention has: a named one before a nominal."""
        return next((p.kind for p in self.phrases if p.form == "name"), self.first.kind)

    @property
    def surname(self) -> str:
        """The last word of its fullest name."""
        return max(self.names, key=len).split()[-1] if self.names else ""

    def join(self, phrase: Phrase) -> None:
        """Take a mention in, with what it tells."""
        self.phrases.append(phrase)
        if phrase.known and self.names and not self.known and is_acronym(phrase.name):
            # The tables know another body with these initials.
            phrase = replace(phrase, known="", country=None, sector=None, wikidata=None)
        if phrase.form == "name" and phrase.name not in self.names:
            self.names.append(phrase.name)
        self.country = self.country or phrase.country
        self.sector = self.sector or phrase.sector
        self.role = self.role or phrase.role
        self.known = self.known or phrase.known
        self.gender = self.gender or phrase.gender or _gender_of(phrase)
        if phrase.noun:
            self.nouns.add(phrase.noun)


def _gender_of(phrase: Phrase) -> str | None:
    """The pronoun that a mention tells: by being one, or by a role such as "spokeswoman"."""
    if phrase.pronoun in GENDERS:
        return phrase.pronoun
    told = {phrase.noun, *(phrase.role or "").lower().split()}
    return next((pronoun for pronoun, nouns in GENDERS.items() if told & nouns), None)


@dataclass(slots=True)
class Chains:
    """The participants of a report, and the mentions that mean them."""

    participants: list[Participant] = field(default_factory=list)
    meant: dict[tuple[int, int, str], tuple[Participant, ...]] = field(default_factory=dict)

    def add(self, phrase: Phrase) -> Participant:
        """Begin a participant with its first mention."""
        new = Participant(phrase)
        self.participants.append(new)
        return new

    def of(self, phrase: Phrase) -> tuple[Participant, ...]:
        """Return who is meant by a mention; () where nobody is."""
        return self.meant.get(phrase.key, ())
