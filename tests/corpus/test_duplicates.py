"""Copies of reports are found, and what only looks like one is left."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.corpus.duplicates import DuplicateCluster, are_copies, find_duplicates
from dragoman.corpus.shingles import shingles_of

LEAD = """
The two governments agreed late on Thursday to reopen the mountain pass that has been shut since an avalanche of charges
and counter-charges in the autumn, officials on both sides of the frontier said.
"""
MIDDLE = """
Lorry drivers who have waited for eleven weeks in the valley sounded their horns when the news came over the radio.
A customs officer who asked not to be named said that the first vehicles would pass on Saturday at dawn.
"""
TAIL = """
The pass carries a third of the trade between the two countries in summer. Its closure had doubled the price of salt
in the northern towns, where bakers were reported to be mixing flour with ground maize.
"""
OTHER = """
Fishermen in the southern port refused for a second day to put to sea, saying that the new quota for herring would
leave half of the fleet idle before the feast. The minister promised to hear them next week.
"""


def clusters(record: Any, **texts: str) -> list[list[str]]:
    records = [record(uri, text, published=f"2022-03-0{i}") for i, (uri, text) in enumerate(texts.items(), 1)]
    return [[copy.uri for copy in cluster.members] for cluster in find_duplicates(records)]


def test_a_reprint_is_an_exact_copy_of_the_first_publication(record: Any) -> None:
    found = find_duplicates(
        [record("b", LEAD + MIDDLE, published="2022-03-05"), record("a", LEAD + MIDDLE, published="2022-03-06")]
    )
    assert [[(copy.uri, copy.how) for copy in cluster.members] for cluster in found] == [[("b", None), ("a", "exact")]]


def test_agency_copy_cut_from_the_end_is_a_copy(record: Any) -> None:
    assert clusters(record, whole=LEAD + MIDDLE + TAIL, cut=LEAD) == [["whole", "cut"]]


def test_a_copy_that_leaves_out_the_middle_is_a_copy(record: Any) -> None:
    assert clusters(record, whole=LEAD + MIDDLE + TAIL, thinned=LEAD + TAIL) == [["whole", "thinned"]]


def test_a_copy_with_words_changed_and_a_credit_added_is_a_copy(record: Any) -> None:
    edited = (LEAD + MIDDLE + TAIL).replace("late on", "on").replace("eleven weeks", "nearly three months")
    assert clusters(record, whole=LEAD + MIDDLE + TAIL, edited=edited + "Our own staff added to this report.") == [
        ["whole", "edited"]
    ]


def test_two_reports_that_share_a_paragraph_of_background_are_no_copies(record: Any) -> None:
    assert clusters(record, pass_=LEAD + MIDDLE + TAIL, port=OTHER + "\n\nA week of strikes ended.\n" + TAIL) == []


def test_a_round_up_joins_no_two_briefs(record: Any) -> None:
    found = clusters(record, pass_=LEAD + MIDDLE, port=OTHER, roundup=LEAD + MIDDLE + OTHER)
    assert ["pass_", "roundup"] in found
    assert all("port" not in cluster for cluster in found)


def test_a_story_that_sixty_papers_edited_is_one_cluster(record: Any) -> None:
    texts = {f"paper{i:02}": f"{LEAD} {MIDDLE} Edited by desk {i} in town number {i}. {TAIL}" for i in range(1, 61)}
    records = [record(uri, text) for uri, text in texts.items()]
    assert [len(cluster.members) for cluster in find_duplicates(records)] == [60]


def test_the_same_report_handed_in_twice_is_no_copy_of_itself(record: Any) -> None:
    assert find_duplicates([record("a", LEAD), record("a", LEAD)]) == []


def test_a_report_without_a_day_is_never_the_first_publication(record: Any) -> None:
    (cluster,) = find_duplicates([record("a", LEAD, published=None), record("z", LEAD)])
    assert cluster.first == "z"


def test_no_reports_give_no_clusters() -> None:
    assert find_duplicates([]) == []


def test_the_order_of_reports_does_not_matter(record: Any) -> None:
    records = [record("a", LEAD + MIDDLE), record("b", LEAD), record("c", OTHER), record("d", OTHER + TAIL)]
    expected = find_duplicates(records)
    assert expected
    assert all(isinstance(cluster, DuplicateCluster) for cluster in expected)
    assert find_duplicates(records[::-1]) == expected


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_every_text_is_a_copy_of_itself(text: str) -> None:
    assert are_copies(shingles_of(text), shingles_of(text))
