"""How sides go over time, as the pages show it: counted once by the database, then kept."""

from collections.abc import Mapping, Sequence

from dragoman.corpus.acts import Tally
from dragoman.corpus.periods import By
from dragoman.corpus.stored import tallies_in, volume_in
from dragoman.corpus.tallies import Shift, measured, shifts
from dragoman.ledger import Ledger
from dragoman.web.charts import MOST, Chart, chart_of
from dragoman.web.kept import Kept


def chart_over_time(ledger: Ledger, kept: Kept, sides: Sequence[str], by: By) -> Chart | None:
    """Return the picture of one side or two."""
    tallies, is_joined = _tallies(ledger, kept, sides)
    volume: Mapping[str, int] = kept.get(("volume", is_joined), lambda: volume_in(ledger, copies=not is_joined))
    points, cut = measured(tallies, by, volume, last=MOST)
    return chart_of(points, cut, joined=is_joined)


def changed(ledger: Ledger, kept: Kept, sides: Sequence[str]) -> list[Shift]:
    """Return the weeks in which two sides left the range of their past."""
    return shifts(_tallies(ledger, kept, sides)[0])


def _tallies(ledger: Ledger, kept: Kept, sides: Sequence[str]) -> tuple[list[Tally], bool]:
    return kept.get(("tallies", tuple(sorted(sides))), lambda: tallies_in(ledger, sides))
