"""Who takes part in the ledger, a page at a time: entities of its reports, by name, with how many reports name them."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select, tuple_

from dragoman.errors import UsageError
from dragoman.ledger import Ledger, schema
from dragoman.ledger.rows import folded
from dragoman.records import Struct

BLANK = 6  # what tells entities apart, and rows are sorted by


class EntityRow(Struct, frozen=True):
    """Somebody that reports name, told apart by all but `actor`, the key of the joined one."""

    name: str
    kind: str
    country: str | None
    sector: str | None
    wikidata: str | None
    actor: str | None
    reports: int


def entities_of(
    ledger: Ledger, begins: str = "", *, limit: int = 50, cursor: str | None = None
) -> tuple[list[EntityRow], str | None]:
    """Return entities whose name begins so, by name, and the cursor of the next page; UsageError where it is none."""
    rows: list[Any] = []
    position = _position(cursor, BLANK) if cursor else None
    names: list[str] = []
    following = True
    with ledger.reading() as connection:
        while following and len(rows) <= limit:
            names, following = _names(connection, folded(begins), position, names, limit)
            rows += _rows(connection, names, position, limit + 1 - len(rows)) if names else []
    found = [EntityRow(**dict(zip(EntityRow.__struct_fields__, row[:7], strict=True))) for row in rows[:limit]]
    return found, _cursor(rows[limit - 1][7:]) if len(rows) > limit else None


def _names(
    connection: Connection, begins: str, position: Sequence[str] | None, before: Sequence[str], limit: int
) -> tuple[list[str], bool]:
    """Return the next folded names from the index alone, and whether there may be more behind them."""
    name = schema.entities.c.folded
    asked = select(name).distinct().order_by(name).limit(limit + 1)
    if before:
        asked = asked.where(name > before[-1])
    elif position:
        asked = asked.where(name >= position[0])
    if begins:
        asked = asked.where(name >= begins, name < begins + "\U0010ffff")
    found = list(connection.execute(asked).scalars())
    return found, len(found) > limit


def _rows(connection: Connection, names: Sequence[str], position: Sequence[str] | None, limit: int) -> Sequence[Any]:
    """Return who goes by some names, told apart, each behind a position."""
    e = schema.entities.c
    blank = [func.coalesce(column, "") for column in (e.folded, e.name, e.kind, e.country, e.sector, e.wikidata)]
    asked = (
        select(
            e.name, e.kind, e.country, e.sector, e.wikidata, func.min(schema.actors.c.id).label("actor"),
            func.count(e.report.distinct()).label("reports"), *blank,
        )
        .outerjoin(schema.actors, schema.actors.c.key == e.actor)
        .where(e.shown, e.folded.in_(names))
        .group_by(e.folded, e.name, e.kind, e.country, e.sector, e.wikidata)
        .order_by(*blank)
        .limit(limit)
    )  # fmt: skip
    if position is not None:
        asked = asked.where(tuple_(*blank) > tuple_(*position))
    return connection.execute(asked).all()


def _cursor(values: object) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode([*values])).decode().rstrip("=")  # type: ignore[misc]


def _position(cursor: str, length: int) -> list[str]:
    try:
        found = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=list[str])
    except (ValueError, binascii.Error, msgspec.DecodeError):
        found = []
    if len(found) != length:
        raise UsageError(f"{cursor[:40]!r} is no cursor; take the one that the page before ended with")
    return found
