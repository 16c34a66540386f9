"""What holds for every text, however mangled."""

import itertools

import pytest
from conftest import Reading
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PARTS = [
    "The mayor said that the dam would hold.",
    '"We tried," the envoy said. "It was too late."',
    "“The town is safe.",
    "According to the ministry, the road is open",
    "GENEVA — ",
    "LOPEZ: We will not sign.",
    "\n\n",
    "\n",
    " ",
    "”",
    "'",
    "«",
    "she added",
    "👍🏽 e\u0301",
    "(",
    ", who denied it,",
]


@given(st.lists(st.sampled_from(PARTS), max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_span_stands_in_the_text_and_ids_count_up(read: Reading, parts: list[str]) -> None:
    text = "".join(parts)
    statements = read(text)
    for n, statement in enumerate(statements, 1):
        assert statement.id == f"s{n}"
        assert statement.content
        for span in (*statement.content, *filter(None, [statement.source_span, statement.cue])):
            assert text[span.start : span.end] == span.text != ""
        pieces = [(s.start, s.end) for s in statement.content]
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(pieces))
    assert {s.inside for s in statements} <= {None, *(s.id for s in statements)}


@pytest.mark.parametrize("text", ["He said " * 400, '"' * 300, "said said said\n" * 50])
def test_runaway_text_is_read_to_its_end(read: Reading, text: str) -> None:
    read(text)
