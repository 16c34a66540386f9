"""The world on a plane: the shapes of countries, and where a point of the earth lies among them.

The projection is Equal Earth (Šavrič, Patterson and Jenny 2018): areas are true, so that no continent looks weightier
than it is. `shapes.json` is made by `training/knowledge/shapes.py`; its borders are Natural Earth's, as controlled.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt

import msgspec

WIDTH, HEIGHT = 960, 419
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
SCALE = 177.3  # of the plane, so that the equator is as wide as the picture
EQUATOR = 232.0  # how far it lies below the upper edge, which is at 83.6° N; the lower one is at 57.5° S


@dataclass(frozen=True, slots=True)
class Shape:
    """A country: the path of its outline, and a point well inside its largest part."""

    path: str
    x: float
    y: float


def placed(lat: float, lon: float) -> tuple[float, float]:
    """Return where a point lies in the picture, from its upper left corner.

    >>> placed(0, 0)
    (480.0, 232.0)
    """
    t = asin(sqrt(3) / 2 * sin(radians(lat)))
    east = 2 * sqrt(3) * radians(lon) * cos(t) / (3 * (9 * A4 * t**8 + 7 * A3 * t**6 + 3 * A2 * t**2 + A1))
    north = t * (A1 + A2 * t**2 + t**6 * (A3 + A4 * t**2))
    return round(WIDTH / 2 + SCALE * east, 1), round(EQUATOR - SCALE * north, 1)


@cache
def shapes() -> dict[str, Shape]:
    """Return the shape of each country, by its ISO 3166 code of three letters."""
    return msgspec.json.decode((files(__package__) / "shapes.json").read_bytes(), type=dict[str, Shape])
