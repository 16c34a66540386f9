"""Who takes part in an event, told as claims about news."""

from collections.abc import Callable

import pytest

from dragoman import Record


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Indian and Pakistani officials met in Geneva on Tuesday.", {"IND", "PAK"}),
        ("North and South Korea held talks in Panmunjom on Tuesday.", {"PRK", "KOR"}),
        ("Greek officials met Turkish officials in Geneva on Tuesday.", {"GRC", "TUR"}),
    ],
)
def test_all_countries_that_a_phrase_names_take_part(
    read_text: Callable[..., Record], text: str, countries: set[str]
) -> None:
    record = read_text(text)
    [met] = [event for event in record.events if event.type == "CONSULT"]
    assert {record.entity(id_).country for id_ in (*met.actors, *met.recipients)} == countries


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Spain will withdraw its troops from Chad by June.", "TCD"),
        ("Peru recalled its ambassador from Mexico on Monday.", "MEX"),
        ("Peru recalled its ambassador on Monday.", None),
    ],
)
def test_own_people_who_are_moved_are_not_whom_it_is_aimed_at(
    read_text: Callable[..., Record], text: str, recipient: str | None
) -> None:
    record = read_text(text)
    assert {record.entity(id_).country for id_ in record.events[0].recipients} == {recipient} - {None}


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("American helicopters attacked an Iranian ship on Tuesday.", "USA", "IRN"),
        ("Kosovo made an offer on Monday, an offer that Serbia rejected.", "SRB", "XKX"),
    ],
)
def test_sides_that_are_told_by_an_adjective_or_a_proposal(
    read_text: Callable[..., Record], text: str, actor: str, recipient: str
) -> None:
    record = read_text(text)
    sides = [[{record.entity(i).country for i in ids} for ids in (e.actors, e.recipients)] for e in record.events]
    assert [{actor}, {recipient}] in sides


def test_who_calls_for_something_in_a_call_takes_part_in_the_call(read_text: Callable[..., Record]) -> None:
    record = read_text("In a phone call with the Peruvian president, the Chilean president promised aid.")
    [call] = [event for event in record.events if event.type == "CONSULT"]
    assert {record.entity(i).country for i in (*call.actors, *call.recipients)} == {"PER", "CHL"}


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Spain condemned the arrest of two Spanish pilots.", set()),
        ("Spain condemned the arrest of two Spanish pilots by Chad.", {"TCD"}),
        ("Chad arrested two Spanish pilots on Monday. Spain condemned the arrest of the pilots.", {"TCD"}),
    ],
)
def test_judging_an_act_is_aimed_at_who_did_it_never_at_its_victims(
    read_text: Callable[..., Record], text: str, doer: set[str]
) -> None:
    record = read_text(text)
    [judging] = [event for event in record.events if event.type == "ACCUSE"]
    assert {record.entity(id_).country for id_ in judging.recipients} == doer


def test_who_is_accused_of_an_act_is_the_one_who_did_it(read_text: Callable[..., Record]) -> None:
    record = read_text("Tajikistan accused Kyrgyz troops on Friday of having shelled the village of Vorukh.")
    [shelling] = [event for event in record.events if event.type == "ASSAULT"]
    assert {record.entity(id_).country for id_ in shelling.actors} == {"KGZ"}


def test_a_pronoun_of_nobody_known_is_not_replaced_by_who_stands_deeper(read_text: Callable[..., Record]) -> None:
    record = read_text("Kenya criticised them for arming the Somali rebels.")
    aimed_at = [record.entity(id_).country for event in record.events for id_ in event.recipients]
    assert [event.type for event in record.events][:1] == ["ACCUSE"]
    assert "SOM" not in aimed_at[: len(record.events[0].recipients)]


NIGER = (
    "Niger accused Benin on Sunday of a raid. On Monday Benin expelled two envoys of Niger. "
    "{who} rejected the findings on Tuesday."
)


@pytest.mark.parametrize(
    ("who", "recipient"), [("Niger's army", {"BEN"}), ("Opposition leaders in Niger", set()), ("Norway", set())]
)
def test_a_state_rejects_what_the_one_country_that_it_is_at_odds_with_found(
    read_text: Callable[..., Record], who: str, recipient: set[str]
) -> None:
    record = read_text(NIGER.format(who=who))
    [rejecting] = [event for event in record.events if event.type == "REJECT"]
    assert {record.entity(id_).country for id_ in rejecting.recipients} == recipient


def test_a_speaker_goes_on_at_the_side_just_spoken_of(read_text: Callable[..., Record]) -> None:
    record = read_text("Niger's government accused Benin on Sunday of a raid, and threatened to shut the pipeline.")
    assert [
        (event.type, {record.entity(id_).country for id_ in event.recipients}) for event in record.events
        if event.type in ("ACCUSE", "THREATEN")
    ] == [("ACCUSE", {"BEN"}), ("THREATEN", {"BEN"})]  # fmt: skip
