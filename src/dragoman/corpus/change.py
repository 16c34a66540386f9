"""Weeks in which a dyad leaves its own past range, with the acts that made them so.

For all acts of the dyad and for each quad, a week's count is held against the 52 weeks before it: a negative binomial
with their mean and, where it is larger than a Poisson's, their variance, widened for what so many weeks cannot tell. A
week is a change where so high, or so low, a count has a chance below 1 in 1,000. In the past of later weeks a change
counts only as the border it crossed, so that one crisis does not hide the next, and a new level is taken in slowly.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, lgamma, log, log1p
from typing import Literal

from dragoman.corpus.acts import Act, day_of
from dragoman.corpus.periods import first_day, name_of, periods
from dragoman.corpus.series import Choice, chosen_of

PAST = 52  # weeks
LEAST_PAST = 12
RARE = 0.001
ALL = "all"


@dataclass(frozen=True, slots=True)
class Change:
    """A week outside its dyad's past range, and its acts, those that most reports tell first.

    `low` and `high` are the least and greatest count inside the range, `expected` the mean of the past, `chance` the
    probability of a count so far out, or further.
    """

    week: str
    start: str
    what: str  # "all" or a quad
    direction: Literal["above", "below"]
    count: int
    expected: float
    low: int
    high: int
    chance: float
    acts: tuple[Act, ...]


def changes_of(acts: Iterable[Act], sides: Sequence[str], choice: Choice | None = None) -> list[Change]:
    """Return the weeks that leave the range of their own past, by week; the first 12 weeks have too little past."""
    choice = choice or Choice()
    by_week: dict[date, list[Act]] = defaultdict(list)
    for act in chosen_of(acts, sides, choice):
        day = day_of(act.day)
        if day is not None and (choice.since or day) <= day <= (choice.until or day):
            by_week[first_day(day, "week")].append(act)
    if not by_week:
        return []
    last = choice.until or max(by_week)
    weeks = list(periods(choice.since or min(by_week), last, "week"))
    if weeks and weeks[-1] + timedelta(days=6) > last and choice.until:
        weeks.pop()  # a week that is not over is no silence
    found: list[Change] = []
    for what in (ALL, *sorted({act.quad for acts_ in by_week.values() for act in acts_})):
        found += _outside(weeks, [_of(what, by_week[week]) for week in weeks], what)
    return sorted(found, key=lambda change: (change.start, change.what != ALL, change.what))


def _of(what: str, acts: list[Act]) -> list[Act]:
    return [act for act in acts if what in (ALL, act.quad)]


def _outside(weeks: Sequence[date], acts: Sequence[list[Act]], what: str) -> Iterable[Change]:
    past: list[int] = []
    for week, acts_ in zip(weeks, acts, strict=True):
        count = len(acts_)
        if len(past) >= LEAST_PAST:
            chances = _chances(past[-PAST:])
            low, high = _bounds(chances)
            if not low <= count <= high:
                yield _change(week, what, acts_, past[-PAST:], (low, high), chances)
            count = min(max(count, low), high)
        past.append(count)


def _change(
    week: date, what: str, acts: list[Act], past: Sequence[int], bounds: tuple[int, int], chances: "Chances"
) -> Change:
    count = len(acts)
    above = count > bounds[1]
    chance = max(0.0, 1 - chances.at_most(count - 1)) if above else chances.at_most(count)
    acts = sorted(acts, key=lambda act: (-act.reports, -abs(act.intensity), act.id))
    return Change(
        name_of(week, "week"), week.isoformat(), what, "above" if above else "below", count,
        sum(past) / len(past), *bounds, chance, tuple(acts),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chances:
    """A negative binomial by its mean and shape; a Poisson where the shape is None."""

    mean: float
    shape: float | None

    def at_most(self, count: int) -> float:
        """Return the probability of a count or a lesser one."""
        return min(1.0, sum(self._exactly(k) for k in range(count + 1)))

    def _exactly(self, k: int) -> float:
        if self.shape is None:
            return exp(k * log(self.mean) - self.mean - lgamma(k + 1))
        r, m = self.shape, self.mean
        return exp(lgamma(k + r) - lgamma(r) - lgamma(k + 1) - r * log1p(m / r) + k * log(m / (m + r)))


def _chances(past: Sequence[int]) -> Chances:
    weeks = len(past)
    mean = (sum(past) + 0.5) / weeks  # Jeffreys' prior: a dyad that was silent may speak
    spread = sum((count - mean) ** 2 for count in past) / (weeks - 1)
    variance = max(spread, mean) * (1 + 1 / weeks)
    return Chances(mean, mean * mean / (variance - mean) if variance > mean else None)


def _bounds(chances: Chances) -> tuple[int, int]:
    low, high, total = 0, 0, chances.at_most(0)
    while total < RARE:
        low += 1
        total = chances.at_most(low)
    high = low
    while 1 - chances.at_most(high) > RARE:
        high += 1
    return low, high
