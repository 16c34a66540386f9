"""Who is one actor in many reports, and who is not."""

from typing import Any

import pytest

from dragoman.corpus.actors import Actor, find_actors
from dragoman.entities import knowledge
from dragoman.records import Mention

TABLES = knowledge.load()


def named(entity: Any, name: str, country: str | None, kind: str = "person", **more: Any) -> Any:
    mention = Mention(start=0, end=len(name), text=name, form="name")
    return entity("e1", name, country, kind=kind, mentions=(mention,), **more)


def actors(record: Any, *entities: Any, published: str = "2015-05-01") -> list[Actor]:
    return find_actors(
        [record(f"r{i}", entities=(entity,), published=published) for i, entity in enumerate(entities)], TABLES
    )


def test_one_wikidata_id_is_one_actor_under_all_its_names(record: Any, entity: Any) -> None:
    (actor,) = actors(
        record,
        named(entity, "Kofi Annan", None, wikidata="Q1254"),
        named(entity, "Mr Annan", "UNO", wikidata="Q1254", role="secretary-general"),
    )
    assert (actor.key, actor.aliases) == ("Q1254", ("Mr Annan",))
    assert [role.role for role in actor.roles] == ["secretary-general"]


def test_an_office_holder_is_known_by_any_spelling_of_the_tables(record: Any, entity: Any) -> None:
    found = actors(record, named(entity, "Sergei Lavrov", "RUS"), named(entity, "Sergey Lavrov", "RUS"))
    assert [actor.name for actor in found] == ["Sergei Lavrov"]


def test_a_surname_with_its_office_and_country_is_its_holder(record: Any, entity: Any) -> None:
    found = actors(
        record, named(entity, "Sergei Lavrov", "RUS"), named(entity, "Lavrov", "RUS", role="foreign minister")
    )
    assert len(found) == 1
    assert found[0].aliases == ("Lavrov",)


def test_a_surname_alone_is_nobody(record: Any, entity: Any) -> None:
    assert actors(record, named(entity, "Lavrov", None), named(entity, "Lavrov", "RUS")) == []


def test_two_ministers_of_one_name_in_two_countries_are_two(record: Any, entity: Any) -> None:
    found = actors(record, named(entity, "Maria Halder", "AUT"), named(entity, "Maria Halder", "CHE"))
    assert [actor.key for actor in found] == ["maria halder, AUT", "maria halder, CHE"]


def test_a_minister_and_a_reporter_of_one_name_are_two(record: Any, entity: Any) -> None:
    found = actors(
        record, named(entity, "Maria Halder", "AUT", sector="GOV"), named(entity, "Maria Halder", "AUT", sector="JRN")
    )
    assert len(found) == 2


def test_a_minister_who_joins_the_opposition_is_one(record: Any, entity: Any) -> None:
    found = actors(
        record, named(entity, "Maria Halder", "AUT", sector="GOV"), named(entity, "María Halder", "AUT", sector="OPP")
    )
    assert len(found) == 1


@pytest.mark.parametrize(("role", "number"), [("envoy", 1), ("surgeon", 2)])
def test_a_name_without_a_country_joins_by_its_role(record: Any, entity: Any, role: str, number: int) -> None:
    found = actors(
        record, named(entity, "Anton Brandt", "NOR", role="envoy"), named(entity, "Anton Brandt", None, role=role)
    )
    assert len(found) == number


def test_words_that_only_describe_are_nobody(record: Any, entity: Any) -> None:
    assert actors(record, entity("e1", "gunmen", "MLI", kind="group")) == []


def test_a_country_is_one_actor(record: Any, entity: Any) -> None:
    (actor,) = actors(record, entity("e1", "Norway", "NOR"), entity("e2", "Norway", "NOR"))
    assert (actor.key, len(actor.seen)) == ("NOR", 2)
