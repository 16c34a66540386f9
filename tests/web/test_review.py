"""Reviewers judge events one by one; what they say is kept beside what was read, and compared."""

import re
from collections.abc import Callable

import msgspec
import pytest
from starlette.testclient import TestClient

from dragoman import Ledger
from dragoman.web.reviewers import Agreement, agreement_of, judgements_in, of_kind

Open = Callable[..., TestClient]


def shown(client: TestClient, who: str, **more: str) -> tuple[str, str]:
    """The event that a reviewer is shown, and the form's token."""
    page = client.get("/review", params={"who": who, **more}).text
    ref = re.search(r'action="/review/([^"]+)"', page)
    csrf = re.search(r'name="csrf" value="(\w+)"', page)
    return (ref[1] if ref else ""), (csrf[1] if csrf else "")


def say(client: TestClient, who: str, action: str, **more: str) -> str:
    ref, csrf = shown(client, who)
    answer = client.post(f"/review/{ref}", data={"csrf": csrf, "who": who, "action": action, **more})
    assert answer.status_code == 200, answer.text
    assert answer.url.path == "/review"
    return ref


def test_the_least_certain_event_comes_first(opened: Open, own: Ledger) -> None:
    assert shown(opened(), "A")[0] == next(own.events(sort="confidence")).ref


def test_a_judged_event_does_not_come_again_and_another_is_shown(opened: Open) -> None:
    client = opened()
    refs = [say(client, "A", "accept") for _ in range(4)]
    assert len(set(refs)) == 4


def test_an_accepted_event_is_marked_and_a_rejected_one_is_gone(opened: Open, own: Ledger) -> None:
    client = opened()
    good, bad = say(client, "A", "accept"), say(client, "A", "reject")
    by_ref = {row.ref: row for row in own.events()}
    assert by_ref[good].review == "accepted"
    assert bad not in by_ref
    assert bad in {row.ref for row in own.events(raw=True)}


def test_a_changed_event_has_the_type_that_the_reviewer_chose(opened: Open, own: Ledger) -> None:
    ref = say(opened(), "A", "change", field="type", value="AID")
    assert next(row for row in own.events() if row.ref == ref).type == "AID"
    assert next(row for row in own.events(raw=True) if row.ref == ref).type != "AID"


@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "delete"},
        {"action": "change", "field": "id", "value": "v9"},
        {"action": "change", "field": "type", "value": "<b>"},
        {"action": "accept", "who": "  "},
    ],
)
def test_a_judgement_that_is_none_is_refused(opened: Open, own: Ledger, wrong: dict[str, str]) -> None:
    client = opened()
    ref, csrf = shown(client, "A")
    assert client.post(f"/review/{ref}", data={"csrf": csrf, "who": "A", **wrong}).status_code == 422
    assert judgements_in(own) == {}


def test_what_is_not_there_cannot_be_judged(opened: Open, own: Ledger) -> None:
    client = opened()
    ref, csrf = shown(client, "A")
    for path in (f"/review/{ref.partition('/')[0]}/v999", "/review/ffffffffffff/v1"):
        assert client.post(path, data={"csrf": csrf, "who": "A", "action": "accept"}).status_code == 404


def test_each_reviewer_has_a_queue_also_over_what_another_rejected(opened: Open, own: Ledger) -> None:
    client = opened()
    first = [say(client, "A", action) for action in ("accept", "reject", "accept", "reject")]
    second = [say(client, "B", action) for action in ("accept", "accept", "accept", "reject")]
    assert first == second
    agreement = agreement_of(judgements_in(own))
    assert (agreement.reviewers, agreement.units, agreement.same) == (("A", "B"), 4, 3)
    page = client.get("/review?who=A").text
    assert f"{agreement.alpha:.2f}" in page
    assert "on 4 records" in client.get("/quality").text


KINDS = {"statement": "s", "entity": "e", "negotiation": "n"}


@pytest.mark.parametrize(("kind", "letter"), KINDS.items())
def test_other_kinds_of_records_are_judged_too(opened: Open, own: Ledger, kind: str, letter: str) -> None:
    client = opened()
    judged = []
    for action in ("accept", "reject"):
        ref, csrf = shown(client, "A", kind=kind)
        if not ref:
            break
        assert ref.partition("/")[2].startswith(letter)
        said = {"csrf": csrf, "who": "A", "action": action, "kind": kind}
        assert client.post(f"/review/{ref}", data=said).url.params["kind"] == kind
        judged.append((ref, action))
    assert judged
    assert len({ref for ref, _ in judged}) == len(judged)
    for ref, action in judged:
        report, _, id_ = ref.partition("/")
        record = own.record(report)
        left = {one.id for one in (*record.statements, *record.entities, *record.negotiations)}
        assert (id_ in left) is (action == "accept")


@pytest.mark.parametrize(
    ("kind", "field", "value", "wrong"),
    [
        ("statement", "kind", "mixed", "loud"),
        ("statement", "attribution", "", "famous"),
        ("entity", "country", "FRA", "Atlantis"),
        ("entity", "sector", "MIL", "<b>"),
        ("entity", "name", "Ana <b>Rey</b>", "  "),
        ("negotiation", "subject", "prisoner exchange", ""),
    ],
)
def test_what_a_reviewer_changes_of_a_record_is_changed(
    opened: Open, own: Ledger, kind: str, field: str, value: str, wrong: str
) -> None:
    client = opened()
    ref, csrf = shown(client, "A", kind=kind)
    said = {"csrf": csrf, "who": "A", "action": "change", "field": field, "kind": kind}
    assert client.post(f"/review/{ref}", data={**said, "value": wrong}).status_code == 422
    assert judgements_in(own) == {}
    assert client.post(f"/review/{ref}", data={**said, "value": value}).status_code == 200
    report, _, id_ = ref.partition("/")
    record = own.record(report)
    [found] = [one for one in (*record.statements, *record.entities, *record.negotiations) if one.id == id_]
    assert getattr(found, field) == (value or None)


def test_a_statement_is_given_to_another_source_of_its_report(opened: Open, own: Ledger) -> None:
    client = opened()
    ref, csrf = shown(client, "A", kind="statement")
    report, _, id_ = ref.partition("/")
    record = own.record(report)
    before = next(one.source for one in record.statements if one.id == id_)
    other = next(one.id for one in record.entities if one.id != before)
    said = {"csrf": csrf, "who": "A", "action": "change", "field": "source", "kind": "statement"}
    assert client.post(f"/review/{ref}", data={**said, "value": "e999"}).status_code == 422
    client.post(f"/review/{ref}", data={**said, "value": other})
    assert next(one.source for one in own.record(report).statements if one.id == id_) == other


def test_agreement_is_told_by_kind_and_over_all(opened: Open, own: Ledger) -> None:
    client = opened()
    for kind, verdicts in {"event": ("accept", "reject"), "statement": ("accept", "accept")}.items():
        ref, csrf = shown(client, "A", kind=kind)
        for who, action in zip("AB", verdicts, strict=True):
            client.post(f"/review/{ref}", data={"csrf": csrf, "who": who, "action": action, "kind": kind})
    judgements = judgements_in(own)
    assert (agreement_of(judgements).units, agreement_of(judgements).same) == (2, 1)
    assert (agreement_of(of_kind(judgements, "event")).units, agreement_of(of_kind(judgements, "event")).same) == (1, 0)
    assert agreement_of(of_kind(judgements, "statement")).same == 1
    assert of_kind(judgements, "entity") == {}


def test_the_newest_come_first_where_that_is_asked(opened: Open, own: Ledger) -> None:
    assert shown(opened(), "A", order="newest")[0] == next(own.events(sort="-day", raw=True)).ref
    assert opened().get("/review?who=A&order=loudest").status_code == 422
    assert opened().get("/review?who=A&kind=report").status_code == 422


def test_what_reports_tell_differently_comes_first_where_that_is_asked(client: TestClient, ledger: Ledger) -> None:
    disputed = {act.id for act in ledger.occurrences() if act.disagrees}
    ref = shown(client, "Z", order="disputed")[0]
    if disputed:
        assert next(row for row in ledger.events() if row.ref == ref).occurrence in disputed
    else:
        assert ref == ""


def test_alpha_is_that_of_the_literature() -> None:
    # Nominal, two coders, no value missing: ten units of which six agree. With 10 zeros … worked out by hand:
    # coincidences o01 = 4, n0 = 14, n1 = 6, n = 20: alpha = 1 - 19 * 4 / (14 * 6).
    one, other = "0100000000", "1110010000"
    said = {
        who: {("r", f"v{n}"): ("accept", "reject")[int(value)] for n, value in enumerate(values)}
        for who, values in (("A", one), ("B", other))
    }
    found = agreement_of(said)
    apart = sum(a != b for a, b in zip(one, other, strict=True))
    ones = (one + other).count("1")
    assert found.alpha == pytest.approx(1 - 19 * apart / (ones * (20 - ones)))


def test_alpha_is_not_defined_where_nobody_differs_or_nothing_is_shared() -> None:
    same = {who: {("r", "v1"): "accept"} for who in "AB"}
    assert agreement_of(same) == Agreement(("A", "B"), 1, None, 1)
    apart = {"A": {("r", "v1"): "accept"}, "B": {("r", "v2"): "reject"}}
    assert agreement_of(apart) == Agreement(("A", "B"), 0, None, 0)
    assert agreement_of({}) == Agreement((), 0, None, 0)


def test_what_was_said_can_be_taken_to_another_ledger(opened: Open) -> None:
    client = opened()
    ref = say(client, "A", "accept")
    [line] = client.get("/review.jsonl").text.splitlines()
    said = msgspec.json.decode(line)
    assert said["report"].startswith(f"sha256:{ref.partition('/')[0]}")
    assert (said["target"], said["action"], said["who"]) == (ref.partition("/")[2], "accept", "A")


def test_an_event_is_skipped_until_the_queue_is_begun_anew(opened: Open) -> None:
    client = opened()
    assert shown(client, "A", skip="1")[0] != shown(client, "A")[0]
    assert shown(client, "A", skip="100000")[0] == ""


def test_a_queue_is_of_a_filter(opened: Open, own: Ledger) -> None:
    ref = shown(opened(), "A", q="type:CONSULT")[0]
    assert next(row for row in own.events() if row.ref == ref).type == "CONSULT"
