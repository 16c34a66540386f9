"""What reports carry is text on every page, whatever it is: no markup, no template, nothing that a browser obeys."""

import re
from collections.abc import Callable
from html import unescape

import msgspec
import pytest
from starlette.testclient import TestClient

from dragoman import Record
from dragoman.records import Flag, FlagSpan, Mention, id_of
from dragoman.render.characters import visible

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "\u202egnp.exe\u2066",
    '" onmouseover="alert(1)',
    "'><svg/onload=alert(1)>",
    "x" * 20_000,
    "\x1b[31m\x07",
    "javascript:alert(1)",
)


def hostile(record: Record, words: str) -> Record:
    """A record whose text, title, publisher, file name, authors and first entity are somebody's attack."""
    text = f"{words} {record.report.text}"
    moved = len(words) + 1
    report = msgspec.structs.replace(
        record.report, id=id_of(text), text=text, title=words, publisher=words, uri=words, authors=(words,)
    )  # fmt: skip
    entity = record.entities[0]
    mention = Mention(start=0, end=len(words), text=words, form="name")
    entities = (msgspec.structs.replace(entity, name=words, mentions=(mention,)), *record.entities[1:])
    shifted = _shifted(msgspec.to_builtins(msgspec.structs.replace(record, report=report)), moved)
    flag = Flag(
        kind="name-conflict", severity="note", message=words, evidence=(FlagSpan(start=0, end=len(words), text=words),)
    )  # fmt: skip
    again = msgspec.convert(shifted, Record)
    return msgspec.structs.replace(again, entities=(entities[0], *again.entities[1:]), flags=(flag,))


def _shifted(value: object, by: int) -> object:
    """A record's JSON with every span moved."""
    if isinstance(value, dict):
        moved = {name: _shifted(one, by) for name, one in value.items()}
        if isinstance(moved.get("start"), int) and isinstance(moved.get("end"), int):
            moved["start"], moved["end"] = moved["start"] + by, moved["end"] + by
        return moved
    return [_shifted(one, by) for one in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_an_attack_in_a_report_is_text_on_every_page(
    over: Callable[[list[Record]], TestClient], read: list[Record], words: str
) -> None:
    record = hostile(read[0], words)
    client = over([record])
    short = record.report.id[7:23]
    paths = ["/", f"/report/{short}", "/list/events", "/list/statements", "/list/reports", "/list/flags", "/quality",
             "/review?who=A", "/list/negotiations", "/negotiations", "/network"]  # fmt: skip
    shown = 0
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        page = answer.text
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", page), path
        outside = re.sub(r'"[^"]*"|\'\{[^}]*\}\'', '""', page)  # what stands outside of attributes
        assert not re.search(r"<(script|img|svg/)(?! src=\"\")", outside), path
        assert not re.search(r"<[^>]*\son\w+=", outside), path
        assert not re.search(r'(?:href|src|action)="(?!/|#|\?)', page), path
        shown += visible(words)[:200] in unescape(page.replace("<wbr>", ""))
    assert shown >= 4


def test_what_is_pasted_back_into_a_form_is_text(client: TestClient) -> None:
    for words in HOSTILE[:6]:
        for path in ("/", "/list/events", "/negotiations", "/review", "/network"):
            page = client.get(path, params={"q": words, "who": words, "as_of": words}).text
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert '" onmouseover="alert' not in page
            assert "\u202e" not in page


def test_a_name_in_an_address_is_text(client: TestClient) -> None:
    for path in ("/actor/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/list/%3Cscript%3E", "/report/%3Cscript%3E"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "<script>" not in answer.text


def test_a_file_of_a_list_runs_nothing_in_a_spreadsheet(
    over: Callable[[list[Record]], TestClient], read: list[Record]
) -> None:
    client = over([hostile(read[0], '=HYPERLINK("http://evil.example")')])
    table = client.get("/download/reports.csv").text
    assert "'=HYPERLINK" in table
    assert not re.search(r'(?:^|,)"?=HYPERLINK', table, re.MULTILINE)
