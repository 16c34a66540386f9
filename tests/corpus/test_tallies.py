"""What a database counts of two sides is what is counted of their acts one by one."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from dragoman import Ledger, Record
from dragoman.corpus.acts import Act, Tally
from dragoman.corpus.change import changes_of
from dragoman.corpus.join import join
from dragoman.corpus.occurrences import Party
from dragoman.corpus.series import Choice, series_counted, series_of
from dragoman.corpus.stored import Count, events_in, occurrences_in, tallies_in, tallies_of, volume_in
from dragoman.corpus.tallies import measured, shifts
from dragoman.ledger.ingest import Writer
from dragoman.ledger.prepared import records_of

READ = Path(__file__).parents[1] / "web" / "examples.jsonl"
SIDES = (
    ["USA"], ["RUS"], ["RUS:GOV"], ["PRK", "KOR"], ["USA", "RUS"], ["RUS", "USA"], ["USA", "USA"], ["IRN", "ISR"],
    ["Sergei Lavrov"], ["USA", "Sergei Lavrov"], ["TUV"],
)  # fmt: skip


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[bool, Ledger]]:
    folder = tmp_path_factory.mktemp("tallies")
    found = {}
    for joined in (True, False):
        ledger = found[joined] = Ledger(folder / f"{joined}.db", create=True)
        with Writer(ledger, ledger.begin_run("ingest")) as writer:
            for record in records_of(str(READ)):
                assert isinstance(record, Record)
                writer.add(record)
        if joined:
            join(ledger)
    yield found
    for ledger in found.values():
        ledger.close()


@pytest.mark.parametrize("joined", [True, False])
@pytest.mark.parametrize("sides", SIDES)
@pytest.mark.parametrize("by", ["day", "month", "quarter"])
def test_the_numbers_of_a_series_are_those_of_its_acts(
    ledgers: dict[bool, Ledger], sides: list[str], joined: bool, by: str
) -> None:
    ledger = ledgers[joined]
    tallies, is_joined = tallies_in(ledger, sides)
    assert is_joined is joined
    acts = occurrences_in(ledger, sides) if joined else events_in(ledger, sides)
    volume = volume_in(ledger, copies=not joined)
    series = series_of(acts, sides, by, volume)  # type: ignore[arg-type]
    found, _ = measured(tallies, by, volume)  # type: ignore[arg-type]
    assert len(found) == len(series.points)
    for measure, point in zip(found, series.points, strict=True):
        for name in measure.__slots__:
            assert getattr(measure, name) == pytest.approx(getattr(point, name)), (point.period, name)
    assert sum(t.number for t in tallies if t.day is None) == series.undated


@pytest.mark.parametrize("named", [0, 1000])
@pytest.mark.parametrize("count", ["occurrences", "reports"])
@pytest.mark.parametrize("sides", SIDES)
@pytest.mark.parametrize(
    "choice",
    [Choice(), Choice(directed=True), Choice(since=date(2022, 6, 1), until=date(2022, 8, 31)),
     Choice(least_confidence=0.6, types=frozenset({"CONSULT", "ACCUSE"}))],
)  # fmt: skip
def test_a_series_that_the_database_counts_is_that_of_the_acts_one_by_one(
    ledgers: dict[bool, Ledger], sides: list[str], count: Count, choice: Choice, named: int
) -> None:
    ledger = ledgers[True]
    acts = occurrences_in(ledger, sides) if count == "occurrences" else events_in(ledger, sides)
    volume = volume_in(ledger, copies=count == "reports")
    one_by_one = series_of(acts, sides, "month", volume, choice)
    counted = series_counted(tallies_of(ledger, sides, choice, count, named=named), sides, "month", volume, choice)
    assert (len(counted.points), counted.undated) == (len(one_by_one.points), one_by_one.undated)
    for found, point in zip(counted.points, one_by_one.points, strict=True):
        for name in set(point.__slots__) - {"acts"}:
            assert getattr(found, name) == pytest.approx(getattr(point, name)), (point.period, name)
        assert sorted(found.acts) == (sorted(point.acts) if named else [])


def test_a_side_with_many_acts_is_counted_as_one_with_few(
    ledgers: dict[bool, Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [tallies_in(ledger, sides)[0] for ledger in ledgers.values() for sides in SIDES]
    monkeypatch.setattr("dragoman.corpus.stored.MANY", 0)
    many = [tallies_in(ledger, sides)[0] for ledger in ledgers.values() for sides in SIDES]
    assert [Counter(found) for found in many] == [Counter(found) for found in few]
    assert any(few)


def test_the_weeks_outside_their_range_are_the_same() -> None:
    acts = [act(week, n) for week in range(80) for n in range(40 if week == 60 else 3 + week % 3)]
    told = changes_of(acts, ["USA", "RUS"])
    counts = Counter((one.day, one.quad, one.intensity) for one in acts)
    found = shifts([Tally(*key, number) for key, number in counts.items()])
    assert "2021-W09" in {shift.name for shift in found}
    assert [(s.name, s.what, s.week.count, s.week.low, s.week.high, s.week.direction) for s in found] == [
        (c.week, c.what, c.count, c.low, c.high, c.direction) for c in told
    ]


def act(week: int, n: int) -> Act:
    day = (date(2020, 1, 6) + timedelta(weeks=week, days=n % 7)).isoformat()
    quad = ("verbal conflict", "material conflict")[n % 2]
    one, other = Party("USA", "United States", "USA", None), Party("RUS", "Russia", "RUS", None)
    return Act(f"{week}-{n}", day, "ACCUSE", quad, -2.0, "done", 0.0, 0.9, 1, (one,), (other,), "")  # type: ignore[arg-type]
