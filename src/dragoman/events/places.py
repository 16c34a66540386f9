"""Where an act was done: the place that its clause names, resolved in the gazetteer.

A place is taken from locative prepositions only ("in Odessa", "near the border town of …"): a country or a capital that
stands for its government is never one. What the clause does not tell stays unknown.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dragoman.entities.gazetteer import Located, locate
from dragoman.entities.knowledge import WORD, Knowledge
from dragoman.events.candidates import Candidate
from dragoman.records import Place, span_of

LOCATIVE = frozenset("in at near outside inside around across throughout off over".split())
STATES = frozenset(  # American ones, as datelines have them
    """
    Ala. Alaska Ariz. Ark. Calif. California Colo. Conn. D.C. Del. Fla. Florida Ga. Georgia Hawaii Idaho Ill. Ind. Iowa
    Kan. Ky. La. Maine Mass. Md. Mich. Minn. Miss. Mo. Mont. N.C. N.D. N.H. N.J. N.M. N.Y. Neb. Nev. Ohio Okla. Ore. Pa.
    R.I. S.C. S.D. Tenn. Texas Utah Va. Virginia Vt. W.Va. Wash. Wis. Wyo.
    """.split()
)
LARGE = 50_000  # a name of a smaller place abroad is more often something else
NOT_PLACES = frozenset(("PERSON", "ORG", "DATE", "NORP", "WORK_OF_ART", "EVENT", "LAW", "TIME", "MONEY", "CARDINAL"))


def place_of(doc: Doc, candidate: Candidate, knowledge: Knowledge) -> Place | None:
    """Return where an act was done; None where its clause does not say."""
    found = list(_named(doc, candidate, knowledge))
    return next((p for p in found if p.geonames is not None), found[0] if found else None)


def _named(doc: Doc, candidate: Candidate, knowledge: Knowledge) -> Iterator[Place]:
    heads = [doc[candidate.head], *(doc[i] for i in range(candidate.start, candidate.end) if i != candidate.head)]
    for head in heads:
        for preposition in _locatives(head):
            for token in preposition.children:
                if token.dep_ == "pobj":
                    yield from _places_in(token, knowledge)


def _locatives(head: Token) -> Iterator[Token]:
    """The locative prepositions that hang on a word, or on its objects."""
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in LOCATIVE:
            yield child
        elif child.dep_ in ("dobj", "nsubjpass", "pobj", "attr") or child.dep_ == "prep":
            yield from (c for c in child.children if c.dep_ == "prep" and c.lower_ in LOCATIVE)


def _places_in(token: Token, knowledge: Knowledge) -> Iterator[Place]:
    """The place that a phrase names, or that "the city of …" in it names."""
    country = next((c for c in _country_after(token, knowledge)), None)
    start = token.i
    while start > 0 and token.doc[start - 1].dep_ == "compound" and token.doc[start - 1].head.i == token.i:
        start -= 1
    if token.pos_ == "PROPN" and token.ent_type_ not in NOT_PLACES:
        name = token.doc[start : token.i + 1]
        known = [
            n
            for n in knowledge.names.index.get(tuple(name.text.split()), ())
            if n.kind in ("country", "territory") and n.body
        ]
        span = span_of(token.doc.text, name.start_char, name.end_char)
        if known and known[0].body is not None:
            yield Place(
                name=known[0].body.name, country=known[0].body.country, lat=None, lon=None, geonames=None, span=span
            )
            return
        located = locate(name.text, country) or (None if country else _large(name.text))
        if located is not None:
            yield Place(
                name=name.text,
                country=located.country,
                lat=located.lat,
                lon=located.lon,
                geonames=located.geonames,
                span=span,
            )
        elif token.ent_type_ in ("GPE", "LOC", "FAC"):
            yield Place(name=name.text, country=country, lat=None, lon=None, geonames=None, span=span)
        return
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "near"):
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield from _places_in(inner, knowledge)


def country_of_place(place: str, region: str | None, knowledge: Knowledge) -> str | None:
    """Return the country of a dateline's place, by the region or country behind it; None where neither tells.

    >>> country_of_place("Geneva", None, knowledge.load()), country_of_place("Springfield", "Ill.", knowledge.load())
    ('CHE', 'USA')
    """
    named = _code_of(region, "country", knowledge) if region else None
    if region in STATES and (named is None or locate(place, named) is None):
        return "USA"  # Atlanta, Georgia
    if region:
        return named
    located = _large(place)
    return _code_of(place, "capital", knowledge) or (located.country if located else None)


def _code_of(name: str, kind: str, knowledge: Knowledge) -> str | None:
    means = knowledge.names.index.get(tuple(WORD.findall(name)), ())
    return next((n.body.country for n in means if n.kind == kind and n.body is not None), None)


def _large(name: str) -> Located | None:
    located = locate(name)
    return located if located is not None and located.population >= LARGE else None


def _country_after(token: Token, knowledge: Knowledge) -> Iterator[str]:
    """The country named behind a place: "in Odessa, Ukraine"."""
    for child in token.children:
        if child.dep_ in ("appos", "npadvmod", "conj") and child.i > token.i:
            for name in knowledge.names.index.get((child.text,), ()):
                if name.kind == "country" and name.body is not None and name.body.country is not None:
                    yield name.body.country
