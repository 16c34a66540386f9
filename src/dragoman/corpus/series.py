"""How much two sides, or one, have to do with each other over time.

Only what was done is counted: no plans, no denials, no "if". An act counts in the period of its day; an
occurrence that no report dates counts in that of its first report.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dragoman.corpus.acts import Act, Tally, between, day_of
from dragoman.corpus.intervals import mean_interval, poisson_interval, share_interval, sum_interval
from dragoman.corpus.periods import By, first_day, name_of, next_first, periods
from dragoman.errors import UsageError

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
    chosen = (
        Tally(act.day, act.quad, act.intensity, 1, act.type, act.claimed, (act.id,))
        for act in chosen_of(acts, sides, choice)
    )
    return series_counted(chosen, sides, by, volume, choice)


def series_counted(
    tallies: Iterable[Tally],
    sides: Sequence[str],
    by: By,
    volume: Mapping[str, int],
    choice: Choice,
    most: int | None = None,
) -> Series:
    """Return the series of the acts that `choice` leaves, counted; UsageError where it has more than `most` periods."""
    dated: list[tuple[date, Tally]] = []
    undated = 0
    for tally in tallies:
        if (day := day_of(tally.day)) is None:
            undated += tally.number
        else:
            dated.append((day, tally))
    days = [day for day, _ in dated] + [day for day in map(day_of, volume) if day is not None]
    since, until = choice.since or min(days, default=None), choice.until or max(days, default=None)
    if since is None or until is None:
        return Series(tuple(sides), choice.directed, by, (), undated)
    if most is not None and sum(1 for _ in periods(since, until, by)) > most:
        raise UsageError(f"a series has {most:,} periods at most; ask for longer ones, or for fewer by since and until")
    by_period: dict[date, list[Tally]] = defaultdict(list)
    for day, tally in dated:
        if since <= day <= until:
            by_period[first_day(day, by)].append(tally)
    published: Counter[date] = Counter()
    for written, number in volume.items():
        if (day_ := day_of(written)) is not None and since <= day_ <= until:
            published[first_day(day_, by)] += number
    points = tuple(_point(first, by, by_period[first], published[first]) for first in periods(since, until, by))
    return Series(tuple(sides), choice.directed, by, points, undated)


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


def _point(first: date, by: By, tallies: Sequence[Tally], volume: int) -> Point:
    types: Counter[str] = Counter()
    quads: Counter[str] = Counter()
    intensities: Counter[float] = Counter()
    for tally in tallies:
        types[tally.type] += tally.number
        quads[tally.quad] += tally.number
        intensities[tally.intensity] += tally.number
    count = quads.total()
    total = sum(intensity * number for intensity, number in intensities.items())
    claims = sum(tally.claimed * tally.number for tally in tallies)
    low, high = poisson_interval(count)
    return Point(
        period=name_of(first, by),
        start=first.isoformat(),
        end=(next_first(first, by) - timedelta(days=1)).isoformat(),
        count=count,
        count_interval=(low, high),
        types=dict(sorted(types.items())),
        quads=dict(sorted(quads.items())),
        intensity_mean=total / count if count else None,
        intensity_mean_interval=mean_interval(intensities),
        intensity_sum=total,
        intensity_sum_interval=sum_interval(intensities),
        claimed=claims / count if count else None,
        claimed_interval=share_interval(claims, count),
        volume=volume,
        rate=PER * count / volume if volume else None,
        rate_interval=(PER * low / volume, PER * high / volume) if volume else None,
        acts=tuple(id_ for tally in tallies for id_ in tally.ids),
    )
