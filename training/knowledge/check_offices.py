"""Check the office-holder tables in src/dragoman/entities/knowledge/offices.

Run: python training/knowledge/check_offices.py
Prints rows per file, rows and countries in all; exits 1 when a row is at fault.
"""

from __future__ import annotations

import csv
import re
import sys
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "src/dragoman/entities/knowledge/offices"
REGIONS = ("africa", "americas", "asia", "bodies", "europe", "middle_east", "oceania")
COLUMNS = [
    "name", "aliases", "country", "sector", "role", "office", "start", "end", "wikidata",
]  # fmt: skip
SECTORS = frozenset("GOV LEG JUD MIL SPY COP PTY OPP REB IGO REL CVL ELI BUS JRN".split())
OFFICES = frozenset(
    """head_of_state head_of_government foreign_minister defence_minister interior_minister
    finance_minister ambassador envoy spokesperson national_security_adviser
    intelligence_chief military_chief legislature_speaker opposition_leader rebel_leader
    body_head body_official religious_leader activist other""".split()
)
COUNTRY = re.compile(r"[A-Z]{3}")
QID = re.compile(r"Q[1-9]\d*")
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def parse_date(text: str) -> tuple[int, ...] | None:
    """The parts of a date of year, month or day precision; None when it is no date."""
    found = DATE.fullmatch(text)
    if found is None:
        return None
    parts = tuple(int(part) for part in found.groups() if part is not None)
    year, month, day = (*parts, 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        return None
    return parts


def row_faults(row: dict[str, str]) -> list[str]:
    """What is wrong in one row, in words."""
    faults = []
    for column in COLUMNS:
        if row[column] != row[column].strip():
            faults.append(f"blanks around {column}")
    for column in ("name", "country", "sector", "role", "office", "start"):
        if not row[column]:
            faults.append(f"no {column}")
    if not COUNTRY.fullmatch(row["country"]):
        faults.append(f"country {row['country']!r}")
    if row["sector"] not in SECTORS:
        faults.append(f"sector {row['sector']!r}")
    if row["office"] not in OFFICES:
        faults.append(f"office {row['office']!r}")
    if row["wikidata"] and not QID.fullmatch(row["wikidata"]):
        faults.append(f"wikidata {row['wikidata']!r}")
    aliases = row["aliases"].split("|") if row["aliases"] else []
    if len(set(aliases)) != len(aliases) or "" in aliases or row["name"] in aliases:
        faults.append("aliases empty, repeated or the name itself")
    start, end = parse_date(row["start"]), parse_date(row["end"])
    if start is None:
        faults.append(f"start {row['start']!r}")
    if row["end"] and end is None:
        faults.append(f"end {row['end']!r}")
    if start and end:
        shared = min(len(start), len(end))
        if start[:shared] > end[:shared]:
            faults.append(f"start {row['start']} after end {row['end']}")
    return faults


def main() -> int:
    """Print each fault and the counts; 1 if there is a fault."""
    faults: list[str] = []
    seen: dict[tuple[str, ...], str] = {}
    people: set[tuple[str, str]] = set()
    countries: set[str] = set()
    for region in REGIONS:
        path = FOLDER / f"{region}.csv"
        if not path.is_file():
            faults.append(f"{path.name}: missing")
            continue
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.reader(handle)
            if next(reader, None) != COLUMNS:
                faults.append(f"{path.name}: header differs")
                continue
            count = 0
            for cells in reader:
                where = f"{path.name}:{reader.line_num}"
                if len(cells) != len(COLUMNS):
                    faults.append(f"{where}: {len(cells)} cells")
                    continue
                row = dict(zip(COLUMNS, cells, strict=True))
                faults.extend(f"{where}: {row['name']}: {fault}" for fault in row_faults(row))
                key = (row["name"], row["country"], row["role"], row["start"])
                if key in seen:
                    faults.append(f"{where}: {row['name']}: same as {seen[key]}")
                seen.setdefault(key, where)
                people.add((row["name"], row["country"]))
                countries.add(row["country"])
                count += 1
        print(f"{path.name}: {count} rows")
    print(f"all: {len(seen)} rows, {len(people)} people, {len(countries)} country codes")
    for fault in faults:
        print(f"FAULT {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
