"""The synthetic archive holds what it says, and what is found in it reaches the floors."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def output(script: str, *words: str) -> str:
    command = [sys.executable, str(BENCHMARKS / script), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        output("archive.py", "--reports", "120", "--seed", "9", "-o", str(tmp_path / name))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.fixture(scope="module")
def figures() -> str:
    return output("corpus.py", "--reports", "800", "--seed", "11")


def f1_of(figures: str, name: str) -> float:
    (line,) = [line for line in figures.splitlines() if line.startswith(name)]
    return float(line.split("F1 ")[1].split()[0])


def test_copies_are_found_at_the_floor(figures: str) -> None:
    assert f1_of(figures, "duplicates") >= 0.97


def test_occurrences_are_found_at_the_floor(figures: str) -> None:
    assert f1_of(figures, "occurrences") >= 0.85


def test_series_are_exactly_as_planted(figures: str) -> None:
    (line,) = [line for line in figures.splitlines() if "acts told apart" in line]
    same, _, total = line.split(":")[1].split()[:3]
    assert same == total
