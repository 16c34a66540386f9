"""Where the lines and bars of a series stand in a picture: numbers, which a template writes as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.corpus.tallies import Measure

WIDTH, HEIGHT, LEFT, TOP = 900, 260, 40, 10
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
LABELS = 8
MOST = 240  # periods that a picture can show apart


@dataclass(frozen=True, slots=True)
class Bar:
    """One quad's share of a period."""

    quad: str
    x: float
    y: float
    width: float
    height: float
    count: int


@dataclass(frozen=True, slots=True)
class Period:
    """A period: its bars, the mean intensity with its interval, and what it is called."""

    point: Measure
    x: float
    bars: tuple[Bar, ...]
    mean: float | None
    low: float | None
    high: float | None
    label: str
    is_further: bool  # whether there is no room for the label in a narrow picture


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a series: counts as bars above, mean intensity from -10 to 10 below; `cut` periods before it.

    `joined` where an act that several reports tell counts once.
    """

    width: int
    height: int
    most: int
    periods: tuple[Period, ...]
    cut: int
    joined: bool
    quads: Sequence[str] = QUADS


def chart_of(points: Sequence[Measure], cut: int, *, joined: bool) -> Chart | None:
    """Return the picture of a series, with `cut` periods before those that it shows; None where it has none."""
    if not points:
        return None
    step = (WIDTH - LEFT) / len(points)
    most = max(max(point.count for point in points), 1)
    every = max(1, len(points) // LABELS)
    periods = tuple(_period(point, n, step, most, every) for n, point in enumerate(points))
    return Chart(WIDTH, 2 * HEIGHT + 40, most, periods, cut, joined)


def _period(point: Measure, n: int, step: float, most: int, every: int) -> Period:
    x, bottom, bars = LEFT + n * step, float(HEIGHT), []
    for quad in QUADS:
        count = point.quads.get(quad, 0)
        height = (HEIGHT - TOP) * count / most
        bottom -= height
        if count:
            bars.append(Bar(quad, round(x, 1), round(bottom, 1), round(step * 0.9, 1), round(height, 1), count))
    low, high = point.intensity_mean_interval or (None, None)
    middle = round(x + step * 0.45, 1)
    label = point.period if n % every == 0 else ""
    mean = _height(point.intensity_mean)
    return Period(point, middle, tuple(bars), mean, _height(low), _height(high), label, n // every % 2 == 1)


def _height(intensity: float | None) -> float | None:
    """Return where an intensity from -10 to 10 stands in the lower picture."""
    if intensity is None:
        return None
    within = max(-10.0, min(10.0, intensity))
    return round(HEIGHT + 30 + (10 - within) / 20 * (HEIGHT - 20), 1)
