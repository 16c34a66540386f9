"""Make the map's shapes from Natural Earth (public domain): `python training/knowledge/shapes.py FOLDER`.

FOLDER is that of the npm package world-atlas 2.0.2 (`npm pack world-atlas@2.0.2`), Natural Earth 4.1 as TopoJSON. A
country is drawn from the small scale, 1:110 million; one that it lacks from 1:50 million. Antarctica is left out.
"""

import json
import pathlib
import sys
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from math import hypot
from typing import Any

import pycountry

from dragoman.web.earth import HEIGHT, WIDTH, placed

OUT = pathlib.Path(__file__).parents[2] / "src" / "dragoman" / "web" / "shapes.json"
UNCODED = {"N. Cyprus": "CYP", "Somaliland": "SOM", "Kosovo": "XKX"}
LEFT_OUT = ("ATA",)
APART = 0.4  # of the picture's 960 units: points that lie closer to the last one are dropped
STEPS = 40  # of the grid on which a point well inside is looked for

Point = tuple[float, float]
Ring = list[Point]


def main(folder: pathlib.Path) -> None:
    """Write the shapes."""
    found: dict[str, dict[str, Any]] = {}
    for scale in ("110m", "50m"):
        atlas = json.loads((folder / f"countries-{scale}.json").read_text("utf-8"))
        by_code: dict[str, list[Ring]] = {}
        for country in atlas["objects"]["countries"]["geometries"]:
            code = code_of(country)
            if code and code not in LEFT_OUT and code not in found:
                by_code.setdefault(code, []).extend(rings_of(country, atlas))
        for code, rings in by_code.items():
            x, y = inside(max(rings, key=lambda ring: abs(area_of(ring))))
            found[code] = {"path": "".join(filter(None, map(path_of, rings))), "x": x, "y": y}
    lines = (f'"{code}":{json.dumps(found[code], separators=(",", ":"))}' for code in sorted(found))
    OUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    print(f"{len(found)} countries, {OUT.stat().st_size:,} bytes, {WIDTH} by {HEIGHT}")


def code_of(country: dict[str, Any]) -> str | None:
    """Return the ISO code of a country of the atlas, which gives it as a number."""
    known = pycountry.countries.get(numeric=country["id"]) if country.get("id") else None
    return known.alpha_3 if known else UNCODED.get(country["properties"]["name"])


def rings_of(country: dict[str, Any], atlas: dict[str, Any]) -> Iterator[Ring]:
    """Yield the outlines of a country in the picture."""
    (across, up), (west, south) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    parts = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    for arcs in (ring for part in parts for ring in part):
        steps: list[Sequence[float]] = []
        for number in arcs:
            arc = atlas["arcs"][number if number >= 0 else ~number]
            points = list(accumulate(arc, lambda at, step: [at[0] + step[0], at[1] + step[1]]))
            steps += points if number >= 0 else points[::-1]
        for part in cut([(west + x * across, south + y * up) for x, y in steps]):
            yield [placed(lat, lon) for lon, lat in part]


def cut(ring: Ring) -> Iterator[Ring]:
    """Yield an outline in degrees, in two parts where it crosses the date line."""
    turns = accumulate((-360 * round((b[0] - a[0]) / 360) for a, b in pairwise(ring)), initial=0)
    whole = [(lon + turn, lat) for (lon, lat), turn in zip(ring, turns, strict=True)]
    for west in (-540, -180, 180):
        part = beyond([(lon - west, lat) for lon, lat in whole])
        part = beyond([(360 - lon, lat) for lon, lat in part])
        if part:
            yield [(180 - lon, lat) for lon, lat in part]


def beyond(ring: Ring) -> Ring:
    """Return what of an outline lies at 0 or above."""
    kept: Ring = []
    for a, b in pairwise([*ring, *ring[:1]]):
        if a[0] >= 0:
            kept.append(a)
        if (a[0] >= 0) != (b[0] >= 0):
            kept.append((0.0, a[1] + (b[1] - a[1]) * a[0] / (a[0] - b[0])))
    return kept


def path_of(ring: Ring) -> str:
    """Return an outline as an SVG path, in tenths made relative; nothing where it is too small to be seen."""
    kept = [ring[0]]
    for point in ring[1:]:
        if hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= APART:
            kept.append(point)
    if len(kept) < 3:
        kept = [ring[0], (round(ring[0][0] + APART, 1), ring[0][1]), (ring[0][0], round(ring[0][1] + APART, 1))]
    moves = (f"{written(b[0] - a[0])} {written(b[1] - a[1])}" for a, b in pairwise(kept))
    return f"M{written(kept[0][0])} {written(kept[0][1])}l{' '.join(moves)}z".replace(" -", "-")


def written(number: float) -> str:
    """Return a number to a tenth, as short as SVG lets it be."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text in ("-0", "0") else text.replace("0.", ".", 1) if abs(number) < 1 else text


def area_of(ring: Ring) -> float:
    """Return the area inside an outline, by the shoelace formula."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]])) / 2


def inside(ring: Ring) -> Point:
    """Return a point of a grid that lies inside an outline as far from its edge as any."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    grid = (
        (min(xs) + (max(xs) - min(xs)) * (i + 0.5) / STEPS, min(ys) + (max(ys) - min(ys)) * (j + 0.5) / STEPS)
        for i in range(STEPS)
        for j in range(STEPS)
    )
    edges = list(pairwise([*ring, ring[0]]))
    best = max((point for point in grid if is_inside(point, edges)), key=lambda p: depth(p, edges), default=ring[0])
    return round(best[0], 1), round(best[1], 1)


def is_inside(point: Point, edges: list[tuple[Point, Point]]) -> bool:
    """Whether a line from a point to the right crosses an odd number of edges."""
    x, y = point
    return (
        sum((a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0] for a, b in edges) % 2
        == 1
    )


def depth(point: Point, edges: list[tuple[Point, Point]]) -> float:
    """Return how far the nearest corner of an outline is."""
    return min(hypot(a[0] - point[0], a[1] - point[1]) for a, _ in edges)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
