"""Series count what was done between whom, when, and say how sure the numbers are."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import ontology
from dragoman.corpus.acts import Act, acts_of_occurrences, acts_of_reports, volume_of
from dragoman.corpus.duplicates import find_duplicates
from dragoman.corpus.intervals import mean_interval, poisson_interval, share_interval, sum_interval
from dragoman.corpus.occurrences import Party, find_occurrences
from dragoman.corpus.periods import BYS, By, first_day, periods
from dragoman.corpus.series import Choice, Series, series_of
from dragoman.entities import knowledge

TABLES = knowledge.load()
USA, RUS, CHN = (Party(code, code, code, "GOV") for code in ("USA", "RUS", "CHN"))
ARMY = Party(None, "the army", "RUS", "MIL")
LAVROV = Party("sergei lavrov, RUS", "Sergei Lavrov", "RUS", "GOV")


def act(day: str | None, type: str = "ACCUSE", actors: Any = (USA,), recipients: Any = (RUS,), **more: Any) -> Act:
    kind = ontology.types()[type]
    return Act(
        id=f"{day} {type}", day=day, type=type, quad=kind.quad, intensity=kind.score, stage=more.pop("stage", "done"),
        claimed=more.pop("claimed", 0.0), confidence=more.pop("confidence", 0.9), reports=1, actors=actors,
        recipients=recipients, sentence="",
    )  # fmt: skip


def series(*acts: Act, by: By = "month", sides: tuple[str, ...] = ("USA", "RUS"), **choice: Any) -> Series:
    return series_of(acts, sides, by, {}, Choice(**choice))


def counts(found: Series) -> dict[str, int]:
    return {point.period: point.count for point in found.points}


def test_a_month_without_acts_is_a_zero() -> None:
    assert counts(series(act("2022-01-31"), act("2022-03-01"))) == {"2022-01": 1, "2022-02": 0, "2022-03": 1}


@pytest.mark.parametrize(("by", "period"), [("day", "2021-01-02"), ("week", "2020-W53"), ("month", "2021-01"),
                                            ("quarter", "2021-Q1")])  # fmt: skip
def test_periods_have_the_names_of_iso(by: By, period: str) -> None:
    assert counts(series(act("2021-01-02"), by=by)) == {period: 1}


def test_a_dyad_is_counted_both_ways_unless_it_is_directed() -> None:
    acts = act("2022-01-01"), act("2022-01-02", actors=(RUS,), recipients=(USA,))
    assert counts(series(*acts)) == {"2022-01": 2}
    assert counts(series(*acts, directed=True)) == {"2022-01": 1}


def test_a_meeting_of_both_is_of_the_dyad() -> None:
    assert counts(series(act("2022-01-01", "CONSULT", (RUS, USA), ()), directed=True)) == {"2022-01": 1}


def test_acts_with_a_third_side_are_left_out() -> None:
    assert series(act("2022-01-01", recipients=(CHN,))).points == ()


def test_an_army_and_a_minister_act_for_their_country() -> None:
    acts = act("2022-01-01", recipients=(ARMY,)), act("2022-01-02", recipients=(LAVROV,))
    assert counts(series(*acts)) == {"2022-01": 2}
    assert counts(series(*acts, sides=("USA", "RUS:MIL"))) == {"2022-01": 1}
    assert counts(series(*acts, sides=("Sergei Lavrov",))) == {"2022-01": 1}


def test_a_surname_is_nobodys_series() -> None:
    assert series(act("2022-01-01", recipients=(LAVROV,)), sides=("Lavrov",)).points == ()


@pytest.mark.parametrize("stage", ["planned", "considered", "denied", "standing"])
def test_what_was_not_done_is_not_counted(stage: str) -> None:
    assert series(act("2022-01-01", stage=stage)).points == ()


def test_types_quads_intensities_and_claims_of_a_month() -> None:
    (point,) = series(act("2022-01-01"), act("2022-01-02", "AID", claimed=1.0)).points
    assert point.types == {"ACCUSE": 1, "AID": 1}
    assert point.quads == {"material cooperation": 1, "verbal conflict": 1}
    assert (point.intensity_mean, point.intensity_sum, point.claimed) == (3.5, 7.0, 0.5)


def test_a_rate_is_for_a_thousand_reports_of_the_period() -> None:
    found = series_of([act("2022-01-05")], ("USA",), "month", {"2022-01-01": 400, "2022-02-02": 100})
    january, february = found.points
    assert (january.rate, january.volume) == (2.5, 400)
    assert february.rate == 0
    assert february.rate_interval == pytest.approx((0, 36.889), abs=0.001)


def test_acts_without_a_day_are_told_apart() -> None:
    found = series(act(None), act("2022-01-01"))
    assert (found.undated, counts(found)) == (1, {"2022-01": 1})


def test_a_series_may_be_cut_to_days_types_and_confidence() -> None:
    acts = act("2022-01-01"), act("2022-02-01", "AID"), act("2022-02-02", confidence=0.2)
    assert counts(series(*acts, since=date(2022, 2, 1), until=date(2022, 2, 9))) == {"2022-02": 2}
    assert sum(counts(series(*acts, types=frozenset({"AID"}))).values()) == 1
    assert sum(counts(series(*acts, least_confidence=0.5)).values()) == 2


def test_occurrences_count_an_act_once_and_reports_each_time(record: Any, event: Any) -> None:
    sentence = "The United States imposed sanctions on three Russian banks."
    records = [record(uri, "One text.", events=(event(sentence, date="2022-03-03"),)) for uri in "abc"]
    duplicates = find_duplicates(records)
    found = find_occurrences(records, duplicates, TABLES)
    by_act = series_of(acts_of_occurrences(found), ("USA", "RUS"), "month", volume_of(records, duplicates))
    by_report = series_of(acts_of_reports(records, TABLES), ("USA", "RUS"), "month", volume_of(records))
    assert [(point.count, point.volume) for point in by_act.points] == [(1, 1)]
    assert [(point.count, point.volume) for point in by_report.points] == [(3, 3)]


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0, 3.689), (1, 0.025, 5.572), (10, 4.795, 18.390),
                                                    (100, 81.364, 121.627), (1000, 938.97, 1063.95)])  # fmt: skip
def test_poisson_intervals_are_those_of_the_tables(count: int, low: float, high: float) -> None:
    assert poisson_interval(count) == pytest.approx((low, high), abs=0.01)


def test_intervals_of_nothing_are_none() -> None:
    assert (mean_interval({1.0: 1}), sum_interval({}), share_interval(0, 0)) == (None, None, None)


@given(st.lists(st.sampled_from([-9.0, -2.0, 2.5, 10.0]), min_size=2, max_size=60))
def test_a_mean_lies_in_its_interval_and_the_interval_is_always_the_same(values: list[float]) -> None:
    found = mean_interval(Counter(values))
    assert found is not None
    assert found[0] - 1e-9 <= sum(values) / len(values) <= found[1] + 1e-9
    assert mean_interval(Counter(values[::-1])) == found


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.sampled_from(BYS))
def test_every_day_is_in_exactly_one_period(one: date, other: date, by: By) -> None:
    since, until = sorted((one, other))
    firsts = list(periods(since, until, by))
    assert firsts[0] <= since
    assert first_day(until, by) == firsts[-1]
    assert len(set(firsts)) == len(firsts)
