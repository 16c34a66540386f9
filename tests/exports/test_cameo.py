"""The crosswalk, and rows of CAMEO codes."""

import csv
from pathlib import Path

import pytest

from dragoman.ontology import contexts, types
from dragoman.ontology.cameo import cameo_of, code_named, codes
from dragoman.records import Record

from .conftest import Write

TABLE = Path(__file__).parents[2] / "src" / "dragoman" / "ontology" / "cameo.csv"
ROOTS = {
    "AGREE": "03", "CONSULT": "04", "SUPPORT": "05", "COOPERATE": "06", "AID": "07", "CONCEDE": "08", "RETREAT": "08",
    "REQUEST": "10", "ACCUSE": "11", "REJECT": "12", "THREATEN": "13", "PROTEST": "14", "MOBILIZE": "15",
    "SANCTION": "16", "COERCE": "17", "ASSAULT": "18",
}  # fmt: skip


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("type_", "root"), ROOTS.items())
def test_a_type_alone_is_the_general_code_of_its_root(type_: str, root: str) -> None:
    assert cameo_of(type_, (), ()).code == root + "0"


@pytest.mark.parametrize(
    ("type_", "modes", "contexts_", "code"),
    [
        ("CONSULT", ("visit",), (), "042"),
        ("ACCUSE", ("investigate",), (), "090"),
        ("ACCUSE", ("investigate",), ("human_rights",), "092"),
        ("ACCUSE", ("allege",), ("human_rights", "crime"), "1122"),
        ("ACCUSE", ("allege",), ("crime", "human_rights"), "1121"),
        ("RETREAT", ("ceasefire",), ("military",), "0871"),
        ("AID", (), ("military",), "072"),
        ("COERCE", ("restrict",), ("military",), "191"),
        ("COERCE", ("seize",), ("territory",), "192"),
        ("ASSAULT", ("aerial",), ("military",), "195"),
        ("ASSAULT", (), ("military",), "190"),
        ("ASSAULT", ("abduct",), (), "181"),
        ("AGREE", (), ("executive",), "030"),
        ("SANCTION", ("convict",), (), "116"),
    ],
)
def test_the_most_particular_code_that_fits_is_chosen(
    type_: str, modes: tuple[str, ...], contexts_: tuple[str, ...], code: str
) -> None:
    assert cameo_of(type_, modes, contexts_).code == code


def test_every_mode_of_every_type_has_a_code() -> None:
    for name, type_ in types().items():
        for mode in type_.modes:
            assert cameo_of(name, (mode,), ()).type == name


def test_the_table_speaks_plover() -> None:
    for row in rows():
        assert not row["type"] or row["type"] in types(), row
        assert not row["mode"] or row["mode"] in types()[row["type"]].modes, row
        assert not row["context"] or row["context"] in contexts(), row


def test_one_way_back_at_most_for_each_type_mode_and_context() -> None:
    ways = [(row["type"], row["mode"], row["context"]) for row in rows() if row["back"]]
    assert len(ways) == len(set(ways))


def test_statements_and_appeals_are_never_the_way_back() -> None:
    assert not [row["code"] for row in rows() if row["back"] and row["code"][:2] in ("01", "02")]


def test_a_code_goes_to_the_type_that_the_roots_say() -> None:
    """The crosswalk by root, but for the codes that the 2021 table sends elsewhere."""
    elsewhere = {"055", "056", "116", "1712", "175", "191", "192", "201"}
    to = {"01": None, "02": "REQUEST", "09": "ACCUSE", "19": "ASSAULT", "20": "ASSAULT"}
    by_root = to | {root: type_ for type_, root in ROOTS.items() if type_ not in ("CONCEDE", "RETREAT")}
    for code in codes().values():
        if code.code not in elsewhere and code.root != "08":
            assert code.type == by_root[code.root], code
        if code.root == "08" and code.code != "080":
            released = code.base in ("084", "085", "086", "087") or code.code in ("0813", "0814")
            assert code.type == ("RETREAT" if released else "CONCEDE"), code


def test_goldsteins_scale_agrees_in_sign_with_the_quad() -> None:
    for code in codes().values():
        if code.type and types()[code.type].quad.endswith("cooperation"):
            assert code.goldstein > 0, code
        elif code.type and code.root != "02":
            assert code.goldstein < 0, code


def test_a_root_alone_is_known_and_a_number_that_is_none_is_not() -> None:
    assert code_named("14") == codes()["140"]
    assert code_named("991") is None


def test_cameo_rows_are_pairs_with_their_codes(record: Record, write: Write) -> None:
    with write("cameo", record).open(encoding="utf-8", newline="") as file:
        first, second, *_ = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    assert (first["date"], first["source"], first["target"], first["code"]) == ("2022-02-03", "KENGOVELI", "UGA", "042")
    assert (second["event"], second["code"], second["code_from"]) == (
        f"{record.report.id}/v2", "111", "type and mode"
    )  # fmt: skip
