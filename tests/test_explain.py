"""Why an event was coded so."""

from collections.abc import Callable

import pytest

from dragoman import Record, UsageError
from dragoman.explain import explain

NEWS = "U.S. President Jimmy Carter telephoned Egyptian President Anwar Sadat on Monday and it rained."


def test_an_events_words_and_row_are_told(read_text: Callable[..., Record]) -> None:
    [telling] = explain(read_text(NEWS, "1979-03-12")).of("v1")
    assert (telling.words, telling.verdict) == ("telephoned", "is v1")
    assert telling.row is not None
    assert telling.row.leaf == "CONSULT.phone"
    assert telling.coding is not None
    assert telling.coding.considered[0][0] == "CONSULT.phone"


def test_what_was_rejected_is_told_with_its_reason(read_text: Callable[..., Record]) -> None:
    beside = explain(read_text(NEWS, "1979-03-12")).beside("v1")
    assert [one.words for one in beside if one.verdict.startswith("rejected")] == ["rained"]


def test_an_explanation_has_the_events_of_the_reading(examples: list[Record]) -> None:
    for record in examples:
        explanation = explain(record)
        assert explanation.events == record.events
        assert all(explanation.of(event.id) for event in record.events)


def test_an_event_that_is_not_there_is_named(read_text: Callable[..., Record]) -> None:
    with pytest.raises(UsageError, match=r"no event v9 \(it has: v1\)"):
        explain(read_text(NEWS, "1979-03-12")).of("v9")
