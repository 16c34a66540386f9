"""Ledgers as text, Markdown and a page: nothing of a report is obeyed, and every record has its place."""

from collections.abc import Callable

import msgspec
import pytest
from lxml import html as parser

from dragoman import Negotiation, Record, from_json
from dragoman.records import Flag, FlagSpan, Item, Obstacle, Proposal, Span, StatusBy
from dragoman.render import FORMATS, Layout
from dragoman.render.characters import visible
from dragoman.render.markdown import escaped

NEWS = 'Paris, May 3 - France condemned Serbia on Monday. "We shall not sign," the French minister said in Rome.'
EVIL = "<script>alert(1)</script> \x1b[31m\u202e & [x](javascript:1) *b*"


def page_of(*records: Record) -> str:
    form = FORMATS["html"]
    return form.opening + "".join(form.of(r, Layout(number=n)) for n, r in enumerate(records, 1)) + form.closing


@pytest.fixture(scope="module")
def bargaining(read_text: Callable[..., Record]) -> Record:
    """A ledger with one of everything."""
    record = read_text(NEWS, "1999-05-03")
    one, two = record.entities[0].id, record.entities[1].id
    evidence = (Span(15, 49, record.report.text[15:49]),)
    proposal = Proposal(
        id="p1",
        by=(one,),
        to=(two,),
        gives=(Item(item="the prisoners", kind="person", entity=None, held_by=one),),
        gets=(Item(item="a truce", kind="commitment", entity=None, held_by=None),),
        answers=None,
        status="offered",
        status_by=(StatusBy(entity=two, status="rejected"),),
        date=None,
        channel="public",
        claimed_in=None,
        evidence=evidence,
    )
    obstacle = Obstacle(text="a prisoner whom a third country holds", entity=None, evidence=evidence)
    bargain = Negotiation(
        id="n1", subject="prisoner exchange", parties=(one, two), proposals=(proposal,), obstacles=(obstacle,)
    )
    span = FlagSpan(start=0, end=5, text="Paris")
    flag = Flag(kind="date-conflict", severity="warning", message="Two days are given.", evidence=(span,))
    return msgspec.structs.replace(record, negotiations=(bargain,), flags=(flag,))


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_each_kind_of_record_is_shown(bargaining: Record, name: str) -> None:
    shown = FORMATS[name].of(bargaining, Layout())
    for words in ("condemned", "We shall not sign", "offers the prisoners for a truce", "rejected according to"):
        assert words in shown
    for words in ("prisoner exchange", "a prisoner whom a third country holds", "Two days are given."):
        assert words in shown


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_nothing_in_a_report_is_obeyed(bargaining: Record, name: str) -> None:
    report = msgspec.structs.replace(bargaining.report, title=EVIL, uri=EVIL, publisher=EVIL, authors=(EVIL,))
    entities = tuple(msgspec.structs.replace(e, name=EVIL, role=EVIL) for e in bargaining.entities)
    shown = FORMATS[name].of(msgspec.structs.replace(bargaining, report=report, entities=entities), Layout())
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    if name != "text":
        assert "<script" not in shown.replace("\\<script", "")
        assert "[x](javascript" not in shown.replace(r"\[x\]", "") or name == "html"


def test_characters_that_turn_the_text_are_written_out() -> None:
    assert visible("a\u202eb\x9bc\u2066d\ud800") == "a\\u202eb\\x9bc\\u2066d\\ud800"


def test_markdown_shows_what_it_would_obey() -> None:
    assert escaped("*a* [b](c) <d> `e` | f\n# g") == r"\*a\* \[b\](c) \<d\> \`e\` \| f \# g"


@pytest.mark.parametrize("width", [60, 72, 120])
def test_text_is_no_wider_than_the_window(examples: list[Record], width: int) -> None:
    for record in examples:
        lines = FORMATS["text"].of(record, Layout(width=width)).splitlines()
        assert max(map(len, lines)) <= width


def test_text_is_plain_in_a_pipe_and_bold_on_a_terminal(bargaining: Record) -> None:
    assert "\x1b" not in FORMATS["text"].of(bargaining, Layout())
    assert "\x1b[1m" in FORMATS["text"].of(bargaining, Layout(colour=True))


def test_the_json_is_the_record(examples: list[Record]) -> None:
    for record in examples:
        assert from_json(FORMATS["json"].of(record, Layout())) == record


def test_the_page_holds_the_whole_text(examples: list[Record]) -> None:
    page = parser.document_fromstring(page_of(*examples))
    for record, pane in zip(examples, page.xpath("//div[@class='text']"), strict=True):
        for label in pane.xpath(".//a[@class='label']"):
            label.text = ""
        assert pane.text_content() == record.report.text


def test_every_record_of_the_page_is_in_the_list_and_in_the_text(examples: list[Record]) -> None:
    page = parser.document_fromstring(page_of(*examples))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//a/@href")} <= set(ids)
    for number, record in enumerate(examples, 1):
        for one in (*record.entities, *record.statements, *record.events):
            assert {f"r{number}-{one.id}", f"r{number}-at-{one.id}"} <= set(ids)


def test_the_page_needs_nothing_from_elsewhere(examples: list[Record]) -> None:
    page = parser.document_fromstring(page_of(*examples))
    assert not page.xpath("//script | //img | //link | //iframe | //*[@style] | //@src")
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
