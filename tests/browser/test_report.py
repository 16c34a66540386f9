"""The page of a report: words and records find each other, by mouse and by keyboard; layers are switched."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from dragoman import Record
from dragoman.render.marks import marks_of

LAYERS = ("entity", "said", "cue", "trigger", "bargain", "flag")


@pytest.fixture
def report(desk: str, page: Page, named: dict[str, str]) -> Page:
    page.goto(f"{desk}/report/{named['geneva']}")
    return page


def found(page: Page) -> str:
    """The words that are shown to be a record's."""
    return "".join(page.locator(".text .found").all_inner_texts())


def focused(page: Page) -> str | None:
    record: str | None = page.evaluate("document.activeElement.dataset.record ?? null")
    return record


def in_view(one: Locator) -> bool:
    seen: bool = one.evaluate(
        "(e) => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }"
    )
    return seen


def test_a_click_on_a_record_shows_its_words(report: Page, picture: Callable[[Page, str], None]) -> None:
    entry = report.locator('.ledger li[data-record="s6"]')
    entry.locator("strong").first.click()
    assert (
        found(report)
        == '"What was achieved last night in Geneva is not a historic agreement,"said"It is a historic mistake."'
    )
    assert focused(report) == "s6"
    assert in_view(report.locator(".text .found").first)
    colour = "(one) => getComputedStyle(one).backgroundColor"
    colours = [report.locator(f".text .{one}").first.evaluate(colour) for one in ("found", "said:not(.found)")]
    assert colours[0] != colours[1]
    report.evaluate("scrollTo(0, 0)")
    picture(report, "report")
    report.locator('.ledger li[data-record="s2"] strong').first.click()
    assert "mistake" not in found(report)


def test_a_click_on_a_word_shows_its_record(report: Page) -> None:
    word = report.locator(".text .trigger").first
    record = str(word.get_attribute("data-records")).split()[0]
    word.click()
    assert focused(report) == record
    assert in_view(report.locator(f'.ledger li[data-record="{record}"]'))
    assert found(report)


def test_further_clicks_where_marks_overlap_go_on_to_the_next_record(report: Page) -> None:
    word = report.locator(".text [data-records~=s6]").first
    records = str(word.get_attribute("data-records")).split()
    seen = []
    for _ in records:
        word.click()
        seen.append(focused(report))
    assert set(seen) == set(records)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_is_switched_off_and_on(desk: str, page: Page, read: list[Record], layer: str) -> None:
    marked = next(record for record in read if layer in {mark.kind for mark in marks_of(record)})
    page.goto(f"{desk}/report/{marked.report.id[7:23]}")
    look = """(kind) => { const s = getComputedStyle(document.querySelector(`.text .${kind}`));
        return [s.backgroundColor, s.textDecoration, s.outlineStyle, s.borderBottomStyle].join() }"""
    before = page.evaluate(look, layer)
    page.locator(f"#layer-{layer}").uncheck()
    off = page.evaluate(look, layer)
    page.locator(f"#layer-{layer}").check()
    assert off != before
    assert page.evaluate(look, layer) == before


def test_all_of_it_is_reached_by_keyboard(report: Page) -> None:
    report.keyboard.press("2")
    assert not report.locator("#layer-said").is_checked()
    report.keyboard.press("2")
    assert report.locator("#layer-said").is_checked()
    records = report.locator(".ledger li[data-record]").count()
    seen = []
    for _ in range(records):
        report.keyboard.press("j")
        seen.append(focused(report))
    assert len(set(seen)) == records
    report.keyboard.press("k")
    assert focused(report) == seen[-2]
    for _ in range(records):
        report.keyboard.press("k")
    assert focused(report) == seen[0]
    report.keyboard.press("Enter")
    assert found(report)
    assert in_view(report.locator(".text .found").first)
    assert report.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_the_tab_key_leads_from_a_word_to_its_record_and_back(report: Page) -> None:
    label = report.locator("#at-v1")
    label.focus()
    report.keyboard.press("Enter")
    assert focused(report) == "v1"
    report.keyboard.press("Tab")
    assert report.evaluate("document.activeElement.getAttribute('href')") == "#at-v1"
    report.keyboard.press("Enter")
    assert found(report)


def test_a_record_has_an_address(desk: str, page: Page, named: dict[str, str]) -> None:
    page.goto(f"{desk}/report/{named['geneva']}#s6")
    assert in_view(page.locator("#s6"))
    assert page.evaluate("getComputedStyle(document.getElementById('s6')).outlineStyle") == "solid"


def test_corrections_are_told_from_what_the_machine_read(report: Page) -> None:
    report.get_by_role("link", name="As the machine read it").click()
    report.wait_for_url("**raw=true")
    report.get_by_role("link", name="With corrections").click()
    assert "raw" not in report.url
