"""Weeks in which a dyad leaves its own past range, with the acts that made them so.

For all acts of the dyad and for each quad, a week's count is held against the 52 weeks before it: a negative binomial
with their mean and, where it is larger than a Poisson's, their variance, widened for what so many weeks cannot tell. A
week is a change where so high, or so low, a count has a chance below 1 in 1,000. In the past of later weeks a change
counts only as the border it crossed, so that one crisis does not hide the next, and a new level is taken in slowly.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log1p
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dragoman.corpus.acts import Act, day_of
from dragoman.corpus.periods import first_day, name_of, periods
from dragoman.corpus.series import Choice, chosen_of

PAST = 52  # weeks
LEAST_PAST = 12
RARE = 0.001
ROOM = 256  # counts looked at, at first
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
    by_week = dict(zip(weeks, acts, strict=True))
    for found in outside(weeks, [len(some) for some in acts]):
        told = sorted(by_week[found.week], key=lambda act: (-act.reports, -abs(act.intensity), act.id))
        yield Change(
            name_of(found.week, "week"), found.week.isoformat(), what, found.direction, found.count, found.expected,
            found.low, found.high, found.chance, tuple(told),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outside:
    """A week whose count is outside the range of its past, as `Change` has it."""

    week: date
    count: int
    expected: float
    low: int
    high: int
    chance: float

    @property
    def direction(self) -> Literal["above", "below"]:
        """Which way it left."""
        return "above" if self.count > self.high else "below"


def outside(weeks: Sequence[date], counts: Sequence[int]) -> Iterator[Outside]:
    """Yield the weeks whose count leaves the range of those before; the first 12 have too little past.

    >>> weeks = [date(2022, 1, 3) + timedelta(weeks=n) for n in range(13)]
    >>> [found.count for found in outside(weeks, [2] * 12 + [30])]
    [30]
    """
    past: list[int] = []
    for week, count in zip(weeks, counts, strict=True):
        if len(past) >= LEAST_PAST:
            before = past[-PAST:]
            chances = _chances(before)
            low, high = _bounds(chances)
            if not low <= count <= high:
                chance = max(0.0, 1 - chances.at_most(count - 1)) if count > high else chances.at_most(count)
                yield Outside(week, count, sum(before) / len(before), low, high, chance)
            count = min(max(count, low), high)
        past.append(count)


@dataclass(frozen=True, slots=True)
class Chances:
    """A negative binomial by its mean and shape; a Poisson where the shape is None."""

    mean: float
    shape: float | None

    def at_most(self, count: int) -> float:
        """Return the probability of a count or a lesser one."""
        return float(self.up_to(count)[-1]) if count >= 0 else 0.0

    def up_to(self, count: int) -> NDArray[np.float64]:
        """Return the probabilities of at most 0, 1 … up to a count."""
        k = np.arange(1, count + 1, dtype=np.float64)
        m, r = self.mean, self.shape
        # Each probability is the one before times a ratio; as logarithms, for the first is too small to be held.
        first = -m if r is None else -r * log1p(m / r)
        ratios = np.log(m / k) if r is None else np.log((k - 1 + r) / k * (m / (m + r)))
        exactly: NDArray[np.float64] = np.exp(np.concatenate(([first], first + np.cumsum(ratios))))
        return np.minimum(1.0, np.cumsum(exactly))


def _chances(past: Sequence[int]) -> Chances:
    weeks = len(past)
    mean = (sum(past) + 0.5) / weeks  # Jeffreys' prior: a dyad that was silent may speak
    spread = sum((count - mean) ** 2 for count in past) / (weeks - 1)
    variance = max(spread, mean) * (1 + 1 / weeks)
    return Chances(mean, mean * mean / (variance - mean) if variance > mean else None)


def _bounds(chances: Chances) -> tuple[int, int]:
    reach = ROOM
    while (totals := chances.up_to(reach))[-1] < 1 - RARE:
        reach *= 2
    low = int(np.searchsorted(totals, RARE))
    return low, max(low, int(np.argmax(1 - totals <= RARE)))
