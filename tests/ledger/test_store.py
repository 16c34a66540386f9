"""A ledger gives back what it was given, whole, and knows what it has."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection, inspect, select, text, update

from dragoman import Failure, Ledger, LedgerError, LedgerTooNew, Record, as_json
from dragoman.corpus.join import join
from dragoman.ledger import fulltext, migrations, schema, views
from dragoman.ledger.rows import LARGEST
from dragoman.records import Magnitude, Quantity

News = Callable[..., Record]
ROOT = Path(__file__).parents[2]


def rows(ledger: Ledger, question: str) -> list[tuple[object, ...]]:
    with ledger.reading() as connection:
        return [tuple(row) for row in connection.execute(text(question))]


def test_a_record_comes_back_byte_by_byte(ledger: Ledger, condemned: Record) -> None:
    ledger.add(condemned)
    assert as_json(ledger.record(condemned.report.id)) == as_json(condemned)
    assert [as_json(record) for record in ledger.records()] == [as_json(condemned)]


def test_every_real_record_comes_back_byte_by_byte(place: str, examples: list[Record]) -> None:
    with Ledger(place, create=True) as ledger:
        for record in examples:
            ledger.add(record)
        assert [as_json(record) for record in ledger.records()] == [as_json(record) for record in examples]
        counts = ledger.counts()
    assert counts["events"] == sum(len(record.events) for record in examples)
    assert counts["statements"] == sum(len(record.statements) for record in examples)
    assert counts["proposals"] == sum(len(n.proposals) for record in examples for n in record.negotiations)


def test_an_event_is_a_row_that_leads_to_its_sentence(ledger: Ledger, condemned: Record) -> None:
    ledger.add(condemned)
    [row, other] = rows(ledger, "SELECT type, actors, recipients, day, sentence, ref FROM events ORDER BY ref")
    short = condemned.report.id[7:23]
    assert row == ("ACCUSE", "France", "Iran", "2022-03-04", "France condemned Iran on Friday", f"{short}/v1")
    assert other[:3] == ("REJECT", "Iran", "France")


def test_a_dyad_is_a_row_of_pairs(ledger: Ledger, condemned: Record) -> None:
    ledger.add(condemned)
    assert rows(ledger, "SELECT actor, recipient, type, mutual FROM pairs ORDER BY actor") == [
        ("FRA", "IRN", "ACCUSE", False),
        ("IRN", "FRA", "REJECT", False),
    ]


def test_a_meeting_of_equals_is_a_pair_in_both_orders(ledger: Ledger, news: News) -> None:
    record = news(
        "Chad and Niger held talks.",
        {"Chad": "TCD", "Niger": "NER"},
        [("CONSULT", "held talks", ["Chad", "Niger"], [])],
    )
    ledger.add(record)
    assert rows(ledger, "SELECT actor, recipient, mutual FROM pairs ORDER BY actor") == [
        ("NER", "TCD", True),
        ("TCD", "NER", True),
    ]


def test_the_same_report_twice_is_one(ledger: Ledger, condemned: Record) -> None:
    ledger.add(condemned)
    before = ledger.counts()
    ledger.add(condemned)
    assert ledger.counts() == before
    assert rows(ledger, "SELECT count(*) FROM sightings") == [(1,)]


def test_the_same_text_elsewhere_is_a_reprint(ledger: Ledger, condemned: Record) -> None:
    report = msgspec.structs.replace(condemned.report, uri="https://other.example/b", publisher="Other News")
    ledger.add(condemned)
    ledger.add(msgspec.structs.replace(condemned, report=report))
    assert ledger.counts()["reports"] == 1
    assert rows(ledger, "SELECT publisher, version, current FROM sightings ORDER BY publisher") == [
        ("Example News", 1, True),
        ("Other News", 1, True),
    ]


def test_a_changed_text_under_one_address_is_a_new_version_that_keeps_the_old(ledger: Ledger, news: News) -> None:
    old = news("Chad condemned Niger.", {"Chad": "TCD"}, [("ACCUSE", "condemned", ["Chad"], [])])
    new = news("Chad praised Niger.", {"Chad": "TCD"}, [("SUPPORT", "praised", ["Chad"], [])])
    ledger.add(old)
    ledger.add(new)
    assert rows(ledger, "SELECT type FROM events") == [("SUPPORT",)]
    assert [record.report.id for record in ledger.records()] == [new.report.id]
    assert [record.report.id for record in ledger.records(versions=True)] == [old.report.id, new.report.id]
    assert ledger.record(old.report.id) == old
    assert rows(ledger, "SELECT version, current FROM sightings ORDER BY version") == [(1, False), (2, True)]


def test_both_texts_of_an_address_may_be_given_again_in_any_order(ledger: Ledger, news: News) -> None:
    old, new = news("Chad condemned Niger."), news("Chad praised Niger.")
    for record in (old, new, old, new, old):
        ledger.add(record)
    assert [record.report.id for record in ledger.records()] == [new.report.id]
    assert rows(ledger, "SELECT version, current FROM sightings ORDER BY version") == [(1, False), (2, True)]


def test_a_text_that_was_replaced_is_shown_again_where_another_address_has_it(ledger: Ledger, news: News) -> None:
    old, new = news("Chad condemned Niger."), news("Chad praised Niger.")
    elsewhere = news("Chad condemned Niger.", uri="https://other.example/b")
    for record in (old, new, elsewhere):
        ledger.add(record)
    assert {record.report.id for record in ledger.records()} == {old.report.id, new.report.id}


def test_running_numbers_are_no_addresses(ledger: Ledger, news: News) -> None:
    ledger.add(news("Chad condemned Niger.", uri="17"))
    ledger.add(news("Mali praised Niger.", uri="17"))
    assert ledger.counts()["reports"] == 2


def test_what_failed_is_a_row_with_its_reason_until_it_is_read(ledger: Ledger, condemned: Record) -> None:
    failure = Failure(uri=condemned.report.uri, reason="is empty", remedy="fetch it again")
    ledger.add(failure)
    ledger.add(failure)
    assert list(ledger.failures()) == [failure]
    assert rows(ledger, "SELECT reason, attempts FROM failures") == [("is empty", 2)]
    ledger.add(condemned)
    assert list(ledger.failures()) == []


def test_a_record_knows_the_versions_that_made_it(ledger: Ledger, condemned: Record) -> None:
    ledger.add(condemned)
    assert rows(ledger, "SELECT dragoman, model, ontology, knowledge FROM reports") == [
        ("0.1.0", "en_test 1", "plover 2021", "2026")
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rejecting", ["REJECT"]),
        ('"condemned Iran"', ["ACCUSE"]),
        ('"Iran condemned"', []),
        ("Iran -criticism", ["ACCUSE"]),
        ("criticism OR condemned", ["ACCUSE", "REJECT"]),
        ('Iran zebra" ) * NEAR(', []),
    ],
)
def test_full_text_finds_events_by_the_words_of_their_sentence(
    ledger: Ledger, condemned: Record, words: str, found: list[str]
) -> None:
    ledger.add(condemned)
    with ledger.reading() as connection:
        condition = fulltext.matches(schema.events, words, connection.dialect)
        assert sorted(connection.execute(select(schema.events.c.type).where(condition)).scalars()) == found


def test_full_text_forgets_what_is_replaced(ledger: Ledger, news: News) -> None:
    ledger.add(news("Chad condemned Niger.", {"Chad": "TCD"}, [("ACCUSE", "condemned", ["Chad"], [])]))
    ledger.add(news("Chad praised Niger.", {"Chad": "TCD"}, [("SUPPORT", "praised", ["Chad"], [])]))
    with ledger.reading() as connection:
        condition = fulltext.matches(schema.events, "condemned", connection.dialect)
        asked = select(schema.events.c.type).where(condition, schema.events.c.shown)
        assert connection.execute(asked).all() == []


def test_a_report_is_found_by_the_beginning_of_its_id(ledger: Ledger, condemned: Record) -> None:
    ledger.add(condemned)
    assert ledger.record(condemned.report.id[7:15]) == condemned
    with pytest.raises(LookupError, match="has no report ffff"):
        ledger.record("ffff")


def test_a_nul_and_a_sum_beyond_any_column_are_kept(ledger: Ledger, news: News) -> None:
    record = news("Chad condemned Ni\x00ger.", {"Chad": "TCD"}, [("ACCUSE", "condemned", ["Chad"], [])])
    magnitude = Magnitude(size=Quantity(low=10, high=LARGEST + 1, text="ten"))
    event = msgspec.structs.replace(record.events[0], magnitude=magnitude)
    ledger.add(msgspec.structs.replace(record, events=(event,)))
    assert rows(ledger, "SELECT size_low, size_high FROM events") == [(10, None)]
    assert ledger.record(record.report.id).events == (event,)


@pytest.mark.parametrize("name", views.VIEWS)
def test_a_view_answers_and_is_in_the_manual(ledger: Ledger, name: str, condemned: Record) -> None:
    ledger.add(condemned)
    with ledger.reading() as connection:
        columns = list(connection.execute(text(f"SELECT * FROM {name}")).keys())
    manual = (ROOT / "docs" / "ledger.md").read_text("utf-8")
    [line] = [line for line in manual.splitlines() if line.startswith(f"| `{name}` |")]
    assert [column for column in columns if f"`{column}`" not in line] == []


def test_a_ledger_of_a_later_version_is_refused(place: str) -> None:
    with Ledger(place, create=True) as ledger, ledger.writing() as connection:
        latest = schema.versions.c.key == migrations.SHAPE
        connection.execute(update(schema.versions).where(latest).values(key=migrations.SHAPE + 1))
    with pytest.raises(LedgerTooNew, match=r"made by a later version of Dragoman .*; install that version"):
        Ledger(place)


def test_an_older_ledger_is_brought_up_once(place: str) -> None:
    calls: list[int] = []

    def second(connection: Connection) -> None:
        calls.append(2)
        connection.execute(text("ALTER TABLE ledger_runs ADD COLUMN note TEXT"))

    with Ledger(place, create=True) as ledger:
        for _ in range(2):
            with ledger.writing() as connection:
                migrations.bring_up(connection, ledger.name, [*migrations.MIGRATIONS, second])
        assert calls == [2]
        assert rows(ledger, "SELECT note FROM ledger_runs") == []
        last = [(number,) for number in range(1, migrations.SHAPE + 2)]
        assert rows(ledger, "SELECT key FROM ledger_versions ORDER BY key") == last


def test_a_migration_that_breaks_leaves_the_ledger_as_it_was(place: str, condemned: Record) -> None:
    def broken(connection: Connection) -> None:
        connection.execute(text("DROP VIEW events"))
        raise RuntimeError

    with Ledger(place, create=True) as ledger:
        ledger.add(condemned)
        with pytest.raises(RuntimeError), ledger.writing() as connection:
            migrations.bring_up(connection, ledger.name, [*migrations.MIGRATIONS, broken])
        assert rows(ledger, "SELECT count(*) FROM events") == [(2,)]
        assert rows(ledger, "SELECT max(key) FROM ledger_versions") == [(migrations.SHAPE,)]


def test_a_ledger_from_before_joinings_were_kept_can_be_joined(place: str, condemned: Record) -> None:
    with Ledger(place, create=True) as ledger:
        ledger.add(condemned)
        with ledger.writing() as connection:
            connection.execute(text("DROP TABLE ledger_joined_reports"))
            connection.execute(text("DROP TABLE ledger_joinings"))
            migrations._joinings(connection)
        assert join(ledger).occurrences == 2


def test_an_older_index_of_intensities_becomes_that_of_a_new_ledger(place: str) -> None:
    def columns(connection: Connection) -> list[object]:
        indexes = {index["name"]: index["column_names"] for index in inspect(connection).get_indexes("ledger_events")}
        return list(indexes["ledger_events_intensity"])

    with Ledger(place, create=True) as ledger, ledger.writing() as connection:
        new = columns(connection)
        connection.execute(text("DROP INDEX ledger_events_intensity"))
        connection.execute(text("CREATE INDEX ledger_events_intensity ON ledger_events (intensity)"))
        migrations._ties(connection)
        assert columns(connection) == new


def test_an_older_ledger_gets_the_indexes_that_it_is_counted_from(place: str) -> None:
    with Ledger(place, create=True) as ledger:
        made = {table.name: indexes_of(ledger, table.name) for table in schema.METADATA.sorted_tables}
        with ledger.writing() as connection:
            for statement in ("DROP INDEX ledger_events_point", "DROP INDEX ledger_pairs_dyad",
                              "CREATE INDEX ledger_events_near ON ledger_events (lat, lon)",
                              "CREATE INDEX ledger_pairs_dyad ON ledger_pairs (actor, recipient, day)",
                              "DELETE FROM ledger_versions WHERE key > 2"):  # fmt: skip
                connection.execute(text(statement))
    with Ledger(place) as ledger:
        assert {table.name: indexes_of(ledger, table.name) for table in schema.METADATA.sorted_tables} == made


def indexes_of(ledger: Ledger, table: str) -> dict[str | None, list[str | None]]:
    return {index["name"]: index["column_names"] for index in inspect(ledger.engine).get_indexes(table)}


def test_a_ledger_is_not_made_by_a_slip_of_the_pen(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"nwes.db is not there; make it with `dragoman ingest"):
        Ledger(tmp_path / "nwes.db")
    assert list(tmp_path.iterdir()) == []


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE reports (id)")
    connection.commit()
    connection.close()
    with pytest.raises(LedgerError, match="is a database, but no ledger; name another file"):
        Ledger(path, create=True)
    path.write_text("Not a database at all, but a text of some length. " * 50)
    with pytest.raises(LedgerError, match="is no ledger"):
        Ledger(path, create=True)


def test_a_password_is_never_told() -> None:
    with pytest.raises(LedgerError) as error:
        Ledger("postgresql://dragoman:secret@/news?host=/no/such/folder")
    assert "secret" not in str(error.value)
    assert "could not be read" in str(error.value)
