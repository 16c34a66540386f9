"""A reader follows dyads from their pages, and the desk shows what changed in them."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest
from starlette.testclient import TestClient

from dragoman import Record
from dragoman.records import DateRange, id_of
from dragoman.web import follows

Open = Callable[..., TestClient]
DYAD = "COL-VEN"


def form_of(client: TestClient, path: str) -> tuple[str, str]:
    """The form's address and token on a dyad's page."""
    page = client.get(path).text
    found = re.search(r'action="(/dyad/[^"]+)"><input type="hidden" name="csrf" value="(\w+)"', page)
    assert found
    return found[1], found[2]


def press(client: TestClient, path: str) -> str:
    action, csrf = form_of(client, path)
    answer = client.post(action, data={"csrf": csrf})
    assert answer.status_code == 200
    return action


@pytest.fixture
def crisis(read: list[Record], over: Callable[[list[Record]], TestClient]) -> TestClient:
    """A ledger in which two countries have little to do with each other, week by week, and much in the last."""
    whole = next(r for r in read if any(one.actors and one.recipients for one in r.events))
    event = next(one for one in whole.events if one.actors and one.recipients)
    one, other = event.actors[0], event.recipients[0]
    codes = {one: "COL", other: "VEN"}
    entities = tuple(msgspec.structs.replace(e, country=codes.get(e.id, e.country)) for e in whole.entities)
    records = []
    for week in range(40):
        day = (date(2022, 1, 3) + timedelta(weeks=week)).isoformat()
        when = DateRange(start=day, end=day, precision="day", text=day)
        acts = tuple(
            msgspec.structs.replace(
                event, id=f"v{n + 1}", date=when, status="actual", claimed_in=None, actors=(one,), recipients=(other,)
            )
            for n in range(30 if week == 39 else 1)
        )
        text = f"{whole.report.text}\n\n{week}"
        report = msgspec.structs.replace(whole.report, id=id_of(text), text=text, uri=f"{week}.txt", published=day)
        records.append(msgspec.structs.replace(whole, report=report, entities=entities, events=acts))
    return over(records)


def test_a_dyad_that_is_followed_stands_on_the_desk_with_what_changed(crisis: TestClient) -> None:
    assert "Dyads you follow" not in crisis.get("/").text
    assert press(crisis, f"/dyad/{DYAD}") == f"/dyad/{DYAD}/follow"
    desk = crisis.get("/").text
    part = desk.partition("Dyads you follow")[2].partition("Newest events")[0]
    assert f'href="/dyad/{DYAD}"' in part
    assert "2022-W40: 30 all, above" in part
    assert "last on 2022-10-03" in part
    assert part.count('<li class="event"') == follows.SHOWN


def test_a_dyad_is_the_same_from_either_side_and_is_let_go_again(crisis: TestClient) -> None:
    press(crisis, f"/dyad/{DYAD}")
    assert press(crisis, "/dyad/VEN-COL") == "/dyad/VEN-COL/unfollow"
    assert "Dyads you follow" not in crisis.get("/").text
    assert form_of(crisis, f"/dyad/{DYAD}")[0].endswith("/follow")


def test_what_is_followed_outlives_the_desk_and_the_browser(opened: Open) -> None:
    client = opened()
    action, csrf = form_of(client, "/dyad/PRK-KOR")
    cookie = client.post(action, data={"csrf": csrf}, follow_redirects=False).headers["set-cookie"]
    assert "Max-Age=31536000" in cookie
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    again = opened()
    again.cookies.set(follows.COOKIE, client.cookies[follows.COOKIE])
    assert "Dyads you follow" in again.get("/").text


def test_what_one_reader_follows_is_not_on_anothers_desk(opened: Open) -> None:
    press(opened(), "/dyad/PRK-KOR")
    assert "Dyads you follow" not in opened().get("/").text


@pytest.mark.parametrize("csrf", [None, "", "0" * 64])
def test_nothing_is_followed_without_the_forms_own_token(opened: Open, csrf: str | None) -> None:
    client = opened()
    client.get("/")
    answer = client.post("/dyad/PRK-KOR/follow", data={"csrf": csrf} if csrf is not None else {})
    assert answer.status_code == 403
    assert follows.COOKIE not in client.cookies
    assert client.get("/dyad/PRK-KOR/follow").status_code == 405


def test_no_more_dyads_are_followed_than_a_desk_has_room_for(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follows, "MOST", 2)
    client = opened()
    for dyad in ("PRK-KOR", "USA-RUS"):
        press(client, f"/dyad/{dyad}")
    action, csrf = form_of(client, "/dyad/IRN-ISR")
    assert client.post(action, data={"csrf": csrf}).status_code == 422
    csrf = form_of(client, "/dyad/USA-RUS")[1]
    for path, status in (("/dyad/USA-RUS/forget", 404), ("/dyad/USA-X/follow", 422)):
        assert client.post(path, data={"csrf": csrf}).status_code == status


@pytest.mark.parametrize("cookie", ["<script>", "USA-RUS" * 1000, "XXX-YYY", "RUS-", "usa-rus", "PRK-KOR.%00", "a;b"])
def test_a_cookie_that_somebody_made_up_breaks_no_page(client: TestClient, cookie: str) -> None:
    header = {"cookie": f'{follows.COOKIE}="{cookie}"'}
    answer = client.get("/", headers=header)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert 'role="alert"' not in answer.text
