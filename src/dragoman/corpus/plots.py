"""A series as a picture, SVG or PNG, drawn by matplotlib: the extra `plot`.

Matplotlib is the field's own, kept for twenty years, and writes both formats; it is an extra because nothing else here
needs it and it is large. The same series gives the same bytes.
"""

import io
from datetime import date
from typing import Literal

from dragoman.corpus.series import Series
from dragoman.corpus.tables import QUADS
from dragoman.errors import UsageError

Picture = Literal["svg", "png"]
COLOURS = (
    "#9ecae1",
    "#3182bd",
    "#fdae6b",
    "#d94801",
)  # blue cooperates, orange fights; words light, deeds dark
SALT = "dragoman"  # what matplotlib makes the ids in an SVG from, otherwise by chance
DPI = 150


def picture_of(series: Series, kind: Picture) -> bytes:
    """Return a picture: counts by quad as bars with the interval of their sum, and the mean intensity below.

    UsageError where matplotlib is not installed.
    """
    try:
        import matplotlib
        from matplotlib.figure import Figure
        from matplotlib.ticker import MaxNLocator
    except ImportError:
        raise UsageError("a picture needs matplotlib: pip install 'dragoman[plot]'; or take --format bars") from None
    with matplotlib.rc_context({"svg.hashsalt": SALT, "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(9, 5), layout="constrained")
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
        starts = [float(_days(point.start)) for point in series.points]
        widths = [0.9 * (_days(point.end) - start + 1) for point, start in zip(series.points, starts, strict=True)]
        bottoms = [0] * len(starts)
        for quad, colour in zip(QUADS, COLOURS, strict=True):
            counts = [point.quads.get(quad, 0) for point in series.points]
            above.bar(starts, counts, widths, bottoms, align="edge", color=colour, label=quad)
            bottoms = [bottom + count for bottom, count in zip(bottoms, counts, strict=True)]
        middles = [start + width / 2 for start, width in zip(starts, widths, strict=True)]
        lows, highs = ([point.count_interval[end] for point in series.points] for end in (0, 1))
        above.vlines(middles, lows, highs, color="black", linewidth=0.7, label="95 % interval")
        means = [(x, p) for x, p in zip(middles, series.points, strict=True) if p.intensity_mean is not None]
        below.plot([x for x, _ in means], [p.intensity_mean for _, p in means], ".-", color="black", linewidth=0.8)
        below.axhline(0, color="grey", linewidth=0.5)
        below.xaxis.axis_date()
        above.yaxis.set_major_locator(MaxNLocator(integer=True))
        above.set_ylabel(f"acts by {series.by}")
        below.set_ylabel("mean intensity")
        above.set_title((" → " if series.directed else " – ").join(series.sides), loc="left", parse_math=False)
        above.legend(fontsize=7, frameon=False)
        file = io.BytesIO()
        figure.savefig(file, format=kind, dpi=DPI, metadata={"Date": None} if kind == "svg" else {"Software": None})
    return file.getvalue()


def _days(written: str) -> int:
    """Return a day as matplotlib counts it, from 1970."""
    return (date.fromisoformat(written) - date(1970, 1, 1)).days
