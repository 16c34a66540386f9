"""Corrections in the ledger: stored beside what the machine read."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, select

from dragoman.ledger import schema
from dragoman.ledger.correction import Correction

MANY = 500


def corrections_of(connection: Connection, reports: Iterable[str]) -> dict[str, list[Correction]]:
    """Return the corrections of reports, by `Report.id`, oldest first; those taken back are left out."""
    table = schema.corrections
    found: defaultdict[str, list[Correction]] = defaultdict(list)
    ids = sorted(reports)
    for start in range(0, len(ids), MANY):
        asked = (
            select(table)
            .where(table.c.report.in_(ids[start : start + MANY]), table.c.withdrawn.is_(None))
            .order_by(table.c.key)
        )
        for row in connection.execute(asked).mappings():
            found[row["report"]].append(_correction(dict(row)))
    return dict(found)


def _correction(row: dict[str, str | int | None]) -> Correction:
    values = {name: row[name] for name in Correction.__struct_fields__ if name not in ("value", "anchors")}
    anchors = msgspec.json.decode(str(row["anchors"]))
    return msgspec.convert({**values, "value": None, "anchors": anchors}, Correction)
