"""Each row of the tables is read in the sentence that it shows."""

import pytest

from dragoman.negotiations.tables import rows

from .reading import bargains


@pytest.mark.parametrize("table", ["moves", "markers"])
def test_each_row_has_an_example_that_tells_a_proposal(table: str) -> None:
    silent = [row["example"] for row in rows(table) if not bargains(row["example"]).proposals]
    assert not silent


def test_each_reply_gives_its_proposal_that_status() -> None:
    wrong = []
    for row in rows("replies"):
        said = [by.status for proposal in bargains(row["example"]).proposals for by in proposal.status_by]
        if row["status"] not in said:
            wrong.append((row["example"], said))
    assert not wrong


def test_each_kind_is_that_of_an_item_in_its_example() -> None:
    wrong = []
    for row in rows("kinds"):
        kinds = [i.kind for p in bargains(row["example"]).proposals for i in (*p.gives, *p.gets)]
        if row["kind"] not in kinds:
            wrong.append((row["example"], kinds))
    assert not wrong


def test_each_subject_is_that_of_its_example() -> None:
    found = [(row["subject"], [b.subject for b in bargains(row["example"]).negotiations]) for row in rows("subjects")]
    assert not [row for row in found if row[0] not in row[1]]


def test_each_channel_is_that_of_its_example() -> None:
    found = [(row["channel"], [p.channel for p in bargains(row["example"]).proposals]) for row in rows("channels")]
    assert not [row for row in found if row[0] not in row[1]]


def test_each_kind_of_obstacle_is_found_in_its_example() -> None:
    examples = [row["example"] for row in rows("obstacles")]
    assert not [text for text in examples if not any(b.obstacles for b in bargains(text).negotiations)]
