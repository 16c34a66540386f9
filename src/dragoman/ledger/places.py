"""Where most acts were done: points, and what they are called."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, func, select

from dragoman.ledger import schema
from dragoman.ledger.grouping import acts_counted, is_joined
from dragoman.ledger.plans import Plan

E = schema.events.c


@dataclass(frozen=True, slots=True)
class Point:
    """A point where acts were done, how many, and what events most often call it."""

    lat: float
    lon: float
    place: str
    country: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Places:
    """The points with most acts, and the number of acts at all points; who acts at two counts at each."""

    first: Sequence[Point]
    all: int


def places_of(connection: Connection, plan: Plan, most: int) -> Places:
    """Return the points with most acts, and how many acts there are at all."""
    number = acts_counted() if is_joined(connection) else func.count()
    spots = (
        select(E.lat, E.lon, number.label("acts"), func.sum(number).over().label("all"))
        .where(*plan.tests)
        .group_by(E.lat, E.lon)
        .order_by(number.desc(), E.lat, E.lon)
        .limit(most)
        .cte("spots")
        .prefix_with("MATERIALIZED")
    )
    told = func.count().label("told")
    named = (
        select(spots, E.place, E.place_country, told)
        .join(schema.events, (E.lat == spots.c.lat) & (E.lon == spots.c.lon))
        .where(*plan.tests)
        .group_by(*spots.c, E.place, E.place_country)
        .order_by(spots.c.acts.desc(), spots.c.lat, spots.c.lon, told.desc(), E.place, E.place_country)
    )
    rows = connection.execute(named).all()
    at = (next(same) for _, same in groupby(rows, key=lambda row: (row.lat, row.lon)))
    first = [Point(row.lat, row.lon, row.place, row.place_country, row.acts) for row in at]
    return Places(first, int(rows[0].all) if rows else 0)
