"""How a sentence is shown to the encoder: marks stand beside the text or within it, and never change it."""

import pytest

from dragoman.language import encoder
from dragoman.language.layout import MAX_PIECES, Layout, beside, within

#        [CLS] Ghana met Togo in Accra [SEP], a piece a word
IDS = [101, 11, 12, 13, 14, 15, 102]
OFFSETS = [(0, 0), (0, 5), (6, 9), (10, 14), (15, 17), (18, 23), (0, 0)]
MET = {"actor": [(0, 5)], "recipient": [(10, 14)], "trigger": [(6, 9)]}
PAIR = {**MET, "trigger": []}


def test_all_candidates_of_a_sentence_share_one_layout() -> None:
    [layout] = beside(IDS, OFFSETS, [MET, PAIR], 1)
    assert layout.ids[:7] == IDS
    assert layout.groups == [0] * 7 + [1] * 3 + [2] * 2


def test_each_mark_has_the_position_of_the_word_it_marks() -> None:
    [layout] = beside(IDS, OFFSETS, [MET], 1)
    assert list(zip(layout.ids, layout.positions, strict=True))[7:] == [(1, 1), (3, 3), (5, 2)]
    assert layout.roles == [[[7], [8], [9]]]


def test_marks_stand_around_the_words_of_one_candidate_a_run() -> None:
    one, other = within(IDS, OFFSETS, [MET, PAIR], 1)
    assert one.ids == [101, 1, 11, 2, 5, 12, 6, 3, 13, 4, 14, 15, 102]
    assert other.ids == [101, 1, 11, 2, 12, 3, 13, 4, 14, 15, 102]
    assert one.roles == [[[1], [7], [4]]]


def test_a_phrase_is_marked_at_its_last_piece_where_its_head_stands() -> None:
    [layout] = beside(IDS, OFFSETS, [{"actor": [(0, 14)], "recipient": [], "trigger": []}], 1)
    assert layout.positions[7:] == [3]


@pytest.mark.parametrize("lay_out", [beside, within])
def test_a_long_sentence_is_cut_around_each_candidate(lay_out) -> None:
    words = 3 * MAX_PIECES
    ids = [101, *range(1000, 1000 + words), 102]
    offsets = [(0, 0), *((2 * i, 2 * i + 1) for i in range(words)), (0, 0)]

    def candidate(word: int) -> dict[str, list[tuple[int, int]]]:
        return {"actor": [], "recipient": [], "trigger": [(2 * word, 2 * word + 1)]}

    first, last = lay_out(ids, offsets, [candidate(5), candidate(words - 5)], 1)
    assert 1005 in first.ids
    assert 1000 + words - 5 in last.ids
    assert max(_text_pieces(first), _text_pieces(last)) <= MAX_PIECES


def _text_pieces(layout: Layout) -> int:
    return sum(piece > 10 for piece in layout.ids)


def test_a_side_outside_the_cut_has_no_mark() -> None:
    words = 3 * MAX_PIECES
    ids = [101, *range(1000, 1000 + words), 102]
    offsets = [(0, 0), *((2 * i, 2 * i + 1) for i in range(words)), (0, 0)]
    [layout] = beside(ids, offsets, [{"actor": [(0, 1)], "recipient": [], "trigger": [(900, 901)]}], 1)
    assert layout.roles[0][0] == []
    assert len(layout.roles[0][2]) == 1


def test_what_a_candidate_is_hardly_depends_on_the_others_in_its_sentence() -> None:
    coder = encoder.load()
    text = "Ghana met Togo in Accra after Mali had condemned the closing of the border."
    met = {"actor": [(0, 5)], "recipient": [(10, 14)], "trigger": [(6, 9)]}
    condemned = {"actor": [(30, 34)], "recipient": [], "trigger": [(39, 48)]}
    together, alone = coder.logits(text, [met, condemned])[1], coder.logits(text, [condemned])[0]
    assert together[0].argmax() == alone[0].argmax()
    assert abs(together[0] - alone[0]).max() < 1.0  # int8 rounds by the largest value of the whole run
