"""Every kind of junk takes its examples and leaves the news."""

import time

import pytest

from dragoman.sources import RawDocument
from dragoman.text import report_of
from dragoman.text.junk import is_junk, junk_of, kinds

GOES = [(kind.name, line) for kind in kinds() for line in kind.goes]
STAYS = [line for kind in kinds() for line in kind.stays]
LEAD = "Talks on the truce between the two sides failed on Monday, the envoy said."


@pytest.mark.parametrize(("name", "line"), GOES)
def test_a_line_of_junk_goes_by_its_kind(name: str, line: str) -> None:
    kind = junk_of(line)
    assert kind is not None
    own = next(one for one in kinds() if one.name == name)
    assert any(pattern.fullmatch(line) for pattern in own.patterns)


@pytest.mark.parametrize("line", STAYS)
def test_a_line_of_news_stays(line: str) -> None:
    assert junk_of(line) is None


def test_every_kind_shows_what_goes_and_what_stays() -> None:
    assert all(kind.goes and kind.stays for kind in kinds())


@pytest.mark.parametrize("line", [line for _, line in GOES])
def test_junk_around_a_report_leaves_no_trace_in_it(line: str) -> None:
    report = report_of(RawDocument("a.txt", "text", f"{line}\n\n{LEAD}\n{line}\n\nBoth sides left.\n\n{line}\n"))
    assert report.text == f"{LEAD}\n\nBoth sides left."


@pytest.mark.parametrize("line", STAYS)
def test_news_between_paragraphs_is_kept(line: str) -> None:
    report = report_of(RawDocument("a.txt", "text", f"{LEAD}\n\n{line}\n\nBoth sides left the city.\n"))
    assert line in report.text


def test_a_long_paragraph_is_never_junk() -> None:
    assert not is_junk("Share " + LEAD * 12)


@pytest.mark.parametrize(
    "piece",
    [
        "Next post ",
        "share ",
        "home » ",
        "Photo: A",
        "Image ",
        "A B/",
        "all rights reserved ",
        "(Reporting by ",
        "<a>",
        "- ",
    ],
)
def test_no_line_takes_long_to_judge(piece: str) -> None:
    line = (piece * 700)[:690] + "ß."
    start = time.perf_counter()
    is_junk(line)
    assert time.perf_counter() - start < 0.25


def test_the_lists_under_a_report_are_cut() -> None:
    end = (
        'Sources\n\n"Envoys meet" — Example News, July 5, 2012\n\n'
        'Jane Doe. "Talks fail" — The Example, July 6, 2012\n\n'
        "Related news\n\nEnvoys return to Doha\n\nCategories: Asia"
    )
    assert report_of(RawDocument("a.txt", "text", f"{LEAD}\n\n{end}")).text == LEAD


def test_a_quotation_with_its_speaker_at_the_end_is_kept() -> None:
    last = '"We will not give up a single village" — Ana Petrova, in a letter of July 5, 2012'
    assert last in report_of(RawDocument("a.txt", "text", f"{LEAD}\n\n{last}")).text


def test_prose_under_a_heading_that_says_sources_is_kept() -> None:
    text = f"{LEAD}\n\nSources\n\nThe two officials spoke on condition of anonymity."
    assert report_of(RawDocument("a.txt", "text", text)).text == text
