"""Who and what takes part, told as claims about news."""

import pytest
from spacy.language import Language

from dragoman.entities import Entities, find_entities, knowledge
from dragoman.language import pipeline
from dragoman.records import Entity, Report, id_of


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load()


def read(nlp: Language, text: str, published: str | None = "2022-07-30") -> Entities:
    report = Report(
        id=id_of(text), uri="", title=None, publisher=None, authors=(), language="en", published=published,
        published_from=None, dateline=None, text=text,
    )  # fmt: skip
    return find_entities(nlp(text), report, knowledge.load())


def named(entities: Entities, name: str) -> Entity:
    return next(e for e in entities.records if e.name == name)


def texts(entity: Entity) -> list[str]:
    return [mention.text for mention in entity.mentions]


def test_a_minister_with_title_surname_and_pronoun_is_one_person(nlp: Language) -> None:
    entities = read(
        nlp, "Norwegian Foreign Minister Ine Eriksen Soreide flew to Oslo. Soreide said she would call Paris."
    )
    minister = named(entities, "Ine Eriksen Soreide")
    assert (minister.country, minister.sector, minister.role) == ("NOR", "GOV", "Foreign Minister")
    assert texts(minister)[1:] == ["Soreide", "she"]


def test_two_people_with_one_surname_stay_two(nlp: Language) -> None:
    entities = read(nlp, "Bill Clinton spoke in Ohio. Hillary Clinton spoke in Iowa.")
    assert {e.name for e in entities.records if e.kind == "person"} == {"Bill Clinton", "Hillary Clinton"}


def test_the_kremlin_and_moscow_as_actors_are_the_russian_government(nlp: Language) -> None:
    entities = read(nlp, "The Kremlin rejected the plan. Moscow wants more time, and Russia said so on Monday.")
    russia = named(entities, "Russia")
    assert (russia.kind, russia.country, russia.sector) == ("country", "RUS", "GOV")
    assert {"The Kremlin", "Moscow", "Russia"} <= set(texts(russia))


def test_a_capital_where_things_happen_is_no_participant(nlp: Language) -> None:
    entities = read(nlp, "The ministers of Chad and Niger met in Cairo on Sunday.")
    assert "EGY" not in {e.country for e in entities.records}


def test_the_dictionary_overrules_the_parse_on_a_known_minister(nlp: Language) -> None:
    lavrov = named(read(nlp, "Sergei Lavrov left Minsk on Friday."), "Sergei Lavrov")
    assert (lavrov.kind, lavrov.country, lavrov.sector) == ("person", "RUS", "GOV")


def test_a_spokeswoman_speaks_for_the_body_named_with_her_office(nlp: Language) -> None:
    entities = read(nlp, "State Department spokeswoman Dana Holm said on Monday that talks would go on.")
    holm = named(entities, "Dana Holm")
    assert holm.country == "USA"
    assert entities.by_id[entities.speaks_for[holm.id]].name == "US State Department"


def test_an_officer_in_apposition_takes_country_and_role_from_it(nlp: Language) -> None:
    entities = read(nlp, "Yusuf Warsame, the Somali defence minister, left on Monday.")
    warsame = named(entities, "Yusuf Warsame")
    assert (warsame.country, warsame.sector, warsame.role) == ("SOM", "GOV", "defence minister")


def test_two_citizens_are_a_group_of_their_country(nlp: Language) -> None:
    group = next(e for e in read(nlp, "Police freed two Canadians on Monday.").records if e.kind == "group")
    assert (group.name, group.country, group.sector) == ("two Canadians", "CAN", "CVL")


def test_an_acronym_in_brackets_is_the_body_before_it(nlp: Language) -> None:
    entities = read(nlp, "The National Teachers Association (NTA) began a strike. The NTA wants more pay.")
    body = named(entities, "National Teachers Association")
    assert texts(body).count("NTA") == 2


def test_a_name_broken_by_a_stray_full_stop_is_one_name(nlp: Language) -> None:
    entities = read(nlp, "It was a mistake, said foreign ministry spokeswoman Marta. Keller.")
    assert "Marta Keller" in {e.name for e in entities.records}


def test_a_shared_name_belongs_to_the_country_named_before_it(nlp: Language) -> None:
    court = next(e for e in read(nlp, "The Kenyan Supreme Court annulled the vote.").records if e.sector == "JUD")
    assert court.country == "KEN"


def test_an_unnamed_source_has_no_country(nlp: Language) -> None:
    source = next(e for e in read(nlp, "A source said Russia and Ukraine would meet.").records if e.name == "A source")
    assert (source.kind, source.country) == ("unnamed", None)


@pytest.mark.parametrize("published", ["1994-05-01", "2011-03-01"])
def test_the_tables_know_who_held_an_office_then(nlp: Language, published: str) -> None:
    held = knowledge.load().holder("USA", "secretary of state", published)
    assert held is not None
    assert held.name == {"1994-05-01": "Warren Christopher", "2011-03-01": "Hillary Clinton"}[published]


def test_every_mention_is_found_at_its_offsets(nlp: Language) -> None:
    text = "The US and Iran's envoys — two Americans, a Swiss — met; “we” agreed, said Iran's Ali Bagheri Kani."
    for entity in read(nlp, text).records:
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text
