"""The codes that other data sets have for countries, from the knowledge table of countries."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Country:
    """A country's codes: ISO 3166-1 of three and two letters, Correlates of War, FIPS 10-4, CAMEO.

    None where the other data set has no such country: the Correlates of War number states only.
    """

    code: str
    name: str
    iso2: str
    cow: str | None
    fips: str | None
    cameo: str | None


@cache
def countries() -> dict[str, Country]:
    """Return the countries by their code of three letters.

    >>> countries()["ROU"].cameo, countries()["ROU"].cow
    ('ROM', '360')
    """
    text = (files("dragoman.entities") / "knowledge" / "countries.csv").read_text("utf-8")
    return {row["code"]: _country(row) for row in csv.DictReader(text.splitlines())}


def _country(row: dict[str, str]) -> Country:
    return Country(row["code"], row["name"], row["iso2"], row["cow"] or None, row["fips"] or None, row["cameo"] or None)


def country(code: str | None) -> Country | None:
    """Return the country of a code; None for bodies above states (`UNO`, `IGO` …) and where it is not known."""
    return countries().get(code or "")


@cache
def by_cameo() -> dict[str, Country]:
    """Return the countries by their CAMEO code."""
    return {row.cameo: row for row in countries().values() if row.cameo}


@cache
def by_fips() -> dict[str, Country]:
    """Return the countries by their FIPS 10-4 code."""
    return {row.fips: row for row in countries().values() if row.fips}
