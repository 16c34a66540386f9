"""A ledger answers what it is asked: the same rows as reading every record would give, on both databases."""

import doctest
import importlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import msgspec
import pytest

from dragoman import Event, Ledger, Record
from dragoman.corpus.join import join
from dragoman.errors import UsageError
from dragoman.ledger import plans
from dragoman.ledger.answers import ROWS, EventRow
from dragoman.ledger.lists import LISTS
from dragoman.ledger.near import kilometres
from dragoman.ledger.review import correct
from dragoman.ledger.writing import Pending
from dragoman.records import DateRange, Flag, FlagSpan, Magnitude, Negotiation, Place, Quantity, span_of

News = Callable[..., Record]
ACTS = (
    ("France", "FRA", "condemned", "ACCUSE", "Iran", "IRN"),
    ("Iran", "IRN", "rejected", "REJECT", "France", "FRA"),
    ("Sergei Lavrov", "RUS", "threatened", "THREATEN", "Ukraine", "UKR"),
    ("Ukraine", "UKR", "attacked", "ASSAULT", "Russia", "RUS"),
    ("Turkey", "TUR", "aided", "AID", "Ukraine", "UKR"),
)
PLACES = (("Kyiv", "UKR", 50.45, 30.52), ("Lviv", "UKR", 49.84, 24.03), ("Moscow", "RUS", 55.75, 37.62))
PUBLISHERS = ("Example News", "The Daily Record", None)
DAYS = ("2022-02-28", "2022-03-04", "2022-03-31", "2022-04-01", None)


def archive(news: News) -> list[Record]:
    """Thirty reports with two acts each, of all kinds in turn."""
    return [report(news, n) for n in range(30)]


def report(news: News, n: int) -> Record:
    acts = [ACTS[n % 5], ACTS[(n + 2) % 5]]
    text = f"{sentence(acts[0])} number {n}. {sentence(acts[1])} over grain. Paris said that the deal would hold."
    entities = {name: country for act in acts for name, country in ((act[0], act[1]), (act[4], act[5]))}
    told = [(act[3], act[2], [act[0]], [act[4]]) for act in acts]
    record = news(
        text, {**entities, "Paris": "FRA"}, told, [("Paris", "said", "that the deal would hold")],
        uri=f"https://news.example/{n}", publisher=PUBLISHERS[n % 3], published=DAYS[n % 5],
    )  # fmt: skip
    events = tuple(varied(event, text, n + m) for m, event in enumerate(record.events))
    flag = Flag(kind="number-conflict", severity="warning", message="differs", evidence=(
        FlagSpan(start=0, end=4, text=text[:4]),))  # fmt: skip
    bargain = Negotiation(id="n1", subject="grain exports", parties=("e1", "e2"), proposals=(), obstacles=())
    return msgspec.structs.replace(record, events=events, flags=(flag,), negotiations=(bargain,) if n % 2 else ())


def varied(event: Event, text: str, n: int) -> Event:
    name, country, lat, lon = PLACES[n % 3]
    return msgspec.structs.replace(
        event,
        modes=("drone",) if n % 4 == 0 else (),
        contexts=("military", "territory")[: n % 3],
        status=("actual", "historical", "negated")[n % 3],
        hearsay=n % 7 == 0,
        confidence=(n % 10) / 10,
        date=DateRange(start="2022-03-10", end="2022-03-10", precision="day", text="10 March") if n % 6 == 0 else None,
        place=Place(name=name, country=country, lat=lat, lon=lon, geonames=None, span=span_of(text, 0, 2)),
        magnitude=Magnitude(killed=Quantity(low=n, high=n, text=str(n))) if n % 8 == 0 else None,
    )


def sentence(act: Sequence[str]) -> str:
    return f"{act[0]} {act[2]} {act[4]}"


def fill(ledger: Ledger, records: Sequence[Record]) -> None:
    ledger.write(ledger.begin_run("ingest"), [Pending(record) for record in records])


@pytest.fixture
def asked(ledger: Ledger, news: News) -> Ledger:
    fill(ledger, archive(news))
    return ledger


Fits = Callable[[Record, Event], bool]


def countries(record: Record, ids: Sequence[str]) -> set[str | None]:
    return {record.entity(id_).country for id_ in ids}


def names(record: Record, ids: Sequence[str]) -> set[str]:
    return {record.entity(id_).name for id_ in ids}


def day(record: Record, event: Event) -> str:
    return event.date.start if event.date else record.report.published or ""


def killed(event: Event) -> int:
    quantity = event.magnitude.killed if event.magnitude else None
    return quantity.low or 0 if quantity else -1


QUESTIONS: Sequence[tuple[str, Fits]] = (
    ("", lambda r, e: True),
    ("actor:FRA", lambda r, e: "FRA" in countries(r, e.actors)),
    ("actor:france", lambda r, e: "FRA" in countries(r, e.actors)),
    ("actor:GOV", lambda r, e: "GOV" in {r.entity(id_).sector for id_ in e.actors}),
    ("actor:Lavrov", lambda r, e: "Sergei Lavrov" in names(r, e.actors)),
    ('recipient:"Ukraine"', lambda r, e: "UKR" in countries(r, e.recipients)),
    ("-actor:FRA", lambda r, e: "FRA" not in countries(r, e.actors)),
    ("country:UKR", lambda r, e: "UKR" in countries(r, (*e.actors, *e.recipients))),
    ("actor:IRN recipient:FRA", lambda r, e: e.type == "REJECT"),
    ("dyad:FRA-IRN,TUR-UKR", lambda r, e: e.type in ("ACCUSE", "AID")),
    ("type:REJECT,AID status:actual", lambda r, e: e.type in ("REJECT", "AID") and e.status == "actual"),
    ("type:reject date:2022-03", lambda r, e: e.type == "REJECT" and day(r, e)[:7] == "2022-03"),
    ("quad:material-conflict", lambda r, e: e.quad == "material conflict"),
    ("mode:drone", lambda r, e: "drone" in e.modes),
    ("context:territory -mode:drone", lambda r, e: "territory" in e.contexts and "drone" not in e.modes),
    ("claimed:yes", lambda r, e: e.hearsay),
    ("claimed:no dated:yes", lambda r, e: not e.hearsay and e.date is not None),
    ("date:2022-03-10..", lambda r, e: day(r, e) >= "2022-03-10"),
    ("date:..2022-02", lambda r, e: "" < day(r, e) <= "2022-02-28"),
    ("-date:2022-Q1", lambda r, e: not "2022-01" <= day(r, e) <= "2022-03-31"),
    ("date:2022-03-04,2022-04", lambda r, e: day(r, e) in ("2022-03-04", "2022-04-01")),
    ("place:kyiv", lambda r, e: e.place.name == "Kyiv"),  # type: ignore[union-attr]
    ("place:RUS", lambda r, e: e.place.country == "RUS"),  # type: ignore[union-attr]
    ("place:Kyiv within:500km", lambda r, e: e.place.country == "UKR"),  # type: ignore[union-attr]
    ("place:50.4,30.5 within:50", lambda r, e: e.place.name == "Kyiv"),  # type: ignore[union-attr]
    ("confidence:>0.6 intensity:<0", lambda r, e: e.confidence > 0.6 and e.intensity < 0),
    ("confidence:0.3..0.6", lambda r, e: 0.3 <= e.confidence <= 0.6),
    ("killed:>=16", lambda r, e: killed(e) >= 16),
    ("-killed:>=16", lambda r, e: killed(e) < 16),
    ('publisher:"the daily record" country:UKR', lambda r, e: r.report.publisher == "The Daily Record"
        and "UKR" in countries(r, (*e.actors, *e.recipients))),
    ("text:threatening", lambda r, e: e.type == "THREATEN"),
    ("attacked OR aided", lambda r, e: e.type in ("ASSAULT", "AID")),
    ('text:"number 7"', lambda r, e: "number 7" in e.evidence[0].text),
    ("-text:attacked type:ASSAULT,REJECT", lambda r, e: e.type == "REJECT"),
)  # fmt: skip


@pytest.fixture(scope="module")
def all_read(news: News) -> list[tuple[Record, Event]]:
    return [(record, event) for record in archive(news) for event in record.events]


def refs(rows: Iterator[EventRow]) -> list[str]:
    return [row.ref for row in rows]


def expected(read: list[tuple[Record, Event]], fits: Fits) -> set[str]:
    return {f"{r.report.id[7:23]}/{e.id}" for r, e in read if fits(r, e)}


def test_every_filter_finds_what_reading_every_record_would(
    asked: Ledger, all_read: list[tuple[Record, Event]]
) -> None:
    for question, fits in QUESTIONS:
        wanted = expected(all_read, fits)
        found = refs(asked.events(question))
        assert set(found) == wanted, question
        assert len(found) == len(wanted)
        assert wanted or "no match" in question, question
        [row] = asked.count("events", question, counted="rows")
        assert row["count"] == len(wanted), question


@pytest.mark.parametrize("few", [0, 3])
def test_a_question_has_the_same_answer_however_it_is_asked(
    asked: Ledger, all_read: list[tuple[Record, Event]], monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Where many rows fit, they are walked in the order of days, or found in what several indexes have in common."""
    monkeypatch.setattr(plans, "FEW", few)
    for question, fits in QUESTIONS:
        for sort in ("day", "-confidence"):
            assert set(refs(asked.events(question, sort=sort))) == expected(all_read, fits), question


@pytest.mark.parametrize("sort", ["day", "-day", "confidence", "-killed", "added", "-added", "intensity"])
@pytest.mark.parametrize("few", [0, 10_000])
def test_pages_one_after_the_other_are_the_whole(
    asked: Ledger, monkeypatch: pytest.MonkeyPatch, sort: str, few: int
) -> None:
    monkeypatch.setattr(plans, "FEW", few)
    whole = refs(asked.events("-type:AID", sort=sort))
    paged: list[str] = []
    cursor = None
    for _ in range(100):
        page = asked.page("events", "-type:AID", sort=sort, limit=7, cursor=cursor)
        assert len(page.rows) == 7 or page.cursor is None
        paged += refs(page.rows)
        cursor = page.cursor
        if cursor is None:
            break
    assert paged == whole
    assert len(set(whole)) == 48


def test_rows_without_a_day_come_last_in_both_directions(asked: Ledger) -> None:
    for sort in ("day", "-day"):
        days = [row.day for row in asked.events(sort=sort)]
        known = [day for day in days if day is not None]
        assert days == [*sorted(known, reverse=sort == "-day"), *[None] * (len(days) - len(known))]
        assert None in days


def test_a_page_stays_where_it_was_while_reports_come_in(asked: Ledger, news: News) -> None:
    first = asked.page("events", sort="day", limit=10)
    rest = refs(asked.events(sort="day"))[10:]
    told = [("ASSAULT", "attacked", ["Chad"], ["Niger"])]
    names = {"Chad": "TCD", "Niger": "NER"}
    fill(asked, [news("Chad attacked Niger.", names, told, uri="https://news.example/early", published="2021-01-01")])
    again = asked.page("events", sort="day", limit=100, cursor=first.cursor)
    assert refs(again.rows) == rest


def test_python_arguments_ask_the_same(asked: Ledger) -> None:
    for written, given in (
        ("actor:USA,FRA -type:REJECT", {"actor": ["USA", "FRA"], "not_type": "REJECT"}),
        ("date:2022-03-01..2022-03-31", {"date": (date(2022, 3, 1), date(2022, 3, 31))}),
        ("date:2022-03..", {"date": ("2022-03", None)}),
        ("confidence:0.2..0.6 claimed:no", {"confidence": (0.2, 0.6), "claimed": False}),
        ("place:50.4,30.5 within:50km", {"place": (50.4, 30.5), "within": 50}),
        ("killed:>=8", {"killed": ">=8", "type": None}),
    ):
        found = refs(asked.events(**given))  # type: ignore[arg-type]
        assert found == refs(asked.events(written))
        assert found


def test_a_row_says_what_the_record_says(asked: Ledger) -> None:
    [row] = asked.page("events", "type:ASSAULT", sort="day", limit=1).rows
    assert row.actors == ("Ukraine",)
    assert row.actor_countries == ("UKR",)
    assert row.recipients == ("Russia",)
    assert row.dated is (row.date_start is not None)
    assert row.sentence.startswith("Ukraine attacked Russia")
    record = asked.record(row.report)
    event = next(event for event in record.events if event.id == row.ref.partition("/")[2])
    assert (event.type, event.modes, event.contexts) == (row.type, row.modes, row.contexts)


def test_the_other_lists_are_asked_alike(asked: Ledger) -> None:
    assert len(list(asked.statements("source:Paris"))) == 30
    assert len(list(asked.statements('country:FRA cue:said kind:indirect publisher:"Example News"'))) == 10
    assert not list(asked.statements("addressee:FRA"))
    assert len(list(asked.reports('publisher:"Example News" text:grain'))) == 10
    assert len(list(asked.reports("entity:Lavrov"))) == 12
    assert len(list(asked.negotiations("subject:grain party:FRA"))) == len(
        [n for n in range(1, 30, 2) if "FRA" in (ACTS[n % 5][1], ACTS[n % 5][5])]
    )
    assert len(list(asked.flags("kind:number-conflict severity:warning date:2022-03-04"))) == 6
    assert not list(asked.occurrences())
    first = next(asked.negotiations())
    assert first.parties
    assert not list(asked.negotiations("status:rejected"))


def test_pages_of_every_list_are_the_whole(asked: Ledger) -> None:
    for of in LISTS:
        for sort in ("day", "-day", "added"):
            whole = [getattr(row, "ref", None) or row.report for row in asked.page(of, limit=1000, sort=sort).rows]
            paged, cursor = [], None
            while True:
                page = asked.page(of, limit=7, sort=sort, cursor=cursor)
                paged += [getattr(row, "ref", None) or row.report for row in page.rows]
                cursor = page.cursor
                if cursor is None:
                    break
            assert paged == whole


def test_a_correction_changes_the_answer_and_raw_shows_what_was_read(asked: Ledger) -> None:
    [row] = asked.page("events", "type:REJECT", limit=1).rows
    correct(asked, row.ref, "change", field="type", value="COERCE", who="An Editor")
    assert row.ref not in refs(asked.events("type:REJECT"))
    assert row.ref in refs(asked.events("type:COERCE review:changed"))
    assert row.ref in refs(asked.events("type:REJECT", raw=True))
    assert not refs(asked.events("type:COERCE", raw=True))
    assert len(refs(asked.events())) == len(refs(asked.events(raw=True))) == 60


def test_events_are_counted_in_groups(asked: Ledger, all_read: list[tuple[Record, Event]]) -> None:
    by_type = {row["type"]: row["count"] for row in asked.count("events", by=["type"])}
    assert by_type == {act[3]: 12 for act in ACTS}
    by_month = [(row["month"], row["count"]) for row in asked.count("events", "date:2022", by=["month"])]
    wanted: dict[str, int] = {}
    for record, event in all_read:
        month = day(record, event)[:7]
        if month:
            wanted[month] = wanted.get(month, 0) + 1
    assert by_month == sorted(wanted.items())
    [row] = asked.count("events", "type:REJECT,THREATEN", counted="reports")
    assert row["count"] == len({r.report.id for r, e in all_read if e.type in ("REJECT", "THREATEN")})
    dyads = asked.count("events", "type:AID", by=["dyad", "quarter"])
    assert {(row["dyad"], row["quarter"]) for row in dyads} == {("TUR-UKR", None), ("TUR-UKR", "2022-Q1")}
    weeks = {row["week"] for row in asked.count("events", "date:2022-03-04", by=["week", "actor_country"])}
    assert weeks == {"2022-02-28"}
    assert asked.count("statements", by=["source", "cue"]) == [{"source": "Paris", "cue": "said", "count": 30}]


@pytest.fixture
def joined(ledger: Ledger, news: News) -> Ledger:
    """Three reports of two acts, joined: France condemned Iran, as two publishers tell, and Chad attacked Niger."""
    told = [("ACCUSE", "condemned", ["France"], ["Iran"])]
    names = {"France": "FRA", "Iran": "IRN"}
    fill(ledger, [
        news("France condemned Iran for the seizure of a tanker in the strait.", names, told, uri="https://a.example/1",
             publisher="First Gazette"),
        news("In Paris on Friday, the seizure was the subject: France condemned Iran sharply.", names, told,
             uri="https://b.example/1", publisher="Second Gazette"),
        news("Chad attacked Niger at dawn.", {"Chad": "TCD", "Niger": "NER"},
             [("ASSAULT", "attacked", ["Chad"], ["Niger"])], uri="https://c.example/1", published="2021-05-01"),
    ])  # fmt: skip
    join(ledger)
    return ledger


def test_occurrences_are_asked_by_what_their_events_say(joined: Ledger) -> None:
    accused, attacked = "ACCUSE", "ASSAULT"
    for question, types in (
        ("", [attacked, accused]),
        ("actor:FRA", [accused]),
        ("recipient:Niger", [attacked]),
        ("country:FRA sector:GOV", [accused]),
        ("text:tanker reports:>=2", [accused]),
        ('publisher:"second gazette"', [accused]),
        ("publishers:>=2 context:diplomatic -type:ASSAULT", [accused]),
        ("date:2021 status:actual claimed:no", [attacked]),
        ("quad:material-conflict intensity:<-5", [attacked]),
        ("mode:drone", []),
    ):
        assert [row.type for row in joined.occurrences(question)] == types, question
    [row] = joined.page("occurrences", limit=1, sort="-reports").rows
    assert (row.type, row.actors, row.recipients, row.reports) == (accused, ("France",), ("Iran",), 2)
    [event, other] = joined.events(occurrence=row.id)
    assert list(joined.occurrences(report=event.report)) == [row]
    assert event.occurrence == other.occurrence == row.id


def test_an_act_that_two_reports_tell_counts_once_unless_reports_are_counted(joined: Ledger) -> None:
    for counted, number in (("occurrences", 2), ("reports", 3), ("rows", 3), (None, 2)):
        [row] = joined.count("events", counted=counted)  # type: ignore[arg-type]
        assert row["count"] == number
    assert joined.count("occurrences", counted="reports") == [{"count": 3}]
    assert joined.count("events", by=["type"])[0]["count"] == 1


def test_what_is_near_is_measured_over_the_globe() -> None:
    assert round(kilometres(50.45, 30.52, 55.75, 37.62)) == 756
    assert round(kilometres(0, 179.5, 0, -179.5)) == 111


def test_a_point_is_told_from_a_place_that_is_only_named_and_from_none(ledger: Ledger, news: News) -> None:
    record = news("Fiji attacked Tonga.", {"Fiji": "FJI", "Tonga": "TON"}, [
        ("ASSAULT", "attacked", ["Fiji"], ["Tonga"])])  # fmt: skip
    [event] = record.events
    at = Place(name="Suva", country="FJI", lat=-18.1416, lon=178.4415, geonames=None, span=span_of("Fiji", 0, 4))
    within = msgspec.structs.replace(at, name="Fiji", lat=None, lon=None)
    told = [msgspec.structs.replace(event, id=f"v{n}", place=place) for n, place in enumerate((at, within, None), 1)]
    ledger.add(msgspec.structs.replace(record, events=tuple(told)))
    found = {
        question: "".join(sorted(ref[-1] for ref in refs(ledger.events(question))))
        for question in ("point:yes", "point:no", "-point:yes", "-point:no", "point:-18.1416,178.4415", "point:-18,178")
    }
    assert [*found.values()] == ["1", "2", "23", "13", "1", ""]
    assert refs(ledger.events(point=(-18.1416, 178.4415))) == refs(ledger.events("point:yes"))
    [spot] = ledger.count("events", "point:yes", by=["place", "place_country", "lat", "lon"])
    assert spot == {"place": "Suva", "place_country": "FJI", "lat": -18.1416, "lon": 178.4415, "count": 1}


def test_nearness_crosses_the_date_line_and_the_poles(ledger: Ledger, news: News) -> None:
    record = news("Fiji attacked Tonga.", {"Fiji": "FJI", "Tonga": "TON"}, [
        ("ASSAULT", "attacked", ["Fiji"], ["Tonga"])])  # fmt: skip
    place = Place(name="Suva", country="FJI", lat=-17.0, lon=179.9, geonames=None, span=span_of("Fiji", 0, 4))
    [event] = record.events
    ledger.add(msgspec.structs.replace(record, events=(msgspec.structs.replace(event, place=place),)))
    assert refs(ledger.events("place:-17,-179.9 within:50km"))
    assert not refs(ledger.events("place:-17,-179.9 within:10km"))
    assert refs(ledger.events("place:-89.9,0 within:9000km"))


def test_a_cursor_of_another_question_is_refused(asked: Ledger) -> None:
    page = asked.page("events", "type:AID", limit=5)
    with pytest.raises(UsageError, match="another question"):
        asked.page("events", "type:REJECT", limit=5, cursor=page.cursor)
    with pytest.raises(UsageError, match="no cursor"):
        asked.page("events", "type:AID", limit=5, cursor="'; DROP TABLE ledger_events; --")


@pytest.mark.parametrize(
    ("of", "written", "said"),
    [
        ("events", "actr:USA", "no filter 'actr'; is actor meant"),
        ("events", "type:REJCT", "type:REJCT is not known; is REJECT meant"),
        ("events", "country:Ruritania", "country:Ruritania is no country"),
        ("events", "date:2022-13", "date:2022-13 is no date"),
        ("events", "date:2022-08..2022-07", "ends before it begins"),
        ("events", "confidence:high", "confidence:high is no number"),
        ("events", "actor: USA", "says nothing after the colon"),
        ("events", 'text:"grain', "quotation mark is open"),
        ("events", "within:50km", "needs a place"),
        ("events", "point:Kyiv", "point:Kyiv is no point"),
        ("events", "place:Kyiv within:far", "within:far is no distance"),
        ("events", "place:Kyjivv within:5km", "place:Kyjivv is in no gazetteer"),
        ("events", "place:UKR within:5km", "not from a country"),
        ("events", "place:50.4,30.5", "needs a distance"),
        ("events", "claimed:maybe", "neither yes nor no"),
        ("events", "dyad:USA", "is no dyad"),
        ("events", "text:-war", "asks for no word"),
        ("events", "report:xyz", "is no report"),
        ("statements", "type:AID", "no filter 'type'"),
        ("speeches", "", "no list 'speeches'"),
    ],
)
def test_what_cannot_be_asked_is_named(asked: Ledger, of: str, written: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        asked.page(of, written)


def test_hostile_words_are_looked_for_and_not_obeyed(asked: Ledger) -> None:
    for word in ("';DROP-TABLE", "NEAR(a", "a*", "{a}:", "x^2", "--", "%", "\x00", "a" * 500, "$1", "?"):
        asked.page("events", f'actor:"{word}a" publisher:"{word}" text:"{word} b"')
    assert len(refs(asked.events())) == 60


def test_rows_have_the_columns_of_the_views(asked: Ledger) -> None:
    from sqlalchemy import text

    with asked.reading() as connection:
        for of, kind in ROWS.items():
            columns = set(connection.execute(text(f"SELECT * FROM {of}")).keys())
            assert set(kind.__struct_fields__) <= columns, of


@pytest.mark.parametrize("name", ["filters", "filter_values", "names", "near", "frames"])
def test_the_examples_in_the_code_are_true(name: str) -> None:
    module = importlib.import_module(f"dragoman.ledger.{name}")
    assert doctest.testmod(module).failed == 0
