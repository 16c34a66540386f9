"""Who may come in, from where, with how much."""

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from dragoman import Ledger
from dragoman.web.guard import HEADERS
from dragoman.web.settings import Settings

TOKEN = "correct horse battery staple"
Open = Callable[..., TestClient]


def csrf_of(client: TestClient, path: str = "/paste") -> str:
    found = re.search(r'name="csrf" value="(\w+)"', client.get(path).text)
    assert found
    return found[1]


@pytest.mark.parametrize("path", ["/", "/api/events", "/static/desk.css", "/nothing", "/api/nothing", "/paste"])
def test_every_answer_has_the_headers_that_bind_a_browser(client: TestClient, path: str) -> None:
    answer = client.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "*" not in policy


def test_the_session_is_kept_from_scripts_and_other_sites(opened: Open) -> None:
    cookie = opened().get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8017", "localhost.evil.example", "", "[::1"])
def test_a_name_that_somebody_points_at_this_machine_is_not_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421
    assert client.get("/api/events", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "localhost:8017", "127.0.0.1:9", "[::1]:8017"])
def test_the_names_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/quality", headers={"host": host}).status_code == 200


def test_beyond_this_machine_a_token_is_asked_for(opened: Open) -> None:
    client = opened(Settings(token=TOKEN, hosts=frozenset()), "http://desk.example")
    for path in ("/", "/quality", "/report/ab", "/review.jsonl", "/download/events.csv"):
        answer = client.get(path, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/enter?to=")
    refused = client.get("/api/events")
    assert refused.status_code == 401
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["www-authenticate"] == "Bearer"
    assert client.post("/api/read", json={"text": "a"}).status_code == 401


def test_the_token_opens_the_api_and_no_other_word_does(opened: Open) -> None:
    client = opened(Settings(token=TOKEN, hosts=frozenset()), "http://desk.example")
    assert client.get("/api/events", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    for wrong in ("", "Bearer", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}"):
        assert client.get("/api/events", headers={"authorization": wrong}).status_code == 401
    assert client.get("/api/events", headers={"cookie": "dragoman_key=None"}).status_code == 401


def test_who_gives_the_token_comes_in_and_to_no_other_site(opened: Open) -> None:
    client = opened(Settings(token=TOKEN, hosts=frozenset()), "http://desk.example")
    form = {"csrf": csrf_of(client, "/enter"), "token": "wrong", "to": "/quality"}
    assert client.post("/enter", data=form).status_code == 401
    assert client.get("/", follow_redirects=False).status_code == 303
    for away in ("//evil.example", "/\\evil.example", "https://evil.example"):
        answer = client.post("/enter", data={**form, "token": TOKEN, "to": away}, follow_redirects=False)
        assert answer.headers["location"] == "/"
    assert client.post("/enter", data={**form, "token": TOKEN}).url.path == "/quality"
    assert client.get("/", follow_redirects=False).status_code == 200


def test_a_key_of_one_start_of_the_desk_does_not_open_the_next(opened: Open) -> None:
    first = opened(Settings(token=TOKEN, hosts=frozenset()), "http://desk.example")
    first.post("/enter", data={"csrf": csrf_of(first, "/enter"), "token": TOKEN})
    second = opened(Settings(token=TOKEN, hosts=frozenset()), "http://desk.example")
    second.cookies = first.cookies
    assert second.get("/", follow_redirects=False).status_code == 303


CHANGES = ("/paste", "/enter", "/review/{ref}", "/add/{ref}/event", "/dyad/USA-RUS/follow")


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("csrf", [None, "", "0" * 64])
def test_a_change_without_the_forms_own_token_is_refused(
    opened: Open, own: Ledger, path: str, csrf: str | None
) -> None:
    client, ref = opened(), next(own.events()).ref
    client.get("/")
    form = {"action": "reject", "who": "A", "text": "Talks failed.", "token": "x"} | ({"csrf": csrf} if csrf else {})
    asked = path.format(ref=ref.partition("/")[0] if path.startswith("/add") else ref)
    assert client.post(asked, data=form).status_code == 403
    assert next(own.events(report=ref[:16])).ref == ref


def test_a_token_of_another_session_is_none_of_this_one(opened: Open, own: Ledger) -> None:
    client, other = opened(), opened()
    ref = next(own.events()).ref
    form = {"csrf": csrf_of(other), "action": "reject", "who": "A"}
    assert client.post(f"/review/{ref}", data=form).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:9"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_change_that_another_site_makes_is_refused(opened: Open, own: Ledger, headers: dict[str, str]) -> None:
    client = opened()
    form = {"csrf": csrf_of(client), "action": "reject", "who": "A"}
    ref = next(own.events()).ref
    assert client.post(f"/review/{ref}", data=form, headers=headers).status_code == 403
    assert client.post("/api/read", json={"text": "a"}, headers=headers).status_code == 403


def test_a_form_of_another_site_cannot_send_to_the_api(client: TestClient) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a"):
        assert client.post("/api/read", content='{"text": "a"}', headers={"content-type": kind}).status_code == 415


def test_too_much_is_refused_whether_its_length_is_told_or_not(opened: Open) -> None:
    client = opened(Settings(max_body=10_000))
    large = b'{"text": "' + b"a" * 20_000 + b'"}'
    kind = {"content-type": "application/json"}
    assert client.post("/api/read", content=large, headers=kind).status_code == 413
    parts = (large[n : n + 1000] for n in range(0, len(large), 1000))
    assert client.post("/api/read", content=parts, headers=kind).status_code == 413
    lie = {**kind, "content-length": "-5"}
    assert client.post("/api/read", content=b"{}", headers=lie).status_code == 413


def test_a_long_text_is_refused_before_it_is_read(opened: Open) -> None:
    client = opened(Settings(max_text=100))
    answer = client.post("/api/read", json={"text": "a " * 60})
    assert answer.status_code == 413
    page = client.post("/paste", data={"csrf": csrf_of(client), "text": "a " * 60})
    assert page.status_code == 413
    assert "100 at most" in page.text


def test_no_file_outside_the_package_is_served(client: TestClient) -> None:
    for path in (
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/static/",
    ):
        assert client.get(path).status_code == 404, path
