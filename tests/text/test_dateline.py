"""Datelines: which openings are one, and what they say."""

import pytest

from dragoman.sources import RawDocument
from dragoman.text import report_of

REST = "Talks on the truce between the two sides failed on Monday, the envoy said."


def report(text: str):  # type: ignore[no-untyped-def]
    return report_of(RawDocument("a.txt", "text", text), lambda place, region: region or place)


@pytest.mark.parametrize(
    ("opening", "place", "country"),
    [
        ("WASHINGTON -", "Washington", "Washington"),
        ("GENEVA (AP) —", "Geneva", "Geneva"),
        ("MOSCOW, July 5 (Reuters) -", "Moscow", "Moscow"),
        ("PARIS:", "Paris", "Paris"),
        ("BAGHDAD, Iraq —", "Baghdad", "Iraq"),
        ("SPRINGFIELD, Ill., Sept. 26 (UPI) —", "Springfield", "Ill."),
        ("ALBANY, N.Y. ―", "Albany", "N.Y."),
        ("NEW YORK --", "New York", "New York"),
        ("ST. LOUIS —", "St. Louis", "St. Louis"),
        ("PORT-AU-PRINCE, Haiti (AP) –", "Port-au-Prince", "Haiti"),
        ("N'DJAMENA -", "N'djamena", "N'djamena"),
        ("SÃO PAULO —", "São Paulo", "São Paulo"),
        ("GENEVA/MOSCOW, 5 July 2012 (Reuters) -", "Geneva", "Geneva"),
        ("Beijing, July 5 (Xinhua) --", "Beijing", "Beijing"),
        ("Addis Ababa (AFP) –", "Addis Ababa", "Addis Ababa"),
    ],
)
def test_a_dateline_gives_its_place_and_stays_in_the_text(opening: str, place: str, country: str) -> None:
    found = report(f"{opening} {REST}")
    assert found.text == f"{opening} {REST}"
    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.country, found.dateline.span.text) == (place, country, opening)


def test_a_dateline_with_its_year_dates_the_report() -> None:
    found = report(f"GENEVA, July 5, 2012 (AP) — {REST}")
    assert (found.published, found.published_from) == ("2012-07-05", "text")
    assert report(f"GENEVA, July 5 (AP) — {REST}").published is None


@pytest.mark.parametrize(
    "text",
    [
        f"BREAKING: {REST}",
        f"NATO - the alliance of the West - met. {REST}",
        f"PETROVA: We will not go.\n\nDOE: Why not?\n\n{REST}",
        f"Geneva - the city of talks - was calm. {REST}",
        f"The envoy - who left - was calm. {REST}",
        f"UPDATE 2 - {REST}",
        f"On July 5 - a Thursday - they met. {REST}",
        f"Monday, July 5 - {REST}",
        "GENEVA -",
    ],
)
def test_other_openings_are_no_dateline(text: str) -> None:
    assert report(text).dateline is None


def test_a_dateline_under_an_abstract_is_found() -> None:
    found = report(f"The envoys could not agree on the crossing, as both sides had said before.\n\nGENEVA - {REST}")
    assert found.dateline is not None
    assert found.dateline.span.start == found.text.index("GENEVA")
