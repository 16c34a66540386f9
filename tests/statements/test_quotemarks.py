"""Quotation marks of every kind open and close where a reader would have it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.statements.quotemarks import find_quotations


def quoted(text: str) -> list[str]:
    return [text[a:b] for q in find_quotations(text) for a, b in q.pieces]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said "yes" and left.', ['"yes"']),
        ("She said “yes” and left.", ["“yes”"]),
        ("She said ‘we can’t stay’ and left the boys’ room.", ["‘we can’t stay’"]),
        ("„Nein“, said the envoy.", ["„Nein“"]),
        ("«Non», said the envoy.", ["«Non»"]),
        ("''Go,'' he said.", ["''Go,''"]),
        ("``Go,'' he said.", ["``Go,''"]),
        ("'We can't stay,' he said.", ["'We can't stay,'"]),
        ('The dog\'s bone, the "old" one.', ['"old"']),
        ("“He told me ‘no way’ and left,” she said.", ["“He told me ‘no way’ and left,”"]),
    ],
)
def test_each_kind_of_mark_is_paired(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_mark_that_opens_the_next_paragraph_goes_on_with_an_unclosed_quotation() -> None:
    text = "“The dam will hold.\n\n“The town is safe,” the mayor said."
    assert [len(q.pieces) for q in find_quotations(text)] == [2]


def test_each_speaker_of_a_quoted_transcript_has_a_quotation_of_their_own() -> None:
    text = '"HOLT: Will you sign?\n\n"DUARTE: I will not.'
    assert len(find_quotations(text)) == 2


def test_a_forgotten_closing_mark_is_put_before_the_attribution() -> None:
    assert quoted('"We will not go, he said. The hall was empty.') == ['"We will not go,']


def test_a_forgotten_closing_mark_ends_with_its_paragraph() -> None:
    assert quoted('"We will not go. Never.\n\nThe hall was empty.') == ['"We will not go. Never.']


def test_apostrophes_are_no_quotations() -> None:
    assert quoted("The ministers' cars and the '90s weren't Smith's.") == []


@given(st.text(alphabet="ab .,\n\"'“”‘’«»„`A", max_size=80))
def test_pieces_lie_in_the_text_in_order_whatever_the_marks(text: str) -> None:
    pieces = [piece for q in find_quotations(text) for piece in q.pieces]
    assert all(0 <= a < b <= len(text) for a, b in pieces)
    assert all(x[1] <= y[0] for x, y in itertools.pairwise(pieces))
