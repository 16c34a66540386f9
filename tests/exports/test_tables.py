"""Parquet and CSV of our own: everything is there, and the manifest lets a paper cite it."""

import csv
import hashlib
import json
from datetime import date
from pathlib import Path

import msgspec
import polars
import pyarrow.parquet as pq
import pytest

from dragoman import records as contract
from dragoman.exports import parquet
from dragoman.exports.tables import TABLES
from dragoman.records import Record

from .conftest import ATTACK, TEXT, Write, at, report

SPAN = {"start": at("visited").start, "end": at("visited").end, "text": "visited"}


def table(folder: Path, name: str) -> polars.DataFrame:
    return polars.read_parquet(folder / name / "**/*.parquet", hive_partitioning=False)


def cells(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_polars_reads_every_list(record: Record, write: Write) -> None:
    folder = write("parquet", record)
    assert {part.name: table(folder, part.name).height for part in TABLES} == {
        "reports": 1, "entities": 5, "mentions": 7, "statements": 1, "events": 5, "negotiations": 1, "proposals": 1,
        "flags": 1,
    }  # fmt: skip


def test_spans_are_structs_and_dates_are_dates(record: Record, write: Write) -> None:
    visit = table(write("parquet", record), "events").row(0, named=True)
    assert visit["trigger"] == SPAN
    assert visit["date_start"] == date(2022, 2, 3)
    assert [span["start"] for span in visit["evidence"]] == [0, TEXT.index("She criticised")]
    assert (visit["place_geonames"], visit["place"]["text"]) == (232422, "Kampala")


def test_every_span_of_a_parquet_file_is_found_in_its_report(record: Record, write: Write) -> None:
    folder = write("parquet", record)
    text = table(folder, "reports")["text"][0]
    spans = [span for row in table(folder, "events")["evidence"] for span in row]
    spans += table(folder, "mentions")["mention"].to_list()
    assert len(spans) == 13
    assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)


def test_a_proposal_keeps_what_it_gives_and_gets(record: Record, write: Write) -> None:
    proposal = table(write("parquet", record), "proposals").row(0, named=True)
    assert proposal["gives"] == [{"item": "a spy", "kind": "person", "entity": None, "held_by": "e5"}]
    assert proposal["status_by"] == [{"entity": "e5", "status": "offered"}]


def test_archives_are_parted_by_publication_month(record: Record, write: Write) -> None:
    undated = msgspec.structs.replace(record, report=report(id="sha256:0", published=None))
    odd = msgspec.structs.replace(record, report=report(id="sha256:1", published="../../etc"))
    folder = write("parquet", record, undated, odd)
    assert sorted(path.name for path in (folder / "events").iterdir()) == ["month=2022-02", "month=unknown"]
    months = polars.read_parquet(folder / "events", hive_partitioning=True)["month"].to_list()
    assert months == ["2022-02"] * 5 + ["unknown"] * 10


def test_every_file_says_what_made_it(record: Record, write: Write) -> None:
    [path] = write("parquet", record).glob("events/*/*.parquet")
    metadata = pq.read_metadata(path).metadata
    assert {key.decode(): value.decode() for key, value in metadata.items() if key.startswith(b"dragoman")} == {
        "dragoman.coder": "0.1.0 parser 1", "dragoman.ontology": "PLOVER 2021", "dragoman.knowledge": "2026.11",
        "dragoman.schema": "1", "dragoman.command": "dragoman export",
    }  # fmt: skip


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_the_manifest_has_the_rows_and_the_digest_of_each_file(format: str, record: Record, write: Write) -> None:
    folder = write(format, record)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    listed = {entry["path"]: entry for entry in manifest["files"]}
    assert set(listed) == {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    for name, entry in listed.items():
        data = (folder / name).read_bytes()
        assert (entry["sha256"], entry["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
    assert sum(entry["rows"] for name, entry in listed.items() if name.startswith("events")) == 5


def test_the_same_records_give_the_same_bytes(record: Record, write: Write, tmp_path: Path) -> None:
    first = write("parquet", record)
    first.rename(tmp_path / "before")
    assert (write("parquet", record) / "manifest.json").read_bytes() == (
        tmp_path / "before" / "manifest.json"
    ).read_bytes()


def test_months_in_any_order_lose_no_row(record: Record, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "WAITING", 40)
    monkeypatch.setattr(parquet, "OPEN", 3)
    reports = [
        report(id=f"sha256:{number:x}", published=f"{2000 + number % 3}-{1 + number % 5:02}-01") for number in range(24)
    ]
    folder = write("parquet", *(msgspec.structs.replace(record, report=one) for one in reports))
    assert table(folder, "events").height == 120
    assert table(folder, "reports")["report_id"].n_unique() == 24
    assert len(list(folder.glob("events/*/*.parquet"))) > 15  # months were closed and begun again


def test_no_records_are_tables_without_rows(write: Write) -> None:
    folder = write("parquet")
    assert {part.name: table(folder, part.name).height for part in TABLES} == {part.name: 0 for part in TABLES}


@pytest.mark.parametrize(
    ("kind", "name", "elsewhere"),
    [
        (contract.Report, "reports", {"id"}),
        (contract.Entity, "entities", {"mentions"}),
        (contract.Statement, "statements", {"date"}),
        (contract.Event, "events", {"date", "due", "magnitude"}),
        (contract.Negotiation, "negotiations", {"proposals"}),
        (contract.Proposal, "proposals", {"date"}),
        (contract.Flag, "flags", set()),
    ],
)
def test_every_field_of_a_record_is_a_column(kind: type[msgspec.Struct], name: str, elsewhere: set[str]) -> None:
    columns = next(part.columns for part in TABLES if part.name == name)
    assert set(kind.__struct_fields__) - elsewhere <= set(columns)


def test_a_span_is_three_columns_of_csv(record: Record, write: Write) -> None:
    visit = cells(write("csv", record), "events")[0]
    assert {name: visit[f"trigger_{name}"] for name in ("start", "end", "text")} == {
        name: str(value) for name, value in SPAN.items()
    }
    assert visit["evidence_start"] == f"0; {TEXT.index('She criticised')}"
    assert visit["evidence_text"].endswith("in Kampala. … She criticised Tanzania.")


def test_a_negative_number_is_a_number_and_no_formula(record: Record, write: Write) -> None:
    assert [row["intensity"] for row in cells(write("csv", record), "events")] == ["4.0", "-2.0", "-9.5", "2.5", "4.0"]


def test_items_of_a_proposal_are_json_in_csv(record: Record, write: Write) -> None:
    [proposal] = cells(write("csv", record), "proposals")
    assert json.loads(proposal["gives"]) == [{"item": "a spy", "kind": "person", "entity": None, "held_by": "e5"}]


def test_the_text_of_a_report_is_whole_in_csv(record: Record, write: Write) -> None:
    assert cells(write("csv", record), "reports")[0]["text"] == TEXT


def test_no_cell_of_csv_is_run(hostile: Record, write: Write) -> None:
    folder = write("csv", hostile)
    [row] = cells(folder, "reports")
    assert row["title"].startswith("'=cmd|")
    assert row["uri"].startswith("'+=cmd|")
    for path in folder.glob("*.csv"):
        text = path.read_text("utf-8")
        assert ATTACK not in text
        assert not any(character in text for character in "\r\x00\x1b\u202e")
        for row in cells(folder, path.stem):
            for name, cell in row.items():
                assert not cell.startswith(("=", "+", "@", "\t", "\r")), (path.name, name)
                assert not cell.startswith("-") or name == "intensity"


def test_parquet_keeps_hostile_words_as_they_are(hostile: Record, write: Write) -> None:
    assert table(write("parquet", hostile), "entities")["name"][0] == ATTACK
