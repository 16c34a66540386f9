"""The desk reads a page by its address where it was asked to, and never one of this machine or its network.

The internet is a server on loopback that stands for public addresses: names are looked up in a table, and connections
to a public address are led to it. All others go where they would go, so that a door left open is seen.
"""

import http.server
import socket
import threading
from asyncio.selector_events import BaseSelectorEventLoop
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from dragoman import Record
from dragoman.sources import RawDocument, SourceOptions
from dragoman.sources.web import fetch, is_public
from dragoman.web.settings import Settings

PUBLIC = "93.184.216.34"
PAGE = "<!doctype html><html><body><article><p>Talks failed in Geneva on Monday.</p></article></body></html>"
SECRET = "the secret of this network"
Open = Callable[..., TestClient]


class Site(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        inside = self.headers["Host"].partition(":")[0] != "news.example"
        kind = {"/table": "text/csv", "/archive": "application/warc", "/plain": "text/plain"}.get(
            self.path, "text/html; charset=utf-8"
        )
        body = SECRET if inside else "x" * 50_000 if self.path == "/big" else PAGE
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())


class Internet:
    """What names mean, one answer after the other, and what was asked of the one server there is."""

    def __init__(self, server: Any) -> None:
        self.server, self.names, self.looked_up = server, {"news.example": [PUBLIC]}, []
        self.port: int = server.server_port

    @property
    def asked(self) -> list[str]:
        return self.server.asked

    def look_up(self, name: Any, port: Any, *_: Any, **__: Any) -> list[Any]:
        name = name.decode() if isinstance(name, bytes) else name
        self.looked_up.append(name)
        answers = self.names.get(name)
        if answers is None:
            raise socket.gaierror(f"{name} is not known")
        address = answers.pop(0) if len(answers) > 1 else answers[0]
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> Iterator[Internet]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    found = Internet(server)
    plainly = BaseSelectorEventLoop.sock_connect

    async def connect(self: Any, sock: Any, address: Any) -> None:
        await plainly(self, sock, ("127.0.0.1", found.port) if address[0] == PUBLIC else address)

    monkeypatch.setattr(socket, "getaddrinfo", found.look_up)
    monkeypatch.setattr(BaseSelectorEventLoop, "sock_connect", connect)
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def given() -> list[RawDocument]:
    return []


@pytest.fixture
def desk(opened: Open, read: list[Record], given: list[RawDocument]) -> TestClient:
    def reading(document: RawDocument) -> Record:
        given.append(document)
        return read[0]

    return opened(Settings(read=reading, read_urls=True, fetch_seconds=3.0, max_page=20_000))


def test_a_public_page_is_read(desk: TestClient, internet: Internet, given: list[RawDocument]) -> None:
    answer = desk.post("/api/read", json={"url": "http://news.example/page", "published": "2022-07-29"})
    assert answer.status_code == 200, answer.text
    [document] = given
    assert (document.kind, document.content, document.publisher) == ("html", PAGE, "news.example")
    assert (document.uri, document.published) == ("http://news.example/page", "2022-07-29")
    assert internet.looked_up == ["news.example"]


def test_the_paste_page_has_a_field_for_an_address_and_shows_the_ledger(
    desk: TestClient, internet: Internet, given: list[RawDocument]
) -> None:
    page = desk.get("/paste").text
    assert 'name="url"' in page
    csrf = page.partition('name="csrf" value="')[2][:64]
    shown = desk.post("/paste", data={"csrf": csrf, "url": "http://news.example/page", "text": ""}).text
    assert 'data-record="v1"' in shown
    assert len(given) == 1


def test_a_redirect_is_followed_to_a_public_page(
    desk: TestClient, internet: Internet, given: list[RawDocument]
) -> None:
    assert desk.post("/api/read", json={"url": "http://news.example/to//page"}).status_code == 200
    assert internet.asked == ["/to//page", "/page"]
    assert given[0].content == PAGE


def test_no_address_is_read_unless_the_desk_was_asked_to(opened: Open, read: list[Record], internet: Internet) -> None:
    client = opened(Settings(read=lambda document: read[0]))
    answer = client.post("/api/read", json={"url": "http://news.example/page"})
    assert answer.status_code == 403
    assert "--read-urls" in answer.json()["detail"]
    assert 'name="url"' not in client.get("/paste").text
    assert internet.looked_up == internet.asked == []


INSIDE = (
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "192.88.99.1", "::1", "::", "fe80::1",
    "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001:0:1::", "2001:db8::1",
)  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_of_this_machine_or_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "::ffff:127.0.0.1", "::1"])
def test_a_name_that_means_this_machine_is_refused(desk: TestClient, internet: Internet, address: str) -> None:
    internet.names["inside.example"] = [address]
    answer = desk.post("/api/read", json={"url": "http://inside.example/"})
    assert answer.status_code == 422
    assert "not a public web page's" in answer.json()["detail"]
    assert internet.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:7f00:1]", "localhost", "2130706433", "0x7f.1"])
def test_this_machine_written_any_way_is_refused(
    desk: TestClient, internet: Internet, given: list[RawDocument], host: str
) -> None:
    internet.names.update({name: ["127.0.0.1"] for name in ("localhost", "2130706433", "0x7f.1")})
    for written in (f"http://{host}:{internet.port}/", f"http://{host}/", f"http://news.example@{host}/"):
        answer = desk.post("/api/read", json={"url": written})
        assert answer.status_code == 422, written
        assert answer.headers["content-type"] == "application/problem+json"
        assert SECRET not in answer.text
    assert internet.asked == []
    assert given == []


@pytest.mark.parametrize("to", ["http://127.0.0.1:{port}/", "http://inside.example:{port}/", "//inside.example/"])
def test_a_redirect_to_this_machine_is_refused(
    desk: TestClient, internet: Internet, given: list[RawDocument], to: str
) -> None:
    internet.names["inside.example"] = ["127.0.0.1"]
    path = "/to/" + to.format(port=internet.port)
    answer = desk.post("/api/read", json={"url": f"http://news.example{path}"})
    assert answer.status_code == 422
    assert internet.asked == [path]
    assert given == []


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://news.example/", "gopher://127.0.0.1/"])
def test_a_redirect_to_what_is_no_web_page_is_refused(desk: TestClient, internet: Internet, to: str) -> None:
    assert desk.post("/api/read", json={"url": f"http://news.example/to/{to}"}).status_code == 422
    assert desk.post("/api/read", json={"url": to}).status_code == 422


def test_a_name_that_changes_its_meaning_is_connected_to_as_it_was_checked(
    desk: TestClient, internet: Internet, given: list[RawDocument]
) -> None:
    internet.names["news.example"] = [PUBLIC, "127.0.0.1"]
    assert desk.post("/api/read", json={"url": "http://news.example/page"}).status_code == 200
    assert internet.looked_up == ["news.example"]  # nobody asks a second time between the check and the connection
    internet.names["news.example"] = [PUBLIC, "127.0.0.1"]
    again = f"http://news.example/to/http://news.example:{internet.port}/"
    assert desk.post("/api/read", json={"url": again}).status_code == 422
    assert len(given) == 1
    assert internet.asked == ["/page", f"/to/http://news.example:{internet.port}/"]


def test_a_port_that_is_no_web_sites_is_refused(desk: TestClient, internet: Internet) -> None:
    assert desk.post("/api/read", json={"url": "http://news.example:22/"}).status_code == 422
    assert internet.asked == []


def test_a_proxy_of_the_environment_is_not_asked(
    desk: TestClient, internet: Internet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{internet.port}")
    assert desk.post("/api/read", json={"url": "http://news.example/page"}).status_code == 200
    assert internet.asked == ["/page"]  # a proxy is asked for the whole address


@pytest.mark.parametrize("path", ["big", "archive", "nowhere.example"])
def test_what_is_too_large_or_no_page_is_refused(desk: TestClient, internet: Internet, path: str) -> None:
    url = "http://nowhere.example/" if path.endswith("example") else f"http://news.example/{path}"
    answer = desk.post("/api/read", json={"url": url})
    assert answer.status_code == 422
    assert len(answer.json()["detail"]) > 20


def test_a_table_is_read_as_the_text_that_it_is(desk: TestClient, internet: Internet, given: list[RawDocument]) -> None:
    for path in ("table", "plain"):
        assert desk.post("/api/read", json={"url": f"http://news.example/{path}"}).status_code == 200
    assert {document.kind for document in given} == {"text"}


@pytest.mark.parametrize("url", ["", "news.example", "/etc/passwd", "file:///etc/passwd", "http://", "http://a:b/"])
def test_what_is_no_address_is_refused(desk: TestClient, internet: Internet, url: str) -> None:
    assert desk.post("/api/read", json={"url": url}).status_code == 422
    assert desk.post("/api/read", json={"url": url, "text": "Talks failed."}).status_code == 422
    assert internet.asked == []


def test_the_guard_is_what_refuses(internet: Internet) -> None:
    """Without it the same address gives away what it has: the tests above can fail."""
    assert SECRET in fetch(f"http://127.0.0.1:{internet.port}/", SourceOptions()).data.decode()
