"""What a list shows is had as a file, in every format that records are exported in."""

import csv
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from typing import Any

import msgspec
import pyarrow.parquet as pq
import pytest
from lxml import etree
from starlette.testclient import TestClient

from dragoman import Ledger, Record
from dragoman.exports import FORMATS
from dragoman.ledger.filters import LISTS
from dragoman.ledger.review import correct
from dragoman.records import Flag
from dragoman.web import downloads
from dragoman.web.excerpts import excerpts

Open = Callable[..., TestClient]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("of", LISTS)
def test_every_list_is_had_in_every_format(client: TestClient, of: str, format: str) -> None:
    answer = client.get(f"/download/{of}/{format}")
    assert answer.status_code == 200, answer.text
    suffix = FORMATS[format].suffix
    assert answer.headers["content-disposition"] == f'attachment; filename="{of}-{format}{suffix}"'
    if suffix == ".zip":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert archive.testzip() is None
            assert archive.namelist()
            assert not any(name.startswith(("/", "..")) for name in archive.namelist())
    elif suffix in (".graphml", ".gexf"):
        etree.fromstring(answer.content)
    elif suffix == ".jsonld":
        assert json.loads(answer.content)
    else:
        assert answer.text.splitlines() or of == "flags"  # these reports have none


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_offered_on_a_list_with_its_filter(client: TestClient, format: str) -> None:
    page = client.get("/list/events", params={"q": "type:CONSULT"}).text
    assert f'href="/download/events/{format}?q=type%3ACONSULT"' in page


def test_a_file_of_events_holds_those_of_the_list_and_no_other(client: TestClient, ledger: Ledger) -> None:
    rows = {row.ref for row in ledger.events("type:CONSULT")}
    assert 0 < len(rows) < ledger.counts()["events"]
    lines = client.get("/download/events/polecat?q=type:CONSULT").text.splitlines()[1:]
    found = {line.partition("\t")[0].partition("|")[0] for line in lines}
    assert {f"{ref[7:23]}/{ref.partition('/')[2]}" for ref in found} == rows
    assert len(lines) == len(rows)
    with zipfile.ZipFile(io.BytesIO(client.get("/download/events/csv?q=type:CONSULT").content)) as archive:
        table = list(csv.DictReader(io.TextIOWrapper(archive.open("events.csv"), "utf-8")))
    assert {f"{row['report_id'][7:23]}/{row['id']}" for row in table} == rows
    with zipfile.ZipFile(io.BytesIO(client.get("/download/events/parquet?q=type:CONSULT").content)) as archive:
        tables = [pq.read_table(io.BytesIO(archive.read(n))) for n in archive.namelist() if n.startswith("events/")]
    assert sum(table.num_rows for table in tables) == len(rows)


@pytest.mark.parametrize(
    ("of", "q", "records"),
    [
        ("statements", "kind:direct", lambda record: [one.id for one in record.statements]),
        ("negotiations", "", lambda record: [one.id for one in record.negotiations]),
        ("reports", "date:..2019", lambda record: [record.report.id]),
    ],
)
def test_a_list_narrows_the_records_of_its_kind(
    ledger: Ledger, of: str, q: str, records: Callable[[Record], list[str]]
) -> None:
    rows = list(getattr(ledger, of)(q))
    found = list(excerpts(ledger, of, q))
    assert {record.report.id[7:23] for record in found} == {row.report for row in rows}
    assert len(found) == len({row.report for row in rows})
    assert sum(len(records(record)) for record in found) >= len(rows) > 0


def test_a_statement_that_an_event_is_claimed_in_stays_with_it(ledger: Ledger) -> None:
    for record in excerpts(ledger, "statements", "kind:direct"):
        ids = {one.id for one in record.statements}
        assert {event.claimed_in for event in record.events} - {None} <= ids
        assert {one.inside for one in record.statements} - {None} <= ids


def test_a_list_of_acts_is_had_as_the_events_that_tell_them(ledger: Ledger) -> None:
    act = max(ledger.occurrences(), key=lambda row: row.reports)
    told = {row.ref for row in ledger.events(occurrence=act.id)}
    everywhere = {f"{r.report.id[7:23]}/{e.id}" for r in excerpts(ledger, "occurrences", "") for e in r.events}
    assert told <= everywhere
    assert everywhere == {row.ref for row in ledger.events() if row.occurrence}


def test_a_corrected_report_is_had_once_as_it_was_corrected(own: Ledger, opened: Open) -> None:
    first, *_, last = own.events()
    correct(own, first.ref, "change", field="type", value="AID", who="A. Editor")
    correct(own, last.ref, "reject", who="A. Editor")
    found = list(excerpts(own, "events", ""))
    assert len(found) == len({record.report.id for record in found})
    refs = {f"{r.report.id[7:23]}/{e.id}": e.type for r in found for e in r.events}
    assert refs[first.ref] == "AID"
    assert last.ref not in refs
    assert f"sha256:{first.ref[:16]}" in opened().get("/download/events/polecat?q=type:AID").text


def test_a_flag_is_told_from_the_others_by_its_place(read: list[Record], over: Any) -> None:
    kinds = ("name-conflict", "number-conflict", "name-conflict")
    flags = tuple(Flag(kind=kind, severity="note", message=f"{n}", evidence=()) for n, kind in enumerate(kinds))
    client = over([msgspec.structs.replace(read[0], flags=flags)])
    with zipfile.ZipFile(io.BytesIO(client.get("/download/flags/csv?q=kind:name-conflict").content)) as archive:
        table = list(csv.DictReader(io.TextIOWrapper(archive.open("flags.csv"), "utf-8")))
    assert [row["message"] for row in table] == ["0", "2"]


def test_a_filter_that_means_nothing_is_told_before_the_file_begins(client: TestClient) -> None:
    for path in ("events/polecat", "events/parquet", "occurrences/gexf", "events.csv"):
        assert client.get(f"/download/{path}?q=actr:USA").status_code == 422
    for path in ("events/excel", "secrets/polecat", "events/..%2f..%2fx", "secrets.csv", "events.xls"):
        assert client.get(f"/download/{path}").status_code == 404


def test_a_file_is_sent_as_it_is_made_and_a_report_is_held_at_a_time(read: list[Record]) -> None:
    def many() -> object:
        nonlocal made
        for n in range(400):
            made = n
            yield read[n % len(read)]

    made = 0
    stream = downloads._streamed(many(), FORMATS["web-annotation"])  # type: ignore[arg-type]
    next(stream)
    assert made < 100
    stream.close()
    tracemalloc.start()
    size = sum(map(len, downloads._streamed(many(), FORMATS["web-annotation"])))  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 3 * peak, (size, peak)


def test_a_download_that_is_broken_off_leaves_nothing_behind(
    read: list[Record], tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile
    from pathlib import Path

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for stream in (downloads._streamed(iter(read), FORMATS["ftm"]), downloads._archived(iter(read), FORMATS["csv"])):
        next(stream)
        stream.close()
    assert list(Path(str(tmp_path)).iterdir()) == []


def test_rows_are_the_same_as_those_of_a_query(client: TestClient, ledger: Ledger) -> None:
    lines = client.get("/download/statements.jsonl").text.splitlines()
    assert [json.loads(line) for line in lines] == json.loads(msgspec.json.encode([*ledger.statements()]))
