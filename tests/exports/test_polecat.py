"""POLECAT: what its users load, and what it leads back to."""

import csv
from pathlib import Path

import polars
import pytest

from dragoman.exports import Choice
from dragoman.exports.choice import EVERY_STATUS
from dragoman.exports.polecat import COLUMNS
from dragoman.records import Record

from .conftest import ATTACK, EVERYTHING, Write

# The 40 columns as `tkgl_polecat.py` of the Temporal Graph Benchmark quotes them.
HEADER = """Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW
|Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country
|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|Wikipedia Recipient ID
|Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|Feature Type|Source
|Publication Date|Story People|Story Organizations|Story Locations|Language|Version""".replace("\n", "").split("|")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_header_is_polecats_to_the_letter() -> None:
    assert list(COLUMNS) == HEADER
    assert len(COLUMNS) == 40


def test_a_visit_is_one_row_with_both_sides(record: Record, write: Write) -> None:
    row = rows(write("polecat", record))[0]
    assert {name: value for name, value in row.items() if value != "None"} == {
        "Event ID": f"{record.report.id}/v1", "Event Date": "2022-02-03", "Event Type": "CONSULT",
        "Event Mode": "visit", "Intensity": "4.0", "Quad Code": "VERBAL COOPERATION", "Contexts": "diplomatic",
        "Actor Name": "Amina Odhiambo", "Actor Country": "KEN", "Actor COW": "501", "Primary Actor Sector": "GOV",
        "Actor Sectors": "GOV; ELI", "Actor Title": "Foreign Minister", "Actor Name Raw": "Amina Odhiambo",
        "Wikipedia Actor ID": "wikidata:Q404", "Recipient Name": "Uganda", "Recipient Country": "UGA",
        "Recipient COW": "500", "Primary Recipient Sector": "GOV", "Recipient Sectors": "GOV",
        "Recipient Name Raw": "Uganda", "Placename": "Kampala", "Country": "UGA", "Latitude": "0.3163",
        "Longitude": "32.5822", "GeoNames ID": "232422", "Raw Placename": "Kampala", "Source": "Nairobi Gazette",
        "Publication Date": "2022-02-04", "Story People": "Amina Odhiambo",
        "Story Organizations": "Tanzanian artillery", "Story Locations": "Kampala; Uganda; Tanzania; Kenya",
        "Language": "en", "Version": "dragoman-0.1.0",
    }  # fmt: skip


def test_by_default_only_what_the_report_says_happened_is_a_row(record: Record, write: Write) -> None:
    assert [row["Event ID"].rpartition("/")[2] for row in rows(write("polecat", record))] == ["v1", "v2", "v5"]


def test_claims_and_plans_are_rows_when_asked_for_and_say_so(record: Record, write: Write) -> None:
    ids = [row["Event ID"].rpartition("/")[2] for row in rows(write("polecat", record, choice=EVERYTHING))]
    assert ids == ["v1", "v2", "v3|claimed:s1", "v4|future", "v5"]


def test_three_who_met_share_a_row_in_one_order(record: Record, write: Write) -> None:
    row = rows(write("polecat", record))[-1]
    assert (row["Actor Name"], row["Actor Country"], row["Actor COW"]) == (
        "Kenya; Uganda; Tanzania", "KEN; UGA; TZA", "501; 500; 510"
    )  # fmt: skip
    assert row["Recipient Name"] == "None"


def test_a_month_is_no_day(record: Record, write: Write) -> None:
    assert [row["Event Date"] for row in rows(write("polecat", record))] == ["2022-02-03", "None", "None"]


@pytest.mark.parametrize(("id_", "day"), [("v2", "2022-02-04"), ("v5", "2022-01-01")])
def test_an_undated_event_takes_the_day_of_publication_only_when_asked(
    record: Record, write: Write, id_: str, day: str
) -> None:
    found = rows(write("polecat", record, choice=Choice(publication_day=True)))
    row = next(row for row in found if f"/{id_}" in row["Event ID"])
    assert row["Event Date"] == day
    assert row["Event ID"].endswith("|undated")


def test_polars_reads_as_many_rows_and_columns_as_were_written(record: Record, hostile: Record, write: Write) -> None:
    path = write("polecat", record, hostile, choice=Choice(EVERY_STATUS, claims=True))
    frame = polars.read_csv(path, separator="\t", quote_char=None, null_values="None", infer_schema=False)
    assert frame.shape == (10, 40)
    assert frame["Event Type"].to_list() == ["CONSULT", "ACCUSE", "ASSAULT", "AGREE", "CONSULT"] * 2


def test_an_attack_in_a_name_is_one_harmless_cell(hostile: Record, write: Write) -> None:
    text = write("polecat", hostile).read_text("utf-8")
    assert ATTACK not in text
    assert not any(character in text for character in "\r\x00\x1b\u202e")
    row = text.splitlines()[1].split("\t")
    assert len(row) == 40
    assert row[7].startswith("'=cmd|' /C calc'!A0 Bob \"Tables\"")
