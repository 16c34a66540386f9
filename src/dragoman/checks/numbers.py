"""number-conflict: figures that do not agree with one another, with their list, their sum or their verb."""

from collections.abc import Iterator

from dragoman.checks import counts, outcomes, sums
from dragoman.checks.numerals import figures
from dragoman.checks.reading import Finding, Reading


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the figures that do not agree."""
    found = list(figures(reading.text))
    yield from counts.find_counts(reading, found)
    yield from counts.find_measures(reading)
    yield from outcomes.find_outcomes(reading, found)
    yield from sums.find_lists(reading)
    yield from sums.find_sums(reading, found)
    yield from sums.find_directions(reading, found)
