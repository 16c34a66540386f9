"""Check the hand-written knowledge tables; print counts and exit 1 on a fault.

Covers countries.csv, territories.csv, organisations.csv, roles.csv and
body_nouns.csv. Run from anywhere: python training/knowledge/check_tables.py
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

KNOWLEDGE = Path(__file__).resolve().parents[2] / "src/dragoman/entities/knowledge"

SECTORS = frozenset(
    "GOV LEG JUD MIL SPY COP PTY OPP PRM REB UAF UNK CRM BUS LAB AGR CVL SOC REL EDU JRN MED REF ELI PRE IGO".split()
)
BLOCS = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC", "IMG", "ISM"})
KINDS = frozenset(
    "igo court ministry agency government parliament military police intelligence "
    "party movement armed_group criminal bank company media union religious "
    "university thinktank ngo".split()
)
COLUMNS: dict[str, list[str]] = {
    "countries.csv": (
        "code name aliases demonyms capital government_names metonyms cow gw fips cameo iso2 historical"
    ).split(),
    "territories.csv": "name aliases demonyms country sectors note".split(),
    "organisations.csv": ("name aliases shared country sector sectors kind start end wikidata").split(),
    "roles.csv": "role sector kind".split(),
    "body_nouns.csv": "noun sector".split(),
}

Row = dict[str, str]
# (file, row key, country) of each place a name points at.
Target = tuple[str, str, str]


def parts(cell: str) -> list[str]:
    """The values of a `|`-joined cell."""
    return cell.split("|") if cell else []


class Checker:
    """Reads the tables and gathers faults."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []

    def fault(self, where: str, what: str) -> None:
        """Note one fault."""
        self.faults.append(f"{where}: {what}")

    def read(self, name: str) -> list[Row]:
        """The rows of a table, with their shape checked."""
        with (self.folder / name).open(encoding="utf-8", newline="") as handle:
            lines = list(csv.reader(handle, strict=True))
        header = lines[0] if lines else []
        if header != COLUMNS[name]:
            self.fault(name, f"columns are {header}")
            return []
        rows: list[Row] = []
        for number, line in enumerate(lines[1:], start=2):
            if len(line) != len(header):
                self.fault(f"{name}:{number}", f"{len(line)} fields")
                continue
            row = dict(zip(header, line, strict=True))
            for column, cell in row.items():
                values = parts(cell)
                if any(not v or v != v.strip() for v in values):
                    self.fault(f"{name}:{number}", f"blank or padded value in {column}")
                if len(set(values)) != len(values):
                    self.fault(f"{name}:{number}", f"repeated value in {column}: {cell}")
            rows.append(row)
        return rows

    def check_sectors(self, where: str, sectors: Iterable[str]) -> None:
        """Every sector is PLOVER's."""
        for sector in sectors:
            if sector not in SECTORS:
                self.fault(where, f"unknown sector {sector!r}")

    def check_unique(self, name: str, rows: list[Row], columns: list[str]) -> None:
        """No value of these columns points at two rows."""
        owners: dict[str, set[str]] = defaultdict(set)
        for number, row in enumerate(rows, start=2):
            for column in columns:
                for value in parts(row[column]):
                    owners[value.casefold()].add(f"{number} {row[COLUMNS[name][0]]}")
        for value, keys in sorted(owners.items()):
            if len(keys) > 1:
                self.fault(name, f"{value!r} points at {sorted(keys)}")

    def countries(self) -> set[str]:
        """Check countries.csv; the codes it holds."""
        name = "countries.csv"
        rows = self.read(name)
        patterns = {
            "code": r"[A-Z]{3}",
            "cow": r"\d{0,3}",
            "gw": r"\d{0,3}",
            "fips": r"([A-Z]{2})?",
            "cameo": r"([A-Z]{3})?",
            "iso2": r"[A-Z]{2}",
        }
        for row in rows:
            for column, pattern in patterns.items():
                if not re.fullmatch(pattern, row[column]):
                    self.fault(f"{name} {row['code']}", f"bad {column} {row[column]!r}")
            stray = set(parts(row["historical"])) - set(parts(row["aliases"]))
            if stray:
                self.fault(f"{name} {row['code']}", f"historical not in aliases: {stray}")
            if row["name"] in parts(row["aliases"]):
                self.fault(f"{name} {row['code']}", "name repeated in aliases")
        for column in patterns:
            self.check_unique(name, rows, [column])
        self.check_unique(name, rows, ["name", "aliases"])
        self.check_unique(name, rows, ["capital", "metonyms"])
        self.check_unique(name, rows, ["demonyms"])
        self.check_unique(name, rows, ["government_names"])
        print(f"{name}: {len(rows)} rows")
        return {row["code"] for row in rows}

    def territories(self, codes: set[str]) -> None:
        """Check territories.csv."""
        name = "territories.csv"
        rows = self.read(name)
        for row in rows:
            if row["country"] not in codes:
                self.fault(f"{name} {row['name']}", f"unknown country {row['country']!r}")
            self.check_sectors(f"{name} {row['name']}", parts(row["sectors"]))
        self.check_unique(name, rows, ["name", "aliases"])
        self.check_unique(name, rows, ["demonyms"])
        print(f"{name}: {len(rows)} rows")

    def organisations(self, codes: set[str]) -> None:
        """Check organisations.csv."""
        name = "organisations.csv"
        rows = self.read(name)
        for row in rows:
            where = f"{name} {row['name']}"
            if row["country"] not in codes:
                self.fault(where, f"unknown country {row['country']!r}")
            self.check_sectors(where, [row["sector"], *parts(row["sectors"])])
            if row["kind"] not in KINDS:
                self.fault(where, f"unknown kind {row['kind']!r}")
            years = [row["start"], row["end"]]
            if any(not re.fullmatch(r"(\d{3,4})?", year) for year in years):
                self.fault(where, f"bad year in {years}")
            elif all(years) and int(years[0]) > int(years[1]):
                self.fault(where, f"ends before it starts: {years}")
            if not re.fullmatch(r"(Q\d+)?", row["wikidata"]):
                self.fault(where, f"bad wikidata {row['wikidata']!r}")
            own = {row["name"], *parts(row["aliases"])}
            if own & set(parts(row["shared"])):
                self.fault(where, "a value is both an alias and shared")
            if row["name"] in parts(row["aliases"]):
                self.fault(where, "name repeated in aliases")
        self.check_unique(name, rows, ["name", "aliases"])
        self.check_unique(name, rows, ["wikidata"])
        shared = {v for row in rows for v in parts(row["shared"])}
        media = sum(row["kind"] == "media" for row in rows)
        aliases = sum(len(parts(row["aliases"])) for row in rows)
        print(f"{name}: {len(rows)} rows, {aliases} aliases, {len(shared)} shared, {media} media")

    def nouns(self) -> None:
        """Check roles.csv and body_nouns.csv."""
        for name in ("roles.csv", "body_nouns.csv"):
            rows = self.read(name)
            key = COLUMNS[name][0]
            self.check_unique(name, rows, [key])
            for row in rows:
                where = f"{name} {row[key]}"
                self.check_sectors(where, parts(row["sector"]))
                if row[key] != row[key].lower():
                    self.fault(where, "not in lower case")
                if row.get("kind", "group") not in {"person", "group"}:
                    self.fault(where, f"unknown kind {row['kind']!r}")
            print(f"{name}: {len(rows)} rows")

    def across(self) -> None:
        """No name stands for two countries in two tables."""
        columns = {
            "countries.csv": ("code", ["name", "aliases", "government_names", "metonyms", "capital"]),
            "territories.csv": ("country", ["name", "aliases"]),
            "organisations.csv": ("country", ["name", "aliases"]),
        }
        seen: dict[str, set[Target]] = defaultdict(set)
        for name, (country, cells) in columns.items():
            for row in self.read(name):
                for cell in cells:
                    for value in parts(row[cell]):
                        seen[value].add((name, row["name"], row[country]))
        for value, targets in sorted(seen.items()):
            if len({country for _, _, country in targets}) > 1:
                self.fault("across", f"{value!r} points at {sorted(targets)}")


def main(folder: Path = KNOWLEDGE) -> int:
    """Check every table; 1 where a fault was found."""
    checker = Checker(folder)
    codes = checker.countries() | BLOCS
    checker.territories(codes)
    checker.organisations(codes)
    checker.nouns()
    checker.across()
    faults = list(dict.fromkeys(checker.faults))
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
