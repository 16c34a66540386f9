"""Dates as sources write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.sources.dates import iso_of


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2012-07-05", "2012-07-05"),
        ("2012-07-05T14:05:00Z", "2012-07-05T14:05:00+00:00"),
        ("20120705", "2012-07-05"),
        ("20120705140500", "2012-07-05T14:05:00"),
        ("Thu, 05 Jul 2012 14:05:00 GMT", "2012-07-05T14:05:00+00:00"),
        ("July 5, 2012", "2012-07-05"),
        ("Thursday, 5 July 2012", "2012-07-05"),
        ("5th of July 2012", "2012-07-05"),
        ("Sept. 5, 2012", "2012-09-05"),
        ("13/7/2012", "2012-07-13"),
        (1341497100, "2012-07-05T14:05:00+00:00"),
        (1341497100000, "2012-07-05T14:05:00+00:00"),
    ],
)
def test_a_date_is_read(written: object, iso: str) -> None:
    assert iso_of(written) == iso


@pytest.mark.parametrize(
    "written",
    ["", "last week", "5/7/2012", "July 5", "2012-13-45", "Monday, July 5, 2012", None, True, [2012], "99999999"],
)
def test_a_date_that_is_not_certain_is_none(written: object) -> None:
    assert iso_of(written) is None


@given(st.one_of(st.text(max_size=90), st.integers(), st.floats()))
def test_no_value_breaks_it(value: object) -> None:
    assert iso_of(value) is None or isinstance(iso_of(value), str)
