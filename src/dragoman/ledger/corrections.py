"""Corrections in the ledger: stored beside what the machine read, in the order in which people made them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from sqlalchemy import Connection, RowMapping, Select, func, insert, select, update

from dragoman.ledger import schema
from dragoman.ledger.correction import Anchor, Correction

MANY = 500  # ids asked for at once
ANCHORS = msgspec.json.Decoder(dict[str, Anchor])


def corrections_of(connection: Connection, reports: Iterable[str]) -> dict[str, list[Correction]]:
    """Return the corrections of reports, by `Report.id`, oldest first; those taken back are left out."""
    table = schema.corrections
    found: defaultdict[str, list[Correction]] = defaultdict(list)
    ids = sorted(reports)
    for start in range(0, len(ids), MANY):
        asked = _all().where(table.c.report.in_(ids[start : start + MANY]), table.c.withdrawn.is_(None))
        for correction in map(_correction, connection.execute(asked).mappings()):
            found[correction.report].append(correction)
    return dict(found)


def all_corrections(connection: Connection) -> Iterator[Correction]:
    """Yield all corrections, oldest first, with those taken back."""
    yield from map(_correction, connection.execute(_all()).mappings())


def store(connection: Connection, correction: Correction) -> bool:
    """Store a correction; False where it is there already."""
    table = schema.corrections
    there = select(table.c.key).where(table.c.id == correction.id)
    if connection.execute(there).first() is not None:
        return False
    row = {
        **{name: getattr(correction, name) for name in correction.__struct_fields__},
        "id": correction.id,
        "value": bytes(correction.value).decode(),
        "anchors": msgspec.json.encode(correction.anchors).decode(),
    }
    key = (connection.execute(select(func.max(table.c.key))).scalar() or 0) + 1
    connection.execute(insert(table), {"key": key, **row})
    return True


def take_back(connection: Connection, id: str, at: str) -> str | None:
    """Note that a person takes a correction back; return the report's id, None where there is no such correction."""
    table = schema.corrections
    report = connection.execute(select(table.c.report).where(table.c.id == id)).scalar()
    connection.execute(update(table).where(table.c.id == id).values(withdrawn=at))
    return report


def note_unplaced(connection: Connection, corrections: Iterable[Correction], unplaced: Mapping[str, str]) -> None:
    """Note which corrections of a report its present reading has no place for, and which it has again."""
    for correction in corrections:
        reason = unplaced.get(correction.id)
        if reason != correction.unplaced:
            table = schema.corrections
            connection.execute(update(table).where(table.c.id == correction.id).values(unplaced=reason))


def _all() -> Select[tuple[object, ...]]:
    return select(schema.corrections).order_by(schema.corrections.c.key)


def _correction(row: RowMapping) -> Correction:
    names = (name for name in Correction.__struct_fields__ if name not in ("value", "anchors"))
    return Correction(
        **{name: row[name] for name in names},
        value=msgspec.Raw(row["value"].encode()),
        anchors=ANCHORS.decode(row["anchors"]),
    )
