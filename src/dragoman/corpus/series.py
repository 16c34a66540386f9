"""How much two sides, or one, have to do with each other over time.

Only what was done is counted: no plans, no denials, no "if". An act counts in the period of its day; an
occurrence that no report dates counts in that of its first report.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dragoman.corpus.acts import Act, between, day_of
from dragoman.corpus.intervals import mean_interval, poisson_interval, share_interval, sum_interval
from dragoman.corpus.periods import By, first_day, name_of, next_first, periods

Interval = tuple[float, float]
PER = 1000  # reports, that rates are given for


@dataclass(frozen=True, slots=True)
class Point:
    """A period of a series; intervals are of 95 %. None: nothing to be measured.

    `volume` is how many reports of any subject were published, `rate` the count for 1,000 of them. A rate's interval
    takes the volume for certain.
    """

    period: str
    start: str
    end: str
    count: int
    count_interval: Interval
    types: dict[str, int]
    quads: dict[str, int]
    intensity_mean: float | None
    intensity_mean_interval: Interval | None
    intensity_sum: float
    intensity_sum_interval: Interval | None
    claimed: float | None
    claimed_interval: Interval | None
    volume: int
    rate: float | None
    rate_interval: Interval | None
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The points of a dyad, or of one side, without gaps; `undated` acts could not be put into any period."""

    sides: tuple[str, ...]
    directed: bool
    by: By
    points: tuple[Point, ...]
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which acts of a series are counted."""

    directed: bool = False
    since: date | None = None
    until: date | None = None
    least_confidence: float = 0.0
    types: frozenset[str] = field(default_factory=frozenset)  # all where empty


def series_of(
    acts: Iterable[Act], sides: Sequence[str], by: By, volume: Mapping[str, int], choice: Choice | None = None
) -> Series:
    """Return the series of two sides, or of one.

    It runs from the first to the last day that `volume` or a counted act has, or as `choice` says: periods in which
    nothing was done have their zero.
    """
    choice = choice or Choice()
    chosen = list(chosen_of(acts, sides, choice))
    dated = [(day, act) for act in chosen if (day := day_of(act.day)) is not None]
    days = [day for day, _ in dated] + [day for day in map(day_of, volume) if day is not None]
    since, until = choice.since or min(days, default=None), choice.until or max(days, default=None)
    if since is None or until is None:
        return Series(tuple(sides), choice.directed, by, (), len(chosen))
    by_period: dict[date, list[Act]] = defaultdict(list)
    for day, act in dated:
        if since <= day <= until:
            by_period[first_day(day, by)].append(act)
    published: Counter[date] = Counter()
    for written, number in volume.items():
        if (day_ := day_of(written)) is not None and since <= day_ <= until:
            published[first_day(day_, by)] += number
    points = tuple(_point(first, by, by_period[first], published[first]) for first in periods(since, until, by))
    return Series(tuple(sides), choice.directed, by, points, len(chosen) - len(dated))


def chosen_of(acts: Iterable[Act], sides: Sequence[str], choice: Choice) -> Iterable[Act]:
    """Yield the acts that a series counts, dated or not."""
    other = sides[1] if len(sides) > 1 else None
    for act in acts:
        if (
            act.stage == "done"
            and act.confidence >= choice.least_confidence
            and (not choice.types or act.type in choice.types)
            and between(act, sides[0], other, choice.directed)
        ):
            yield act


def _point(first: date, by: By, acts: Sequence[Act], volume: int) -> Point:
    count = len(acts)
    intensities = [act.intensity for act in acts]
    claims = sum(act.claimed for act in acts)
    low, high = poisson_interval(count)
    return Point(
        period=name_of(first, by),
        start=first.isoformat(),
        end=(next_first(first, by) - timedelta(days=1)).isoformat(),
        count=count,
        count_interval=(low, high),
        types=dict(sorted(Counter(act.type for act in acts).items())),
        quads=dict(sorted(Counter(act.quad for act in acts).items())),
        intensity_mean=sum(intensities) / count if count else None,
        intensity_mean_interval=mean_interval(intensities),
        intensity_sum=sum(intensities),
        intensity_sum_interval=sum_interval(intensities),
        claimed=claims / count if count else None,
        claimed_interval=share_interval(claims, count),
        volume=volume,
        rate=PER * count / volume if volume else None,
        rate_interval=(PER * low / volume, PER * high / volume) if volume else None,
        acts=tuple(act.id for act in acts),
    )
