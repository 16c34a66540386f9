"""95 % intervals: of counts, of means and sums of intensities, of shares.

Counts: Garwood's exact Poisson interval. Means and sums: percentiles of 2,000 bootstrap samples with a fixed seed; for
a mean the number of acts is held, for a sum it varies as a Poisson count does. A mean of 100 acts or more: the normal
approximation. Shares: Wilson's score interval.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import exp, lgamma, log, sqrt

import numpy as np
from numpy.typing import NDArray

TAIL = 0.025
NORMAL = 1.959963984540054
SAMPLES = 2000
SEED = 20_221_107
SMOOTH_FROM = 100  # acts: from there two bootstraps differ more (5 % of the half width) than one from the normal (4 %)
EXACT_TO = 400  # acts: above, the Wilson-Hilferty approximation errs by less than 1 in 10,000


@lru_cache(maxsize=4096)
def poisson_interval(count: int) -> tuple[float, float]:
    """Return the interval of the expected number where a number was counted.

    >>> [round(bound, 3) for bound in poisson_interval(10)]
    [4.795, 18.39]
    """
    if count > EXACT_TO:
        return _wilson_hilferty(count, -NORMAL), _wilson_hilferty(count + 1, NORMAL)
    low = 0.0 if count == 0 else _solve(lambda mean: 1 - _at_most(count - 1, mean), TAIL, count)
    return low, _solve(lambda mean: 1 - _at_most(count, mean), 1 - TAIL, count)


def _wilson_hilferty(half: int, normal: float) -> float:
    return half * (1 - 1 / (9 * half) + normal / (3 * sqrt(half))) ** 3


def _at_most(count: int, mean: float) -> float:
    if mean <= 0:
        return 1.0
    return sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(count + 1))


def _solve(rising: Callable[[float], float], target: float, count: int) -> float:
    low, high = 0.0, count + 10 * sqrt(count + 1) + 10
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < target else (low, middle)
    return (low + high) / 2


def mean_interval(values: Mapping[float, int]) -> tuple[float, float] | None:
    """Return the interval of the mean of values by how often each was seen; None of fewer than two in all."""
    whole = sum(values.values())
    if whole < 2:
        return None
    distinct, counts = _counted(values)
    if whole >= SMOOTH_FROM:
        mean = float(counts @ distinct) / whole
        half = NORMAL * sqrt(float(counts @ (distinct - mean) ** 2)) / whole
        return mean - half, mean + half
    drawn = np.random.default_rng(SEED).multinomial(whole, counts / whole, size=SAMPLES)
    return _percentiles(drawn @ distinct / whole)


def sum_interval(values: Mapping[float, int]) -> tuple[float, float] | None:
    """Return the interval of the sum of values by how often each was seen; None of no values."""
    if not values:
        return None
    distinct, counts = _counted(values)
    drawn = np.random.default_rng(SEED).poisson(counts, size=(SAMPLES, len(counts)))
    return _percentiles(drawn @ distinct)


def share_interval(part: float, whole: int) -> tuple[float, float] | None:
    """Return the interval of a share; None of nothing."""
    if whole == 0:
        return None
    share, square = part / whole, NORMAL**2
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = NORMAL / (1 + square / whole) * sqrt(share * (1 - share) / whole + square / (4 * whole**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def _counted(values: Mapping[float, int]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    rows = sorted(values.items())
    return np.array([value for value, _ in rows]), np.array([number for _, number in rows], dtype=np.int64)


def _percentiles(samples: NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.percentile(samples, [100 * TAIL, 100 * (1 - TAIL)])
    return float(low), float(high)
