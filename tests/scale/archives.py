"""Archives made for tests and measurements: WARC, JSONL and Parquet of any length, no two reports alike."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from dragoman.sources import RawDocument

PAGE = "<!doctype html><html><head><title>{title}</title></head><body><article>{paragraphs}</article></body></html>"


def write_jsonl(path: Path, raws: list[RawDocument]) -> None:
    lines = [json.dumps({"text": raw.content, "title": f"Report {n}"}) for n, raw in enumerate(raws)]
    lines.insert(3, "{broken")
    lines.insert(5, "")
    path.write_text("\n".join(lines) + "\n", "utf-8")


def write_parquet(path: Path, raws: list[RawDocument], rows: int) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"text": [raw.content for raw in raws], "published": ["2001-02-03"] * len(raws)})
    pq.write_table(table, path, row_group_size=rows)


def write_warc(path: Path, raws: list[RawDocument], *, packed: bool) -> None:
    with path.open("wb") as file:
        for number, raw in enumerate(raws):
            for record in records(raw, number):
                file.write(gzip.compress(record) if packed else record)


def records(raw: RawDocument, number: int) -> Iterator[bytes]:
    """A request and the answer to it, as crawlers write them."""
    address = f"https://news.example/{number}"
    yield record("request", address, b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n")
    paragraphs = "".join(f"<p>{p}</p>" for p in raw.content.split("\n\n"))
    page = PAGE.format(title=f"Report {number}", paragraphs=paragraphs).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(page)
    yield record("response", address, head + page)


def record(kind: str, address: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2001-02-03T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash((kind, address)))}>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"
