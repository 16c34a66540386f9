"""A user's own table of people and bodies: a CSV file that is laid over the shipped tables.

A row with a `role` is a person in an office, one without is a body. What a name means in the user's table is all that
it means. docs/knowledge.md has the columns.
"""

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from dragoman.errors import UnreadableSource
from dragoman.ontology import sectors

NEEDED = ("name", "country", "sector")
COLUMNS = frozenset((*NEEDED, "aliases", "role", "start", "end", "wikidata"))
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
QID = re.compile(r"Q\d+")
MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class OwnTable:
    """The rows of a user's table by what they are, and the mark that records carry of it."""

    persons: tuple[dict[str, str], ...]
    bodies: tuple[dict[str, str], ...]
    digest: str  # the first eight figures of the file's SHA-256


def read_own_table(path: str, countries: Collection[str]) -> OwnTable:
    """Return a user's table; `countries` are the codes that it may use.

    Raises UnreadableSource, which names the file and the line, where a row cannot be used.
    """
    raw = _bytes(path)
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UnreadableSource(path, "is not UTF-8", "save the table as UTF-8") from error
    table = csv.DictReader(lines, restkey="", restval="")
    _check_columns(path, table.fieldnames or ())
    persons: list[dict[str, str]] = []
    bodies: list[dict[str, str]] = []
    for row in table:
        if "" in row:
            raise _fault(
                path, table.line_num, "has more cells than columns", "put a cell with a comma in quotation marks"
            )
        cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
        _check_row(f"{path}", table.line_num, cells, countries)
        if cells["role"]:
            persons.append({**cells, "office": "other"})
        else:
            bodies.append({**cells, "sectors": "", "shared": ""})
    return OwnTable(tuple(persons), tuple(bodies), sha256(raw).hexdigest()[:8])


def _bytes(path: str) -> bytes:
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise UnreadableSource(
            path, f"cannot be read ({error.strerror})", "name a CSV file with --knowledge"
        ) from error
    if len(raw) > MAX_BYTES:
        raise UnreadableSource(
            path, f"is larger than {MAX_BYTES:,} bytes", "leave out rows that the reports do not need"
        )
    return raw


def _check_columns(path: str, found: Collection[str]) -> None:
    missing = [column for column in NEEDED if column not in found]
    unknown = [column for column in found if column not in COLUMNS]
    if missing:
        raise _fault(path, 1, f"lacks the column {missing[0]!r}", f"begin with a line such as {','.join(NEEDED)},role")
    if unknown:
        raise _fault(path, 1, f"has an unknown column {unknown[0]!r}", f"name columns of {', '.join(sorted(COLUMNS))}")


def _check_row(path: str, line: int, cells: dict[str, str], countries: Collection[str]) -> None:
    if not cells["name"]:
        raise _fault(path, line, "has no name", "fill in the column name")
    if cells["country"] not in countries:
        raise _fault(
            path, line, f"has the country {cells['country']!r}", "use a code of three letters, such as KEN or UNO"
        )
    if cells["sector"] not in sectors():
        raise _fault(path, line, f"has the sector {cells['sector']!r}", f"use one of {', '.join(sectors())}")
    for column in ("start", "end"):
        if cells[column] and not DAY.fullmatch(cells[column]):
            raise _fault(path, line, f"has {cells[column]!r} as {column}", "write 2004, 2004-03 or 2004-03-09")
    if cells["end"] and cells["end"] < cells["start"][: len(cells["end"])]:
        raise _fault(path, line, "ends before it starts", "turn start and end round")
    if cells["wikidata"] and not QID.fullmatch(cells["wikidata"]):
        raise _fault(path, line, f"has {cells['wikidata']!r} as wikidata", "write it as Q42")


def _fault(path: str, line: int, reason: str, remedy: str) -> UnreadableSource:
    return UnreadableSource(f"{path}:{line}", reason, remedy)
