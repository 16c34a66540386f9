"""What tests of the desk share: a ledger of examples/, made of records that were read once, and a browser's client."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman import Ledger, Record
from dragoman.corpus.join import join
from dragoman.ledger.ingest import Writer
from dragoman.ledger.prepared import records_of
from dragoman.web.app import app_of
from dragoman.web.settings import Settings

READ = Path(__file__).with_name("examples.jsonl")  # `python tests/refresh.py` reads it again
BASE = "http://localhost"
Open = Callable[..., TestClient]
Over = Callable[[list[Record]], TestClient]


def ledger_at(path: Path, records: list[Record], *, joined: bool = True) -> Ledger:
    ledger = Ledger(path, create=True)
    with Writer(ledger, ledger.begin_run("ingest")) as writer:
        for record in records:
            writer.add(record)
    if joined:
        join(ledger)
    return ledger


@pytest.fixture(scope="session")
def read() -> list[Record]:
    records = [item for item in records_of(str(READ)) if isinstance(item, Record)]
    assert len(records) == 10
    return records


@pytest.fixture(scope="session")
def ledger(read: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with ledger_at(tmp_path_factory.mktemp("web") / "examples.db", read) as kept:
        yield kept


@pytest.fixture(scope="session")
def client(ledger: Ledger) -> TestClient:
    return TestClient(app_of(ledger), base_url=BASE)


@pytest.fixture
def own(read: list[Record], tmp_path: Path) -> Iterator[Ledger]:
    """A ledger that a test may change."""
    with ledger_at(tmp_path / "own.db", read[:4], joined=False) as kept:
        yield kept


@pytest.fixture
def opened(own: Ledger) -> Open:
    def opened(settings: Settings | None = None, base: str = BASE) -> TestClient:
        return TestClient(app_of(own, settings), base_url=base)

    return opened


@pytest.fixture
def over(tmp_path: Path) -> Iterator[Over]:
    """What opens a desk over records of a test's own."""
    ledgers: list[Ledger] = []

    def over(records: list[Record]) -> TestClient:
        ledgers.append(ledger_at(tmp_path / f"over{len(ledgers)}.db", records, joined=False))
        return TestClient(app_of(ledgers[-1]), base_url=BASE)

    yield over
    for ledger in ledgers:
        ledger.close()
