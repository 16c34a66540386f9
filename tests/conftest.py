"""What tests share: one reader, its models loaded once a session, and a report to try things on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman import Failure, Reader, Record
from dragoman.sources import RawDocument

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def read_text(reader: Reader) -> Callable[..., Record]:
    """Read a text as a report published on a day."""

    def read(text: str, published: str | None = None) -> Record:
        raw = RawDocument("test.txt", "text", text, published=published, published_from="given" if published else None)
        [item] = reader.read_documents([raw])
        assert isinstance(item, Record), item
        return item

    return read


@pytest.fixture(scope="session")
def examples(reader: Reader) -> list[Record]:
    """The ledgers of all reports in examples/."""
    items = list(reader.read([str(EXAMPLES)]))
    assert not [item for item in items if isinstance(item, Failure)]
    return [item for item in items if isinstance(item, Record)]
