"""What is near a point is what the distance over the globe says, whatever boxes are looked at first."""

import random

import pytest
from sqlalchemy import Column, Float, Integer, MetaData, Table, create_engine, insert, select

from dragoman.ledger.near import FUNCTION, kilometres, kilometres_or_none, near

POINTS = Table(
    "points", MetaData(), Column("key", Integer, primary_key=True), Column("lat", Float), Column("lon", Float)
)
CENTRES = [
    (0.0, 0.0),
    (50.45, 30.52),
    (-33.9, 18.4),
    (64.1, -21.9),
    (79.5, 10.0),
    (89.9, 100.0),
    (-16.5, 179.95),
    (5.0, -180.0),
]


@pytest.mark.parametrize("km", [1, 40, 450, 3000])
def test_the_boxes_leave_out_nobody_and_let_nobody_in(km: int) -> None:
    engine = create_engine("sqlite://")
    POINTS.metadata.create_all(engine)
    chance = random.Random(km)
    reach = km / 80  # degrees of latitude: rather more than the circle
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.create_function(FUNCTION, 4, kilometres_or_none, deterministic=True)
        for lat, lon in CENTRES:
            points = [
                (max(-90.0, min(90.0, lat + chance.uniform(-reach, reach))),
                 (lon + chance.uniform(-2 * reach, 2 * reach) + 180) % 360 - 180)
                for _ in range(3000)
            ]  # fmt: skip
            connection.execute(POINTS.delete())
            connection.execute(insert(POINTS), [{"key": n, "lat": a, "lon": b} for n, (a, b) in enumerate(points)])
            asked = select(POINTS.c.key).where(near(POINTS.c.lat, POINTS.c.lon, (lat, lon), km, engine.dialect))
            found = set(connection.execute(asked).scalars())
            assert found == {n for n, (a, b) in enumerate(points) if kilometres(a, b, lat, lon) <= km}
            assert found
