"""How much each word tells of an act: the rarer it is in the news of that time, the more.

Words are counted month by month, so that what happens today changes nothing in how the acts of last year are told
apart: joining again after new reports came in compares anew only what lies in the months that they tell of.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import log

from dragoman.corpus.tellings import Telling

PERIOD = 30  # days


class Rarity:
    """The words of an archive's tellings, each with the logarithm of the share of a month's tellings that have it."""

    def __init__(self, tellings: Iterable[Telling]) -> None:
        counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
        sizes: Counter[int] = Counter()
        for telling in tellings:
            period = period_of(telling)
            if period is not None:
                counts[period].update(telling.words)
                sizes[period] += 1
        self._words = {period: _Words(sizes[period], counted) for period, counted in counts.items()}
        self.marks = {period: _mark(sizes[period], counted) for period, counted in counts.items()}

    def between(self, one: Telling, other: Telling) -> Mapping[str, float]:
        """Return what words tell of two tellings that may be of the same days: in the month of the earlier one."""
        periods = [period for period in (period_of(one), period_of(other)) if period is not None]
        return self._words[min(periods)]


class _Words(dict[str, float]):
    """What words tell, as positive numbers; a word that no telling of the month has tells most."""

    def __init__(self, size: int, counts: Mapping[str, int]) -> None:
        super().__init__({word: log((size + 1) / number) for word, number in counts.items()})
        self._most = log(size + 1)

    def __missing__(self, word: str) -> float:
        return self._most


def period_of(telling: Telling) -> int | None:
    """Return the number of the month in which a telling's act may have begun; None where its days are not known."""
    return telling.window[0] // PERIOD if telling.window is not None else None


def _mark(size: int, counts: Mapping[str, int]) -> bytes:
    """Return what tells a month's words from any others."""
    told = hashlib.blake2b(str(size).encode(), digest_size=16)
    for word, number in sorted(counts.items()):
        told.update(f"\n{word} {number}".encode("utf-8", "surrogatepass"))
    return told.digest()
