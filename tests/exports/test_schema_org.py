"""schema.org: a JSON-LD processor reads it without fetching anything."""

import json
from typing import Any

import pytest
from pyld import jsonld

from dragoman.records import Record

from .conftest import EVERYTHING, Write

SCHEMA = "https://schema.org/"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(url: str, options: object) -> None:
        raise AssertionError(f"{url} was asked for")

    monkeypatch.setattr(jsonld, "load_document", refuse)


def nodes(write: Write, *records: Record, **options: Any) -> dict[str, dict[str, Any]]:
    document = json.loads(write("schema-org", *records, **options).read_text("utf-8"))
    flat = jsonld.flatten(document)
    return {node["@id"]: node for node in flat}


def of(found: dict[str, dict[str, Any]], type_: str) -> list[dict[str, Any]]:
    return [node for node in found.values() if SCHEMA + type_ in node.get("@type", [])]


def value(node: dict[str, Any], name: str) -> Any:
    first = node[SCHEMA + name][0]
    return first.get("@value", first.get("@id"))


def test_types_are_schema_orgs(record: Record, write: Write) -> None:
    found = nodes(write, record)
    assert {type_: len(of(found, type_)) for type_ in ("NewsArticle", "Person", "Country", "Event", "Quotation")} == {
        "NewsArticle": 1, "Person": 2, "Country": 5, "Event": 3, "Quotation": 1
    }  # fmt: skip


def test_a_visit_has_an_agent_and_a_recipient(record: Record, write: Write) -> None:
    found = nodes(write, record)
    visit = next(node for node in of(found, "Event") if value(node, "startDate") == "2022-02-03")
    action = found[value(visit, "potentialAction")]
    assert value(found[value(action, "agent")], "name") == "Amina Odhiambo"
    assert value(found[value(action, "recipient")], "name") == "Uganda"
    assert value(action, "actionStatus") == SCHEMA + "CompletedActionStatus"
    assert value(found[value(visit, "location")], "name") == "Kampala"


def test_a_quotation_is_part_of_the_article_and_has_a_speaker(record: Record, write: Write) -> None:
    found = nodes(write, record)
    [quotation] = of(found, "Quotation")
    assert value(found[value(quotation, "creator")], "name") == "Amina Odhiambo"
    assert value(found[value(quotation, "creator")], "sameAs") == "https://www.wikidata.org/entity/Q404"
    assert SCHEMA + "NewsArticle" in found[value(quotation, "isPartOf")]["@type"]


def test_a_month_stays_a_month(record: Record, write: Write) -> None:
    days = {value(node, "startDate") for node in of(nodes(write, record), "Event") if SCHEMA + "startDate" in node}
    assert days == {"2022-02-03", "2022-01"}


def test_a_claimed_event_is_about_its_statement(record: Record, write: Write) -> None:
    found = nodes(write, record, choice=EVERYTHING)
    claim = next(node for node in of(found, "Event") if value(node, "keywords") == "ASSAULT")
    assert SCHEMA + "Quotation" in found[value(claim, "subjectOf")]["@type"]


def test_a_page_can_hold_a_hostile_line(hostile: Record, write: Write) -> None:
    text = write("schema-org", hostile, choice=EVERYTHING).read_text("utf-8")
    assert "<" not in text
    assert text.isascii()
    assert len(json.loads(text)["@graph"]) == 12


def test_no_records_are_a_document_without_nodes(write: Write) -> None:
    assert json.loads(write("schema-org").read_text("utf-8"))["@graph"] == []
