"""POLECAT's files come in as they are found, and what we wrote comes back the same."""

import io
from pathlib import Path

import msgspec
import pytest

from dragoman.errors import UnreadableSource
from dragoman.exports import Choice, Settings, export
from dragoman.exports.choice import EVERY_STATUS
from dragoman.exports.polecat import COLUMNS
from dragoman.imports.polecat import polecat_records
from dragoman.ledger.checking import fault_of
from dragoman.records import DateRange, Entity, Event, Failure, Place, ReadBy, Record, Report, Span, as_json, from_json

ROW = {
    "Event ID": "20190801-2309-4e081644904c_COOPERATE_R", "Event Date": "2019-08-01", "Event Type": "COOPERATE",
    "Event Mode": "None", "Intensity": "9.5", "Quad Code": "MATERIAL COOPERATION", "Contexts": "economic; military",
    "Actor Name": "Juma Were", "Actor Country": "KEN", "Actor COW": "501", "Primary Actor Sector": "GOV",
    "Actor Sectors": "GOV; ELI", "Actor Title": "Trade Minister", "Actor Name Raw": "Mr. Were",
    "Wikipedia Actor ID": "Juma Were", "Recipient Name": "Uganda; Rwanda", "Recipient Country": "UGA; RWA",
    "Placename": "Kisumu", "Country": "KEN", "Latitude": "-0.1022", "Longitude": "34.7617", "GeoNames ID": "191245",
    "Source": "Kisumu Post", "Publication Date": "2019-08-02", "Story People": "Juma Were", "Language": "en",
    "Version": "NGEC_coder-Vers001-b1-Run-001",
}  # fmt: skip


def line(**changes: str) -> str:
    row = ROW | {name.replace("_", " "): value for name, value in changes.items()}
    return "\t".join(row.get(name, "None") for name in COLUMNS)


def read(*lines: str, header: str = "\t".join(COLUMNS), encoding: str = "utf-8") -> list[Record | Failure]:
    data = "\n".join([header, *lines, ""]).encode(encoding)
    return list(polecat_records(io.BytesIO(data), "ngec.txt"))


def one(*lines: str, **options: str) -> Record:
    [item] = read(*lines, **options)
    assert isinstance(item, Record), item
    return item


def test_a_row_is_a_record_with_what_is_known() -> None:
    record = one(line())
    [event] = record.events
    assert (event.type, event.modes, event.contexts, event.intensity) == (
        "COOPERATE",
        (),
        ("economic", "military"),
        9.5,
    )
    assert event.date == DateRange(start="2019-08-01", end="2019-08-01", precision="day", text="2019-08-01")
    assert event.place is not None
    assert (event.place.name, event.place.geonames, event.place.lat) == ("Kisumu", 191245, -0.1022)
    actor, uganda, rwanda = record.entities
    assert (actor.name, actor.kind, actor.country, actor.sector, actor.sectors, actor.role) == (
        "Juma Were", "person", "KEN", "GOV", ("ELI",), "Trade Minister"
    )  # fmt: skip
    assert [(state.name, state.kind, state.country) for state in (uganda, rwanda)] == [
        ("Uganda", "country", "UGA"), ("Rwanda", "country", "RWA")
    ]  # fmt: skip
    assert (event.actors, event.recipients) == (("e1",), ("e2", "e3"))


def test_the_text_of_its_report_is_the_row_itself() -> None:
    record = one(line())
    text = record.report.text
    assert text.splitlines()[:4] == [
        "Event ID: 20190801-2309-4e081644904c_COOPERATE_R", "Event Date: 2019-08-01", "Event Type: COOPERATE",
        "Intensity: 9.5",
    ]  # fmt: skip
    assert "None" not in text
    assert record.report.uri == "ngec.txt#20190801-2309-4e081644904c_COOPERATE_R"
    assert (record.report.publisher, record.report.published) == ("Kisumu Post", "2019-08-02")
    assert record.events[0].trigger.text == "COOPERATE"
    assert [mention.text for entity in record.entities for mention in entity.mentions] == [
        "Juma Were", "Uganda", "Rwanda"
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Juma Were", "=1+1", "'=1+1", "Were;Zoë;; 李", "\x00\x1b\u202e", "  "])
def test_it_keeps_the_contract_whatever_the_row_holds(name: str) -> None:
    record = one(line(Actor_Name=name, Placename=name, Actor_Title=name))
    assert fault_of(record) is None
    assert from_json(as_json(record)) == record


def test_nobody_takes_it_for_something_that_was_read() -> None:
    record = one(line())
    assert record.events[0].confidence == 0
    assert record.read_by.model == "NGEC_coder-Vers001-b1-Run-001"


def test_who_stands_on_both_sides_is_one() -> None:
    record = one(
        line(
            Actor_Name="Uganda",
            Actor_Country="UGA",
            Actor_Title="None",
            Primary_Actor_Sector="None",
            Actor_Sectors="None",
        )
    )
    assert [entity.name for entity in record.entities] == ["Uganda", "Rwanda"]
    assert len(record.entities[0].mentions) == 2
    assert (record.events[0].actors, record.events[0].recipients) == (("e1",), ("e1", "e2"))


def test_a_wikipedia_title_is_no_wikidata_item() -> None:
    assert one(line()).entities[0].wikidata is None


@pytest.mark.parametrize("fifth", ["Intensity", "Event Intensity"])
def test_both_names_of_the_fifth_column_are_read(fifth: str) -> None:
    header = "\t".join(fifth if name == "Intensity" else name for name in COLUMNS)
    assert one(line(Intensity="3.25"), header=header).events[0].intensity == 3.25


def test_further_columns_and_trailing_tabs_do_no_harm() -> None:
    header = "\t".join((*COLUMNS, "Headline", "Story ID"))
    record = one(line() + "\tTrade flows again\t77\t\t\t", header=header)
    assert record.report.title == "Trade flows again"


def test_a_broken_row_is_named_and_the_others_are_read() -> None:
    first, second, third = read(line(), line()[:200], line(Event_Type="FEED"))
    assert isinstance(first, Record)
    assert isinstance(second, Failure)
    assert (second.uri, second.reason.partition(",")[0]) == ("ngec.txt, line 3", "has 18 columns")
    assert isinstance(third, Failure)
    assert third.reason == "has an event type that PLOVER has not ('FEED')"


def test_latin_letters_of_another_encoding_are_read() -> None:
    assert one(line(Actor_Name="José Peña"), encoding="iso-8859-1").entities[0].name == "José Peña"


def test_a_file_without_polecats_header_is_refused() -> None:
    with pytest.raises(UnreadableSource, match=r"ngec\.txt: has no column 'Event ID'"):
        read(line(), header="a\tb")


def test_values_that_cannot_be_told_apart_are_not_guessed() -> None:
    record = one(line(Recipient_Name="Uganda; Rwanda; Juba", Recipient_Country="UGA; RWA"))
    assert [entity.country for entity in record.entities[1:]] == [None, None, None]


def test_somebody_without_a_name_is_who_the_codes_say() -> None:
    record = one(line(Actor_Name="None", Actor_Name_Raw="None", Actor_Title="None"))
    assert (record.entities[0].name, record.entities[0].kind) == ("Kenya", "unnamed")


@pytest.mark.parametrize("cell", ["nan", "inf", "1e999", "north"])
def test_a_number_that_is_none_is_not_known(cell: str) -> None:
    place = one(line(Latitude=cell)).events[0].place
    assert place is not None
    assert place.lat is None


def test_an_endless_line_is_a_failure() -> None:
    long, after = read("x" * 3_000_000, line())
    assert isinstance(long, Failure)
    assert "longer than 1 MiB" in long.reason
    assert isinstance(after, Record)


def events_of(record: Record) -> list[tuple[object, ...]]:
    """What POLECAT's columns hold of events, with those who take part in place of their ids."""

    def sides(ids: tuple[str, ...]) -> list[tuple[object, ...]]:
        entities = [record.entity(id_) for id_ in ids]
        return [(e.name, e.country, e.sector, e.role, e.wikidata, e.sectors if len(ids) == 1 else ()) for e in entities]

    return [
        (
            event.id, event.type, event.modes, event.contexts, event.quad, event.intensity, event.status,
            event.claimed_in is not None or event.hearsay, sides(event.actors), sides(event.recipients),
            event.date.start if event.date and event.date.precision == "day" else None,
            (event.place.name, event.place.country, event.place.lat, event.place.lon, event.place.geonames)
            if event.place else None,
        )
        for event in record.events
    ]  # fmt: skip


ATTACK = "=HYPERLINK(1)\t'Bob' \u202eevil"


def record_of(name: str) -> Record:
    """A report with an event of each kind, all by somebody of this name."""
    entities = (
        Entity(id="e1", name=name, kind="person", country="KEN", sector="GOV", sectors=("ELI",), role="@minister"),
        Entity(id="e2", name="Uganda", kind="country", country="UGA", sector="GOV"),
        Entity(id="e3", name="UN envoys", kind="group", country="UNO", sector=None, wikidata="Q1"),
    )
    plain = Event(
        id="v1", type="CONSULT", modes=("visit",), contexts=("diplomatic", "economic"), quad="verbal cooperation",
        intensity=4.0, actors=("e1",), recipients=("e2",), due=None, claimed_in=None, hearsay=False, status="actual",
        date=DateRange(start="2022-02-03", end="2022-02-03", precision="day", text="Thursday"),
        place=Place(name="Kampala", country="UGA", lat=0.3163, lon=32.5822, geonames=232422, span=Span(0, 0, "")),
        trigger=Span(0, 0, ""), evidence=(), confidence=0.5,
    )  # fmt: skip
    change = msgspec.structs.replace
    return Record(
        report=Report(
            id="sha256:ab", uri="a.txt", title=None, publisher="Kisumu Post", authors=(), language="en",
            published="2022-02-04", published_from="given", dateline=None, text="",
        ),
        entities=entities, statements=(), negotiations=(), flags=(),
        read_by=ReadBy(dragoman="1", model="m", ontology="o", knowledge="k"),
        events=(
            plain,
            change(plain, id="v2", actors=("e1", "e2", "e3"), recipients=(), place=None, modes=(), contexts=()),
            change(plain, id="v3", status="negated", date=None),
            change(plain, id="v6", type="ASSAULT", quad="material conflict", intensity=-9.0),
            change(plain, id="v4", claimed_in="s1"),
            change(plain, id="v5", hearsay=True, actors=(), recipients=("e3",)),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("name", ["Juma Were", "'s-Gravesande", "=1+1", "@juma", "-", "+", "Zoë 李"])
@pytest.mark.parametrize("publication_day", [False, True])
def test_what_we_wrote_comes_back_with_the_same_events(name: str, publication_day: bool, tmp_path: Path) -> None:
    before = record_of(name)
    choice = Choice(EVERY_STATUS, claims=True, publication_day=publication_day)
    export([before], "polecat", tmp_path / "out.txt", Settings(choice))
    with (tmp_path / "out.txt").open("rb") as file:
        after = list(polecat_records(file, "out.txt"))
    found = [event for item in after for event in events_of(item) if isinstance(item, Record)]
    assert len(found) == 6
    assert found == events_of(before)


def test_out_and_in_and_out_again_is_the_same_file_but_for_what_a_row_cannot_tell(tmp_path: Path) -> None:
    export([record_of(ATTACK)], "polecat", tmp_path / "first.txt")
    with (tmp_path / "first.txt").open("rb") as file:
        read_in = [item for item in polecat_records(file, "first.txt") if isinstance(item, Record)]
    export(read_in, "polecat", tmp_path / "second.txt")
    first, second = ((tmp_path / f"{name}.txt").read_text("utf-8").splitlines() for name in ("first", "second"))
    lost = {"Event ID", "Version", "Story People", "Story Locations", "Actor Sectors", "Raw Placename"}
    lost |= {"Actor Name Raw", "Recipient Name Raw"}
    kept = [column for column, name in enumerate(COLUMNS) if name not in lost]
    for before, after in zip(first, second, strict=True):
        assert [before.split("\t")[i] for i in kept] == [after.split("\t")[i] for i in kept]
