"""The ledger over HTTP is the ledger: the same rows, in pages, with ETags, described and with clear problems."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from dragoman import Failure, Ledger, Record
from dragoman.ledger.answers import ROWS
from dragoman.sources import RawDocument
from dragoman.web.entities import EntityRow
from dragoman.web.examples import EXAMPLES
from dragoman.web.settings import Settings

LISTS = ("reports", "events", "statements", "negotiations", "flags", "occurrences")
Open = Callable[..., TestClient]


def paged(client: TestClient, of: str, limit: int) -> Iterator[list[dict[str, Any]]]:
    cursor = None
    while True:
        answer = client.get(f"/api/{of}", params={"limit": limit, **({"cursor": cursor} if cursor else {})})
        assert answer.status_code == 200, answer.text
        page = answer.json()
        yield page["rows"]
        cursor = page["next"]
        if cursor is None:
            return


@pytest.mark.parametrize("of", LISTS)
def test_pages_of_a_list_are_all_its_rows_once(client: TestClient, ledger: Ledger, of: str) -> None:
    rows = [row for page in paged(client, of, 7) for row in page]
    assert rows == json.loads(msgspec.json.encode([*getattr(ledger, of)()]))


def test_pages_of_entities_are_all_of_them_once(client: TestClient, read: list[Record]) -> None:
    rows = [row for page in paged(client, "entities", 7) for row in page]
    names = [tuple(row.values()) for row in rows]
    assert len(names) == len(set(names))
    told = {(e.name, e.kind, e.country, e.sector, e.wikidata) for record in read for e in record.entities}
    assert {(r["name"], r["kind"], r["country"], r["sector"], r["wikidata"]) for r in rows} == told


def test_names_that_many_entities_share_are_paged_too(client: TestClient) -> None:
    whole = client.get("/api/entities", params={"limit": 1000}).json()["rows"]
    for limit in (1, 2, 3):
        assert [row for page in paged(client, "entities", limit) for row in page] == whole
    some = [row for row in whole if row["name"].casefold().startswith("s")]
    assert some
    assert client.get("/api/entities", params={"limit": 1000, "name": "S"}).json() == {"rows": some, "next": None}


def test_entities_are_found_by_how_their_name_begins(client: TestClient) -> None:
    rows = client.get("/api/entities", params={"name": "united"}).json()["rows"]
    assert rows
    assert all(row["name"].casefold().startswith("united") for row in rows)


def test_a_filter_is_obeyed(client: TestClient) -> None:
    rows = client.get("/api/events", params={"q": "type:CONSULT", "sort": "-day"}).json()["rows"]
    assert {row["type"] for row in rows} == {"CONSULT"}
    days = [row["day"] for row in rows if row["day"]]
    assert days == sorted(days, reverse=True)


def test_a_report_is_its_record(client: TestClient, read: list[Record]) -> None:
    for record in read:
        answer = client.get(f"/api/reports/{record.report.id[7:23]}")
        assert msgspec.json.decode(answer.content, type=Record) == record


def test_an_answer_that_the_client_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/events?limit=3")
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get("/api/events?limit=3", headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert client.get("/api/events?limit=3", headers={"if-none-match": '"other"'}).status_code == 200
    assert client.get("/api/events?limit=4").headers["etag"] != tag


def test_a_series_is_counted_by_side_and_period(client: TestClient) -> None:
    answer = client.get("/api/series", params={"side": "USA", "by": "quarter"}).json()
    assert (answer["sides"], answer["by"]) == (["USA"], "quarter")
    assert sum(point["count"] for point in answer["points"]) > 0


WRONG = (
    "/api/events?q=actr:USA",
    "/api/events?limit=0",
    "/api/events?limit=100000",
    "/api/events?limit=x",
    "/api/events?cursor=nonsense",
    "/api/entities?cursor=nonsense",
    "/api/entities?cursor=WyJhIl0",
    "/api/events?sort=nonsense",
    "/api/events?q=%22",
    "/api/series",
    "/api/series?side=USA&side=RUS&side=CHN",
    "/api/series?side=USA&by=century",
    "/api/series?side=USA&since=never",
    "/api/series?side=USA&since=2022-02-01&until=2022-01-01",
    "/api/series?side=USA&type=NONSENSE",
)


@pytest.mark.parametrize("path", WRONG)
def test_a_question_that_makes_no_sense_is_a_problem_that_says_why(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 422
    assert len(problem["detail"]) > 5


def test_what_is_not_there_is_a_problem(client: TestClient) -> None:
    for path in ("/api/nothing", "/api/reports/ffffffffffff", "/api"):
        assert client.get(path).status_code == 404
    assert client.get("/api/nothing").json()["title"] == "There is nothing here"
    assert client.delete("/api/events").status_code == 405


def test_a_text_is_read_and_not_kept(opened: Open, own: Ledger, read: list[Record]) -> None:
    given: list[RawDocument] = []

    def reading(document: RawDocument) -> Record:
        given.append(document)
        return read[5]

    client = opened(Settings(read=reading))
    before = own.counts()
    answer = client.post("/api/read", json={"text": "Talks failed.", "published": "2022-07-29", "title": "No deal"})
    assert msgspec.json.decode(answer.content, type=Record) == read[5]
    assert (given[0].content, given[0].published, given[0].title) == ("Talks failed.", "2022-07-29", "No deal")
    assert own.counts() == before


def test_a_pasted_text_and_a_file_are_shown_with_their_ledger(opened: Open, read: list[Record]) -> None:
    given: list[RawDocument] = []

    def reading(document: RawDocument) -> Record:
        given.append(document)
        return read[0]

    client = opened(Settings(read=reading))
    csrf = client.get("/paste").text.partition('name="csrf" value="')[2][:64]
    page = client.post("/paste", data={"csrf": csrf, "text": "Talks failed."}).text
    assert "it is not kept" in page
    assert 'data-record="v1"' in page
    name = "C:\\fake\\<b>news</b>.html"
    client.post("/paste", data={"csrf": csrf}, files={"file": (name, b"<p>Talks \xff failed.</p>")})
    assert (given[1].kind, given[1].content) == ("html", "<p>Talks \ufffd failed.</p>")
    assert "/" not in given[1].uri
    assert "\\" not in given[1].uri


def test_a_text_that_cannot_be_read_is_a_problem_with_the_reason(opened: Open) -> None:
    client = opened(Settings(read=lambda document: Failure(uri="", reason="took longer than 60 seconds to read")))
    answer = client.post("/api/read", json={"text": "Talks failed."})
    assert answer.status_code == 422
    assert "60 seconds" in answer.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b'{"text": 1}',
        b'{"text": ""}',
        b'{"text": "a", "more": 1}',
        b'{"text": "a", "kind": "pdf"}',
        b'{"text": "a", "published": "someday"}',
        b'{"text": "a", "url": "http://localhost/"}',
        b"[" * 10_000,
    ],
)
def test_a_request_to_read_that_makes_no_sense_is_a_problem(opened: Open, read: list[Record], body: bytes) -> None:
    client = opened(Settings(read=lambda document: read[0]))
    answer = client.post("/api/read", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_desk_without_a_reader_says_so(client: TestClient) -> None:
    assert client.post("/api/read", json={"text": "Talks failed."}).status_code == 503


def test_the_description_is_openapi_with_an_example_of_every_answer(client: TestClient) -> None:
    found = client.get("/api/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    paths = {f"/api/{of}" for of in (*LISTS, "entities", "series")} | {"/api/reports/{id}", "/api/read"}
    assert set(found["paths"]) == paths
    for path in found["paths"].values():
        for operation in path.values():
            content = operation["responses"]["200"]["content"]["application/json"]
            assert content["example"]
    written = json.dumps(found)
    for name in set(re.findall(r'"#/components/schemas/(\w+)"', written)):
        assert name in found["components"]["schemas"], name


def test_the_examples_of_the_description_are_such_answers() -> None:
    kinds = {f"{of[:-1].capitalize()}Row": ROWS[of] for of in LISTS} | {"EntityRow": EntityRow, "Record": Record}
    for name, kind in kinds.items():
        msgspec.convert(EXAMPLES[name], kind)


def test_a_series_of_more_periods_than_anybody_reads_is_refused(client: TestClient) -> None:
    answer = client.get("/api/series?side=USA&by=day&since=1990-01-01&until=2020-01-01")
    assert answer.status_code == 422
    assert "ask for longer ones" in answer.json()["detail"]
