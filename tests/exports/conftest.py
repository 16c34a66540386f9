"""A report written for these tests, with its records as literals, and one whose words attack what loads it."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from dragoman.exports import Choice, Settings, export
from dragoman.exports.choice import EVERY_STATUS
from dragoman.records import (
    Cue,
    DateRange,
    Entity,
    Event,
    Flag,
    FlagSpan,
    Item,
    Mention,
    Negotiation,
    Obstacle,
    Place,
    Proposal,
    ReadBy,
    Record,
    Report,
    Span,
    Statement,
    StatusBy,
    id_of,
)

TEXT = (
    "Kenyan Foreign Minister Amina Odhiambo visited Uganda on Thursday and met its leaders in Kampala. "
    "She criticised Tanzania.\n\n"
    "Tanzanian artillery shelled Namanga, she said. Kenya offered to free a spy if the guns fall silent.\n\n"
    "Odhiambo will go to Dodoma in March. In January Kenya, Uganda and Tanzania held talks."
)
TITLE = "Kenya's envoy in Kampala"
EVERYTHING = Choice(EVERY_STATUS, claims=True)
Write = Callable[..., Path]


def at(words: str, nth: int = 0) -> Span:
    """The span of the nth place where words stand in the text."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words), words)


def mention(words: str, form: str = "name", nth: int = 0) -> Mention:
    span = at(words, nth)
    return Mention(start=span.start, end=span.end, text=span.text, form=form)  # type: ignore[arg-type]


def sentence(opening: str) -> Span:
    start = TEXT.index(opening)
    return at(TEXT[start : TEXT.index(".", start) + 1])


def event(id_: str, type_: str, **fields: object) -> Event:
    plain: dict[str, object] = {
        "modes": (), "contexts": (), "quad": "verbal cooperation", "intensity": 2.5, "actors": (), "recipients": (),
        "date": None, "due": None, "place": None, "status": "actual", "claimed_in": None, "hearsay": False,
        "trigger": Span(0, 0, ""), "evidence": (), "confidence": 0.9,
    }  # fmt: skip
    return Event(id=id_, type=type_, **(plain | fields))  # type: ignore[arg-type]


def report(**changes: object) -> Report:
    plain: dict[str, object] = {
        "id": id_of(TEXT), "uri": "https://news.example/2022/02/03/kampala", "title": TITLE,
        "publisher": "Nairobi Gazette", "authors": ("Otieno Were",), "language": "en",
        "published": "2022-02-04T06:30:00+03:00", "published_from": "metadata", "dateline": None, "text": TEXT,
    }  # fmt: skip
    return Report(**(plain | changes))  # type: ignore[arg-type]


ENTITIES = (
    Entity(
        id="e1", name="Amina Odhiambo", kind="person", country="KEN", sector="GOV", sectors=("ELI",),
        role="Foreign Minister", wikidata="Q404",
        mentions=(mention("Amina Odhiambo"), mention("She", "pronoun"), mention("Odhiambo", nth=1)),
    ),
    Entity(id="e2", name="Uganda", kind="country", country="UGA", sector="GOV", mentions=(mention("Uganda"),)),
    Entity(id="e3", name="Tanzania", kind="country", country="TZA", sector="GOV", mentions=(mention("Tanzania"),)),
    Entity(
        id="e4", name="Tanzanian artillery", kind="organization", country="TZA", sector="MIL",
        mentions=(mention("Tanzanian artillery", "nominal"),),
    ),
    Entity(id="e5", name="Kenya", kind="country", country="KEN", sector="GOV", mentions=(mention("Kenya", nth=1),)),
)  # fmt: skip

EVENTS = (
    event(
        "v1", "CONSULT", modes=("visit",), contexts=("diplomatic",), intensity=4.0, actors=("e1",), recipients=("e2",),
        date=DateRange(start="2022-02-03", end="2022-02-03", precision="day", text="on Thursday"),
        place=Place(name="Kampala", country="UGA", lat=0.3163, lon=32.5822, geonames=232422, span=at("Kampala")),
        trigger=at("visited"), evidence=(sentence("Kenyan"), sentence("She criticised")),
    ),
    event(
        "v2", "ACCUSE", modes=("disapprove",), quad="verbal conflict", intensity=-2.0, actors=("e1",),
        recipients=("e3",), trigger=at("criticised"), evidence=(sentence("She criticised"),),
    ),
    event(
        "v3", "ASSAULT", modes=("heavy-weapons",), contexts=("military",), quad="material conflict", intensity=-9.5,
        actors=("e4",), claimed_in="s1", trigger=at("shelled"), evidence=(sentence("Tanzanian artillery"),),
    ),
    event("v4", "AGREE", actors=("e1",), status="future", trigger=at("go"), evidence=(sentence("Odhiambo will"),)),
    event(
        "v5", "CONSULT", modes=("multilateral",), intensity=4.0, actors=("e5", "e2", "e3"),
        date=DateRange(start="2022-01-01", end="2022-01-31", precision="month", text="In January"),
        trigger=at("held talks"), evidence=(sentence("In January"),),
    ),
)  # fmt: skip

STATEMENTS = (
    Statement(
        id="s1", kind="indirect", source="e1", source_span=at("she"),
        cue=Cue(start=at("said").start, end=at("said").end, text="said", lemma="say"),
        content=(at("Tanzanian artillery shelled Namanga"),), attribution="named",
    ),
)  # fmt: skip

NEGOTIATIONS = (
    Negotiation(
        id="n1", subject="ceasefire", parties=("e5", "e3"),
        proposals=(
            Proposal(
                id="p1", by=("e5",), to=("e3",),
                gives=(Item(item="a spy", kind="person", entity=None, held_by="e5"),),
                gets=(Item(item="the guns fall silent", kind="commitment", entity=None, held_by=None),),
                answers=None, status="offered", status_by=(StatusBy(entity="e5", status="offered"),), date=None,
                channel="public", claimed_in=None, evidence=(sentence("Kenya offered"),),
            ),
        ),
        obstacles=(Obstacle(text="the guns", entity="e4", evidence=(at("the guns"),)),),
    ),
)  # fmt: skip

FLAGS = (
    Flag(kind="name-conflict", severity="note", message="Two spellings.", evidence=(
        FlagSpan(start=0, end=5, text="Kenya", in_="title"), FlagSpan(start=0, end=6, text="Kenyan"),
    )),
)  # fmt: skip

RECORD = Record(
    report=report(),
    entities=ENTITIES,
    statements=STATEMENTS,
    events=EVENTS,
    negotiations=NEGOTIATIONS,
    flags=FLAGS,
    read_by=ReadBy(dragoman="0.1.0", model="parser 1", ontology="PLOVER 2021", knowledge="2026.11"),
)


@pytest.fixture
def record() -> Record:
    return RECORD


ATTACK = "=cmd|' /C calc'!A0\tBob\r\n\"Tables\"; \u202egnp.exe\x00\x1b[31m</script>\ufffe"


@pytest.fixture
def hostile() -> Record:
    """A report whose every name is an attack on a table, a terminal, a page or an XML reader."""
    entities = tuple(
        msgspec.structs.replace(
            entity,
            name=ATTACK,
            role=ATTACK,
            mentions=tuple(msgspec.structs.replace(m, text=ATTACK) for m in entity.mentions),
        )
        for entity in ENTITIES
    )
    events = tuple(
        msgspec.structs.replace(
            event, place=Place(name=ATTACK, country="KEN", lat=None, lon=None, geonames=None, span=Span(0, 0, ATTACK))
        )
        for event in EVENTS
    )
    attacked = report(title=ATTACK, publisher=ATTACK, authors=(ATTACK,), uri="+" + ATTACK)
    return msgspec.structs.replace(RECORD, report=attacked, entities=entities, events=events)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Export records; the path of the file or folder."""

    def written(format: str, *records: Record, choice: Choice | None = None) -> Path:
        target = tmp_path / f"out-{format}"
        assert export(records, format, target, Settings(choice or Choice(), "dragoman export")) == len(records)
        return target

    return written
