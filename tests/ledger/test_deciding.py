"""Who is one actor over many reports, and who is two, as people say it: kept through every later joining."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from dragoman import Ledger, Record, UsageError
from dragoman.corpus.join import join
from dragoman.ledger.deciding import merge_actors, split_actor
from dragoman.ledger.ingest import Writer
from dragoman.ledger.rereading import unplaced
from dragoman.ledger.review import exported, imported, withdraw

News = Callable[..., Record]
BILL, WILLIAM = "bill hartley, ?", "william hartley, ?"


def told(news: News, who: str, n: int) -> Record:
    body = f"{who} condemned Iran on Friday. It was his speech number {n}."
    acts = [("ACCUSE", "condemned", [who], ["Iran"])]
    return news(body, {who: None, "Iran": "IRN"}, acts, uri=f"https://news.example/{n}", publisher=f"Paper {n}")


@pytest.fixture
def hartley(ledger: Ledger, news: News) -> Ledger:
    """Bill Hartley in two reports and William Hartley in one, joined."""
    for n, who in enumerate(("Bill Hartley", "Bill Hartley", "William Hartley"), 1):
        ledger.add(told(news, who, n))
    join(ledger)
    return ledger


def actors(ledger: Ledger) -> dict[str, int]:
    """The persons, each with the number of reports that have them."""
    return dict(rows(ledger, "SELECT id, reports FROM actors WHERE kind = 'person'"))


def rows(ledger: Ledger, question: str) -> list[Any]:
    with ledger.reading() as connection:
        return [tuple(row) for row in connection.execute(text(question))]


def test_two_names_are_one_actor_once_a_person_says_so(hartley: Ledger) -> None:
    assert actors(hartley) == {BILL: 2, WILLIAM: 1}
    merge_actors(hartley, WILLIAM, [BILL], who="A. Editor", why="his full name")
    join(hartley)
    assert actors(hartley) == {WILLIAM: 3}
    assert {row[0] for row in rows(hartley, "SELECT name FROM ledger_actor_names WHERE name LIKE '%Hartley'")} == {
        "Bill Hartley", "William Hartley",
    }  # fmt: skip
    assert rows(hartley, "SELECT count(*) FROM participants WHERE actor IS NULL") == [(0,)]


def test_what_was_merged_stays_so_when_new_reports_are_joined(hartley: Ledger, news: News) -> None:
    merge_actors(hartley, WILLIAM, [BILL], who="A. Editor")
    join(hartley)
    hartley.add(told(news, "Bill Hartley", 4))
    join(hartley)
    assert actors(hartley) == {WILLIAM: 4}
    join(hartley, anew=True)
    assert actors(hartley) == {WILLIAM: 4}


def test_what_was_merged_stays_so_when_a_report_is_read_again(hartley: Ledger, news: News) -> None:
    merge_actors(hartley, WILLIAM, [BILL], who="A. Editor")
    with Writer(hartley, hartley.begin_run("reread")) as writer:
        writer.add(told(news, "Bill Hartley", 1), replace=True)
    join(hartley)
    assert actors(hartley) == {WILLIAM: 3}


def test_the_acts_of_who_is_merged_are_those_of_the_one(hartley: Ledger) -> None:
    merge_actors(hartley, WILLIAM, [BILL], who="A. Editor")
    join(hartley)
    asked = "SELECT DISTINCT a.id FROM ledger_occurrence_sides s JOIN ledger_actors a ON a.key = s.actor"
    assert rows(hartley, f"{asked} WHERE s.side = 'actor'") == [(WILLIAM,)]


def test_one_name_is_two_actors_where_a_person_says_in_which_reports(hartley: Ledger, news: News) -> None:
    first = told(news, "Bill Hartley", 1).report
    said = split_actor(hartley, BILL, [first.id[7:23]], name="Bill Hartley (singer)", who="A. Editor")
    join(hartley)
    singer = f"{BILL} #{said.id[:8]}"
    assert actors(hartley) == {BILL: 1, WILLIAM: 1, singer: 1}
    assert rows(hartley, f"SELECT name FROM actors WHERE id = '{singer}'") == [("Bill Hartley (singer)",)]
    hartley.add(told(news, "Bill Hartley", 4))
    join(hartley)
    assert actors(hartley) == {BILL: 2, WILLIAM: 1, singer: 1}


def test_a_report_may_be_named_by_its_address(hartley: Ledger) -> None:
    split_actor(hartley, BILL, ["https://news.example/2"], who="A. Editor")
    join(hartley)
    assert sorted(actors(hartley).values()) == [1, 1, 1]


def test_what_is_taken_back_is_joined_as_before(hartley: Ledger) -> None:
    said = merge_actors(hartley, WILLIAM, [BILL], who="A. Editor")
    join(hartley)
    withdraw(hartley, said.id)
    join(hartley)
    assert actors(hartley) == {BILL: 2, WILLIAM: 1}


def test_an_actor_that_is_not_there_cannot_be_merged(hartley: Ledger) -> None:
    with pytest.raises(UsageError, match=r"there is no actor will hartley, \?; `dragoman who` prints the keys"):
        merge_actors(hartley, WILLIAM, ["will hartley, ?"], who="A. Editor")
    join(hartley)
    assert actors(hartley) == {BILL: 2, WILLIAM: 1}
    assert list(exported(hartley)) == []


def test_what_was_said_of_actors_moves_to_another_ledger(hartley: Ledger, news: News, tmp_path: Any) -> None:
    merge_actors(hartley, WILLIAM, [BILL], who="A. Editor")
    (line,) = exported(hartley)
    with Ledger(tmp_path / "other.db", create=True) as other:
        assert imported(other, line).fate == "unplaced"
        for n, who in enumerate(("Bill Hartley", "William Hartley"), 1):
            other.add(told(news, who, n))
        join(other)
        assert imported(other, line).fate == "known"
        assert actors(other) == {WILLIAM: 2}
        assert unplaced(other) == []


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"action": "reject"}, "actors are merged or split; reject is for records of a report"),
        ({"action": "merge", "value": []}, "merge takes an actor, and as value a list"),
        ({"action": "merge", "value": [WILLIAM]}, "merge takes an actor, and as value a list"),
        ({"action": "split", "value": {"name": "Bill"}}, "split takes an actor, and as value"),
        ({"action": "merge", "target": None, "value": [BILL]}, "name the actor as target"),
    ],
)
def test_what_makes_no_sense_of_an_actor_is_refused(hartley: Ledger, said: dict[str, Any], reason: str) -> None:
    line = {"kind": "actor", "target": WILLIAM, "who": "A. Editor", **said}
    with pytest.raises(UsageError, match=reason):
        imported(hartley, json.dumps(line).encode())
