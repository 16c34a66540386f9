"""Lists as files: their rows as CSV or JSON lines, their records in every export format, streamed as they are made."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZipFile

from fastapi import APIRouter, HTTPException
from starlette.responses import Response, StreamingResponse

from dragoman.exports import FORMATS, Choice, Exporter, ExportFormat, Settings
from dragoman.exports.choice import EVERY_STATUS
from dragoman.exports.rows import csv_lines, json_lines, values_of
from dragoman.ledger.answers import ROWS
from dragoman.ledger.filters import LISTS
from dragoman.records import Record
from dragoman.web.excerpts import excerpts
from dragoman.web.given import TheLedger

router = APIRouter(include_in_schema=False)
PIECE = 1 << 16  # bytes
# What a list shows is what its file holds: plans, denials and claims too, marked as such.
ALL = Choice(statuses=EVERY_STATUS, claims=True)


@router.get("/download/{of}.{form}")
def rows(ledger: TheLedger, of: str, form: str, q: str = "") -> Response:
    """Give all rows of a list as a file."""
    _check(of)
    if form not in ("csv", "jsonl"):
        raise HTTPException(404, "Rows are had as csv or jsonl; records as /download/LIST/FORMAT.")
    found = _begun(getattr(ledger, of)(q))
    names = ROWS[of].__struct_fields__
    lines = csv_lines(names, map(values_of, found)) if form == "csv" else json_lines(found)
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/jsonl"
    return StreamingResponse(_joined(lines), media_type=kind, headers=_named(f"{of}.{form}"))


@router.get("/download/{of}/{format}")
def records(ledger: TheLedger, of: str, format: str, q: str = "") -> Response:
    """Give the records of a list in an export format; several files travel as one archive."""
    _check(of)
    if format not in FORMATS:
        raise HTTPException(404, f"There is no such format; there are {', '.join(FORMATS)}.")
    form = FORMATS[format]
    made = _begun((_archived if form.folder else _streamed)(excerpts(ledger, of, q), form))
    headers = _named(f"{of}-{format}{form.suffix}")
    return StreamingResponse(made, media_type="application/octet-stream", headers=headers)


def _check(of: str) -> None:
    if of not in LISTS:
        raise HTTPException(404, f"There is no list of that name; there are {', '.join(LISTS)}.")


def _named(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}


def _begun(parts: Iterator[Any]) -> Iterator[Any]:
    """Return parts whose first is there: a filter that means nothing is told before the file begins."""
    return chain(list(islice(parts, 1)), parts)


def _joined(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield lines in pieces that are worth sending."""
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= PIECE:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def _streamed(records: Iterable[Record], form: ExportFormat) -> Iterator[bytes]:
    """Yield a file while it is written."""
    with TemporaryDirectory(prefix="dragoman-") as folder:
        target = Path(folder) / "part"
        target.touch()
        with target.open("rb") as written:
            for _ in _written(records, form, target):
                yield from _pieces(written)
            yield from _pieces(written)


def _archived(records: Iterable[Record], form: ExportFormat) -> Iterator[bytes]:
    """Yield an archive of the files that a format makes, once they are made."""
    with TemporaryDirectory(prefix="dragoman-") as folder:
        target = Path(folder)
        for _ in _written(records, form, target):
            pass
        sink = _Sink()
        with ZipFile(cast(BinaryIO, sink), "w", ZIP_DEFLATED) as archive:
            for file in sorted(path for path in target.rglob("*") if path.is_file()):
                with file.open("rb") as source, archive.open(file.relative_to(target).as_posix(), "w") as into:
                    for piece in _pieces(source):
                        into.write(piece)
                        yield sink.taken()
        yield sink.taken()


def _written(records: Iterable[Record], form: ExportFormat, target: Path) -> Iterator[None]:
    """Write records, and let others have a look after each."""
    exporter: Exporter = form.make(target, Settings(ALL))
    try:
        for record in records:
            exporter.write(record)
            yield
    finally:
        exporter.finish()


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


class _Sink:
    """What an archive is written to that nobody can go back in."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        self._held += data
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is written is there."""

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        taken = bytes(self._held)
        self._held.clear()
        return taken
