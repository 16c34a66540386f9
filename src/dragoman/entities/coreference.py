"""Who is the same as whom: names, surnames, titles, roles, definite descriptions and pronouns within one report.

Names and titles are most of the chains in news. A mention joins the entity that its own words fit best; where two fit
it joins the nearest; where none fits it is a new one. Two Clintons stay two.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from dragoman.entities.antecedents import Antecedents
from dragoman.entities.home import ABOVE_STATES
from dragoman.entities.knowledge import Knowledge, Office
from dragoman.entities.likeness import (
    abbreviates,
    may_be_one_country,
    may_be_one_office,
    may_be_one_person,
    name_words,
)
from dragoman.entities.names import is_acronym
from dragoman.entities.participants import Chains, Participant
from dragoman.entities.phrases import Phrase
from dragoman.entities.words import words
from dragoman.records import EntityKind

INDEFINITE = words("indefinite")
OTHERS = words("others")
GOVERNMENT = words("government")
BRACKET = 3  # tokens between a name and the one in brackets behind it: "( the"


class Resolver:
    """Goes through a report's mentions in order and joins each to its participant."""

    def __init__(self, doc: Doc, knowledge: Knowledge, date: str | None) -> None:
        self.doc, self.knowledge, self.date = doc, knowledge, date
        self.chains = Chains()
        self.told: dict[tuple[int, int, str], Phrase] = {}  # phrases with what the tables add to them
        self.before = Antecedents(doc)
        self.home: str | None = None  # the country most of the names belong to
        self.possessors: dict[int, Phrase] = {}  # possessive pronouns, by where they stand
        self.owners: dict[tuple[int, int, str], Participant] = {}  # whom they mean
        self.finders: dict[EntityKind, Callable[[Phrase], Participant | None]] = {
            "person": self._person,
            "country": self._country,
            "organization": self._organization,
            "group": self._group,
            "unnamed": self._role,
        }

    def resolve(self, phrases: list[Phrase]) -> Chains:
        """Join each mention to its participant; pronouns and descriptions look back only."""
        named = {(p.start, p.end) for p in phrases if p.form == "name"}
        self.possessors = {p.start: p for p in phrases if p.pronoun and self.doc[p.start].dep_ == "poss"}
        told = Counter(p.country for p in phrases if p.country is not None and p.country not in ABOVE_STATES)
        self.home = told.most_common(1)[0][0] if told else None
        for phrase in phrases:
            who = self._who(phrase)
            if not who:
                continue
            self.chains.meant[phrase.key] = tuple(who)
            self.before.recent += [(phrase, participant) for participant in who]
            if len(who) == 1:
                who[0].join(self.told.get(phrase.key, phrase))
                if phrase.form == "name" or (phrase.start, phrase.end) not in named:
                    self.before.by_head[phrase.head] = who[0]
        self._describe_apposed(phrases)
        return self.chains

    def _who(self, phrase: Phrase) -> list[Participant]:
        if phrase.pronoun or phrase.apposed >= 0:  # a name behind its description is joined in `_describe_apposed`
            found = self._meant(phrase) if phrase.pronoun else self.before.by_head.get(phrase.apposed)
            return [found] if found else []
        phrase = self._owned(phrase)
        return self.before.of_set(phrase) or [self.finders[phrase.kind](phrase) or self.chains.add(phrase)]

    def _owned(self, phrase: Phrase) -> Phrase:
        """ "Its ambassador", "his ministers" belong to the country of whom the pronoun means; "its rivals" do not."""
        pronoun = self.possessors.get(phrase.start)
        if pronoun is None or phrase.form != "nominal":
            return phrase
        owner = self.before.of_pronoun(pronoun)
        if owner is None:
            return phrase
        self.owners[pronoun.key] = owner
        if phrase.country is not None or owner.country is None or phrase.noun in OTHERS:
            return phrase
        if owner.country in ABOVE_STATES and (phrase.noun in GOVERNMENT or phrase.sector == "MIL"):
            return phrase  # "the union imposed sanctions on Mali after its government …": not the union's
        owned = replace(phrase, country=owner.country)
        self.told[phrase.key] = owned
        return owned

    def _meant(self, pronoun: Phrase) -> Participant | None:
        return self.owners.get(pronoun.key) or self.before.of_pronoun(pronoun)

    def _describe_apposed(self, phrases: list[Phrase]) -> None:
        for phrase in phrases:
            found = self.before.by_head.get(phrase.apposed)
            if phrase.apposed >= 0 and found is not None and phrase.key not in self.chains.meant:
                found.join(phrase)
                self.chains.meant[phrase.key] = (found,)

    def _latest(self) -> Iterator[Participant]:
        return reversed(self.chains.participants)

    # names

    def _person(self, phrase: Phrase) -> Participant | None:
        parts = name_words(phrase.name)
        for participant in self._latest():
            if participant.names and _is_person(phrase, parts, participant):
                return participant
        return self._holder_by_surname(phrase, parts[0]) if len(parts) == 1 and not phrase.known else None

    def _holder_by_surname(self, phrase: Phrase, surname: str) -> Participant | None:
        """ "Foreign Minister Lavrov" without a first name or a country: the tables know who that was then."""
        held = [row for row in self.knowledge.surnames.get(surname, ()) if phrase.role and self._held(row, phrase)]
        return self._known_as(phrase, held[0]) if len({row.name for row in held}) == 1 else None

    def _known_as(self, phrase: Phrase, office: Office) -> Participant:
        """Begin a participant whom the tables know, with what they say."""
        told = replace(
            phrase, kind="person", known=office.name, wikidata=office.wikidata, country=office.country,
            sector=phrase.sector or office.sector,
        )  # fmt: skip
        self.told[phrase.key] = told
        return self.chains.add(told)

    def _held(self, office: Office, phrase: Phrase) -> bool:
        """Whether an office is the one that a phrase names, and was held on the report's day."""
        in_time = self.date is None or office.held(self.date)
        in_country = may_be_one_country(phrase.country, office.country)
        return in_time and in_country and may_be_one_office(phrase.role or "", office.role)

    def _country(self, phrase: Phrase) -> Participant | None:
        return next((p for p in self.chains.participants if p.kind == "country" and p.country == phrase.country), None)

    def _organization(self, phrase: Phrase) -> Participant | None:
        if phrase.form == "nominal":
            return self._body(phrase)
        found = next((p for p in self._latest() if _is_body(phrase, p) or self._in_brackets(phrase, p)), None)
        return found or self._short_of(phrase)

    def _short_of(self, phrase: Phrase) -> Participant | None:
        """ "The Council" after "the Security Council": the last body whose name ends with the word."""
        if phrase.known or " " in phrase.name or not phrase.start or self.doc[phrase.start - 1].lower_ != "the":
            return None
        bodies = (p for p in self._latest() if p.kind == "organization")
        return next((p for p in bodies if any(name.endswith(" " + phrase.name) for name in p.names)), None)

    def _in_brackets(self, phrase: Phrase, participant: Participant) -> bool:
        """ "The Union of Teachers (UOT)", "UOT (the Union of Teachers)": one body, whatever its initials' language."""
        last = participant.phrases[-1]
        if not 0 <= phrase.start - last.end <= BRACKET or phrase.end >= len(self.doc):
            return False
        between = self.doc[last.end : phrase.start].text.strip()
        closed = self.doc[phrase.end].text in (")", "]")
        return between in ("(", "[", "( the", "(the") and closed and is_acronym(phrase.name) != is_acronym(last.name)

    # descriptions

    def _body(self, phrase: Phrase) -> Participant | None:
        """ "The ministry" after "the Foreign Ministry"; "the Kenyan army" after another mention of it."""
        if not phrase.definite and phrase.country is None:
            return None
        for participant in self._latest():
            if participant.kind not in ("organization", "country"):
                continue
            nouns = {name.split()[-1].lower() for name in participant.names} | participant.nouns
            if phrase.noun in nouns and phrase.country in (None, participant.country):
                return participant if phrase.country or self._is_at_issue(participant) else None
        return None

    def _is_at_issue(self, participant: Participant) -> bool:
        """Whether "the government" may be this state's: not one that the report has named but once, in passing."""
        named = sum(p.form in ("name", "metonym") for p in participant.phrases)
        return participant.kind != "country" or named > 1 or participant.country == self.home

    def _role(self, phrase: Phrase) -> Participant | None:
        """ "The minister" is the last one who may be; where none was named, the tables may know who held it."""
        if not phrase.definite and phrase.country is None:
            return None
        if self.doc[phrase.start].lower_ in INDEFINITE:
            return None
        for participant in self._latest():
            if participant.kind in ("person", "unnamed") and self._has_role(phrase, participant):
                return participant
        office = self.knowledge.holder(phrase.country, (phrase.role or "").lower(), self.date)
        if office is None:
            return None
        return self.chains.add(replace(phrase, kind="person", known=office.name, wikidata=office.wikidata))

    def _has_role(self, phrase: Phrase, participant: Participant) -> bool:
        if not may_be_one_country(participant.country, phrase.country):
            return False
        if participant.role and phrase.role and may_be_one_office(phrase.role, participant.role):
            return True
        offices = (office for p in participant.phrases for office in p.offices) if phrase.country else ()
        if any(self._held(office, phrase) for office in offices):
            return True
        both_told = " " in (participant.role or "") and " " in (
            phrase.role or ""
        )  # "prime minister"; "interior minister"
        return phrase.noun in participant.nouns and not both_told

    def _group(self, phrase: Phrase) -> Participant | None:
        groups = (p for p in self._latest() if p.kind == "group" and phrase.noun in p.nouns)
        return next((p for p in groups if _is_group(phrase, p)), None)


def _is_person(phrase: Phrase, parts: list[str], participant: Participant) -> bool:
    if participant.kind not in ("person", "organization"):
        return False
    if phrase.known and participant.known == phrase.known:
        return True
    if participant.kind == "person":
        return any(may_be_one_person(parts, name_words(name)) for name in participant.names)
    return not participant.known and phrase.name in participant.names


def _is_body(phrase: Phrase, participant: Participant) -> bool:
    if phrase.name in participant.names:
        return True
    if participant.kind == "person":  # a surname that the parse takes for a body
        return phrase.name == participant.surname and not phrase.known
    if participant.kind != "organization":
        return False
    is_known = bool(phrase.known) and participant.known == phrase.known
    return is_known or any(abbreviates(phrase.name, name) for name in participant.names)


def _is_group(phrase: Phrase, participant: Participant) -> bool:
    """Whether "the rebels" are those named before; "two rebels" are others."""
    if phrase.definite and phrase.country is None:
        return True
    same_words = phrase.definite or phrase.name == participant.first.name
    return same_words and participant.country == phrase.country
