"""Weeks that leave their own past range are told, with what made them so."""

from datetime import date, timedelta
from random import Random

from dragoman.corpus.acts import Act
from dragoman.corpus.change import Change, changes_of
from dragoman.corpus.occurrences import Party
from dragoman.corpus.series import Choice
from dragoman.records import Quad

USA, RUS = (Party(code, code, code, "GOV") for code in ("USA", "RUS"))
MONDAY = date(2021, 1, 4)


def acts(counts: list[int], quad: Quad = "verbal conflict") -> list[Act]:
    return [
        Act(
            f"{week}.{n}", (MONDAY + timedelta(weeks=week, days=n % 7)).isoformat(), "ACCUSE", quad, -3.0, "done", 0.0,
            0.9, n, (USA,), (RUS,), "",
        )
        for week, count in enumerate(counts)
        for n in range(count)
    ]  # fmt: skip


def changes(counts: list[int]) -> list[Change]:
    return [change for change in changes_of(acts(counts), ("USA", "RUS")) if change.what == "all"]


def test_a_week_far_above_its_past_is_a_change_with_its_acts() -> None:
    (found,) = changes([2, 3, 2, 1, 3, 2, 4, 2] * 4 + [14, 2])
    assert (found.week, found.direction, found.count) == ("2021-W33", "above", 14)
    assert found.high < 14
    assert found.chance < 0.001
    assert [act.reports for act in found.acts] == list(range(13, -1, -1))


def test_a_silence_after_many_busy_weeks_is_a_change() -> None:
    (found,) = changes([20, 22, 19, 21] * 5 + [0, 20])
    assert (found.direction, found.count, found.acts) == ("below", 0, ())


def test_the_first_weeks_have_no_past_to_leave() -> None:
    assert changes([1, 30, 1, 1]) == []


def test_a_crisis_does_not_hide_the_next() -> None:
    found = changes([2, 1, 3, 2] * 6 + [30, 2, 3, 1, 30])
    assert [change.week for change in found] == ["2021-W25", "2021-W29"]


def test_a_dyad_that_always_swings_has_no_changes() -> None:
    assert changes([0, 9] * 30) == []


def test_chance_alone_makes_few_changes() -> None:
    rng = Random(7)
    weeks = [sum(rng.random() < 0.05 for _ in range(100)) for _ in range(400)]
    assert len(changes(weeks)) <= 2


def test_a_quad_may_change_where_the_whole_does_not() -> None:
    steady = acts([9] * 30, "verbal cooperation")
    moved = [act for act in steady if not act.id.startswith("25.")] + acts([0] * 25 + [9], "material conflict")
    assert [change.what for change in changes_of(moved, ("USA", "RUS"))] == ["material conflict", "verbal cooperation"]


def test_the_week_that_is_not_over_is_no_silence() -> None:
    weeks = acts([20] * 20)
    until = MONDAY + timedelta(weeks=20, days=2)
    assert changes_of(weeks, ("USA", "RUS"), Choice(until=until)) == []


def test_nothing_done_is_no_change() -> None:
    assert changes_of([], ("USA", "RUS")) == []
