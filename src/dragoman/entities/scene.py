"""The scene: what the reading of each phrase needs to know of the whole text."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc

from dragoman.entities.knowledge import Knowledge
from dragoman.entities.names import Found, find_names
from dragoman.entities.nouns import Noun, find_nouns


@dataclass(frozen=True, slots=True)
class Scene:
    """A text with its names and its role and body nouns."""

    doc: Doc
    knowledge: Knowledge
    date: str | None
    found: tuple[Found, ...]
    inside: dict[int, Found]  # the name that a token is part of
    nouns: tuple[Noun, ...]
    home: str | None
    countries: frozenset[str | None]  # those that the report names
    surnames: frozenset[str]  # the last words of what is surely a person's name


def survey(doc: Doc, knowledge: Knowledge, date: str | None, dateline_end: int) -> Scene:
    """Find the names and nouns of a text; the dateline, which ends at a character, takes part in nothing."""
    found = tuple(f for f in find_names(doc, knowledge) if doc[f.start].idx >= dateline_end)
    inside = {i: f for f in found for i in range(f.start, f.end)}
    nouns = tuple(find_nouns(doc, knowledge, inside))
    surnames = frozenset(doc[f.end - 1].text for f in found if f.end - f.start > 1 and _is_person(f))
    countries = frozenset(n.body.country for f in found for n in f.means if n.kind == "country" and n.body is not None)
    return Scene(doc, knowledge, date, found, inside, nouns, _home(found), countries, surnames)


def _is_person(found: Found) -> bool:
    return "person" in found.kinds or found.label == "PERSON"


def _home(found: Iterable[Found]) -> str | None:
    """The country that most of a report's known names belong to."""
    codes = Counter(n.body.country for f in found for n in f.means[:1] if n.body is not None and n.kind != "shared")
    return codes.most_common(1)[0][0] if codes else None
