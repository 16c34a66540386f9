"""A user's own table, laid over the shipped ones."""

from pathlib import Path

import pytest

from dragoman.entities import knowledge
from dragoman.errors import UnreadableSource

HEAD = "name,aliases,country,sector,role,start,end,wikidata\n"


def table(folder: Path, rows: str, head: str = HEAD) -> str:
    path = folder / "own.csv"
    path.write_text(head + rows, "utf-8")
    return str(path)


def test_a_body_of_ones_own_is_known_by_its_aliases(tmp_path: Path) -> None:
    known = knowledge.load(table(tmp_path, "Marsh Council,MC|Council of the Marsh,IRQ,SOC,,,,\n"))
    [meant] = known.names.index["Council", "of", "the", "Marsh"]
    assert meant.body == knowledge.Body("Marsh Council", "IRQ", "SOC")


def test_a_person_of_ones_own_holds_an_office_in_its_time(tmp_path: Path) -> None:
    known = knowledge.load(table(tmp_path, "Ada Holm,,NOR,GOV,envoy,2031-02,2033,\n"))
    assert [office.role for office in known.surnames["Holm"] if office.name == "Ada Holm"] == ["envoy"]
    assert known.holder("NOR", "envoy", "2032-05-01") is not None


def test_a_name_of_ones_own_means_nothing_else(tmp_path: Path) -> None:
    assert knowledge.load().names.index["Hamas",][0].body != knowledge.Body("Hamas", "PSE", "SOC")
    known = knowledge.load(table(tmp_path, "Hamas,,PSE,SOC,,,,\n"))
    assert [name.body for name in known.names.index["Hamas",]] == [knowledge.Body("Hamas", "PSE", "SOC")]


def test_the_shipped_tables_stay_as_they_are(tmp_path: Path) -> None:
    before = knowledge.load().names.index["Hamas",]
    knowledge.load(table(tmp_path, "Hamas,,PSE,SOC,,,,\n"))
    assert knowledge.load().names.index["Hamas",] == before


def test_records_carry_which_table_was_laid_over(tmp_path: Path) -> None:
    known = knowledge.load(table(tmp_path, "Marsh Council,,IRQ,SOC,,,,\n"))
    assert known.version.startswith(f"{knowledge.VERSION}+")
    assert knowledge.load().version == knowledge.VERSION


@pytest.mark.parametrize(
    ("rows", "line", "says"),
    [
        ("Marsh Council,,IRAQ,SOC,,,,\n", 2, "country"),
        ("Marsh Council,,IRQ,SOC,,,,\nOther,,IRQ,CLUB,,,,\n", 3, "sector"),
        (",,IRQ,SOC,,,,\n", 2, "no name"),
        ("Ada Holm,,NOR,GOV,envoy,next year,,\n", 2, "start"),
        ("Ada Holm,,NOR,GOV,envoy,2005,2004-06,\n", 2, "ends before"),
        ("Ada Holm,,NOR,GOV,envoy,2005,,42\n", 2, "wikidata"),
        ("Ada Holm,,NOR,GOV,envoy,2005,,Q42,more\n", 2, "more cells"),
    ],
)
def test_a_fault_names_the_file_and_the_line(tmp_path: Path, rows: str, line: int, says: str) -> None:
    path = table(tmp_path, rows)
    with pytest.raises(UnreadableSource, match=says) as fault:
        knowledge.load(path)
    assert fault.value.uri == f"{path}:{line}"
    assert fault.value.remedy


@pytest.mark.parametrize(("head", "says"), [("name,country\n", "lacks"), ("name,country,sector,rank\n", "unknown")])
def test_a_wrong_column_is_named(tmp_path: Path, head: str, says: str) -> None:
    with pytest.raises(UnreadableSource, match=says):
        knowledge.load(table(tmp_path, "", head))


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(UnreadableSource, match="cannot be read"):
        knowledge.load("no/such/table.csv")
