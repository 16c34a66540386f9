"""What the machine missed is added by marking its words."""

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from dragoman import Ledger, Record
from dragoman.web.adding import span_of

Open = Callable[..., TestClient]


def form(client: TestClient, short: str, kind: str) -> dict[str, str]:
    page = client.get(f"/add/{short}/{kind}", params={"who": "A"}).text
    csrf = re.search(r'name="csrf" value="(\w+)"', page)
    assert csrf
    return {"csrf": csrf[1], "who": "A"}


@pytest.fixture
def short(own: Ledger) -> str:
    return next(own.reports()).report


def test_an_event_is_added_with_its_sentence_and_who_took_part(opened: Open, own: Ledger, short: str) -> None:
    client, record = opened(), own.record(short)
    one, other = record.entities[:2]
    word = max(record.report.text.split(), key=len).strip(".,")
    start = record.report.text.index(word)
    given = {
        **form(client, short, "event"), "words": word, "start": str(start), "end": str(start + len(word)),
        "type": "ACCUSE", "status": "actual", f"actors.{one.id}": "1", f"recipients.{other.id}": "1",
    }  # fmt: skip
    answer = client.post(f"/add/{short}/event", data=given)
    assert answer.status_code == 200, answer.text
    [new] = [event for event in own.record(short).events if event.id not in {e.id for e in record.events}]
    assert (new.type, new.trigger.text, new.actors, new.recipients) == ("ACCUSE", word, (one.id,), (other.id,))
    [sentence] = new.evidence
    assert sentence.start <= start < sentence.end
    assert record.report.text[sentence.start : sentence.end] == sentence.text
    assert f'data-record="{new.id}"' in answer.text
    row = next(row for row in own.events() if row.ref.endswith(new.id))
    assert (row.review, row.sentence) == ("added", sentence.text)
    assert not [row for row in own.events(raw=True) if row.ref.endswith(new.id)]


KINDS = {
    "statement": {"kind": "indirect", "source": "", "attribution": "anonymous"},
    "entity": {"kind": "person", "country": "", "sector": "", "name": "Somebody Forgotten"},
    "negotiation": {"subject": "fishing rights"},
    "flag": {"kind": "date-conflict", "severity": "warning", "message": "The day is wrong."},
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_record_is_added(opened: Open, own: Ledger, short: str, kind: str) -> None:
    client, before = opened(), own.counts()
    words = " ".join(own.record(short).report.text.split()[3:7])
    given = {**form(client, short, kind), "words": words, **KINDS[kind]}
    answer = client.post(f"/add/{short}/{kind}", data=given)
    assert answer.status_code == 200, answer.text
    assert (
        own.counts()[{"entity": "entities"}.get(kind, f"{kind}s")]
        == before[{"entity": "entities"}.get(kind, f"{kind}s")] + 1
    )


def test_a_bargain_needs_no_words(opened: Open, own: Ledger, short: str) -> None:
    client = opened()
    client.post(f"/add/{short}/negotiation", data={**form(client, short, "negotiation"), "subject": "fishing rights"})
    assert any(one.subject == "fishing rights" for one in own.record(short).negotiations)


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": "words that stand nowhere in it"},
        {"words": ""},
        {"words": "", "start": "5", "end": "5"},
        {"words": "", "start": "-1", "end": "4"},
        {"words": "", "start": "0", "end": "99999999"},
        {"words": "", "start": "zero", "end": "4"},
        {"type": "NONSENSE"},
        {"status": ""},
        {"who": " "},
    ],
)
def test_what_makes_no_record_is_told_and_nothing_is_kept(
    opened: Open, own: Ledger, short: str, wrong: dict[str, str]
) -> None:
    client, before = opened(), own.counts()
    word = own.record(short).report.text.split()[4]
    given = {**form(client, short, "event"), "words": word, "type": "ACCUSE", "status": "actual"}
    answer = client.post(f"/add/{short}/event", data={**given, **wrong})
    assert answer.status_code == 422
    assert own.counts() == before
    assert 'role="alert"' in answer.text


def test_words_that_stand_twice_are_those_that_were_marked(read: list[Record]) -> None:
    text = read[0].report.text
    word = next(w for w in text.split() if text.count(w) > 1 and w.isalpha() and len(w) > 3)
    second = text.index(word, text.index(word) + 1)
    assert span_of(read[0], {"words": word, "start": str(second)}) == {"start": second, "end": second + len(word)}
    assert span_of(read[0], {"words": word}) == {"start": text.index(word), "end": text.index(word) + len(word)}
    assert span_of(read[0], {"words": word, "start": "1"}) == span_of(read[0], {"words": word})


def test_several_are_added_one_after_the_other(opened: Open, own: Ledger, short: str) -> None:
    client = opened()
    given = {**form(client, short, "negotiation"), "subject": "fishing rights", "again": "1"}
    assert client.post(f"/add/{short}/negotiation", data=given).url.path == f"/add/{short}/negotiation"


def test_what_is_not_there_cannot_be_added_to(opened: Open) -> None:
    client = opened()
    assert client.get("/add/ffffffffffff/event").status_code == 404
    assert client.get("/add/ffffffffffff/report").status_code == 404
