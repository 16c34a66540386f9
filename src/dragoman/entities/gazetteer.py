"""The gazetteer: where a place's name lies, offline. GeoNames (CC BY 4.0), populated places above 5,000 people."""

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
def _rows() -> dict[str, list[str]]:
    """Return the table's lines by name, still unsplit: a run needs few of its hundred thousand."""
    found: dict[str, list[str]] = {}
    for line in (files(__package__) / "gazetteer.tsv").read_text("utf-8").splitlines()[1:]:
        found.setdefault(line[: line.index("\t")], []).append(line)
    return found


def locate(name: str, country: str | None = None) -> Located | None:
    """Return the largest place of this name, in this country where one is given; None where there is none.

    >>> locate("Odessa", "UKR").country
    'UKR'
    """
    split = (line.split("\t") for line in _rows().get(name, ()))
    rows = [row for row in split if country is None or row[1] == country]
    if not rows:
        return None
    row = rows[0]
    return Located(row[0], row[1], float(row[2]), float(row[3]), int(row[4]), int(row[5]))
