"""Who takes part in the ledger, a page at a time: entities of its reports, by name, with how many reports name them."""

import base64
import binascii

import msgspec
from sqlalchemy import func, select, tuple_

from dragoman.errors import UsageError
from dragoman.ledger import Ledger, schema
from dragoman.ledger.rows import folded
from dragoman.records import Struct


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
    e = schema.entities.c
    blank = [func.coalesce(column, "") for column in (e.folded, e.name, e.kind, e.country, e.sector, e.wikidata)]
    asked = (
        select(
            e.name, e.kind, e.country, e.sector, e.wikidata, func.min(schema.actors.c.id).label("actor"),
            func.count(e.report.distinct()).label("reports"), *blank,
        )
        .outerjoin(schema.actors, schema.actors.c.key == e.actor)
        .where(e.shown)
        .group_by(e.folded, e.name, e.kind, e.country, e.sector, e.wikidata)
        .order_by(*blank)
        .limit(limit + 1)
    )  # fmt: skip
    if begins:
        asked = asked.where(e.folded >= folded(begins), e.folded < folded(begins) + "\U0010ffff")
    if cursor:
        asked = asked.where(tuple_(*blank) > tuple_(*_position(cursor, len(blank))))
    with ledger.reading() as connection:
        found = connection.execute(asked).all()
    rows = [EntityRow(**dict(zip(EntityRow.__struct_fields__, row[:7], strict=True))) for row in found[:limit]]
    return rows, _cursor(found[limit - 1][7:]) if len(found) > limit else None


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
