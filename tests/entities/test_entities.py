"""Who and what takes part, told as claims about news."""

import pytest
from msgspec.structs import replace
from spacy.language import Language

from dragoman.entities import Entities, find_entities, knowledge
from dragoman.language import pipeline
from dragoman.records import Dateline, Entity, Report, id_of, span_of


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load()


def read(nlp: Language, text: str, published: str | None = "2022-07-30") -> Entities:
    return find_entities(nlp(text), report(text, published), knowledge.load())


def report(text: str, published: str | None) -> Report:
    return Report(
        id=id_of(text), uri="", title=None, publisher=None, authors=(), language="en", published=published,
        published_from=None, dateline=None, text=text,
    )  # fmt: skip


def meant_by(nlp: Language, text: str, word: str) -> list[str]:
    """The names of who is meant by the last phrase that a word heads."""
    doc = nlp(text)
    entities = find_entities(doc, report(text, None), knowledge.load())
    heads = [token for token in doc if token.text == word and entities.at(token)]
    return [entities.by_id[id_].name for id_ in entities.at(heads[-1])]


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


def test_a_shared_name_alone_belongs_to_the_country_that_the_report_is_about(nlp: Language) -> None:
    text = "Kenya held its vote on Monday. Voters in Kenya waited for hours. The Supreme Court annulled the vote."
    assert named(read(nlp, text), "Supreme Court").country == "KEN"


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


# Sets of two


def test_a_body_that_ends_the_text_ends_its_mention(nlp: Language) -> None:
    text = "India mulls patrol boat for Maldives coast guard"  # a title, without a full stop
    mentions = [mention for entity in read(nlp, text).records for mention in entity.mentions]
    assert all(m.end <= len(text) and m.text == text[m.start : m.end] for m in mentions)


def test_both_countries_are_the_two_named_last(nlp: Language) -> None:
    text = "Leaders of Kenya and Uganda met on Monday. Both countries agreed to reopen the border."
    assert meant_by(nlp, text, "countries") == ["Kenya", "Uganda"]


def test_the_two_alone_are_the_two_named_last(nlp: Language) -> None:
    assert meant_by(nlp, "China and India signed a pact. The two said trade would grow.", "two") == ["China", "India"]


def test_the_two_leaders_are_people_even_where_a_city_was_named_since(nlp: Language) -> None:
    text = "Angela Merkel met Emmanuel Macron in Paris. The two leaders discussed the budget."
    assert meant_by(nlp, text, "leaders") == ["Angela Merkel", "Emmanuel Macron"]


# Names


@pytest.mark.parametrize(("half", "country"), [("North", "North Korea"), ("South", "South Korea")])
def test_the_north_and_the_south_are_the_countries_named_beside_them(nlp: Language, half: str, country: str) -> None:
    text = "South Korea sent envoys to North Korea. The North rejected the offer, and the South protested."
    assert meant_by(nlp, text, half) == [country]


def test_the_north_of_a_country_that_has_no_halves_is_no_country(nlp: Language) -> None:
    assert "PRK" not in {e.country for e in read(nlp, "Kenya sent troops to the North. Kenya won.").records}


@pytest.mark.parametrize(("name", "country"), [("Environment Canada", "CAN"), ("Statistics Norway", "NOR")])
def test_a_field_and_a_country_are_a_department_of_its_government(nlp: Language, name: str, country: str) -> None:
    body = named(read(nlp, "Environment Canada warned of storms. Statistics Norway published figures."), name)
    assert (body.kind, body.country, body.sector) == ("organization", country, "GOV")


def test_a_city_in_a_name_of_a_person_is_no_country(nlp: Language) -> None:
    jack = named(read(nlp, "Jack London lives in Oslo."), "Jack London")
    assert (jack.kind, jack.country) == ("person", None)


def test_small_words_and_syllables_stay_in_the_name(nlp: Language) -> None:
    entities = read(nlp, "Kim Dae-jung and Mohammed bin Salman met the Union of Rationalists.")
    assert {"Kim Dae-jung", "Mohammed bin Salman", "Union of Rationalists"} <= {e.name for e in entities.records}


def test_a_noun_beside_an_unknown_name_says_what_it_is(nlp: Language) -> None:
    vesna = named(read(nlp, "The magazine Vesna reported the talks."), "Vesna")
    assert (vesna.kind, vesna.sector) == ("organization", "JRN")


def test_an_acronym_in_brackets_need_not_be_the_initials(nlp: Language) -> None:
    entities = read(nlp, "The Union of Teachers (SHU) began a strike. The SHU wants more pay.")
    [union] = [e for e in entities.records if e.kind == "organization"]
    assert texts(union) == ["The Union of Teachers", "SHU", "SHU"]


# Offices and who holds them


def test_a_name_behind_an_office_and_a_bracket_is_the_office_holder(nlp: Language) -> None:
    holm = named(read(nlp, "The head of the Union of Teachers (UOT), Jane Holm, resigned on Monday."), "Jane Holm")
    assert (holm.kind, holm.role) == ("person", "head")


def test_a_surname_alone_is_the_known_person_named_before(nlp: Language) -> None:
    entities = read(nlp, "Sergei Lavrov left Minsk on Friday. Lavrov had met his hosts.")
    assert texts(named(entities, "Sergei Lavrov")) == ["Sergei Lavrov", "Lavrov", "his"]


def test_an_office_without_a_name_is_a_person_where_the_tables_know_the_holder(nlp: Language) -> None:
    text = "The Russian foreign minister left on Friday."
    kinds = [named(read(nlp, text, day), "The Russian foreign minister").kind for day in ("2022-07-30", "1901-07-30")]
    assert kinds == ["person", "unnamed"]


def test_an_ambassador_is_of_the_country_that_sends(nlp: Language) -> None:
    envoy = named(read(nlp, "The Israeli ambassador to Chad left."), "The Israeli ambassador to Chad")
    assert envoy.country == "ISR"


def test_a_former_president_is_of_the_elite(nlp: Language) -> None:
    entities = read(nlp, "The former Polish president died on Sunday.")
    assert named(entities, "The former Polish president").sector == "ELI"


# Private persons, and the home of those told without a country


def test_a_person_named_in_full_without_an_office_is_a_civilian(nlp: Language) -> None:
    keller = named(read(nlp, "Maria Keller said nobody helped."), "Maria Keller")
    assert (keller.sector, keller.role) == ("CVL", None)


def test_a_surname_alone_does_not_make_a_civilian(nlp: Language) -> None:
    assert named(read(nlp, "Mrs. Holm said she would appeal."), "Holm").sector is None


def test_officials_without_a_country_are_of_the_one_that_the_report_is_about(nlp: Language) -> None:
    text = "Kenya buried its dead. Kenya mourned, and Kenya prayed. The president spoke to the mourners."
    assert named(read(nlp, text), "The president").country == "KEN"


def test_a_spokesman_of_nobody_stays_without_a_country(nlp: Language) -> None:
    text = "Kenya mourned and Kenya prayed. The police closed the road. A spokesman declined to comment."
    entities = read(nlp, text)
    assert (named(entities, "The police").country, named(entities, "A spokesman").country) == ("KEN", None)


def test_a_police_spokesman_speaks_for_the_police_of_the_country(nlp: Language) -> None:
    text = "Kenya mourned and Kenya prayed. A police spokesman declined to comment."
    assert named(read(nlp, text), "A police spokesman").country == "KEN"


def test_where_a_report_was_written_tells_whose_its_officials_are(nlp: Language) -> None:
    text = "NAIROBI - Kenya protested. Germany and Japan froze their aid. Kenya will wait. The governor shrugged."
    dateline = Dateline(place="Nairobi", country="KEN", span=span_of(text, 0, 9))
    at_home = replace(report(text, None), dateline=dateline)
    for found, country in ((report(text, None), None), (at_home, "KEN")):
        entities = find_entities(nlp(text), found, knowledge.load())
        assert named(entities, "The governor").country == country


def test_people_where_a_report_was_written_are_of_that_country(nlp: Language) -> None:
    text = (
        "NAIROBI - Kenya protested. Germany, Japan, Norway, Italy and Sweden froze aid. Kenya will wait. "
        "Donors left and students sang."
    )
    dateline = Dateline(place="Nairobi", country="KEN", span=span_of(text, 0, 9))
    entities = find_entities(nlp(text), replace(report(text, None), dateline=dateline), knowledge.load())
    assert (named(entities, "students").country, named(entities, "Donors").country) == ("KEN", None)


def test_the_health_minister_is_not_the_prime_minister(nlp: Language) -> None:
    text = "The Greek prime minister spoke first. The health minister left early. The minister was ill."
    entities = read(nlp, text)
    assert texts(named(entities, "The health minister")) == ["The health minister", "The minister"]


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Police hurt a dozen of the miners.", "dozen", "the miners"),
        ("An association of Kenyan teachers accused Peru.", "association", "Kenyan teachers"),
        ("The envoys left. A police statement blamed Chad.", "statement", "police"),
        ("Chad was angry. A letter from Norway calmed it.", "letter", "Norway"),
        ("A box of letters was found.", "box", None),
    ],
)
def test_a_quantity_or_a_document_stands_for_who_is_named_with_it(
    nlp: Language, text: str, word: str, name: str | None
) -> None:
    doc = nlp(text)
    entities = find_entities(doc, report(text, None), knowledge.load())
    meant = [entities.by_id[id_].name for token in doc if token.text == word for id_ in entities.at(token)]
    assert meant == ([name] if name else [])


def test_the_two_countries_are_those_whose_people_were_told_of(nlp: Language) -> None:
    text = "Chad and Niger met. Chadian troops fired on a Nigerien patrol. The two navies kept away."
    assert meant_by(nlp, text, "navies") == ["Chad", "Niger"]


def test_the_pair_is_the_group_of_two(nlp: Language) -> None:
    text = "Two Greek soldiers were held in Turkey. A judge in Edirne freed the pair."
    assert meant_by(nlp, text, "pair") == ["Two Greek soldiers"]


def test_the_dash_of_a_dateline_joins_no_words(nlp: Language) -> None:
    text = "ATHENS - Two Greek soldiers walked free."
    assert meant_by(nlp, text, "soldiers") == ["Two Greek soldiers"]


# Pronouns


def test_two_arguments_of_a_verb_are_two(nlp: Language) -> None:
    text = "Angela Merkel met Emmanuel Macron. Macron said he would call her."
    assert (meant_by(nlp, text, "he"), meant_by(nlp, text, "her")) == (["Emmanuel Macron"], ["Angela Merkel"])


def test_the_speaker_of_a_quotation_is_not_guessed_from_i_and_we(nlp: Language) -> None:
    entities = read(nlp, "Angela Merkel spoke on Monday. “We agreed, and I am glad,” she said.")
    assert texts(named(entities, "Angela Merkel")) == ["Angela Merkel", "she"]


@pytest.mark.parametrize(
    ("text", "mention", "country"),
    [
        ("Spain backed the plan. Its foreign ministry praised Chad.", "Its foreign ministry", "ESP"),
        ("Denmark and Chad quarrelled. Chad called its envoys home.", "its envoys", "TCD"),
        ("Peru wrote to its neighbours.", "its neighbours", None),
        ("The African Union punished Mali after its army, Mali's ruler, stayed.", "its army", "MLI"),
        ("Kenya asked for talks and Kenya waits. A Western ambassador was not told.", "A Western ambassador", None),
        ("The Security Council met and called on Chad to leave.", "Security Council", "UNO"),
        ("Swiss Railways, citing repairs, has halted the trains.", "Swiss Railways", "CHE"),
        ("Norway called on Kyiv to stop.", "Kyiv", "UKR"),
        ("Norway complained to Kyiv.", "Kyiv", "UKR"),
    ],
)
def test_whose_somebody_is_by_the_words_around(nlp: Language, text: str, mention: str, country: str | None) -> None:
    assert country in [e.country for e in read(nlp, text).records if mention in texts(e)]


def test_a_word_before_a_surname_is_a_first_name(nlp: Language) -> None:
    entities = read(nlp, "Salvador Benitez told reporters in Quito that he would go on. Benitez then left.")
    assert [e.country for e in entities.records if "Salvador" in e.name] == [None]


def test_the_government_is_not_one_that_was_named_in_passing(nlp: Language) -> None:
    text = (
        "Honduras holds a vote on Sunday. Honduras's army backs the president, and Honduras's courts do too. Observers "
        "praised the count, and Mexico's government said so as well. The government imposed a curfew."
    )
    meant = [e.country for e in read(nlp, text).records if "The government" in texts(e)]
    assert meant == ["HND"]


def test_an_office_told_beside_a_name_counts_before_the_last_one_held(nlp: Language) -> None:
    entities = read(nlp, "British Prime Minister Tony Blair flew to Dublin.", None)
    assert named(entities, "Tony Blair").country == "GBR"


def test_the_council_is_the_one_named_before(nlp: Language) -> None:
    text = "The Security Council met on Monday. Chad was told by the Council to leave."
    assert meant_by(nlp, text, "Council") == ["United Nations Security Council"]


def test_a_major_with_a_full_name_is_a_soldier_and_the_spokesman_beside_him(nlp: Language) -> None:
    entities = read(nlp, "A military spokesman, Major Pablo Benavides, denied the report.")
    [major] = [e for e in entities.records if "Benavides" in e.name]
    assert (major.sector, texts(major)) == ("MIL", ["A military spokesman, Major Pablo Benavides"])


def test_them_are_those_of_whom_hundreds_came(nlp: Language) -> None:
    text = "Peru closed the road. Hundreds of young men gathered in the square. An officer urged them to go home."
    assert meant_by(nlp, text, "them") == ["young men"]


def test_an_object_below_a_clause_means_the_object_above(nlp: Language) -> None:
    text = "Moody's cut its forecast. Four allies broke with Qatar in June, accusing it of fraud."
    assert meant_by(nlp, text, "it") == ["Qatar"]


def test_the_foreign_ministers_of_the_two_countries_stand_for_them(nlp: Language) -> None:
    text = "Japan and South Korea are at odds. The two countries' foreign ministers met on Monday."
    assert meant_by(nlp, text, "ministers") == ["Japan", "South Korea"]


@pytest.mark.parametrize(
    ("text", "mention", "country"),
    [
        ("In Suva, some 60 women held a vigil, Australia said.", "some 60 women", "FJI"),
        ("A court in Edirne released the two, Greece said.", "A court in Edirne", "TUR"),
        ("A court in Belfast freed him, the United States and Britain said.", "A court in Belfast", "GBR"),
        ("Hundreds of students marched in Santiago, Spain said.", "students", "CHL"),
        ("Soldiers gathered in Suva, Australia said.", "Soldiers", None),
        ("Two tourists were robbed in Suva, Australia said.", "Two tourists", None),
    ],
)
def test_townspeople_and_courts_are_of_the_place(nlp: Language, text: str, mention: str, country: str | None) -> None:
    assert [e.country for e in read(nlp, text).records if mention in texts(e)] == [country]
