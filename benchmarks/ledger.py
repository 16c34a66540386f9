"""How fast a ledger of a million events answers: `python benchmarks/ledger.py --events 1000000 --ledger /tmp/big.db`.

The events are our own: sentences put together from words, with skewed countries, types, places and publishers over ten
years, ten events a report, written through the same bulk path as `dragoman ingest`. Medians are of many questions with
other values each time; the floors are what the ledger is meant to keep. A ledger that is there is asked as it is.
"""

import argparse
import json
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import text

from dragoman import Ledger, ontology
from dragoman.ledger.writing import Pending
from dragoman.records import DateRange, Entity, Event, Mention, Place, ReadBy, Record, Report, Span, Statement, id_of

SEED = 20_220_722
PER_REPORT, REPORTS_AT_ONCE, TRIES = 10, 500, 15
FLOORS = {"dyad and month": 50, "full text": 100, "page": 200}  # milliseconds
COUNTRIES = {
    "United States": "USA", "Russia": "RUS", "China": "CHN", "Ukraine": "UKR", "Iran": "IRN", "Israel": "ISR",
    "France": "FRA", "Germany": "DEU", "Turkey": "TUR", "India": "IND", "Pakistan": "PAK", "Japan": "JPN",
    "Egypt": "EGY", "Syria": "SYR", "Iraq": "IRQ", "Poland": "POL", "Brazil": "BRA", "Mexico": "MEX", "Chad": "TCD",
    "Niger": "NER", "Mali": "MLI", "Kenya": "KEN", "Peru": "PER", "Chile": "CHL", "Nepal": "NPL", "Qatar": "QAT",
    "Oman": "OMN", "Yemen": "YEM", "Libya": "LBY", "Sudan": "SDN",
}  # fmt: skip
PLACES = [("Kyiv", "UKR", 50.45, 30.52), ("Lviv", "UKR", 49.84, 24.03), ("Moscow", "RUS", 55.75, 37.62),
          ("Geneva", "CHE", 46.2, 6.15), ("Tehran", "IRN", 35.69, 51.42), ("Gaza", "PSE", 31.5, 34.47),
          ("Aleppo", "SYR", 36.2, 37.16), ("Nairobi", "KEN", -1.29, 36.82)]  # fmt: skip
SYLLABLES = "ba ke lo mi nu ra se ti vo za dor lin mar tes kov".split()
TOPICS = ("grain", "gas", "border", "prisoners", "sanctions", "ceasefire", "drones", "tariffs", "visas", "fishing")
START, DAYS = date(2015, 1, 1), 3650
READ_BY = ReadBy(dragoman="bench", model="bench", ontology="bench", knowledge="bench")


class Maker:
    """Makes reports whose words, sides and days are drawn anew, the same for the same seed."""

    def __init__(self) -> None:
        self.random = random.Random(SEED)
        self.names = list(COUNTRIES)
        self.weights = [1 / (n + 1) for n in range(len(self.names))]
        self.people = [self._word(2).title() + " " + self._word(3).title() for _ in range(20_000)]
        self.words = [self._word(3) for _ in range(20_000)]
        self.publishers = [f"{self._word(2).title()} Herald" for _ in range(300)]
        self.types = list(ontology.types().values())

    def _word(self, syllables: int) -> str:
        return "".join(self.random.choices(SYLLABLES, k=syllables))

    def record(self, n: int) -> Record:
        """Return the n-th report: ten sentences, an event and a statement by somebody in each."""
        draw = self.random
        day = (START + timedelta(days=draw.randrange(DAYS))).isoformat()
        parts: list[tuple[str, str, str, str]] = []
        for _ in range(PER_REPORT):
            actor, recipient = draw.choices(self.names, self.weights, k=2)
            person = draw.choice(self.people)
            rest = " ".join((draw.choice(TOPICS), *draw.choices(self.words, k=8)))
            parts.append((actor, recipient, person, f"{actor} answered {recipient} over {rest}, {person} said."))
        body = "\n\n".join(part[3] for part in parts) + f"\n\nReport {n}."
        return self._record(n, day, body, parts)

    def _record(self, n: int, day: str, body: str, parts: list[tuple[str, str, str, str]]) -> Record:
        entities: dict[str, Entity] = {}
        events, statements, at = [], [], 0
        for m, (actor, recipient, person, sentence) in enumerate(parts):
            for name in (actor, recipient, person):
                if name not in entities:
                    start = at + sentence.index(name)
                    mention = Mention(start=start, end=start + len(name), text=name, form="name")
                    entities[name] = Entity(
                        id=f"e{len(entities) + 1}", name=name, kind="country" if name in COUNTRIES else "person",
                        country=COUNTRIES.get(name, COUNTRIES[actor]), sector="GOV", mentions=(mention,),
                    )  # fmt: skip
            span = Span(at, at + len(sentence), sentence)
            events.append(self._event(m, day, span, entities[actor].id, entities[recipient].id))
            statements.append(Statement(id=f"s{m + 1}", kind="indirect", source=entities[person].id, source_span=None,
                                        cue=None, content=(span,)))  # fmt: skip
            at += len(sentence) + 2
        report = Report(
            id=id_of(body), uri=f"https://news.example/{n}", title=parts[0][3][:60],
            publisher=self.random.choice(self.publishers), authors=(), language="en", published=day,
            published_from="metadata", dateline=None, text=body,
        )  # fmt: skip
        return Record(report=report, entities=tuple(entities.values()), statements=tuple(statements),
                      events=tuple(events), negotiations=(), flags=(), read_by=READ_BY)  # fmt: skip

    def _event(self, m: int, day: str, span: Span, actor: str, recipient: str) -> Event:
        draw = self.random
        kind = draw.choices(self.types, [1 / (n + 1) for n in range(len(self.types))])[0]
        name, country, lat, lon = draw.choice(PLACES)
        start = span.start + span.text.index("answered")
        modes = tuple(draw.sample(list(kind.modes), 1)) if kind.modes and draw.random() < 0.5 else ()
        return Event(
            id=f"v{m + 1}", type=kind.name, modes=modes, contexts=(draw.choice(ontology.contexts()),), quad=kind.quad,
            intensity=ontology.intensity(kind.name, modes), actors=(actor,), recipients=(recipient,),
            date=DateRange(start=day, end=day, precision="day", text=day) if m % 3 else None, due=None,
            place=Place(name=name, country=country, lat=lat + draw.gauss(0, 0.2), lon=lon + draw.gauss(0, 0.2),
                        geonames=None, span=Span(span.start, span.start + 1, span.text[:1])) if m % 2 else None,
            status=draw.choices(("actual", "historical", "future", "negated"), (7, 1, 1, 1))[0], claimed_in=None,
            hearsay=m == 7, trigger=Span(start, start + 8, "answered"), evidence=(span,),
            confidence=round(draw.random(), 3),
        )  # fmt: skip


def build(ledger: Ledger, events: int) -> float:
    """Fill a ledger with events; return the seconds that it took."""
    maker, began = Maker(), time.perf_counter()
    run = ledger.begin_run("ingest", ["benchmark"])
    for start in range(0, events // PER_REPORT, REPORTS_AT_ONCE):
        last = min(start + REPORTS_AT_ONCE, events // PER_REPORT)
        ledger.write(run, [Pending(maker.record(n)) for n in range(start, last)])
    ledger.end_run(run)
    if ledger.engine.dialect.name == "postgresql":
        with ledger.writing() as connection:
            connection.execute(text("ANALYZE"))
    return time.perf_counter() - began


def questions() -> dict[str, Callable[[random.Random, Maker], tuple[str, str, str | None]]]:
    """Return what is asked, by kind: a list, filters, a sort; other values each time."""

    def month(draw: random.Random) -> str:
        return f"{draw.randrange(2015, 2025)}-{draw.randrange(1, 13):02}"

    def code(draw: random.Random) -> str:
        return draw.choice(list(COUNTRIES.values()))

    return {
        "dyad and month": lambda d, m: ("events", f"actor:{code(d)} recipient:{code(d)} date:{month(d)}", None),
        "dyad and month, both ways": lambda d, m: ("events", f"dyad:{code(d)}-{code(d)} date:{month(d)}", None),
        "full text, rare word": lambda d, m: ("events", f"text:{d.choice(m.words)}", None),
        "full text, word of a tenth": lambda d, m: ("events", f"text:{d.choice(TOPICS)}", None),
        "full text, two words": lambda d, m: ("events", f"text:{d.choice(TOPICS)} text:{d.choice(m.words)}", None),
        "full text, statements": lambda d, m: ("statements", f"text:{d.choice(m.words)}", None),
        "full text, reports": lambda d, m: ("reports", f"text:{d.choice(m.words)}", None),
        "page, nothing asked": lambda d, m: ("events", "", d.choice(("day", "-confidence", "-intensity"))),
        "page, common actor": lambda d, m: ("events", "actor:USA", d.choice(("day", "-day", "-confidence"))),
        "page, common pair": lambda d, m: ("events", "actor:USA recipient:RUS", "-confidence"),
        "page, sector and type": lambda d, m: ("events", f"sector:GOV type:{d.choice(m.types).name}", "-day"),
        "page, name": lambda d, m: ("statements", f'source:"{d.choice(m.people)}"', None),
        "page, part of a name": lambda d, m: ("statements", f"source:{d.choice(m.people).split()[1]}", None),
        "page, near": lambda d, m: ("events", f"place:Kyiv within:{d.randrange(5, 60)}km type:AID", "-confidence"),
        "page, publisher and quad": lambda d, m: (
            "events", f'publisher:"{d.choice(m.publishers)}" quad:material-conflict claimed:no', "-confidence"),
        "page, mode and context": lambda d, m: (
            "events", f"mode:meet context:{d.choice(ontology.contexts())} confidence:>0.6", None),
        "page, all but": lambda d, m: ("events", "-type:AGREE -actor:USA status:actual", "-intensity"),
        "page, words and side": lambda d, m: ("events", f"actor:CHN text:{d.choice(TOPICS)} confidence:>0.9", "-day"),
    }  # fmt: skip


def measure(ledger: Ledger) -> Iterator[tuple[str, list[float]]]:
    """Yield of each kind the median and the slowest page, and the median of this process's own time, in milliseconds.

    A page is the first, or one far behind. The process's own time is what SQLite takes on a machine with nothing else
    to do; PostgreSQL's is not in it.
    """
    maker, draw = Maker(), random.Random(SEED + 1)
    for name, make in questions().items():
        took, own = [], []
        for n in range(TRIES):
            of, filters, sort = make(draw, maker)
            cursor = far(ledger, of, filters, sort) if n % 3 == 2 else None
            began, worked = time.perf_counter(), time.process_time()
            ledger.page(of, filters, sort=sort, cursor=cursor)
            took.append((time.perf_counter() - began) * 1000)
            own.append((time.process_time() - worked) * 1000)
        yield name, [round(value, 1) for value in (statistics.median(took), max(took), statistics.median(own))]


def far(ledger: Ledger, of: str, filters: str, sort: str | None) -> str | None:
    """Return the cursor of a page that stands far behind the first."""
    return ledger.page(of, filters, sort=sort, limit=2000).cursor


def size_of(ledger: Ledger) -> int:
    """Return the bytes that a ledger takes."""
    if ledger.engine.dialect.name == "sqlite":
        file = Path(ledger.engine.url.database or "")
        return sum(part.stat().st_size for part in file.parent.glob(f"{file.name}*"))
    with ledger.reading() as connection:
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def main() -> None:
    """Build where there is nothing, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--json", action="store_true", help="print figures as JSON")
    given = parser.parse_args()
    with Ledger(given.ledger, create=True) as ledger:
        built = build(ledger, given.events) if ledger.counts()["reports"] == 0 else None
        figures = {
            "events": ledger.counts()["events"],
            "built in s": built and round(built, 1),
            "size in MB": round(size_of(ledger) / 1e6),
            "ms": dict(measure(ledger)),
            "memory in MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    if given.json:
        print(json.dumps(figures))
        return
    print(f"{figures['events']:,} events, {figures['size in MB']:,} MB, built in {figures['built in s']} s, "
          f"{figures['memory in MB']} MB of memory at most")  # fmt: skip
    for name, (median, worst, own) in figures["ms"].items():
        floor = next(value for kind, value in FLOORS.items() if name.startswith(kind))
        told = "ok" if median <= floor else "OVER"
        print(f"  {name:<28} {median:>8.1f} ms median {worst:>8.1f} slowest {own:>8.1f} of its own   {told}")


if __name__ == "__main__":
    main()
