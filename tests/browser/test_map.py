"""The map: a place is chosen by mouse or keyboard, and its acts are listed below; it is read without colour."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page


@pytest.fixture
def world(desk: str, page: Page) -> Page:
    page.goto(f"{desk}/map")
    return page


def chosen(page: Page) -> str:
    return page.locator("#there h2").inner_text()


def test_a_click_on_a_circle_lists_what_was_done_there(world: Page, picture: Callable[[Page, str], None]) -> None:
    world.locator('.spot[aria-label^="Nairobi"]').click()
    world.wait_for_url("**#there")
    assert chosen(world).startswith("Nairobi, Kenya: 1")
    assert "killed more than 200 people in Nairobi" in world.locator("#there .rows").inner_text()
    world.evaluate("scrollTo(0, 0)")
    picture(world, "map")
    world.get_by_role("link", name="Every event there").click()
    world.wait_for_url("**/list/events*")
    assert world.locator(".rows > li").count() == 1


def test_every_circle_is_reached_and_followed_by_keyboard(world: Page) -> None:
    spots = world.locator(".spot").count()
    assert spots >= 20
    world.locator(".filter summary").focus()
    seen = []
    for _ in range(spots):
        world.keyboard.press("Tab")
        seen.append(world.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert len(set(seen)) == spots
    world.keyboard.press("Enter")
    world.wait_for_url("**#there")
    assert chosen(world).startswith(seen[-1].partition(":")[0])


def test_what_the_circles_say_by_size_the_list_says_in_words(world: Page) -> None:
    circles = world.locator(".spot").evaluate_all("(all) => all.map((one) => one.getAttribute('aria-label'))")
    rows = world.locator(".places li").all_inner_texts()
    assert len(rows) >= len(circles)
    for label in circles:
        name, _, count = label.rpartition(": ")
        assert any(row.startswith(name) and row.split()[-1] == count for row in rows), label


def test_a_period_is_asked_for_in_the_form_and_stays_in_the_address(world: Page) -> None:
    world.get_by_label("From", exact=True).fill("1985")
    world.get_by_label("To", exact=True).fill("1991")
    world.get_by_label("To", exact=True).press("Enter")
    world.wait_for_url("**since=1985&until=1991")
    names = world.locator(".places li a").all_inner_texts()
    assert {"Geneva", "Reykjavik", "Helsinki"} <= set(names)
    assert "Nairobi" not in names
    world.locator('.places a:text-is("Reykjavik")').click()
    world.wait_for_url("**at=point*")
    assert "since=1985" in world.url
    assert world.get_by_label("From", exact=True).input_value() == "1985"
