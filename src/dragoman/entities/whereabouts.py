"""Whose people are by where they are: "in Suva, sixty women held a vigil", "a court in Edirne".

Soldiers and envoys are often abroad; townspeople, police and courts are of the place.
"""

from collections.abc import Collection, Iterator

from spacy.tokens import Doc, Token

from dragoman.entities.gazetteer import locate
from dragoman.entities.knowledge import Knowledge
from dragoman.entities.phrases import Phrase
from dragoman.entities.stand_ins import counting
from dragoman.entities.words import words

IN = words("in_places")
GUESTS = words("guests")
ABROAD = frozenset("MIL REB GOV IGO SPY JRN REF".split())
LARGE = 50_000  # a name of a smaller place in a country that the report does not name is more often something else
STATES = frozenset(("country", "territory", "capital"))


def country_of_place(name: str, knowledge: Knowledge, named: Collection[str | None]) -> str | None:
    """Return the country of a place's name: the tables', else a town's in a country the report names, else a city's.

    >>> from dragoman.entities.knowledge import load
    >>> country_of_place("Edirne", load(), ()), country_of_place("Belfast", load(), ("USA", "GBR"))
    ('TUR', 'GBR')
    """
    known = (n.body.country for n in knowledge.names.index.get(tuple(name.split()), ()) if n.kind in STATES and n.body)
    told = next(known, None)
    if told is not None:
        return told
    towns = [town for country in named if country is not None and (town := locate(name, country)) is not None]
    if towns:
        return max(towns, key=lambda town: (town.population, town.country)).country
    city = locate(name)
    return city.country if city is not None and city.population >= LARGE else None


def country_around(doc: Doc, phrase: Phrase, knowledge: Knowledge, named: Collection[str | None]) -> str | None:
    """Return the country of the place at which a clause has its subject do something; None for those often abroad."""
    token = doc[phrase.head]
    if phrase.form != "nominal" or phrase.sector in ABROAD or phrase.noun in GUESTS:
        return None
    subject = counting(token)
    if subject.dep_ not in ("nsubj", "nsubjpass"):
        return None
    places = (country_of_place(name, knowledge, named) for name in _places(subject.head))
    return next((country for country in places if country is not None), None)


def _places(verb: Token) -> Iterator[str]:
    """The names behind a clause's locative prepositions."""
    for preposition in verb.children:
        if preposition.dep_ == "prep" and preposition.lower_ in IN:
            for token in preposition.children:
                if token.dep_ == "pobj" and token.pos_ == "PROPN":
                    start = token.i
                    while start > preposition.i + 1 and token.doc[start - 1].dep_ == "compound":
                        start -= 1
                    yield token.doc[start : token.i + 1].text
