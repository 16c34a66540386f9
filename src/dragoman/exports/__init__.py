"""What the field's tools load: one file a format, and the one list that names them."""

from collections.abc import Iterable
from pathlib import Path

from dragoman.errors import MissingModel, UsageError
from dragoman.exports.cameo import Cameo
from dragoman.exports.choice import Choice, Settings
from dragoman.exports.csv_files import CsvFiles
from dragoman.exports.exporter import Exporter, ExportFormat, whole
from dragoman.exports.followthemoney import FollowTheMoney
from dragoman.exports.gdelt import Gdelt
from dragoman.exports.graph_files import Gexf, GraphMl
from dragoman.exports.polecat import Polecat
from dragoman.exports.schema_org import SchemaOrg
from dragoman.exports.web_annotation import WebAnnotation
from dragoman.records import Record

__all__ = ["FORMATS", "Choice", "ExportFormat", "Exporter", "Settings", "export", "format_named"]


def _parquet(target: Path, settings: Settings) -> Exporter:
    """Begin a Parquet export; pyarrow is an extra, and slow to load, so only this loads it."""
    try:
        from dragoman.exports.parquet import Parquet
    except ImportError:
        raise MissingModel("pyarrow", "pip install 'dragoman[parquet]'") from None
    return Parquet(target, settings)


FORMATS = {
    "polecat": ExportFormat(Polecat, "POLECAT's 40 columns, a row an event", ".txt"),
    "gdelt": ExportFormat(Gdelt, "GDELT 2.0 events and mentions, a row a pair, with notes", folder=True),
    "cameo": ExportFormat(Cameo, "CAMEO codes, a row a pair", ".txt"),
    "ftm": ExportFormat(FollowTheMoney, "FollowTheMoney entities, a line each", ".ftm.json"),
    "schema-org": ExportFormat(SchemaOrg, "schema.org as JSON-LD", ".jsonld"),
    "web-annotation": ExportFormat(WebAnnotation, "W3C Web Annotation, one a span", ".jsonld", chooses=False),
    "parquet": ExportFormat(_parquet, "all records as Parquet, parted by month", folder=True, chooses=False),
    "csv": ExportFormat(CsvFiles, "all records as CSV, a file a list", folder=True, chooses=False),
    "graphml": ExportFormat(GraphMl, "the network of actors as GraphML", ".graphml"),
    "gexf": ExportFormat(Gexf, "the network of actors as GEXF", ".gexf"),
}


def format_named(name: str) -> ExportFormat:
    """Return the format of this name; UsageError where there is none."""
    try:
        return FORMATS[name]
    except KeyError:
        raise UsageError(f"there is no export format {name!r}; name one of {', '.join(FORMATS)}") from None


def export(records: Iterable[Record], format: str, target: Path, settings: Settings | None = None) -> int:
    """Write records in a format to a file or folder, whole or not at all; return how many there were.

    UsageError where the target cannot be written or the format has no use for a choice of events.

    >>> export([], "polecat", Path("/no/such/folder/events.txt"))
    Traceback (most recent call last):
    dragoman.errors.UsageError: the folder of /no/such/folder/events.txt is not there; make it first
    """
    form, settings = format_named(format), settings or Settings()
    if not form.chooses and settings.choice != Choice():
        raise UsageError(f"{format} holds all events with their status and claims; it has no use for a choice of them")
    count = 0
    with whole(target, folder=form.folder) as part:
        exporter = form.make(part, settings)
        try:
            for record in records:
                exporter.write(record)
                count += 1
        finally:
            exporter.finish()
    return count
