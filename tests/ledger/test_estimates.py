"""How many rows there are, as the database knows it without counting them."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from dragoman import Ledger, Record
from dragoman.ledger import fulltext, schema
from dragoman.ledger.estimates import expected, size_of, up_to


@pytest.fixture
def looked_at(ledger: Ledger, news: Callable[..., Record]) -> Ledger:
    """Sixty events, of which twenty speak of grain, and the database has looked at them."""
    for n in range(60):
        over = "grain" if n % 3 == 0 else "gas"
        body = f"France condemned Iran over {over} for the {n}th time."
        ledger.add(news(body, {"France": "FRA", "Iran": "IRN"}, [("ACCUSE", "condemned", ["France"], ["Iran"])]))
    with ledger.writing() as connection:
        connection.execute(text("ANALYZE"))
    return ledger


def test_a_table_has_as_many_rows_as_the_database_saw(looked_at: Ledger) -> None:
    with looked_at.reading() as connection:
        assert size_of(connection, schema.events) == 60


def test_a_table_that_nobody_looked_at_is_counted(ledger: Ledger, condemned: Record) -> None:
    ledger.add(condemned)
    with ledger.reading() as connection:
        assert size_of(connection, schema.events) == 2
        assert size_of(connection, schema.flags) == 1  # nothing is divided by none


def test_rows_are_counted_up_to_a_bound(looked_at: Ledger) -> None:
    with looked_at.reading() as connection:
        grain = fulltext.keys_matching(schema.events, "grain", connection.dialect)
        assert (up_to(connection, grain, 7), up_to(connection, grain, 100)) == (7, 20)


def test_postgresql_expects_as_many_rows_of_a_word_as_have_it(looked_at: Ledger) -> None:
    with looked_at.reading() as connection:
        if connection.dialect.name != "postgresql":
            pytest.skip("SQLite keeps no statistics of words")
        grain = fulltext.keys_matching(schema.events, "grain", connection.dialect)
        assert 15 <= expected(connection, grain) <= 25
