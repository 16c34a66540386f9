"""Who holds an office: the named person beside a role phrase or in apposition to it."""

from dataclasses import replace

from spacy.tokens import Doc

from dragoman.entities.names import is_acronym
from dragoman.entities.nominals import Neighbours
from dragoman.entities.nouns import Noun
from dragoman.entities.phrases import Phrase

BRACKET_REACH = 12  # words that a bracket between an office and its holder may hold
MARKS = frozenset(", — –".split())
IN_APPOSITION = frozenset("appos nsubj conj ROOT dobj pobj attr compound nmod".split())
MISLABELLED = frozenset(("GPE", "FAC", "PRODUCT", ""))  # what the parse calls many a person


def holder(doc: Doc, role: Phrase, noun: Noun, beside: Neighbours) -> Phrase | None:
    """Return the named person whom a role phrase describes, or None."""
    for at in (noun.end, _past_brackets(doc, role.end)):
        found = _right_of(doc, at, role, beside)
        if found is not None:
            return found
    return _left_of(doc, role, noun, beside)


def with_role(name: Phrase, role: Phrase) -> Phrase:
    """Return a named person with what the role phrase beside the name says.

    The tables' country stands, unless they have the person in an office of the country that the phrase tells: "British
    Prime Minister Tony Blair", who later served a body above states.
    """
    held = any(office.country == role.country for office in name.offices)
    return replace(
        name,
        kind="person",
        noun="",
        country=name.country if name.offices and not held else role.country or name.country,
        sector=role.sector or name.sector,
        role=name.role or role.role,
        body=role.body if role.body >= 0 else name.body,
    )


def _right_of(doc: Doc, at: int, role: Phrase, beside: Neighbours) -> Phrase | None:
    """ "President Sarr"; behind a comma "the leader, Ana Lima, said" where the phrase is definite."""
    name = beside.by_start.get(at)
    if name is not None and name.kind in ("person", "organization") and _may_be_person(doc, name):
        return name
    if at >= len(doc) or doc[at].text != "," or role.plural:
        return None
    name = beside.by_start.get(at + 1)
    if name is None or name.kind != "person":
        return None
    told = role.definite or role.country is not None
    closes = _closes(doc, name.end) if told else name.end < len(doc) and doc[name.end].text in MARKS
    return name if closes else None


def _left_of(doc: Doc, role: Phrase, noun: Noun, beside: Neighbours) -> Phrase | None:
    """ "Yusuf Warsame, the Somali defence minister"."""
    before = role.start - 1
    if before <= 0 or role.plural or not (doc[before].text in MARKS or doc[before].text == "("):
        return None
    name = beside.by_end.get(before)
    if name is None or name.kind != "person" or doc[noun.end - 1].dep_ not in IN_APPOSITION:
        return None
    return name


def _past_brackets(doc: Doc, i: int) -> int:
    """Skip what is in brackets: "the head of the UOT (Union of Teachers), Jane Smith"."""
    if i >= len(doc) or doc[i].text != "(":
        return i
    return next((k + 1 for k in range(i, min(i + BRACKET_REACH, len(doc))) if doc[k].text == ")"), i)


def _may_be_person(doc: Doc, phrase: Phrase) -> bool:
    if phrase.kind == "person":
        return True
    doubtful = phrase.noun in ("unsure", "place") or doc[phrase.start].ent_type_ in MISLABELLED
    return doubtful and not phrase.known and not is_acronym(phrase.name) and phrase.sector is None


def _closes(doc: Doc, i: int) -> bool:
    """Whether an apposition ends here: at a mark or at the verb."""
    return i < len(doc) and (doc[i].text in MARKS or doc[i].text == ")" or doc[i].pos_ in ("VERB", "AUX"))
