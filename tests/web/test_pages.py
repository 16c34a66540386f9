"""Every page shows what is in the ledger."""

import hashlib
import re
from html import unescape

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from dragoman import Ledger, Record
from dragoman.ledger import schema

PAGES = """
    / /?q=type:CONSULT /list/events /list/statements /list/reports /list/negotiations /list/flags /list/occurrences
    /list/events?q=actor:USA&sort=day /negotiations /negotiations?as_of=2022-07-29 /review /review?who=A /paste /quality
    /network /dyad/USA-RUS /dyad/USA-IRN /actor/USA /dyad/PRK-KOR?by=week
""".split()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_shown(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert "<h1>" in answer.text
    assert 'role="alert"' not in answer.text
    assert not re.search(r"<(script|style)(?![^>]*src=)", answer.text)
    assert not re.search(r"\sstyle=|\son\w+=", answer.text)


def test_every_report_is_shown_with_all_its_text(client: TestClient, read: list[Record]) -> None:
    for record in read:
        page = client.get(f"/report/{record.report.id[7:23]}").text
        marked = page.partition('<div class="text"')[2].partition('<div class="ledger">')[0]
        without = re.sub(r'<a class="label [^>]*>[^<]*</a>|<[^>]*>', "", f"<{marked}")
        assert unescape(without).split() == record.report.text.split()


def test_a_record_in_the_text_and_its_entry_lead_to_each_other(client: TestClient, read: list[Record]) -> None:
    for record in read:
        page = client.get(f"/report/{record.report.id[7:23]}").text
        ids = re.findall(r'\sid="([^"]*)"', page)
        assert len(ids) == len(set(ids))
        for target in re.findall(r'href="#([^"]+)"', page):
            assert target in ids
        for one in (*record.statements, *record.events):
            assert f'data-record="{one.id}"' in page
            assert f'href="#{one.id}"' in page


def test_the_layers_can_be_switched(client: TestClient, read: list[Record]) -> None:
    page = client.get(f"/report/{read[0].report.id[7:23]}").text
    assert re.findall(r'id="layer-(\w+)" checked', page) == ["entity", "said", "cue", "trigger", "bargain", "flag"]


def test_the_filter_stays_in_the_address_and_is_obeyed(client: TestClient) -> None:
    page = client.get("/list/events", params={"q": "type:CONSULT"}).text
    assert 'value="type:CONSULT"' in page
    assert set(re.findall(r"<strong>([A-Z]{4,})", page)) == {"CONSULT"}
    assert 'href="/download/events.csv?q=type%3ACONSULT"' in page


def test_a_filter_that_means_nothing_is_told_on_the_page(client: TestClient) -> None:
    for path in ("/", "/list/events", "/negotiations", "/network"):
        answer = client.get(path, params={"q": "actr:USA"})
        assert answer.status_code == 200
        assert 'role="alert"' in answer.text


def test_a_list_is_paged_by_its_cursor(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.web.desk.ROWS_OF_A_PAGE", 3)
    seen: list[str] = []
    path, pages = "/list/reports", 0
    while path:
        page = client.get(path).text
        seen += re.findall(r'<a class="day" href="(/report/[^"]*)"', page)
        found = re.search(r'rel="next" href="([^"]*)"', page)
        path, pages = (found[1].replace("&amp;", "&") if found else ""), pages + 1
    assert (len(seen), len(set(seen)), pages) == (10, 10, 4)


def test_a_list_is_had_as_a_file(client: TestClient, ledger: Ledger) -> None:
    lines = client.get("/download/events.jsonl").text.splitlines()
    assert len(lines) == ledger.counts()["events"]
    table = client.get("/download/statements.csv").text
    assert table.startswith("ref,report,kind,source")
    assert client.get("/download/events.xls").status_code == 404
    assert client.get("/download/secrets.csv").status_code == 404
    assert client.get("/download/events.csv?q=nothing:1").status_code == 422


def test_reports_of_one_act_stand_side_by_side(client: TestClient, ledger: Ledger) -> None:
    occurrence = max(ledger.occurrences(), key=lambda row: row.reports)
    page = client.get(f"/occurrence/{occurrence.id}").text
    assert page.count('<th scope="col">') >= occurrence.reports
    assert client.get("/occurrence/o0000").status_code == 404


def test_a_board_shows_the_moves_of_a_bargain_with_their_words(client: TestClient, ledger: Ledger) -> None:
    page = client.get("/negotiations").text
    assert page.count('class="bargain-board"') >= 1
    assert "<q>" in page
    before = client.get("/negotiations?as_of=1900-01-01").text
    assert 'class="bargain-board"' not in before
    assert 'role="alert"' in client.get("/negotiations?as_of=yesterday").text


def test_a_dyad_is_drawn_and_its_numbers_lead_to_the_sentences(client: TestClient, ledger: Ledger) -> None:
    dyad = next(row["dyad"] for row in ledger.count("events", by=["dyad"]) if row["dyad"])
    page = client.get(f"/dyad/{dyad}").text
    assert "<svg" in page


@pytest.mark.parametrize("path", ["/nothing", "/report/ffffffffffff", "/actor/Nobody%20Known", "/list/secrets"])
def test_what_is_not_there_is_a_page_that_says_so(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<h1>There is nothing here</h1>" in answer.text


def test_a_dyad_of_no_countries_is_refused(client: TestClient) -> None:
    assert client.get("/dyad/USA-NOWHERE").status_code == 422


def test_every_link_of_the_first_page_leads_somewhere(client: TestClient) -> None:
    for path in {*re.findall(r'(?:href|src)="(/[^"#]*)', client.get("/").text)}:
        assert client.get(path.replace("&amp;", "&")).status_code == 200, path


def test_the_script_library_is_the_one_that_was_pinned(client: TestClient) -> None:
    digest = hashlib.sha256(client.get("/static/htmx.min.js").content).hexdigest()
    assert digest == "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"  # htmx.org 4.0.1, dist


@pytest.mark.parametrize("path", ["/actor/USA", "/actor/{person}", "/dyad/USA-KEN"])
def test_every_period_of_a_chart_leads_to_its_acts(client: TestClient, ledger: Ledger, path: str) -> None:
    with ledger.reading() as connection:
        side = schema.occurrence_sides.join(schema.actors, schema.actors.c.key == schema.occurrence_sides.c.actor)
        asked = select(schema.actors.c.id).select_from(side).where(schema.actors.c.kind == "person")
        person = connection.execute(asked.order_by(schema.actors.c.id)).scalars().first()
    page = client.get(path.format(person=person)).text
    rows = re.findall(r'<tr><th scope="row"><a href="([^"]*)">[^<]*</a></th><td>(\d+)</td>', page)
    assert rows
    assert {address for address, _ in rows} == set(re.findall(r'<a class="period" href="([^"]*)"', page))
    for address, count in rows:
        told = client.get(address.replace("&amp;", "&")).text
        assert told.count('<li class="event"') >= int(count), address


def test_the_first_page_says_how_negotiations_stand(client: TestClient) -> None:
    part = client.get("/").text.partition("<h2>Negotiations</h2>")[2].partition("</section>")[0]
    stands = re.findall(r'<strong class="state">([^<]+)</strong>', part)
    assert stands
    assert len(stands) == part.count('<li class="negotiation"')
    for address in re.findall(r'class="day" href="([^"]+)"', part):
        assert client.get(address).status_code == 200
