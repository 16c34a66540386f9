"""Role nouns ("foreign minister") and body nouns ("army") in the text, as the tables list them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from dragoman.entities.knowledge import Knowledge
from dragoman.entities.names import Found
from dragoman.entities.stand_ins import DOCUMENTS
from dragoman.entities.words import words

IN_CAPITALS = words("in_capitals")


@dataclass(frozen=True, slots=True)
class Noun:
    """A role or body noun found in the text."""

    start: int
    end: int
    text: str
    is_role: bool


def find_nouns(doc: Doc, knowledge: Knowledge, inside: Mapping[int, Found]) -> Iterator[Noun]:
    """Yield role and body nouns, the longest at each place; not those that are part of a known name."""
    i = 0
    while i < len(doc):
        name = inside.get(i)
        noun = None if name and name.means else _noun_at(doc, i, knowledge)
        if noun and not (name and not noun.is_role and doc[i].text[0].isupper()):
            yield noun
            i = noun.end
        else:
            i += 1


def _noun_at(doc: Doc, i: int, knowledge: Knowledge) -> Noun | None:
    """Return the longest role or body noun that starts at a token."""
    longest = knowledge.longest_noun.get(doc[i].lower_, 0)
    for size in range(min(longest, len(doc) - i), 0, -1):
        text = " ".join(t.lower_ for t in doc[i : i + size]).replace(" - ", "-")
        is_role = text in knowledge.roles
        if (is_role or text in knowledge.bodies) and _is_noun(doc, i, size):
            return Noun(i, i + size, text, is_role)
    return None


def _is_noun(doc: Doc, i: int, size: int) -> bool:
    """Whether the words are a noun here, and not one that only qualifies another: "police stations"."""
    last = doc[i + size - 1]
    if size == 1 and last.text in IN_CAPITALS:
        return False
    if last.pos_ not in ("NOUN", "PROPN") and last.lower_ == last.text:
        return False
    qualifies = last.dep_ == "compound" and last.head.i >= i + size and last.head.pos_ == "NOUN"
    qualifies = qualifies and last.head.lemma_.lower() not in DOCUMENTS  # "a ministry statement": the ministry speaks
    return not qualifies or bool(last.is_title)
