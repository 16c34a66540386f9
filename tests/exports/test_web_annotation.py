"""W3C Web Annotation: every selector finds its words."""

import json
from collections import Counter
from typing import Any

from anchorpoint import TextPositionSelector, TextQuoteSelector
from anchorpoint.textselectors import TextPositionSet

from dragoman.records import Record

from .conftest import TEXT, TITLE, Write, at


def annotations(write: Write, *records: Record) -> list[dict[str, Any]]:
    page = json.loads(write("web-annotation", *records).read_text("utf-8"))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    return list(page["items"])


def selector(annotation: dict[str, Any], type_: str) -> dict[str, Any] | None:
    return next((one for one in annotation["target"]["selector"] if one["type"] == type_), None)


def test_position_and_quotation_find_the_same_words(record: Record, write: Write) -> None:
    for annotation in annotations(write, record):
        position, quote = selector(annotation, "TextPositionSelector"), selector(annotation, "TextQuoteSelector")
        assert quote is not None
        quoted = TextQuoteSelector(exact=quote["exact"], prefix=quote["prefix"], suffix=quote["suffix"])
        if position is None:  # a word of the title
            assert TITLE[quoted.as_position(TITLE).start :].startswith(quote["exact"])
            continue
        place = TextPositionSelector(start=position["start"], end=position["end"])
        assert TextPositionSet(positions=[place]).as_quotes(TEXT)[0].exact == quote["exact"]
        assert quoted.as_position(TEXT) == place


def test_each_span_of_each_record_has_one_with_the_motivation_of_its_kind(record: Record, write: Write) -> None:
    found = annotations(write, record)
    assert Counter(annotation["motivation"] for annotation in found) == {
        "identifying": 7, "describing": 2, "classifying": 12, "tagging": 2
    }  # fmt: skip
    assert len({annotation["id"] for annotation in found}) == len(found)


def test_the_body_is_the_record(record: Record, write: Write) -> None:
    visit = next(annotation for annotation in annotations(write, record) if annotation["id"].endswith("#v1.1"))
    tag, whole = visit["body"]
    assert (tag["purpose"], tag["value"]) == ("tagging", "CONSULT")
    assert json.loads(whole["value"])["actors"] == ["e1"]
    assert visit["target"]["source"] == record.report.uri
    position = selector(visit, "TextPositionSelector")
    assert position is not None
    assert position["start"] == at("visited").start


def test_every_annotation_has_what_the_standard_asks_for(record: Record, hostile: Record, write: Write) -> None:
    for annotation in annotations(write, record, hostile):
        assert annotation["type"] == "Annotation"
        assert annotation["id"].startswith("urn:")
        source = annotation["target"]["source"]
        assert ":" in source
        assert not any(character.isspace() for character in source)
        quote = selector(annotation, "TextQuoteSelector")
        assert quote is not None
        assert max(len(quote["prefix"]), len(quote["suffix"])) <= 32
