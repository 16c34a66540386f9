"""What tests of scale share: short reports, what one process makes of them, and a pipeline with traps."""

import sys
from pathlib import Path

import pytest

from dragoman import Failure, Reader, Record, as_json
from dragoman.sources import RawDocument, documents

EXAMPLES = Path(__file__).parents[2] / "examples"
SENTENCES = (
    "France condemned Serbia on Monday.",
    "“We shall not sign,” Foreign Minister Tariq Aziz said in Geneva.",
    "U.S. President Jimmy Carter telephoned Egyptian President Anwar Sadat on Monday.",
    "Turkey offered to release two prisoners if Greece reopens the border crossing.",
    "The envoy left Damascus without a word.",
)


def report(number: int) -> RawDocument:
    """A report of a few sentences, no two with the same address."""
    text = " ".join(SENTENCES[(number + n) % len(SENTENCES)] for n in range(1 + number % 4))
    return RawDocument(f"{number}.txt", "text", text, published="1999-05-03", published_from="given")


def written(item: Record | Failure) -> bytes:
    return repr(item).encode() if isinstance(item, Failure) else as_json(item)


@pytest.fixture(scope="session")
def raws() -> list[RawDocument | Failure]:
    """Some thirty reports, some of them from files, some of them failed before."""
    found: list[RawDocument | Failure] = [report(n) for n in range(16)]
    found[5:5] = documents([str(EXAMPLES)])
    found[12:12] = [Failure(uri="gone.txt", reason="is not there"), RawDocument("blank.txt", "text", " ")]
    return found


@pytest.fixture(scope="session")
def expected(reader: Reader, raws: list[RawDocument | Failure]) -> list[bytes]:
    return list(map(written, reader.read_documents(raws)))


@pytest.fixture
def trapped(monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of the pipeline with traps."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    assert str(Path(__file__).parent) in sys.path
    return "trapped"
