"""Arrow batch in, Arrow batch out; and the same function inside Spark."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from dragoman import Reader, engines, from_json
from dragoman.sources import RawDocument

from .conftest import report, written

ROWS = [
    {"url": "http://a.example/1", "text": "France condemned Serbia on Monday.", "published": "1999-05-03"},
    {"url": "http://a.example/2", "text": "", "published": None},
    {"url": "http://a.example/3", "text": "The envoy left Damascus on Tuesday, Syria said.", "published": "2001-02-03"},
]


@pytest.fixture
def _one_reader(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_reader", lambda model: reader)


@pytest.mark.usefixtures("_one_reader")
def test_a_batch_of_documents_becomes_a_batch_of_records_row_by_row() -> None:
    [out] = engines.read_batches([pa.RecordBatch.from_pylist(ROWS)])
    assert out.schema == engines.SCHEMA
    rows = out.to_pylist()
    assert [row["uri"] for row in rows] == [f"http://a.example/{n}" for n in (1, "2", 3)] or rows[1]["record"] is None
    assert [row["reason"] for row in rows] == [None, "has an empty text", None]
    assert from_json(rows[0]["record"]).report.id == rows[0]["report_id"]
    assert (rows[0]["published"], rows[2]["published"]) == ("1999-05-03", "2001-02-03")


@pytest.mark.usefixtures("_one_reader")
def test_the_record_in_a_row_is_what_the_reader_reads(reader: Reader) -> None:
    raws = [report(n) for n in range(5)]
    table = pa.table({"id": [raw.uri for raw in raws], "text": [raw.content for raw in raws]})
    rows = engines.read_table(table).to_pylist()
    alone = [RawDocument(raw.uri, "text", raw.content) for raw in raws]
    assert [row["record"].encode() for row in rows] == list(map(written, reader.read_documents(alone)))


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason='needs pip install "dragoman[spark]"')
@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java; apt install default-jre-headless")
def test_spark_reads_with_the_same_function(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyspark.sql import SparkSession

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    raws = [report(n) for n in range(6)]
    rows = [{"id": raw.uri, "text": raw.content} for raw in raws]
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.warehouse.dir": str(tmp_path),
    }
    builder = SparkSession.builder.master("local[1]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        frame = session.createDataFrame(rows).coalesce(1)
        found = frame.mapInArrow(engines.read_batches, engines.SPARK_SCHEMA).collect()
    finally:
        session.stop()
    alone = [RawDocument(raw.uri, "text", raw.content) for raw in raws]
    assert sorted(row["record"].encode() for row in found) == sorted(map(written, reader.read_documents(alone)))
