"""Mentions: every phrase that may mean a participant, with what the phrase itself says of it.

A phrase is read from the words around a name, a role noun ("foreign minister"), a body noun ("army"), a demonym
("Americans") or a pronoun. Who is the same as whom is for `coreference`.
"""

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc

from dragoman.entities.anaphors import find_pairs, find_pronouns
from dragoman.entities.holders import holder, with_role
from dragoman.entities.knowledge import Knowledge
from dragoman.entities.naming import name_phrase, with_lone_surnames
from dragoman.entities.nominals import Neighbours, nominal
from dragoman.entities.nouns import Noun
from dragoman.entities.phrases import Phrase
from dragoman.entities.scene import Scene, survey


def find_phrases(doc: Doc, knowledge: Knowledge, date: str | None, dateline_end: int = 0) -> list[Phrase]:
    """Return the mentions of a text in order; the dateline, which ends at a character, takes part in nothing."""
    scene = survey(doc, knowledge, date, dateline_end)
    names = [p for f in scene.found if (p := name_phrase(scene, f)) is not None]
    described = _Described(scene, with_lone_surnames(names))
    named = described.read()
    bodies = _tokens_of(p for p in named if p.kind == "organization" and p.noun == "")
    phrases = [p for p in described.nominals if p.head not in bodies]  # "Teachers" of "National Teachers Association"
    taken = _tokens_of(p for p in [*phrases, *named] if p.noun != "demonym")
    phrases += [p for p in named if p.noun != "demonym" or p.start not in taken]
    phrases += find_pairs(doc, _tokens_of(phrases))
    phrases += find_pronouns(doc)
    return sorted(phrases, key=lambda p: (p.start, -p.end))


def _tokens_of(phrases: Iterable[Phrase]) -> set[int]:
    return {i for p in phrases for i in range(p.start, p.end)}


class _Described:
    """Goes through the nouns of a text and gives each to the name beside it, or keeps it as a phrase of its own."""

    def __init__(self, scene: Scene, names: list[Phrase]) -> None:
        self.scene, self.names = scene, names
        self.beside = Neighbours({p.start: p for p in names}, {p.end: p for p in names})
        self.nominals: list[Phrase] = []
        self.renamed: dict[int, Phrase] = {}  # by the start that the name had

    def read(self) -> list[Phrase]:
        """Return the names with what the nouns beside them say; the other phrases are in `nominals`."""
        for noun in self.scene.nouns:
            phrase = nominal(self.scene, noun, self.beside)
            if noun.is_role:
                self._take_role(noun, phrase)
            else:
                self._take_body(noun, phrase)
        return [self.renamed.get(p.start, p) for p in self.names]

    def _take_body(self, noun: Noun, phrase: Phrase) -> None:
        """ "Yonhap news agency", "the magazine Vesna": the noun explains the name."""
        self.beside.bodies[noun.end - 1] = phrase
        beside = (self.beside.by_end.get(noun.start), self.beside.by_start.get(noun.end))
        name = next((p for p in beside if p is not None and _may_be_explained(p)), None)
        if name is None:
            self.nominals.append(phrase)
            return
        country = name.country or phrase.country
        self.renamed[name.start] = replace(name, kind="organization", sector=phrase.sector, noun="", country=country)

    def _take_role(self, noun: Noun, phrase: Phrase) -> None:
        """ "Foreign Minister Ine Soreide" is one mention; "Ine Soreide, the foreign minister," two of one person."""
        person = holder(self.scene.doc, phrase, noun, self.beside)
        if person is None:
            self.nominals.append(phrase)
            return
        named = with_role(self.renamed.get(person.start, person), phrase)
        if _adjoins(self.scene.doc, phrase, person):
            named = replace(named, start=min(phrase.start, named.start))
        else:
            self.nominals.append(replace(phrase, apposed=person.head))
        self.renamed[person.start] = named


def _may_be_explained(name: Phrase) -> bool:
    return name.kind != "country" and not name.known and name.noun != "demonym"


def _adjoins(doc: Doc, role: Phrase, person: Phrase) -> bool:
    """Whether a role stands right before a name, with a word between at most."""
    return role.end <= person.start <= role.end + 1 and not doc[role.end - 1].is_punct
