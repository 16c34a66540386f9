"""A long answer is given again for as long as it is right, and never longer."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from dragoman import Ledger, Record
from dragoman.ledger.review import correct, withdraw
from dragoman.web import kept as kept_module
from dragoman.web.kept import Kept


def test_a_ledger_that_nobody_writes_into_stays_in_its_state(own: Ledger) -> None:
    state = own.state()
    own.counts()
    next(own.events())
    assert own.state() == state


def test_each_way_of_writing_changes_the_state(own: Ledger, read: list[Record]) -> None:
    seen = {own.state()}
    said = correct(own, next(own.events()).ref, "accept", who="A. Editor")
    seen.add(own.state())
    withdraw(own, said.id)
    seen.add(own.state())
    own.add(read[5])
    seen.add(own.state())
    with Ledger(own.engine.url.database or "") as other:  # as another process does
        other.add(read[6])
    seen.add(own.state())
    assert len(seen) == 5


def test_an_answer_is_made_once_until_the_ledger_changes(own: Ledger, read: list[Record]) -> None:
    kept, made = Kept(own), []

    def counts() -> dict[str, int]:
        made.append(1)
        return own.counts()

    before = [kept.get("counts", counts)["reports"] for _ in range(3)]
    own.add(read[5])
    assert [*before, kept.get("counts", counts)["reports"]] == [4, 4, 4, 5]
    assert len(made) == 2


def test_many_who_ask_at_once_wait_for_one_answer(own: Ledger) -> None:
    kept, made, going = Kept(own), [], threading.Event()

    def slow() -> int:
        made.append(1)
        going.wait(2)
        return 7

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(kept.get, "slow", slow) for _ in range(8)]
        going.set()
        assert [one.result() for one in asked] == [7] * 8
    assert len(made) == 1


def test_what_is_not_begun_is_dropped_when_the_ledger_changes(own: Ledger, read: list[Record]) -> None:
    kept, made, going = Kept(own), [], threading.Event()
    for n in range(kept_module.AT_ONCE):
        kept.begin(n, lambda: going.wait(10))
    kept.begin("late", lambda: made.append("of what was"))
    own.add(read[5])
    kept.get("any", lambda: 1)
    going.set()
    assert kept.soon("late", lambda: made.append("of what is")) is None
    assert made == ["of what is"]


def test_a_question_that_fails_is_asked_again(own: Ledger) -> None:
    kept = Kept(own)

    def wrong() -> int:
        raise LookupError("not there")

    with pytest.raises(LookupError):
        kept.get("a", wrong)
    assert kept.get("a", lambda: 3) == 3


def test_no_more_answers_are_held_than_there_is_room_for(own: Ledger) -> None:
    kept = Kept(own, most=10)
    for n in range(100):
        kept.get(n, lambda: "x" * 10)
    assert len(kept._answers) <= 10


def test_a_page_of_a_large_ledger_comes_before_what_takes_long(
    opened: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, going = opened(), threading.Event()
    count = Ledger.count
    monkeypatch.setattr("dragoman.web.kept.LARGE", 0)
    monkeypatch.setattr(Ledger, "count", lambda *given, **more: going.wait(10) and count(*given, **more))
    for path in ("/network", "/map", "/quality", "/actor/COL"):
        page = client.get(path).text
        assert "Being counted" in page, path
        assert f'hx-get="{path}"' in page
    going.set()
    for path in ("/network", "/map", "/quality", "/actor/COL"):
        for _ in range(100):
            page = client.get(path).text
            if "Being counted" not in page:
                break
            time.sleep(0.05)
        assert "Being counted" not in page, path
    assert client.get("/network?q=actr:USA").text.count('role="alert"') == 1


def test_a_page_of_a_small_ledger_is_whole(opened: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.web.kept.SHORT", 0.0)
    for path in ("/network", "/map", "/quality", "/actor/COL", "/"):
        assert "Being counted" not in opened().get(path).text


def test_what_goes_wrong_while_a_page_waits_is_told(own: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong() -> int:
        raise TimeoutError("the maker's own")

    kept = Kept(own)
    with pytest.raises(TimeoutError, match="own"):
        kept.soon("a", wrong)
    assert kept.soon("a", lambda: 5) == 5


def test_what_is_begun_is_there_when_it_is_asked_for(own: Ledger) -> None:
    kept, made = Kept(own), []
    kept.begin("a", lambda: made.append(1))
    kept.begin("a", lambda: made.append(1))
    kept.soon("a", lambda: made.append(1))
    assert made == [1]


def test_a_page_shows_what_was_written_a_moment_ago(
    opened: Callable[..., TestClient], own: Ledger, read: list[Record]
) -> None:
    client = opened()
    for path in ("/", "/quality", "/network", "/dyad/PRK-KOR"):
        client.get(path)
    before = client.get("/quality").text
    own.add(read[5])
    after = client.get("/quality").text
    assert before != after
    assert f"{own.counts()['events']:,} events" in client.get("/").text
