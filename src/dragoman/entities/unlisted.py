"""Names that no table has: told by their own words and neighbours as a person, a body, or a place, which is nobody."""

from dataclasses import replace

from spacy.tokens import Doc

from dragoman.entities.knowledge import Knowledge
from dragoman.entities.names import HONORIFICS, Found, is_acronym
from dragoman.entities.phrases import Phrase
from dragoman.entities.scene import Scene
from dragoman.entities.words import rows, words

DEPARTMENTS = words("departments")
SAYING = words("saying")
IN_NAMES = {word: sector for sector, listed in rows("in_names").items() for word in listed}
RANKS = words("ranks")
SECTIONS = frozenset(word.lower() for word in words("sections"))
PLACES = frozenset(("GPE", "LOC", "FAC"))
DOUBTED = frozenset(("", "GPE", "FAC", "PRODUCT"))  # the parse gives these to many a person's name


def unlisted_phrase(scene: Scene, found: Found, blank: Phrase) -> Phrase | None:
    """Return what an unlisted name says of who is meant; None for a role, or a place that does nothing."""
    if _is_role(scene, found):
        return None
    if (end := _end_of_title(scene, found)) is not None:
        return _titled(scene, end, found.end)
    sector, has_body_noun = _body_noun_in(blank.name, scene.knowledge)
    if _has_title_before(scene, found) and not has_body_noun:
        return replace(blank, kind="person", gender=gender_before(scene.doc, found.start))
    country = _country_in(scene, found)
    if has_body_noun or is_acronym(blank.name):
        return replace(blank, sector=sector, country=country)
    if country is not None and _begins_as_department(blank.name):
        return replace(blank, sector="GOV", country=country)
    speaks = _speaks(scene, blank)
    if found.end - found.start > 1 and scene.doc[found.start].text in RANKS:
        return replace(blank, kind="person", sector="MIL")
    if found.label == "PERSON" or _reads_as_person(scene, found, blank, speaks):
        return replace(blank, kind="person")
    if country is not None and _follows_nationality(scene, found):
        return replace(blank, start=blank.start - 1, name=scene.doc[blank.start - 1 : blank.end].text, country=country)
    acts = speaks or any(noun.end == found.start for noun in scene.nouns)  # "the magazine Vesna"
    return _by_label(found, replace(blank, country=country), acts)


def gender_before(doc: Doc, start: int) -> str | None:
    """Return the pronoun that a title before a name tells: "Mrs. Holm"."""
    return HONORIFICS.get(doc[start - 1].text) if start else None


def _is_role(scene: Scene, found: Found) -> bool:
    """Whether it is no name: "Foreign Minister", "Secretary" of "Secretary of State"."""
    return any(
        (found.start <= noun.start and noun.end == found.end) or (noun.start <= found.start and found.end <= noun.end)
        for noun in scene.nouns
        if noun.is_role
    )


def _end_of_title(scene: Scene, found: Found) -> int | None:
    """Where the title ends that a name begins with: "President Sarr", but not "National Teachers Association"."""
    if scene.doc[found.end - 1].lower_ in scene.knowledge.bodies.keys() | IN_NAMES.keys():
        return None
    return next((n.end for n in scene.nouns if n.is_role and n.start == found.start and n.end < found.end), None)


def _titled(scene: Scene, start: int, end: int) -> Phrase:
    span = scene.doc[start:end]
    return Phrase(start, end, span.root.i, "name", "person", span.text, gender=gender_before(scene.doc, start))


def _has_title_before(scene: Scene, found: Found) -> bool:
    if not found.start:
        return False
    honoured = scene.doc[found.start - 1].text in HONORIFICS
    return honoured or any(noun.end == found.start and noun.is_role for noun in scene.nouns)


def _body_noun_in(text: str, knowledge: Knowledge) -> tuple[str | None, bool]:
    """Return the sector of the longest body noun in a name, and whether there is one."""
    parts = text.lower().split()
    for size in range(min(4, len(parts)), 0, -1):
        for i in range(len(parts) - size + 1):
            noun = " ".join(parts[i : i + size])
            if noun in knowledge.bodies:
                return knowledge.bodies[noun], True
    found = next((IN_NAMES[part] for part in parts if part in IN_NAMES), None)
    return (None if found == "NONE" else found), found is not None


def _country_in(scene: Scene, found: Found) -> str | None:
    """The country that a name carries in itself or just before it: "Environment Canada", "Italian Rail Union"."""
    for i in range(max(0, found.start - 1), found.end):
        for name in scene.knowledge.names.index.get((scene.doc[i].text,), ()):
            if name.kind in ("country", "demonym") and name.body is not None:
                return name.body.country
    return None


def _follows_nationality(scene: Scene, found: Found) -> bool:
    """Whether it is a capitalised noun that a nationality begins: "Russian Railways", but not in a headline."""
    doc, i = scene.doc, found.start
    if found.end - i != 1 or not i or not doc[i].is_title or (found.end < len(doc) and doc[found.end].is_title):
        return False
    before = doc[i - 1]
    nationality = before.head.i == i and before.dep_ in ("amod", "compound") and before.is_title
    names = scene.knowledge.names.index.get((before.text,), ())
    return nationality and any(name.kind == "demonym" for name in names) and doc[i].lower_ not in SECTIONS


def _begins_as_department(name: str) -> bool:
    return " " in name and name.split()[0] in DEPARTMENTS


def _speaks(scene: Scene, blank: Phrase) -> bool:
    head = scene.doc[blank.head]
    return head.dep_ == "nsubj" and head.head.lemma_ in SAYING


def _reads_as_person(scene: Scene, found: Found, blank: Phrase, speaks: bool) -> bool:
    """Whether two or three plain words tell a person: by a known first name, what they say, or an office behind."""
    if not 2 <= found.end - found.start <= 3 or not blank.name.replace(" ", "").isalpha():
        return False
    first = scene.doc[found.start].text in scene.knowledge.words.first
    return first or _has_office_behind(scene, found.end) or (speaks and found.label in DOUBTED)


def _has_office_behind(scene: Scene, end: int) -> bool:
    """Whether an office in apposition follows: "Ana Lima, the party's leader"."""
    if end + 1 >= len(scene.doc) or scene.doc[end].text != ",":
        return False
    return any(noun.is_role and end < noun.start <= end + 4 for noun in scene.nouns)


def _by_label(found: Found, blank: Phrase, acts: bool) -> Phrase | None:
    """Take the label's word for a body; a place acts or is nobody, and the rest stays unsure."""
    one_word = found.end - found.start == 1
    if found.label == "ORG":
        return blank
    if found.label in PLACES:
        return replace(blank, noun="place", country=None) if one_word and acts else None
    return replace(blank, noun="unsure") if acts or not one_word else None
