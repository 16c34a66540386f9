"""What reports carry is shown as text: a browser runs none of it, turns no line around, and breaks no page over it."""

from collections.abc import Callable
from urllib.parse import urlencode

from playwright.sync_api import Page

from dragoman import Entity, Event, Ledger, Mention, Record, Report, Statement
from dragoman.records import (
    Cue,
    Flag,
    FlagSpan,
    Item,
    Negotiation,
    Obstacle,
    Place,
    Proposal,
    ReadBy,
    id_of,
    span_of,
)

DeskOf = Callable[[list[Record]], tuple[str, Ledger]]
ATTACKS = (
    "<script>window.hit=1;alert(1)</script>",
    "<img src=x onerror=window.hit=1>",
    "\u202egnp.exe\u2066",
    "{{ 7*7 }}{% raw %}${7*7}",
    "'\"><svg/onload=window.hit=1>",
    '" onmouseover="window.hit=1" autofocus onfocus="window.hit=1',
    "</textarea></title></pre><iframe srcdoc='<script>parent.hit=1</script>'>",
    "javascript:window.hit=1",
    "<style>*{display:none}</style><base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "hx-get=//evil.example",
)
PATHS = """
    / /list/events /list/statements /list/reports /list/flags /list/negotiations /list/occurrences /negotiations /map
    /quality /review?who=A /review?who=A&kind=entity /report/{short} /report/{short}?raw=true /add/{short}/event?who=A
    /occurrence/{act}
""".split()
FOREIGN = """() => [...document.querySelectorAll('*')].filter((one) =>
    (one.matches('script, link, img, iframe, object, embed, base, style, meta[http-equiv], svg:not([viewBox])')
     && !/^\\/static\\//.test(one.getAttribute('src') ?? one.getAttribute('href') ?? ''))
    || [...one.attributes].some((a) => /^on/.test(a.name) || /^(javascript|data):/.test(a.value.trim()))
    || (one.hasAttribute('hx-get'))).map((one) => one.outerHTML.slice(0, 200))"""


def attacked(words: str) -> Record:
    """A record in which all that can be text is somebody's attack."""
    text = f"{words} met {words} there. {words} said that it would come."
    once = len(words)
    name, met = span_of(text, 0, once), span_of(text, once + 1, once + 4)
    sentence = span_of(text, 0, text.index(" there. ") + 7)
    said = text.rindex(" said that ")
    content = span_of(text, said + 6, len(text) - 1)
    entities = tuple(
        Entity(
            id=id_, name=words, kind=kind, country=country, sector=None, sectors=(), role=words, wikidata=None,
            mentions=(Mention(start=start, end=start + once, text=words, form="name"),),
        )
        for id_, kind, country, start in (("e1", "person", "USA", 0), ("e2", "group", "RUS", once + 5))
    )  # fmt: skip
    return Record(
        report=Report(
            id=id_of(text), uri=words, title=words, publisher=words, authors=(words,), language="en",
            published="2020-01-02", published_from="given", dateline=None, text=text,
        ),
        entities=entities,
        statements=(
            Statement(
                id="s1", kind="indirect", source="e1", source_span=name,
                cue=Cue(start=said + 1, end=said + 5, text="said", lemma="say"), content=(content,), venue=words,
            ),
        ),
        events=(
            Event(
                id="v1", type="CONSULT", modes=(), contexts=(), quad="verbal cooperation", intensity=1.0,
                actors=("e1",), recipients=("e2",), date=None, due=None,
                place=Place(name=words, country=None, lat=10.0, lon=10.0, geonames=None, span=name), status="actual",
                claimed_in=None, hearsay=False, trigger=met, evidence=(sentence,), confidence=0.5,
            ),
        ),
        negotiations=(
            Negotiation(
                id="n1", subject=words, parties=("e1", "e2"),
                proposals=(
                    Proposal(
                        id="o1", by=("e1",), to=("e2",),
                        gives=(Item(item=words, kind="goods", entity=None, held_by=None),), gets=(), answers=None,
                        status="offered", status_by=(), date=None, channel=None, claimed_in=None, evidence=(sentence,),
                    ),
                ),
                obstacles=(Obstacle(text=words, entity=None, evidence=(sentence,)),),
            ),
        ),
        flags=(
            Flag(kind="name-conflict", severity="note", message=words,
                 evidence=(FlagSpan(start=0, end=once, text=words),)),
        ),
        read_by=ReadBy(dragoman="0", model=words, ontology="0", knowledge="0"),
    )  # fmt: skip


def addresses(base: str, ledger: Ledger, record: Record) -> list[str]:
    act = next(iter(ledger.occurrences())).id
    return [base + path.format(short=record.report.id[7:23], act=act) for path in PATHS]


def test_no_attack_is_more_than_text_on_any_page(desk_of: DeskOf, page: Page) -> None:
    record = attacked(" ".join(ATTACKS))
    for address in addresses(*desk_of([record]), record):
        page.goto(address)
        assert page.evaluate(FOREIGN) == [], address
        assert page.evaluate("window.hit ?? 0") == 0, address
        assert page.locator("h1").is_visible(), address
        shown = page.locator("body").inner_text() + page.title()
        assert "\u202e" not in page.content(), address
        assert "\u2066" not in page.content(), address
        if "/quality" not in address and "/add/" not in address:
            assert "<script>window.hit=1;alert(1)</script>" in shown, address
            assert "{{ 7*7 }}" in shown, address
            assert "\\u202egnp.exe\\u2066" in shown, address


# Cyrillic, since a browser breaks a long word of it into lines far more slowly than one of Latin letters.
def test_a_word_of_100000_letters_is_shown_soon_and_widens_no_page(desk_of: DeskOf, page: Page) -> None:
    record = attacked("\u0416" * 100_000)
    base, _ = desk_of([record])
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/", "/list/events", "/negotiations", "/map", "/review?who=A", f"/report/{record.report.id[7:23]}"):
        page.goto(base + path)
        wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= seen, path
    assert page.locator(".text").inner_text().count("\u0416") == len(record.report.text) - len(
        " met  there.  said that it would come."
    )


def test_an_attack_in_an_address_is_text(desk: str, page: Page) -> None:
    for path in ("/", "/list/events", "/negotiations", "/map", "/network", "/review"):
        for attack in (ATTACKS[0], ATTACKS[3], ATTACKS[5]):
            page.goto(f"{desk}{path}?{urlencode({'q': attack, 'since': attack, 'as_of': attack, 'at': attack})}")
            assert page.evaluate(FOREIGN) == [], path
            assert page.evaluate("window.hit ?? 0") == 0, path
            assert page.locator("#q").input_value() == attack
