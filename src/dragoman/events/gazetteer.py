"""The gazetteer: where a place's name lies, offline. GeoNames (CC BY 4.0), populated places above 5,000 people."""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Located(NamedTuple):
    """A populated place."""

    name: str
    country: str
    lat: float
    lon: float
    geonames: int
    population: int


@cache
def _rows() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    lines = (files(__package__) / "gazetteer.tsv").read_text("utf-8").splitlines()
    for row in csv.reader(lines[1:], delimiter="\t"):
        found.setdefault(row[0], []).append(tuple(row))
    return found


def locate(name: str, country: str | None = None) -> Located | None:
    """Return the largest place of this name, in this country where one is given; None where there is none.

    >>> locate("Odessa", "UKR").country
    'UKR'
    """
    rows = [row for row in _rows().get(name, ()) if country is None or row[1] == country]
    if not rows:
        return None
    row = rows[0]
    return Located(row[0], row[1], float(row[2]), float(row[3]), int(row[4]), int(row[5]))
