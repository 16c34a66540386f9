"""GDELT 2.0's event files come in through the crosswalk."""

import io
from pathlib import Path

import pytest

from dragoman.exports import export
from dragoman.exports.gdelt import EVENT_COLUMNS
from dragoman.imports.gdelt import gdelt_records
from dragoman.imports.rows_as_reports import LeftOut
from dragoman.ledger.checking import fault_of
from dragoman.records import Failure, Record

from .test_polecat import record_of

ROW = {
    "GLOBALEVENTID": "410", "SQLDATE": "20220729", "MonthYear": "202207", "Year": "2022", "FractionDate": "2022.6548",
    "Actor1Code": "ROMMIL", "Actor1Name": "BUCHAREST", "Actor1CountryCode": "ROM", "Actor1Type1Code": "MIL",
    "Actor2Code": "IGOUNO", "Actor2Name": "UNITED NATIONS", "Actor2KnownGroupCode": "UNO", "Actor2Type1Code": "IGO",
    "IsRootEvent": "1", "EventCode": "0333", "EventBaseCode": "033", "EventRootCode": "03", "QuadClass": "1",
    "GoldsteinScale": "5.2", "NumMentions": "4", "NumSources": "1", "NumArticles": "4", "AvgTone": "-1.5",
    "ActionGeo_Type": "4", "ActionGeo_FullName": "Bonn, Nordrhein-Westfalen, Germany", "ActionGeo_CountryCode": "GM",
    "ActionGeo_Lat": "50.7333", "ActionGeo_Long": "7.1", "ActionGeo_FeatureID": "-1746283",
    "DATEADDED": "20220729120000", "SOURCEURL": "https://news.example/aid",
}  # fmt: skip


def line(**changes: str) -> str:
    return "\t".join((ROW | changes).get(name, "") for name in EVENT_COLUMNS)


def read(*lines: str) -> list[Record | Failure | LeftOut]:
    return list(gdelt_records(io.BytesIO("\n".join([*lines, ""]).encode()), "a.export.CSV"))


def one(**changes: str) -> Record:
    [item] = read(line(**changes))
    assert isinstance(item, Record), item
    return item


def test_a_row_is_a_record_in_plover() -> None:
    record = one()
    [event] = record.events
    assert (event.type, event.modes, event.contexts, event.quad, event.intensity) == (
        "AGREE", (), ("human_security",), "verbal cooperation", 2.5
    )  # fmt: skip
    assert event.date is not None
    assert (event.date.start, event.confidence) == ("2022-07-29", 0)
    assert event.place is not None
    assert (event.place.country, event.place.lat, event.place.geonames) == ("DEU", 50.7333, None)
    army, un = record.entities
    assert (army.name, army.country, army.sector) == ("BUCHAREST", "ROU", "MIL")
    assert (un.country, un.sector) == ("UNO", "IGO")


def test_its_report_is_its_own_though_rows_share_an_address() -> None:
    first, second = read(line(), line(GLOBALEVENTID="411"))
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert first.report.id != second.report.id
    assert (first.report.uri, second.report.uri) == (
        "https://news.example/aid#gdelt:410", "https://news.example/aid#gdelt:411"
    )  # fmt: skip
    assert (first.report.publisher, first.report.published) == ("news.example", "2022-07-29T12:00:00+00:00")


def test_its_spans_point_at_the_cells_of_the_row() -> None:
    record = one()
    assert fault_of(record) is None
    assert "\nEventCode: 0333\n" in record.report.text
    assert record.events[0].trigger.text == "0333"
    assert [mention.text for entity in record.entities for mention in entity.mentions] == [
        "BUCHAREST",
        "UNITED NATIONS",
    ]


def test_a_statement_is_left_out_since_plover_codes_none() -> None:
    [item] = read(line(EventCode="010", EventBaseCode="010", EventRootCode="01"))
    assert isinstance(item, LeftOut)


def test_a_code_that_is_none_is_a_failure() -> None:
    [item] = read(line(EventCode="---"))
    assert isinstance(item, Failure)
    assert (item.uri, item.reason) == ("a.export.CSV, line 1", "has a code that CAMEO has not ('---')")


def test_a_country_is_a_country_and_its_press_is_its_press() -> None:
    state, press = (
        one(Actor1Code="ROM", Actor1Type1Code="").entities[0],
        one(Actor1Code="ROMMED", Actor1Type1Code="MED").entities[0],
    )
    assert (state.kind, state.sector) == ("country", "GOV")
    assert (press.kind, press.sector) == ("group", "JRN")


def test_a_region_is_no_country() -> None:
    assert one(Actor1Code="AFR", Actor1CountryCode="AFR", Actor1Type1Code="").entities[0].country is None


def test_a_side_that_is_empty_has_nobody() -> None:
    assert one(Actor2Code="", Actor2Name="").events[0].recipients == ()


@pytest.mark.parametrize("cells", ["1\t2", "\t".join(["x"] * 58)])
def test_a_row_of_another_width_is_a_failure(cells: str) -> None:
    [item] = read(cells)
    assert isinstance(item, Failure)
    assert "columns, not 61" in item.reason


def test_a_header_is_passed_over() -> None:
    assert len(read("\t".join(EVENT_COLUMNS), line())) == 1


def test_what_we_wrote_comes_back_as_the_same_types_on_the_same_days(tmp_path: Path) -> None:
    before = record_of("Juma Were")
    export([before], "gdelt", tmp_path / "out")
    with (tmp_path / "out" / "events.export.CSV").open("rb") as file:
        after = [item.events[0] for item in gdelt_records(file, "x") if isinstance(item, Record)]
    assert [(event.type, event.quad, event.date and event.date.start) for event in after] == [
        ("CONSULT", "verbal cooperation", "2022-02-03")
    ] * 7 + [("ASSAULT", "material conflict", "2022-02-03")]  # a visit, three who met each other, an assault
    assert after[0].modes == ("visit",)
