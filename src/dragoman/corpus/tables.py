"""Series, changes and people as text for reading and as CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from dragoman.corpus.change import Change
from dragoman.corpus.series import Interval, Point, Series
from dragoman.records import Quad
from dragoman.render.characters import on_one_line

QUADS: tuple[Quad, ...] = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
SHORT = {"verbal cooperation": "verb coop", "material cooperation": "mat coop", "verbal conflict": "verb conf",
         "material conflict": "mat conf"}  # fmt: skip
SHOWN = 5  # acts of a change


def text_of(series: Series) -> str:
    """Return a series as a table with aligned columns."""
    head = ["period", "count", "95 %", *SHORT.values(), "intensity", "95 %", "sum", "claims", "reports", "per 1000"]
    rows = [head, *map(_cells, series.points)]
    return "".join(_aligned(rows)) + _footing(series)


def _cells(point: Point) -> list[str]:
    return [
        point.period,
        str(point.count),
        _range(point.count_interval, 1),
        *(str(point.quads.get(quad, 0)) for quad in QUADS),
        _number(point.intensity_mean),
        _range(point.intensity_mean_interval, 1),
        _number(point.intensity_sum),
        "-" if point.claimed is None else f"{point.claimed:.0%}",
        str(point.volume),
        _number(point.rate),
    ]


def csv_of(series: Series) -> Iterator[str]:
    """Yield the lines of a series as CSV, with every figure and its interval; a figure that is not known is empty."""
    types = sorted({type_ for point in series.points for type_ in point.types})
    head = ["period", "start", "end"]
    for name in ("count", "intensity_mean", "intensity_sum", "claimed", "per_1000_reports"):
        head += [name, f"{name}_low", f"{name}_high"]
    yield _line([*head, "reports", *(quad.replace(" ", "_") for quad in QUADS), *types])
    for point in series.points:
        figures: list[object] = []
        for value, interval in (
            (point.count, point.count_interval),
            (point.intensity_mean, point.intensity_mean_interval),
            (point.intensity_sum, point.intensity_sum_interval),
            (point.claimed, point.claimed_interval),
            (point.rate, point.rate_interval),
        ):
            figures += [_rounded(value), *map(_rounded, interval or (None, None))]
        kinds = [point.quads.get(quad, 0) for quad in QUADS] + [point.types.get(type_, 0) for type_ in types]
        yield _line([point.period, point.start, point.end, *figures, point.volume, *kinds])


def bars_of(series: Series, width: int = 80) -> str:
    """Return a series as bars for a terminal: the count of each period, conflict dark, cooperation light."""
    most = max((point.count for point in series.points), default=0)
    label = max((len(point.period) for point in series.points), default=0)
    room = max(10, width - label - len(str(most)) - 4)
    lines = []
    for point in series.points:
        conflict = sum(number for quad, number in point.quads.items() if quad.endswith("conflict"))
        whole = round(room * point.count / most) if most else 0
        dark = round(room * conflict / most) if most else 0
        bar = "█" * dark + "░" * (whole - dark)
        lines.append(f"{point.period.ljust(label)}  {bar} {point.count}".rstrip() + "\n")
    return "".join(lines) + "█ conflict  ░ cooperation\n" + _footing(series)


def text_of_changes(changes: Sequence[Change]) -> str:
    """Return changes for reading: each with the acts that most reports tell."""
    if not changes:
        return "No week leaves its past range.\n"
    lines = []
    for change in changes:
        expected = f"expected {change.expected:.1f}, past range {change.low} to {change.high}"
        lines.append(f"{change.week}  {change.what}: {change.count} acts, {change.direction} ({expected})\n")
        for act in change.acts[:SHOWN]:
            who = ", ".join(party.name for party in act.actors) or "?"
            whom = ", ".join(party.name for party in act.recipients)
            pair = f"{who} → {whom}" if whom else who
            told = f"{act.reports} report" + ("s" if act.reports != 1 else "")
            lines.append(f"    {act.day}  {act.type}  {on_one_line(pair)}  ({told})  {on_one_line(act.id)}\n")
        if len(change.acts) > SHOWN:
            lines.append(f"    and {len(change.acts) - SHOWN} more\n")
    return "".join(lines)


def _footing(series: Series) -> str:
    sides = (" → " if series.directed else " – ").join(series.sides)
    undated = f"; {series.undated} acts without a day left out" if series.undated else ""
    return f"{on_one_line(sides)}: {sum(point.count for point in series.points)} acts by {series.by}{undated}\n"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        yield "  ".join(cells).rstrip() + "\n"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _range(interval: Interval | None, digits: int) -> str:
    return "-" if interval is None else f"{interval[0]:.{digits}f} to {interval[1]:.{digits}f}"


def _rounded(value: float | None) -> object:
    return "" if value is None else round(value, 4)


def _line(cells: Iterable[object]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerow(cells)
    return file.getvalue()
