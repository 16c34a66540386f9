"""Every page in Chromium: it shows what it has without an error, to people who see it and to those who do not."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response, expect

from dragoman import Ledger, Record

PHONE = {"width": 390, "height": 844}
PAGES = """
    / /list/events /list/events?q=actr:USA /list/statements /list/reports /list/negotiations /list/flags
    /list/occurrences /negotiations /map /map?q=type:ASSAULT&since=1998&at=point:-1.2833,36.8167#there /network /quality
    /review /review?who=Ana /paste /actor/USA /actor/Mikhail%20Gorbachev /dyad/USA-RUS?by=quarter /occurrence/{act}
    /report/{geneva} /report/{shalit}?raw=true
""".split()
PICTURED = {"/": "desk", "/negotiations": "negotiations", "/network": "network",
            "/dyad/USA-RUS?by=quarter": "dyad", "/occurrence/{act}": "one-act"}  # fmt: skip


def width(page: Page) -> tuple[int, int]:
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return wide, seen


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_shown_well(
    desk: str,
    page: Page,
    named: dict[str, str],
    audited: Callable[..., list[str]],
    picture: Callable[[Page, str], None],
    path: str,
) -> None:
    answer = page.goto(desk + path.format(**named))
    assert isinstance(answer, Response)
    assert answer.status == 200
    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text().strip()
    expect(page.locator(".counting")).to_have_count(0)
    if path in PICTURED:
        picture(page, PICTURED[path])
    assert audited(page) == []
    page.emulate_media(color_scheme="dark")
    assert audited(page, runOnly=["color-contrast"]) == []
    page.set_viewport_size(PHONE)
    wide, seen = width(page)
    assert wide <= seen, "a phone scrolls sideways"


def test_every_link_of_the_navigation_leads_to_a_page_that_is_marked_as_the_present_one(desk: str, page: Page) -> None:
    page.goto(desk)
    links = page.locator("nav a").all()
    addresses = [str(link.get_attribute("href")) for link in links]
    assert "/map" in addresses
    for address in addresses[1:]:
        page.goto(desk + address)
        assert page.locator("nav a[aria-current=page]").get_attribute("href") == address


def test_the_first_key_leads_past_the_navigation(desk: str, page: Page) -> None:
    page.goto(desk)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Go to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_list_is_filtered_and_walked_by_keyboard(desk: str, page: Page) -> None:
    page.goto(f"{desk}/list/events")
    page.keyboard.press("/")
    page.keyboard.type("type:CONSULT date:1985..1991")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=type%3ACONSULT*")
    assert page.locator("#q").input_value() == "type:CONSULT date:1985..1991"
    codes = page.locator(".rows > li > strong").all_inner_texts()
    assert codes
    assert {code.split()[0] for code in codes} == {"CONSULT"}
    for _ in range(2):
        page.keyboard.press("j")
    assert page.evaluate("[...document.querySelectorAll('.rows > li')].indexOf(document.activeElement)") == 1
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report/*")
    assert page.locator(":target").count() == 1


def test_a_page_that_is_not_there_says_so(desk: str, page: Page, audited: Callable[..., list[str]]) -> None:
    page.route("**/nothing", lambda route: route.fulfill(response=route.fetch(), status=200))  # else it is an error
    page.goto(f"{desk}/nothing")
    assert page.locator("h1").inner_text() == "There is nothing here"
    assert audited(page) == []


def test_pages_print_in_black_on_white_without_what_only_a_screen_needs(
    desk: str, page: Page, named: dict[str, str]
) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    for path in (f"/report/{named['geneva']}", "/list/events", "/negotiations", "/map"):
        page.goto(desk + path)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        for gone in ("header", "footer", "form.filter", ".layers"):
            assert all(not one.is_visible() for one in page.locator(gone).all()), f"{gone} of {path}"
        assert page.locator("h1").is_visible()
    page.goto(f"{desk}/report/{named['geneva']}")
    assert page.evaluate("getComputedStyle(document.querySelector('.ledger')).overflow") == "visible"
    assert page.pdf().startswith(b"%PDF-")


def test_what_takes_long_to_count_comes_by_itself(
    desk_of: Callable[[list[Record]], tuple[str, Ledger]],
    read: list[Record],
    page: Page,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dragoman.web.kept.LARGE", -1)
    monkeypatch.setattr("dragoman.web.kept.SHORT", 0.0)
    address, _ = desk_of(read[:12])
    for path, found in (("/map?q=-type:AID", ".spot"), ("/network?q=-type:AID", ".tie"), ("/quality", "table")):
        page.goto(address + path)
        expect(page.locator(found).first).to_be_visible()
        assert page.locator(".counting").count() == 0
