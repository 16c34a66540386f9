"""The phrase around a role or body noun: determiner, nationality, body, and "of …" behind it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Token

from dragoman.entities.names import Found
from dragoman.entities.nouns import Noun
from dragoman.entities.phrases import Phrase, count_in
from dragoman.entities.scene import Scene
from dragoman.entities.stand_ins import DOCUMENTS
from dragoman.entities.whereabouts import ABROAD, IN, country_of_place
from dragoman.entities.words import words
from dragoman.records import EntityKind

GOVERNMENT = words("government")
ROLE_PREPOSITIONS = words("role_prepositions")
ABROAD_PREPOSITIONS = words("abroad_prepositions")
ABROAD_ROLES = tuple(words("abroad_roles"))
DEFINITE = words("definite")
FORMER = words("former")
QUALIFIERS = frozenset("ADJ NOUN PROPN NUM".split())
OBJECTS = frozenset("DET ADJ NOUN PROPN ADP".split())
MOVING = frozenset(("to", "from", "in"))
PLACES = frozenset(("country", "capital", "territory"))
REACH = 6  # words behind a preposition in which the name stands that it leads to
OF_OFFICE = frozenset("GOV LEG JUD MIL SPY".split())  # who leaves one of these is of the elite, PLOVER's ELI


@dataclass(slots=True)
class Neighbours:
    """The names and the bodies read so far that a noun may stand beside."""

    by_start: dict[int, Phrase]  # names, by their first token
    by_end: dict[int, Phrase]  # names, by the token behind them
    bodies: dict[int, Phrase] = field(default_factory=dict)  # phrases of body nouns, by the noun's last token


@dataclass(slots=True)
class _Left:
    """What stands before a noun and belongs to its phrase."""

    start: int
    country: str | None = None
    owner: Phrase | None = None
    body: int = -1
    definite: bool = False

    def take_name(self, found: Found, phrase: Phrase | None) -> None:
        self.start = found.start
        self.country = self.country or (phrase.country if phrase else None) or country_of(found)
        if phrase is not None and phrase.kind in ("organization", "country") and phrase.noun != "demonym":
            self.owner, self.body = self.owner or phrase, phrase.start

    def take_body(self, body: Phrase) -> None:
        self.start = self.body = body.start
        self.country, self.owner = self.country or body.country, self.owner or body


class _Right(NamedTuple):
    """What stands behind a role and belongs to its phrase."""

    end: int
    owner: Phrase | None = None
    country: str | None = None


def nominal(scene: Scene, noun: Noun, beside: Neighbours) -> Phrase:
    """Return the phrase around a role or body noun, with its country, sector and body."""
    doc, left = scene.doc, _read_left(scene, noun, beside)
    serves = (noun.is_role or left.country is None) and not _is_moved(scene, noun, left.start)
    right = _read_right(scene, noun, beside) if serves else _Right(noun.end)
    country = left.country or right.country
    last = doc[noun.start : noun.end].root  # "secretary" of "secretary of state"
    plural = last.tag_ in ("NNS", "NNPS")
    kind = _role_kind(scene, noun, plural) if noun.is_role else _body_kind(noun, country)
    sector = _sector(scene, noun, left.owner or right.owner)
    former = any(doc[k].lower_ in FORMER for k in range(left.start, noun.start))
    state = scene.knowledge.countries.get(country or "") if kind == "country" else None
    return Phrase(
        left.start, right.end, last.i, "nominal", kind, doc[left.start : right.end].text, country=country,
        sector="ELI" if former and sector in OF_OFFICE else sector, known=state.name if state else "",
        role=_role_text(scene, noun) if noun.is_role else None, plural=plural or kind == "group",
        definite=left.definite or last.head.lemma_.lower() in DOCUMENTS, noun=last.lemma_.lower(), body=left.body,
        count=count_in(doc, left.start, noun.start),
    )  # fmt: skip


def country_of(found: Found) -> str | None:
    """Return the country of the first thing that a name means alone."""
    name = next((n for n in found.means if n.body is not None and n.kind != "shared"), None)
    return name.body.country if name and name.body else None


def _role_kind(scene: Scene, noun: Noun, plural: bool) -> EntityKind:
    return "group" if plural or scene.knowledge.roles[noun.text].group else "unnamed"


def _body_kind(noun: Noun, country: str | None) -> EntityKind:
    return "country" if noun.text in GOVERNMENT and country is not None else "organization"


def _sector(scene: Scene, noun: Noun, owner: Phrase | None) -> str | None:
    """The sector that the tables give the noun, else a role's is that of the body it serves."""
    if not noun.is_role:
        return scene.knowledge.bodies[noun.text]
    return scene.knowledge.roles[noun.text].sector or (owner.sector if owner else None)


def _read_left(scene: Scene, noun: Noun, beside: Neighbours) -> _Left:
    left, i = _Left(noun.start), noun.start - 1
    while i >= 0:
        token, name = scene.doc[i], scene.inside.get(i)
        if name is not None:
            phrase = beside.by_end.get(name.end)
            if phrase is not None and phrase.kind == "person" and i + 1 == noun.start:
                break
            left.take_name(name, phrase)
            i = left.start - 1
        elif i in beside.bodies:
            left.take_body(beside.bodies[i])
            i = left.start - 1
        elif _joins(token):
            i -= 1
        elif _determines(token):
            if token.head.i < noun.end:  # in "a police statement" it is the statement's
                left.start, left.definite = i, token.lower_ in DEFINITE
            break
        elif _qualifies(token):
            left.start, i = i, i - 1
        else:
            break
    return left


def _joins(token: Token) -> bool:
    return (token.lower_ in ("'s", "’s", "'", "’") and token.dep_ == "case") or _is_hyphen(token)


def _is_hyphen(token: Token) -> bool:
    """Whether a mark joins two words: not the dash of a dateline, "ATHENS - Two soldiers"."""
    return token.text == "-" and not token.whitespace_


def _determines(token: Token) -> bool:
    return token.pos_ == "DET" or (token.dep_ == "poss" and token.pos_ == "PRON")


def _qualifies(token: Token) -> bool:
    """Whether a word before the noun describes it; a day does not: "said on Monday President Sarr"."""
    describes = token.pos_ in QUALIFIERS or token.dep_ == "amod"
    return describes and token.head.i >= token.i and not token.is_punct and token.ent_type_ != "DATE"


def _is_moved(scene: Scene, noun: Noun, start: int) -> bool:
    """Whether a place behind a noun is where they go, not whom they serve: "its troops from Niger", "men to Haiti"."""
    doc = scene.doc
    if noun.end + 1 >= len(doc) or doc[noun.end].lower_ not in MOVING:
        return False
    if doc[start].dep_ == "poss" and doc[start].pos_ == "PRON":
        return True
    found = scene.inside.get(noun.end + 1)
    leads_to_a_place = found is not None and bool(found.kinds & PLACES)
    return doc[noun.end].lower_ == "to" and doc[noun.end - 1].tag_ == "NNS" and leads_to_a_place


def _read_right(scene: Scene, noun: Noun, beside: Neighbours) -> _Right:
    """Read "of the Basque region", "for the Indonesian military" behind a role."""
    doc, at = scene.doc, noun.end
    if at + 1 >= len(doc) or doc[at].lower_ not in ROLE_PREPOSITIONS:
        return _Right(noun.end)
    for k in range(at + 1, min(at + 1 + REACH, len(doc))):
        if k in scene.inside:
            found = scene.inside[k]
            end = _end_of_body(scene, found.end) or _end_of_object(scene, found.end)
            if noun.text.startswith(ABROAD_ROLES) and doc[at].lower_ in ABROAD_PREPOSITIONS:
                return _Right(end)
            owner = beside.by_start.get(found.start)
            told = (owner.country if owner else None) or country_of(found)
            if told is None and owner is None and doc[at].lower_ in IN and _sector(scene, noun, None) not in ABROAD:
                told = country_of_place(doc[found.start : found.end].text, scene.knowledge, scene.countries)
            return _Right(end, owner, told)
        if doc[k].pos_ not in OBJECTS or doc[k].is_punct:
            break
    return _Right(noun.end)


def _end_of_body(scene: Scene, i: int) -> int | None:
    """Where the body noun ends that begins at a token: "army" of "the Sudanese army"."""
    left = len(scene.doc) - i
    sizes = (n for n in (3, 2, 1) if n <= left and scene.doc[i : i + n].text.lower() in scene.knowledge.bodies)
    return next((i + n for n in sizes), None)


def _end_of_object(scene: Scene, end: int) -> int:
    """Where the phrase ends that a name only qualifies: "the Basque region"."""
    last = scene.doc[end - 1]
    return last.head.i + 1 if last.dep_ in ("amod", "compound", "nmod") and end <= last.head.i <= end + 2 else end


def _role_text(scene: Scene, noun: Noun) -> str:
    """The office in words: "Minister of Education", "foreign minister"."""
    doc, end = scene.doc, noun.end
    if end + 1 < len(doc) and doc[end].lower_ in ("of", "for") and _opens_field(doc[end + 1]):
        last = end + 1
        while last + 1 < len(doc) and doc[last].ent_type_ != "GPE" and _continues_field(doc[last + 1]):
            last += 1
        if last - end <= 3:
            return doc[noun.start : last + 1].text
    return doc[noun.start : noun.end].text


def _opens_field(token: Token) -> bool:
    named = token.text[0].isupper() and token.text != "The"
    return named and token.ent_type_ not in ("GPE", "NORP", "PERSON")


def _continues_field(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.ent_type_ != "PERSON"
