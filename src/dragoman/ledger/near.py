"""What is near a point: a box that an index serves, and the distance over the globe inside it."""

import math
from typing import Any

from sqlalchemy import ColumnElement, Dialect, and_, func, or_

RADIUS = 6371.0  # kilometres; the globe's mean
DEGREE = math.pi * RADIUS / 180  # kilometres of a degree of latitude
MARGIN = 1.001  # so that the box holds what lies on the circle
INSIDE = 0.7  # of the radius: a box of that reach lies in the circle, as far as the globe is flat
FLAT = 500.0  # kilometres
FUNCTION = "dragoman_km"


def kilometres(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Return the distance between two points over the globe.

    >>> round(kilometres(50.45, 30.52, 49.84, 24.03))
    467
    """
    p, q = math.radians(lat), math.radians(to_lat)
    across = math.sin(math.radians(to_lon - lon) / 2) ** 2
    return 2 * RADIUS * math.asin(math.sqrt(min(1.0, math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * across)))


def kilometres_or_none(lat: float | None, lon: float | None, to_lat: float, to_lon: float) -> float | None:
    """Return the distance from a row's point; None where it has none."""
    return None if lat is None or lon is None else kilometres(lat, lon, to_lat, to_lon)


def near(
    lat: ColumnElement[Any], lon: ColumnElement[Any], point: tuple[float, float], km: float, dialect: Dialect
) -> ColumnElement[bool]:
    """Return the condition that a point is within kilometres of another; SQLite needs `FUNCTION` registered."""
    at_lat, at_lon = point
    high = km / DEGREE * MARGIN
    parts = [lat >= at_lat - high, lat <= at_lat + high, *_longitudes(lon, point, km)]
    if dialect.name == "sqlite":
        away = getattr(func, FUNCTION)(lat, lon, at_lat, at_lon)
    else:
        p, q = func.radians(at_lat), func.radians(lat)
        across = func.power(func.sin(func.radians(lon - at_lon) / 2), 2)
        chord = func.power(func.sin((q - p) / 2), 2) + func.cos(p) * func.cos(q) * across
        away = 2 * RADIUS * func.asin(func.sqrt(func.least(1.0, chord)))
    return and_(*parts, or_(*_well_inside(lat, lon, point, km), away <= km))


def _well_inside(
    lat: ColumnElement[Any], lon: ColumnElement[Any], point: tuple[float, float], km: float
) -> list[ColumnElement[bool]]:
    """Return the condition that a point is so near that its distance need not be measured; none where that may fail."""
    at_lat, at_lon = point
    high = km * INSIDE / DEGREE
    widest = max(0.0, abs(at_lat) - high)  # the latitude of the box at which a degree is longest
    wide = high / math.cos(math.radians(widest))
    if km > FLAT or abs(at_lat) + high >= 80 or abs(at_lon) + wide > 180:
        return []
    return [and_(lat.between(at_lat - high, at_lat + high), lon.between(at_lon - wide, at_lon + wide))]


def _longitudes(lon: ColumnElement[Any], point: tuple[float, float], km: float) -> list[ColumnElement[bool]]:
    """Return the box's sides: none where it holds a pole, two stretches where it crosses the date line."""
    at_lat, at_lon = point
    if abs(at_lat) + km / DEGREE * MARGIN >= 90:
        return []
    wide = math.degrees(math.asin(min(1.0, math.sin(min(km / RADIUS, math.pi / 2)) / math.cos(math.radians(at_lat)))))
    west, east = at_lon - wide * MARGIN, at_lon + wide * MARGIN
    if west < -180:
        return [or_(lon <= east, lon >= west + 360)]
    if east > 180:
        return [or_(lon >= west, lon <= east - 360)]
    return [lon >= west, lon <= east]
