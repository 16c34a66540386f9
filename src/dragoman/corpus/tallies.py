"""How often, how sharply and when two sides act on each other, from counts that a database made of their acts.

The numbers are those of `series` and `change`, without the acts themselves: a hundred thousand of these are a few
thousand counts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.corpus.acts import Tally, day_of
from dragoman.corpus.change import ALL, Outside, outside
from dragoman.corpus.intervals import mean_interval, poisson_interval
from dragoman.corpus.periods import By, first_day, name_of, next_first, periods
from dragoman.corpus.series import Interval


@dataclass(frozen=True, slots=True)
class Measure:
    """A period of a series, as `Point` has it, without its acts."""

    period: str
    start: str
    end: str
    count: int
    count_interval: Interval
    quads: Mapping[str, int]
    intensity_mean: float | None
    intensity_mean_interval: Interval | None
    volume: int


@dataclass(frozen=True, slots=True)
class Shift:
    """A week outside its past range: of all acts, or of a quad."""

    what: str
    week: Outside

    @property
    def name(self) -> str:
        """The week, as 2022-W30."""
        return name_of(self.week.week, "week")


def measured(
    tallies: Sequence[Tally], by: By, volume: Mapping[str, int], last: int | None = None
) -> tuple[tuple[Measure, ...], int]:
    """Return the `last` periods up to the last day that a tally or the volume of reports has, and how many are before.

    They are without gaps, from the first such day where no number is given.
    """
    dated = [(day, tally) for tally in tallies if (day := day_of(tally.day)) is not None]
    published = [(day, number) for written, number in volume.items() if (day := day_of(written)) is not None]
    days = [day for day, _ in dated] + [day for day, _ in published]
    if not days:
        return (), 0
    acts: dict[date, list[Tally]] = defaultdict(list)
    for day, tally in dated:
        acts[first_day(day, by)].append(tally)
    reports: Counter[date] = Counter()
    for day, number in published:
        reports[first_day(day, by)] += number
    firsts = list(periods(min(days), max(days), by))
    shown = firsts[-last:] if last else firsts
    return tuple(_measure(first, by, acts[first], reports[first]) for first in shown), len(firsts) - len(shown)


def _measure(first: date, by: By, tallies: Iterable[Tally], volume: int) -> Measure:
    quads: Counter[str] = Counter()
    intensities: Counter[float] = Counter()
    for tally in tallies:
        quads[tally.quad] += tally.number
        intensities[tally.intensity] += tally.number
    count = quads.total()
    total = sum(intensity * number for intensity, number in intensities.items())
    return Measure(
        period=name_of(first, by),
        start=first.isoformat(),
        end=(next_first(first, by) - timedelta(days=1)).isoformat(),
        count=count,
        count_interval=poisson_interval(count),
        quads=dict(sorted(quads.items())),
        intensity_mean=total / count if count else None,
        intensity_mean_interval=mean_interval(intensities),
        volume=volume,
    )


def shifts(tallies: Iterable[Tally]) -> list[Shift]:
    """Return the weeks that leave the range of their own past, by week, as `change.changes_of` finds them."""
    by_week: dict[date, Counter[str]] = defaultdict(Counter)
    for tally in tallies:
        if (day := day_of(tally.day)) is not None:
            by_week[first_day(day, "week")][tally.quad] += tally.number
    if not by_week:
        return []
    weeks = list(periods(min(by_week), max(by_week), "week"))
    found = []
    for what in (ALL, *sorted({quad for quads in by_week.values() for quad in quads})):
        counts = [by_week[week].total() if what == ALL else by_week[week][what] for week in weeks]
        found += [Shift(what, week) for week in outside(weeks, counts)]
    return sorted(found, key=lambda shift: (shift.week.week, shift.what != ALL, shift.what))
