"""Old files are in old encodings; a report is read in the one it was written in."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import UnreadableSource
from dragoman.sources.encoding import declared_charset, text_of

NEWS = "François Hollande said in Zürich: “No.” — the €5 bn deal is off"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_report_is_decoded(encoding: str) -> None:
    assert text_of(NEWS.encode(encoding), "a.txt") == NEWS


def test_utf_16_is_known_by_its_mark_in_both_orders() -> None:
    assert text_of(b"\xfe\xff" + NEWS.encode("utf-16-be"), "a.txt") == NEWS


def test_a_declared_charset_is_used() -> None:
    page = '<meta charset="windows-1251"><p>Министр сказал, что переговоры идут.'.encode("cp1251")
    assert "переговоры" in text_of(page, "a.html", declared_charset(page))


def test_bytes_in_no_known_encoding_are_refused_with_a_remedy() -> None:
    with pytest.raises(UnreadableSource, match=r"a\.txt: is not text in a known encoding; convert it to UTF-8 text"):
        text_of("Министр сказал, что переговоры идут.".encode("koi8-r"), "a.txt")


def test_half_a_utf_16_character_is_damage() -> None:
    with pytest.raises(UnreadableSource, match="UTF-16-LE"):
        text_of(b"\xff\xfe" + NEWS.encode("utf-16-le")[:-1], "a.txt")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with contextlib.suppress(UnreadableSource):
        assert isinstance(text_of(data, "a.txt", declared_charset(data)), str)
