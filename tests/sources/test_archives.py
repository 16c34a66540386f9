"""WARC archives and feeds."""

import gzip
from pathlib import Path

import pytest

from dragoman.records import Failure
from dragoman.sources import RawDocument, SourceOptions, documents

PAGE = b"<!doctype html><html><body><p>Talks failed.</p></body></html>"
RSS = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>Example News</title>
<item><title>Talks fail</title><link>http://a.org/1</link><pubDate>Thu, 05 Jul 2012 14:05:00 GMT</pubDate>
<description>&lt;p&gt;Talks failed on Monday.&lt;/p&gt;</description></item>
<item><title>Nothing</title><link>http://a.org/2</link></item>
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example News</title>
<entry><title>Talks fail</title><id>urn:1</id><link href="http://a.org/1"/><updated>2012-07-05T14:05:00Z</updated>
<author><name>Jane Doe</name></author><content type="html">&lt;p&gt;Talks failed.&lt;/p&gt;</content></entry></feed>"""


ANSWERS = [
    ("http://www.a.org/1", "200 OK", "text/html; charset=utf-8", PAGE),
    ("http://a.org/gone", "404 Not Found", "text/html", PAGE),
    ("http://a.org/picture", "200 OK", "image/png", b"\x89PNG"),
    ("http://a.org/2", "200 OK", "text/html", PAGE),
]


def record(address: str, status: str, content_type: str, body: bytes) -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2012-07-05T14:05:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def archive(packed: bool = True) -> bytes:
    records = (record(*answer) for answer in ANSWERS)
    return b"".join(gzip.compress(one) if packed else one for one in records)


def read(path: Path, **options: object) -> list[RawDocument | Failure]:
    return list(documents([str(path)], SourceOptions(**options)))  # type: ignore[arg-type]


@pytest.mark.parametrize("packed", [False, True])
def test_an_archives_pages_are_read_and_nothing_else(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(archive(packed))
    found = read(path)
    assert [one.uri for one in found] == ["http://www.a.org/1", "http://a.org/2"]
    assert isinstance(found[0], RawDocument)
    assert (found[0].publisher, found[0].kind, found[0].content) == ("a.org", "html", PAGE.decode())


@pytest.mark.parametrize("packed", [False, True])
def test_a_damaged_archive_gives_what_can_be_read_and_says_so(tmp_path: Path, packed: bool) -> None:
    data = archive(packed)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data[: len(data) - 150])
    found = read(path)
    assert found[0].uri == "http://www.a.org/1"
    assert isinstance(found[-1], Failure)
    assert found[-1].uri == str(path)


def test_a_record_that_is_garbage_does_not_hide_the_rest(tmp_path: Path) -> None:
    data = archive(packed=False)
    start = data.index(b"WARC/1.0", 50)
    path = tmp_path / "a.warc"
    path.write_bytes(data[:start] + b"WARC/9 nonsense\r\nContent-Length: xyz\r\n\r\n" + data[start:])
    assert isinstance(read(path)[0], RawDocument)


def test_a_page_over_the_limit_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(archive())
    found = read(tmp_path / "a.warc.gz", max_bytes=20)
    assert [type(one) for one in found] == [Failure, Failure]
    assert found[0].uri == "http://www.a.org/1"


@pytest.mark.parametrize("name", ["a.xml", "a.rss", "feed"])
def test_an_entry_of_a_feed_is_a_document(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(RSS)
    [document, empty] = read(tmp_path / name)
    assert document == RawDocument(
        uri="http://a.org/1",
        kind="html",
        content="<p>Talks failed on Monday.</p>",
        title="Talks fail",
        publisher="Example News",
        published="2012-07-05T14:05:00+00:00",
        published_from="metadata",
    )
    assert isinstance(empty, Failure)


def test_atom_is_read_with_its_authors(tmp_path: Path) -> None:
    (tmp_path / "a.atom.gz").write_bytes(gzip.compress(ATOM.encode()))
    [document] = read(tmp_path / "a.atom.gz")
    assert isinstance(document, RawDocument)
    assert (document.authors, document.published) == (("Jane Doe",), "2012-07-05T14:05:00+00:00")


def test_other_xml_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<?xml version='1.0'?><orders><order/></orders>")
    [found] = read(tmp_path / "a.xml")
    assert isinstance(found, Failure)
    assert found.reason == "is XML, but neither RSS nor Atom"
