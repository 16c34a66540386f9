"""Arrow batch in, Arrow batch out: the reading as a function that any engine can host.

`read_batches` takes batches of documents and gives batches of records; an engine calls it once a partition, and the
models are loaded once a process. Whatever speaks Arrow can host it:

    spark.read.parquet("news").mapInArrow(dragoman.engines.read_batches, dragoman.engines.SPARK_SCHEMA)
    ray.data.read_parquet("news").map_batches(dragoman.engines.read_table, batch_format="pyarrow")

In, a row is a document, its columns named as those of a JSONL file are: `text`, `title`, `published`, `url` … or what
`SourceOptions` names. Out, a row for each row in, in order: `uri`, `report_id`, `published`, and `record`, the record
as JSON, which `dragoman.from_json` reads; where a report could not be read `record` is null, and `reason` and
`remedy` say why.

Needs pyarrow: `pip install "dragoman[ray]"` or `"dragoman[spark]"` brings it.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pyarrow as pa

from dragoman.language.pipeline import DEFAULT_MODEL
from dragoman.reader import Reader
from dragoman.records import Failure, Record, as_json
from dragoman.sources import SourceOptions
from dragoman.sources.parquet import documents_in

COLUMNS = ("uri", "report_id", "published", "record", "reason", "remedy")
SCHEMA = pa.schema([(name, pa.string()) for name in COLUMNS])
SPARK_SCHEMA = ", ".join(f"{name} string" for name in COLUMNS)
DEFAULTS = SourceOptions()


def read_batches(
    batches: Iterable[Any], model: str = DEFAULT_MODEL, options: SourceOptions = DEFAULTS
) -> Iterator[Any]:
    """Yield a pyarrow.RecordBatch of records for each of documents, row by row.

    >>> batch = pa.RecordBatch.from_pylist([{"id": "a", "text": "France condemned Serbia on Monday."}])
    >>> [row["uri"] for out in read_batches([batch]) for row in out.to_pylist()]
    ['a']
    """
    reader = _reader(model)
    for batch in batches:
        items = reader.read_documents(documents_in(batch, "batch", options))
        yield pa.RecordBatch.from_pylist([row_of(item) for item in items], schema=SCHEMA)


def read_table(table: Any, model: str = DEFAULT_MODEL, options: SourceOptions = DEFAULTS) -> Any:
    """Return the records of a pyarrow.Table of documents as another, row by row."""
    return pa.Table.from_batches(read_batches(table.to_batches(), model, options), schema=SCHEMA)


def row_of(item: Record | Failure) -> dict[str, str | None]:
    """Return the row that a record or a failure is.

    >>> row_of(Failure(uri="a.txt", reason="is empty"))["reason"]
    'is empty'
    """
    if isinstance(item, Failure):
        return {"uri": item.uri, "reason": item.reason, "remedy": item.remedy}
    report = item.report
    return {"uri": report.uri, "report_id": report.id, "published": report.published, "record": as_json(item).decode()}


@cache
def _reader(model: str) -> Reader:
    return Reader(model)
