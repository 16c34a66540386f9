"""The codes of countries against ISO's own list and a GDELT client's."""

import pycountry
import pytest
from py_gdelt.lookups.countries import Countries

from dragoman.exports.countries import by_cameo, by_fips, countries, country


def test_every_country_of_iso_3166_is_there_with_its_two_letters() -> None:
    ours = {code: row.iso2 for code, row in countries().items() if code != "XKX"}  # Kosovo is not in the standard
    assert ours == {row.alpha_3: row.alpha_2 for row in pycountry.countries}


def test_fips_codes_are_those_of_a_gdelt_client() -> None:
    theirs = Countries()
    for row in countries().values():
        if row.fips:
            entry = theirs.get(row.fips)
            assert entry is not None, row
            assert entry.iso3 == row.code
            assert entry.iso2 == row.iso2


@pytest.mark.parametrize(
    ("code", "cow", "fips", "cameo"),
    [
        ("USA", "2", "US", "USA"),
        ("RUS", "365", "RS", "RUS"),
        ("CHN", "710", "CH", "CHN"),
        ("DEU", "255", "GM", "DEU"),
        ("ROU", "360", "RO", "ROM"),
        ("TLS", "860", "TT", "TMP"),
        ("MNE", "341", "MJ", "MTN"),
        ("YEM", "679", "YM", "YEM"),
        ("KOR", "732", "KS", "KOR"),
        ("PRK", "731", "KN", "PRK"),
        ("SRB", "345", "RI", "SRB"),
        ("ISR", "666", "IS", "ISR"),
        ("SSD", "626", "OD", "SSD"),
        ("XKX", "347", "KV", "KSV"),
        ("PSE", None, None, "PSE"),
    ],
)
def test_codes_that_are_easily_mistaken(code: str, cow: str | None, fips: str | None, cameo: str) -> None:
    row = countries()[code]
    assert (row.cow, row.fips, row.cameo) == (cow, fips, cameo)


def test_no_two_countries_share_a_code() -> None:
    for column in ("iso2", "cow", "fips", "cameo"):
        codes = [getattr(row, column) for row in countries().values() if getattr(row, column)]
        assert len(codes) == len(set(codes)), column
    assert len(by_cameo()) == sum(row.cameo is not None for row in countries().values())
    assert by_fips()["GM"].code == "DEU"


def test_a_body_above_states_is_no_country() -> None:
    assert country("UNO") is None
    assert country(None) is None
