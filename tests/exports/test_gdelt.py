"""GDELT 2.0: loaded by a client of the registry, and led back by the notes."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from py_gdelt.parsers.events import EventsParser
from py_gdelt.parsers.mentions import MentionsParser

from dragoman.exports.gdelt import EVENT_COLUMNS, MENTION_COLUMNS, fraction_of
from dragoman.records import Record

from .conftest import EVERYTHING, TEXT, Write, at


def lines(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in path.read_text("utf-8").splitlines()]


def events(folder: Path) -> list[dict[str, str]]:
    return lines(folder / "events.export.CSV", EVENT_COLUMNS)


def notes(folder: Path) -> list[dict[str, str]]:
    with (folder / "notes.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_columns_are_those_that_a_gdelt_client_reads() -> None:
    assert [name.casefold() for name in EVENT_COLUMNS] == [name.casefold() for name in EventsParser.V2_COLUMNS]
    assert (len(EVENT_COLUMNS), len(MENTION_COLUMNS)) == (61, 16)


def with_tone(events: bytes) -> bytes:
    """The client passes over rows without a tone, which we do not measure."""
    rows = [line.split(b"\t") for line in events.splitlines()]
    column = EVENT_COLUMNS.index("AvgTone")
    return b"".join(b"\t".join([*row[:column], b"0", *row[column + 1 :]]) + b"\n" for row in rows)


def test_a_gdelt_client_reads_every_row(record: Record, hostile: Record, write: Write) -> None:
    # It passes over rows without a day, too, so they are put on that of publication.
    folder = write("gdelt", record, hostile, choice=replace(EVERYTHING, publication_day=True))
    parsed = list(EventsParser().parse(with_tone((folder / "events.export.CSV").read_bytes())))
    assert len(parsed) == len(events(folder)) == 20
    assert (parsed[0].sql_date, parsed[0].event_code, parsed[0].actor1_code) == ("20220203", "042", "KENGOVELI")
    mentions = list(MentionsParser().parse((folder / "events.mentions.CSV").read_bytes()))
    assert {mention.global_event_id for mention in mentions} == {event.global_event_id for event in parsed}


def test_a_visit_in_gdelts_columns(record: Record, write: Write) -> None:
    row = events(write("gdelt", record))[0]
    assert {name: value for name, value in row.items() if value and name != "GLOBALEVENTID"} == {
        "SQLDATE": "20220203", "MonthYear": "202202", "Year": "2022", "FractionDate": "2022.1726",
        "Actor1Code": "KENGOVELI", "Actor1Name": "AMINA ODHIAMBO", "Actor1CountryCode": "KEN", "Actor1Type1Code": "GOV",
        "Actor1Type2Code": "ELI", "Actor2Code": "UGA", "Actor2Name": "UGANDA", "Actor2CountryCode": "UGA",
        "IsRootEvent": "1", "EventCode": "042", "EventBaseCode": "042", "EventRootCode": "04", "QuadClass": "1",
        "GoldsteinScale": "1.9", "NumMentions": "2", "NumSources": "1", "NumArticles": "1", "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Kampala, Uganda", "ActionGeo_CountryCode": "UG", "ActionGeo_Lat": "0.3163",
        "ActionGeo_Long": "32.5822", "DATEADDED": "20220204033000",
        "SOURCEURL": "https://news.example/2022/02/03/kampala",
    }  # fmt: skip


def test_mentions_have_our_offsets(record: Record, write: Write) -> None:
    rows = lines(write("gdelt", record) / "events.mentions.CSV", MENTION_COLUMNS)
    first = rows[0]
    assert TEXT[int(first["Actor1CharOffset"]) :].startswith("Amina Odhiambo visited")
    assert TEXT[int(first["Actor2CharOffset"]) :].startswith("Uganda on Thursday")
    assert int(first["ActionCharOffset"]) == at("visited").start
    assert (first["SentenceID"], first["Confidence"], first["MentionDocLen"]) == ("1", "90", str(len(TEXT)))
    assert (first["MentionType"], first["MentionSourceName"]) == ("1", "news.example")
    second = rows[1]  # the sentence after it tells the visit too, and names no Uganda
    assert (second["GLOBALEVENTID"], second["SentenceID"], second["Actor2CharOffset"]) == (
        first["GLOBALEVENTID"], "2", "-1"
    )  # fmt: skip


def test_each_pair_of_a_meeting_of_equals_is_a_row_in_both_directions(record: Record, write: Write) -> None:
    pairs = [(row["Actor1Code"], row["Actor2Code"]) for row in events(write("gdelt", record))[2:]]
    assert pairs == [
        ("KEN", "UGA"), ("KEN", "TZA"), ("UGA", "KEN"), ("UGA", "TZA"), ("TZA", "KEN"), ("TZA", "UGA")
    ]  # fmt: skip


def test_a_month_is_filled_and_its_day_is_not(record: Record, write: Write) -> None:
    row = events(write("gdelt", record))[-1]
    assert (row["SQLDATE"], row["MonthYear"], row["Year"], row["FractionDate"]) == ("", "202201", "2022", "")


def test_the_notes_lead_a_number_back_to_the_ledger(record: Record, write: Write) -> None:
    folder = write("gdelt", record, choice=EVERYTHING)
    by_number = {row["GLOBALEVENTID"]: row for row in notes(folder)}
    shelling = next(row for row in events(folder) if row["EventCode"] == "194")
    note = by_number[shelling["GLOBALEVENTID"]]
    assert (note["event"], note["claimed_in"], note["code_from"]) == (
        f"{record.report.id}/v3|claimed:s1", "s1", "type and mode"
    )  # fmt: skip
    assert [row["GLOBALEVENTID"] for row in events(folder)] == list(by_number)


def test_the_numbers_are_the_same_in_every_export(record: Record, write: Write, tmp_path: Path) -> None:
    first = [row["GLOBALEVENTID"] for row in events(write("gdelt", record))]
    (tmp_path / "out-gdelt").rename(tmp_path / "before")
    assert [row["GLOBALEVENTID"] for row in events(write("gdelt", record))] == first
    assert all(int(number) < 2**53 for number in first)
    assert len(set(first)) == len(first)


@pytest.mark.parametrize(("day", "fraction"), [(date(2022, 1, 1), 2022.0849), (date(2022, 12, 31), 2023.0712)])
def test_the_fraction_of_a_year_counts_months_of_thirty_days(day: date, fraction: float) -> None:
    assert fraction_of(day) == fraction


def test_an_attack_in_a_name_breaks_no_row(hostile: Record, write: Write) -> None:
    folder = write("gdelt", hostile, choice=EVERYTHING)
    for file in folder.iterdir():
        text = file.read_text("utf-8")
        assert not any(character in text for character in "\r\x00\x1b\u202e")
        assert len({line.count("\t") for line in text.splitlines()}) == 1
        assert not any(cell.startswith(("=", "+", "@")) for line in text.splitlines() for cell in line.split("\t"))
