"""Web addresses, against a server on loopback."""

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dragoman.records import Failure
from dragoman.sources import RawDocument, SourceOptions, documents

PAGE = "<!doctype html><html><body><p>François said talks failed.</p></body></html>"


class Newspaper(BaseHTTPRequestHandler):
    """Answers each path in its own bad way."""

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def do_GET(self) -> None:
        getattr(self, "get_" + self.path.strip("/").partition("/")[0].replace(".", "_"), self.get_gone)()

    def answer(self, body: bytes, **headers: str) -> None:
        self.send_response(200)
        for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def get_page(self) -> None:
        self.answer(PAGE.encode("latin-1"), Content_Type="text/html; charset=iso-8859-1")

    def get_a_jsonl(self) -> None:
        self.answer(b'{"text": "Talks failed.", "id": "x"}\n', Content_Type="application/octet-stream")

    def get_moved(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/page")
        self.end_headers()

    def get_loop(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/loop")
        self.end_headers()

    def get_escape(self) -> None:
        self.send_response(302)
        self.send_header("Location", "file:///etc/passwd")
        self.end_headers()

    def get_gone(self) -> None:
        self.send_error(404)

    def get_big(self) -> None:
        self.answer(b"a" * 100_000)

    def get_bomb(self) -> None:
        self.answer(gzip.compress(b"a" * 3_000_000), Content_Encoding="gzip")

    def get_brotli(self) -> None:
        self.answer(b"...", Content_Encoding="br")

    def get_hang(self) -> None:
        time.sleep(3)

    def get_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.drip(b"<p>")

    def get_headerdrip(self) -> None:
        self.drip(b"HTTP/1.1 200 OK\r\nX: ")

    def drip(self, start: bytes) -> None:
        try:
            self.wfile.write(start)
            for _ in range(60):
                self.wfile.write(b"a")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            self.close_connection = True


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Newspaper)
    thread = threading.Thread(target=httpd.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def read(address: str, **options: object) -> RawDocument | Failure:
    [found] = documents([address], SourceOptions(**options))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("path", ["page", "moved"])
def test_a_page_is_read_in_the_charset_of_its_header(server: str, path: str) -> None:
    document = read(f"{server}/{path}")
    assert isinstance(document, RawDocument)
    assert (document.kind, document.content, document.publisher) == ("html", PAGE, "127.0.0.1")
    assert document.uri == f"{server}/{path}"


def test_a_file_is_read_by_its_name(server: str) -> None:
    assert read(f"{server}/a.jsonl").uri == "x"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("gone", "answered 404"),
        ("loop", "redirects more than 5 times"),
        ("escape", "could not be fetched"),
        ("big", "is larger than the limit of 50000 bytes"),
        ("bomb", "is larger than the limit"),
        ("brotli", "packing"),
    ],
)
def test_a_bad_answer_is_named(server: str, path: str, reason: str) -> None:
    found = read(f"{server}/{path}", max_bytes=50_000)
    assert isinstance(found, Failure)
    assert reason in found.reason
    assert found.uri == f"{server}/{path}"


@pytest.mark.parametrize("path", ["hang", "drip", "headerdrip"])
def test_an_address_that_hangs_or_drips_is_given_up_in_time(server: str, path: str) -> None:
    start = time.monotonic()
    found = read(f"{server}/{path}", timeout=0.4)
    assert time.monotonic() - start < 2
    assert isinstance(found, Failure)
    assert found.reason == "did not answer in full within 0.4 seconds"


def test_a_name_that_nobody_resolves_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Event()

    def hanging(*_: object, **__: object) -> object:
        asked.set()
        time.sleep(4)
        raise OSError("nobody knows")

    monkeypatch.setattr("dragoman.sources.web.socket.getaddrinfo", hanging)
    start = time.monotonic()
    found = read("http://nowhere.invalid/", timeout=0.4)
    assert asked.is_set()
    assert time.monotonic() - start < 2
    assert isinstance(found, Failure)
    assert found.reason == "did not answer in full within 0.4 seconds"


def test_a_name_that_is_not_known_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> object:
        raise OSError("Name or service not known")

    monkeypatch.setattr("dragoman.sources.web.socket.getaddrinfo", unknown)
    found = read("http://nowhere.invalid/")
    assert isinstance(found, Failure)
    assert found.reason == "could not be fetched (Name or service not known)"


def test_an_address_nobody_answers_at_is_named() -> None:
    found = read("http://127.0.0.1:9/")
    assert isinstance(found, Failure)
    assert "could not be fetched" in found.reason
