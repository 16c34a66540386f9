"""FollowTheMoney: every entity is one that its model takes."""

import json
import os
from typing import Any

import pytest

from dragoman.records import Record

from .conftest import EVERYTHING, TEXT, TITLE, Write

if not os.environ.get("DRAGOMAN_TEST_FOLLOWTHEMONEY"):  # set where its absence is a failure, as in CI
    pytest.importorskip("followthemoney", reason="pip install 'dragoman[test-exports]'")

from followthemoney import model
from followthemoney.proxy import EntityProxy


def proxies(write: Write, *records: Record, **options: Any) -> list[EntityProxy]:
    lines = write("ftm", *records, **options).read_text("utf-8").splitlines()
    return [model.get_proxy(json.loads(line), cleaned=False) for line in lines]


def of(found: list[EntityProxy], schema: str) -> list[EntityProxy]:
    return [proxy for proxy in found if proxy.schema.name == schema]


def test_the_model_keeps_every_value_that_is_written(record: Record, write: Write) -> None:
    """What its types do not take as it is, it changes or drops without a word."""
    lines = [json.loads(line) for line in write("ftm", record, choice=EVERYTHING).read_text("utf-8").splitlines()]
    for line in lines:
        proxy = model.get_proxy(line, cleaned=False)
        model.get(proxy.schema.name).validate(line)  # type: ignore[union-attr]
        for name, values in line["properties"].items():
            prop = proxy.schema.get(name)
            assert prop is not None, (line["schema"], name)
            assert [prop.type.clean(value) for value in values] == values, (line["schema"], name)


def test_a_report_is_an_article_with_its_text(record: Record, write: Write) -> None:
    [article] = of(proxies(write, record), "Article")
    assert article.caption == TITLE
    assert article.get("bodyText") == [TEXT]
    assert article.get("publisher") == ["Nairobi Gazette"]


def test_an_event_leads_to_those_who_take_part_and_to_its_article(record: Record, write: Write) -> None:
    found = proxies(write, record)
    by_id = {proxy.id: proxy for proxy in found}
    visit = of(found, "Event")[0]
    assert visit.caption == "Amina Odhiambo: CONSULT visit: Uganda"
    assert {by_id[id_].caption for id_ in visit.get("involved")} == {"Amina Odhiambo", "Uganda"}
    assert [by_id[id_].schema.name for id_ in visit.get("proof")] == ["Article"]
    assert (visit.get("startDate"), visit.get("country"), visit.get("recordId")) == (
        ["2022-02-03"], ["ug"], [f"{record.report.id}/v1"]
    )  # fmt: skip


def test_every_reference_leads_to_an_entity_of_the_file(record: Record, write: Write) -> None:
    found = proxies(write, record, choice=EVERYTHING)
    ids = {proxy.id for proxy in found}
    assert len(ids) == len(found)
    for proxy in found:
        for prop, value in proxy.itervalues():
            assert prop.type.name != "entity" or value in ids


def test_a_claim_says_so(record: Record, write: Write) -> None:
    shelling = next(p for p in of(proxies(write, record, choice=EVERYTHING), "Event") if "ASSAULT" in p.get("keywords"))
    assert "claimed" in shelling.get("keywords")
    assert not any("ASSAULT" in p.get("keywords") for p in of(proxies(write, record), "Event"))


def test_a_statement_is_a_note_on_its_source(record: Record, write: Write) -> None:
    found = proxies(write, record)
    [note] = of(found, "Note")
    assert note.get("description") == ["Tanzanian artillery shelled Namanga"]
    captions = {proxy.id: proxy.caption for proxy in found}
    assert captions[note.first("entity")] == "Amina Odhiambo"


def test_attacks_are_text(hostile: Record, write: Write) -> None:
    found = proxies(write, hostile)
    assert len(of(found, "Event")) == 3
    assert not any("\u202e" in value or "\x00" in value for proxy in found for _, value in proxy.itervalues())
