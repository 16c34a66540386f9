"""The review by keyboard alone, one key a record, and what is stored of it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dragoman import Ledger, Record

DeskOf = Callable[[list[Record]], tuple[str, Ledger]]
Desk = tuple[str, Ledger]


@pytest.fixture
def own(desk_of: DeskOf, read: list[Record]) -> Desk:
    return desk_of(read[:3])


def begun(page: Page, address: str, name: str) -> None:
    """Begin as somebody does who has no mouse: the field for the name has the focus."""
    page.goto(f"{address}/review")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_be_visible()


def judged(page: Page, number: int) -> None:
    expect(page.locator("#review .origin")).to_contain_text(f"{number} judged")


def shown(page: Page) -> str:
    """The reference of the event on the card."""
    address = page.locator(".card form").first.get_attribute("action")
    return str(address).removeprefix("/review/")


def test_records_are_accepted_and_rejected_with_a_key_each(
    own: Desk, page: Page, picture: Callable[[Page, str], None]
) -> None:
    address, ledger = own
    begun(page, address, "Ana")
    picture(page, "review")
    said = {}
    for number, key in enumerate("arara", 1):
        said[shown(page)] = key
        page.keyboard.press(key)
        judged(page, number)
    assert len(said) == 5
    reviews = {row.ref: row.review for row in ledger.events()}
    assert {ref for ref, key in said.items() if key == "a"} == {
        ref for ref, said in reviews.items() if said == "accepted"
    }
    assert not {ref for ref, key in said.items() if key == "r"} & set(reviews)


def test_a_type_and_a_status_are_changed_by_keyboard(own: Desk, page: Page) -> None:
    address, ledger = own
    begun(page, address, "Ana")
    first = shown(page)
    page.keyboard.press("t")
    page.keyboard.type("AID")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    judged(page, 1)
    second = shown(page)
    page.keyboard.press("u")
    page.keyboard.type("hyp")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    judged(page, 2)
    rows = {row.ref: row for row in ledger.events()}
    assert (rows[first].type, rows[first].review) == ("AID", "changed")
    assert (rows[second].status, rows[second].review) == ("hypothetical", "changed")


def test_a_record_is_skipped_and_its_report_opened_by_keyboard(own: Desk, page: Page) -> None:
    begun(page, own[0], "Ana")
    first = shown(page)
    page.keyboard.press("s")
    page.wait_for_url("**skip=1*")
    assert shown(page) != first
    ref = shown(page)
    page.keyboard.press("o")
    page.wait_for_url(f"**/report/{ref.partition('/')[0]}#{ref.partition('/')[2]}")
    assert page.locator(":target").get_attribute("data-record") == ref.partition("/")[2]


def test_keys_that_are_typed_into_a_field_judge_nothing(own: Desk, page: Page) -> None:
    address, ledger = own
    begun(page, address, "Ana")
    page.locator("#q").focus()
    page.keyboard.type("arar")
    assert page.locator("#q").input_value() == "arar"
    assert all(row.review is None for row in ledger.events())


def test_two_reviewers_and_how_far_they_agree(own: Desk, page: Page) -> None:
    for name, keys in (("Ana", "ara"), ("Boris", "aaa")):
        begun(page, own[0], name)
        for number, key in enumerate(keys, 1):
            page.keyboard.press(key)
            judged(page, number)
    expect(page.locator("#review")).to_contain_text(
        "2 reviewers, 3 records judged by more than one, the same judgement of 2"
    )


def test_what_was_missed_is_added_by_the_words_that_are_selected(own: Desk, page: Page) -> None:
    address, ledger = own
    begun(page, address, "Ana")
    report = shown(page).partition("/")[0]
    page.keyboard.press("m")
    page.wait_for_url("**/add/**")
    before = ledger.counts()["events"]
    page.locator("#marking").evaluate(
        """(text) => { const range = document.createRange(); range.setStart(text.firstChild, 100);
            range.setEnd(text.firstChild, 110); getSelection().removeAllRanges(); getSelection().addRange(range) }"""
    )
    words = ledger.record(report).report.text[100:110].strip()
    expect(page.locator("#words")).to_have_value(words)
    page.locator("fieldset input").first.check()
    page.get_by_role("button", name="Add", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/report/{report}*")
    assert ledger.counts()["events"] == before + 1
    assert words in {row.trigger for row in ledger.events(review="added")}
