"""The network: an arrow from each country to whom it acts on, by class of act and period."""

import re
from math import hypot

from starlette.testclient import TestClient

from dragoman import Ledger
from dragoman.web.network import NODE, SIZE, drawn


def listed(page: str) -> dict[str, int]:
    return {
        pair: int(count) for pair, count in re.findall(r'<a href="/dyad/([A-Z]+-[A-Z]+)">[^<]*</a> <b>(\d+)</b>', page)
    }


def test_the_list_has_the_pairs_that_the_ledger_counts(client: TestClient, ledger: Ledger) -> None:
    counted = {row["dyad"]: row["count"] for row in ledger.count("events", by=["dyad"]) if row["dyad"]}
    shown = listed(client.get("/network").text)
    assert shown
    assert shown.items() <= counted.items()


def test_a_class_of_acts_and_a_period_are_obeyed(client: TestClient, ledger: Ledger) -> None:
    page = client.get("/network", params={"quad": "verbal conflict", "since": "2000", "until": "2030"}).text
    counted = ledger.count("events", "quad:verbal-conflict date:2000..2030", by=["dyad"])
    assert listed(page).items() <= {row["dyad"]: row["count"] for row in counted}.items()
    assert "<option selected>verbal conflict</option>" in page
    assert 'role="alert"' in client.get("/network?quad=none").text
    assert 'role="alert"' in client.get("/network?since=then").text


def test_arrows_there_and_back_are_two_and_end_at_the_edge_of_a_country() -> None:
    nodes, lines = drawn([("USA-RUS", 4), ("RUS-USA", 1), ("CHN-USA", 1)])
    assert [node.code for node in nodes] == ["CHN", "RUS", "USA"]
    assert len({line.path for line in lines}) == 3
    for line in lines:
        x, y = map(float, line.tip.split()[0].split(","))
        assert abs(hypot(x - line.recipient.x, y - line.recipient.y) - NODE) < 0.2
        assert all(0 <= float(n) <= SIZE for n in re.findall(r"[\d.]+", line.path))


def test_dyads_counted_from_their_table_are_those_counted_from_events(ledger: Ledger) -> None:
    for filters in (
        "",
        "quad:verbal-conflict",
        "type:CONSULT,ACCUSE",
        "-quad:verbal-cooperation",
        "date:2010..",
        "claimed:no",
    ):
        quick = ledger.count("events", filters, by=["dyad"])
        by_events = ledger.count("events", f"{filters} confidence:0..1", by=["dyad"])
        assert {row["dyad"]: row["count"] for row in quick} == {row["dyad"]: row["count"] for row in by_events}
        assert quick
        assert ledger.count("events", filters, by=["dyad"], limit=2) == quick[:2]
