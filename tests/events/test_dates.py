"""When an act was done, told as claims about news."""

import pytest
from spacy.language import Language

from dragoman.events.candidates import find_candidates
from dragoman.events.dates import dates_of
from dragoman.events.lexicon import load as load_lexicon
from dragoman.language import pipeline
from dragoman.records import Dateline, DateRange, Report, id_of, span_of


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load()


def dates(
    nlp: Language, text: str, trigger: str, published: str | None, dateline: int = 0
) -> tuple[DateRange | None, DateRange | None]:
    doc = nlp(text)
    line = Dateline(place="Oslo", country="NOR", span=span_of(text, 0, dateline)) if dateline else None
    report = Report(
        id=id_of(text), uri="", title=None, publisher=None, authors=(), language="en", published=published,
        published_from=None, dateline=line, text=text,
    )  # fmt: skip
    candidate = next(c for c in find_candidates(doc, load_lexicon()) if doc[c.head].text == trigger)
    return dates_of(doc, candidate, report)


@pytest.mark.parametrize(
    ("text", "trigger", "start", "precision"),
    [
        ("The two ministers met on Friday.", "met", "2022-07-29", "day"),
        ("Troops attacked the town on February 24.", "attacked", "2022-02-24", "day"),
        ("Rebels attacked the town in March 1999.", "attacked", "1999-03-01", "month"),
        ("The army arrested the mayor yesterday.", "arrested", "2022-07-29", "day"),
        ("Police arrested the editor two days ago.", "arrested", "2022-07-28", "day"),
        ("The ministers met last week.", "met", "2022-07-18", "week"),
        ("They signed the treaty on 5 June 1990.", "signed", "1990-06-05", "day"),
        ("They met on Friday (29/7/2022).", "met", "2022-07-29", "day"),
        ("The court convicted the general in 2014.", "convicted", "2014-01-01", "year"),
        ("Rebels attacked the town at the weekend.", "attacked", "2022-07-30", "week"),
        ("They met on Friday; rebels had attacked the town two days earlier.", "attacked", "2022-07-27", "day"),
    ],
)
def test_a_date_is_resolved_against_the_publication(
    nlp: Language, text: str, trigger: str, start: str, precision: str
) -> None:
    date, _ = dates(nlp, text, trigger, "2022-07-30")
    assert date is not None
    assert (date.start, date.precision) == (start, precision)
    assert date.text in text


def test_without_a_publication_date_a_weekday_stays_unknown(nlp: Language) -> None:
    assert dates(nlp, "The two ministers met on Friday.", "met", None) == (None, None)


def test_an_act_without_a_date_is_not_dated_by_the_publication(nlp: Language) -> None:
    assert dates(nlp, "The two ministers met in Oslo.", "met", "2022-07-30") == (None, None)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("China urged them to respect the truce signed in 1991.", "urged"),
        ("France criticised Kosovo for sending police to four towns in May.", "criticised"),
        ("Paris condemned the attack on Friday.", "attack"),
    ],
)
def test_the_day_of_another_act_in_the_sentence_is_not_its_own(nlp: Language, text: str, trigger: str) -> None:
    assert dates(nlp, text, trigger, "2022-07-30") == (None, None)


def test_the_day_of_the_statement_is_not_the_day_of_the_attack(nlp: Language) -> None:
    text = "The army said on Friday that rebels attacked a convoy."
    assert dates(nlp, text, "attacked", "2022-07-30") == (None, None)


def test_what_is_promised_has_its_day_as_due(nlp: Language) -> None:
    date, due = dates(nlp, "France will host the talks on Monday.", "host", "2022-07-30")
    assert date is None
    assert due is not None
    assert due.start == "2022-08-01"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("OSLO, July 28 - The two ministers met today.", "2022-07-28"),
        ("OSLO (Friday) - The two ministers met today.", "2022-07-29"),
        ("OSLO, May 2 - The two ministers met today.", "2022-07-30"),
    ],
)
def test_today_is_the_day_of_a_dateline_of_that_week(nlp: Language, text: str, day: str) -> None:
    date, _ = dates(nlp, text, "met", "2022-07-30", text.index("-") + 1)
    assert date is not None
    assert date.start == day


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("The union suspended Chad on Friday, a day after it hanged a writer.", "hanged", "2022-07-28"),
        ("The army left on Friday, two days before rebels attacked the town.", "attacked", "2022-07-31"),
        ("The council, meeting on Friday, demanded that Chad leave.", "demanded", "2022-07-29"),
    ],
)
def test_a_day_told_beside_another_act_of_the_sentence(nlp: Language, text: str, trigger: str, day: str) -> None:
    date, due = dates(nlp, text, trigger, "2022-08-01")
    assert [d.start for d in (date, due) if d is not None] == [day]
