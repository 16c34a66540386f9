"""Where, why and how many, told as claims about news."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.entities import knowledge
from dragoman.entities.gazetteer import locate
from dragoman.events.candidates import Candidate, find_candidates
from dragoman.events.contexts import contexts_of
from dragoman.events.lexicon import load as load_lexicon
from dragoman.events.magnitude import magnitude_of
from dragoman.events.places import place_of
from dragoman.language import pipeline


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load()


def candidate(nlp: Language, text: str, trigger: str) -> tuple[Doc, Candidate]:
    doc = nlp(text)
    return doc, next(c for c in find_candidates(doc, load_lexicon()) if doc[c.head].text == trigger)


def test_a_city_behind_in_is_the_place_with_its_coordinates(nlp: Language) -> None:
    place = place_of(*candidate(nlp, "Police arrested two editors in Minsk on Monday.", "arrested"), knowledge.load())
    assert place is not None
    assert (place.name, place.country) == ("Minsk", "BLR")
    assert place.lat == pytest.approx(53.9, abs=0.1)


def test_a_capital_that_acts_is_no_place(nlp: Language) -> None:
    assert place_of(*candidate(nlp, "Minsk arrested two editors on Monday.", "arrested"), knowledge.load()) is None


def test_a_country_where_it_happened_is_a_place_without_coordinates(nlp: Language) -> None:
    place = place_of(*candidate(nlp, "Gunmen killed five farmers in Nigeria.", "killed"), knowledge.load())
    assert place is not None
    assert (place.country, place.lat) == ("NGA", None)


def test_of_two_places_with_one_name_the_country_decides() -> None:
    tripoli = locate("Tripoli", "LBN")
    assert tripoli is not None
    assert tripoli.country == "LBN"


@pytest.mark.parametrize(
    ("text", "trigger", "measure", "low", "high"),
    [
        ("Gunmen killed twelve farmers on Friday.", "killed", "killed", 12, 12),
        ("At least 40 people were injured on Friday.", "injured", "injured", 40, None),
        ("Police arrested dozens of students.", "arrested", "detained", 24, None),
        ("The blast killed 1,200 people.", "killed", "killed", 1200, 1200),
    ],
)
def test_a_figure_is_taken_with_its_hedge(
    nlp: Language, text: str, trigger: str, measure: str, low: int, high: int | None
) -> None:
    magnitude = magnitude_of(*candidate(nlp, text, trigger))
    assert magnitude is not None
    quantity = getattr(magnitude, measure)
    assert (quantity.low, quantity.high) == (low, high)
    assert quantity.text in text


def test_an_act_without_figures_has_no_magnitude(nlp: Language) -> None:
    assert magnitude_of(*candidate(nlp, "Gunmen attacked the town.", "attacked")) is None


def test_contexts_come_from_the_sentence_in_the_codebooks_order(nlp: Language) -> None:
    found = contexts_of(*candidate(nlp, "A court jailed the general for bribery.", "jailed"))
    assert found == ("military", "legal", "corruption")
