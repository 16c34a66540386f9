"""Make a synthetic archive whose duplicates, occurrences and series are known.

    python benchmarks/archive.py --reports 2000 --seed 1 -o archive.jsonl [--gold gold.jsonl] [--texts texts.jsonl]

`archive.jsonl` holds records as `dragoman read --format json` prints them, made directly: `archive_coding.py` makes the
errors that a reader makes. `texts.jsonl` holds the same reports as plain text, to be read. The sentences are
`archive.toml`. The same seed gives the same bytes.

What is planted: acts between countries, each told by 1 to 12 reports in other words, with other days and figures;
neighbours that are easily taken for them (the same two countries, the same kind of act, near days, in the same report);
paragraphs of background that many reports share; and copies of reports: reprinted, with another headline, shortened
from the end or in the middle, lightly edited, with a new lead.
"""

import argparse
import json
import random
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from archive_coding import Draft, Participant, code, spurious
from archive_compose import Gold, Paragraph, Sentence, Sheet, compose
from dragoman.entities import knowledge
from dragoman.records import Record, as_json

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
FIRST_DAY = date(2012, 1, 2)
REPORTS_A_DAY = 50
COPIES = 0.25  # of all reports
ACTS_A_REPORT = 0.8
TYPES = ("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SANCTION", "CONSULT", "AGREE", "SUPPORT", "AID", "RETREAT",
         "MOBILIZE", "ASSAULT")  # fmt: skip
TYPE_WEIGHTS = (16, 9, 6, 5, 5, 22, 9, 6, 5, 3, 3, 11)
CODES = """
    RUS USA UKR CHN IND PAK IRN ISR EGY TUR SYR SAU FRA DEU GBR JPN KOR PRK VNM PHL AUS BRA ARG COL VEN MEX KEN ETH ERI
    SDN NGA MLI GHA SRB GRC ARM AZE GEO
""".split()
CITIES = {"Geneva": "CHE", "Vienna": "AUT", "Doha": "QAT", "Oslo": "NOR", "Nairobi": "KEN", "Astana": "KAZ",
          "Muscat": "OMN", "Singapore": "SGP", "Montreux": "CHE", "Windhoek": "NAM"}  # fmt: skip
TOWNS = ["Karvel", "Dorun", "Lesk", "Mirabad", "Ostrovka", "Tamsa", "Belgir", "Quenna", "Harzan", "Ilmen", "Sorrata",
         "Vadim Pass"]  # fmt: skip
PUBLISHERS = [f"{place} {kind}" for place in ("Harbour", "Northern", "Capital", "River", "Island", "Lakeside", "Plains")
              for kind in ("Gazette", "Wire", "Record", "Post", "Courier")]  # fmt: skip
FIRST_NAMES = ["Anton", "Maria", "Josef", "Leila", "Tomas", "Irina", "Samuel", "Nadia", "Viktor", "Grace"]
LAST_NAMES = ["Varga", "Halder", "Moreno", "Sato", "Okoye", "Brandt", "Lindqvist", "Petrossian", "Rahman", "Duarte"]


@dataclass(frozen=True, slots=True)
class Act:
    """One planted act."""

    id: int
    type: str
    mode: str | None
    thing: int
    actor: str
    recipient: str
    day: int
    place: str
    country: str | None
    figure: int
    difficulty: float  # the share of its tellings that are coded with the right type
    decoy: str  # the type that the coder takes it for when it errs


@dataclass(slots=True)
class World:
    """Who there is, and who quarrels with whom how often."""

    rng: random.Random
    dyads: list[tuple[str, str]] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    people: dict[str, list[Participant]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def world_of(seed: int) -> World:
    """Return the world of a seed: countries with their office holders of the time, and 140 dyads of unequal size."""
    world = World(random.Random(f"world {seed}"))
    tables = knowledge.load()
    for code_ in CODES:
        world.names[code_] = tables.countries[code_].name
        world.people[code_] = [Participant(world.names[code_], "country", code_, "GOV", None, None)]
        for role in ("president", "prime minister", "foreign minister"):
            office = tables.holder(code_, role, FIRST_DAY.isoformat())
            if office:
                person = Participant(office.name, "person", code_, office.sector, office.role, office.wikidata)
                world.people[code_].append(person)
        first, last = world.rng.choice(FIRST_NAMES), world.rng.choice(LAST_NAMES)
        world.people[code_].append(Participant(f"{first} {last}", "person", code_, "GOV", "defence minister", None))
    pairs = [(a, b) for a in CODES for b in CODES if a < b]
    world.dyads = world.rng.sample(pairs, 140)
    world.weights = [1 / (rank + 4) for rank in range(len(world.dyads))]
    return world


def acts_of(world: World, days: int, many: int) -> Iterator[Act]:
    """Yield acts, some of them next to one that is much like them: same sides, same kind, a few days on."""
    rng = world.rng
    for id_, (dyad, day) in enumerate(
        zip(rng.choices(world.dyads, world.weights, k=many), sorted(rng.choices(range(days), k=many)), strict=True)
    ):
        actor, recipient = dyad if rng.random() < 0.55 else dyad[::-1]
        type_ = rng.choices(TYPES, TYPE_WEIGHTS)[0]
        place = rng.choice([*CITIES, *TOWNS] if type_ == "CONSULT" else TOWNS)
        modes = WORDS[type_]["modes"]
        yield Act(
            id=id_,
            type=type_,
            mode=rng.choice(modes) if modes and rng.random() < 0.8 else None,
            thing=rng.randrange(len(WORDS[type_]["objects"])),
            actor=actor,
            recipient=recipient,
            day=day,
            place=place,
            country=CITIES.get(place, recipient),
            figure=round(rng.lognormvariate(2.3, 1.0)) + 1,
            difficulty=rng.choices((0.92, 0.6, 0.25), (0.6, 0.3, 0.1))[0],
            decoy=rng.choice([other for other in TYPES if other != type_]),
        )


def tellings_of(act: Act, rng: random.Random) -> list[int]:
    """Return the days on which reports tell an act: 1 to 12 of them, most within two days, some weeks later."""
    many = 1 if rng.random() < 0.4 else min(12, 2 + int(rng.expovariate(0.4)))
    return [act.day + rng.choices((0, 1, 2, 3, rng.randint(8, 25)), (45, 32, 10, 3, 10))[0] for _ in range(many)]


def archive(reports: int, seed: int, noise: bool = True) -> Iterator[tuple[Record, Gold]]:
    """Yield records with what is planted in them, originals by day, each followed later by its copies.

    Without `noise` the reader makes no error and every telling gives its day.
    """
    world = world_of(seed)
    days = max(28, reports // REPORTS_A_DAY)
    rng = random.Random(f"reports {seed}")
    originals = round(reports * (1 - COPIES))
    sheets: list[Sheet] = []
    for number, (day, told) in enumerate(_packed(world, days, originals, rng)):
        sheets.append(_sheet(number, day, told, world, rng, noise))
    copies = [_copy(rng.choice(sheets), number, world, rng) for number in range(reports - len(sheets))]
    for place, sheet in enumerate(sorted([*sheets, *copies], key=lambda sheet: (sheet.day, sheet.family))):
        yield compose(sheet, place, FIRST_DAY + timedelta(days=sheet.day))


def planted(reports: int, seed: int) -> list[Act]:
    """Return the acts that at least one report of an archive tells."""
    world = world_of(seed)
    days = max(28, reports // REPORTS_A_DAY)
    rng = random.Random(f"reports {seed}")
    told = {act.id: act for _, batch in _packed(world, days, round(reports * (1 - COPIES)), rng) for act in batch}
    return sorted(told.values(), key=lambda act: act.id)


def _packed(world: World, days: int, originals: int, rng: random.Random) -> list[tuple[int, list[Act]]]:
    """Return reports as their day and the acts they tell: those of one day that share a country go together."""
    waiting: dict[tuple[int, str], list[Act]] = defaultdict(list)
    packed: list[tuple[int, list[Act]]] = []
    for act in acts_of(world, days, round(originals * ACTS_A_REPORT)):
        for day in tellings_of(act, rng):
            waiting[day, rng.choice((act.actor, act.recipient))].append(act)
    for (day, _), acts in sorted(waiting.items()):
        rng.shuffle(acts)
        while acts:
            batch: dict[int, Act] = {}
            size, held = rng.choice((1, 2, 2, 3, 4)), []
            for act in acts:
                if len(batch) < size and act.id not in batch:
                    batch[act.id] = act
                else:
                    held.append(act)
            acts = held
            packed.append((day, list(batch.values())))
    return sorted(rng.sample(packed, min(originals, len(packed))), key=lambda row: (row[0], row[1][0].id))


def _sheet(number: int, day: int, told: list[Act], world: World, rng: random.Random, noise: bool) -> Sheet:
    """Return a report: its paragraphs, headline and publisher."""
    paragraphs = [_telling(act, day, world, rng, noise) for act in told]
    lead = told[0]
    sides = {"X": world.names[lead.actor], "Y": world.names[lead.recipient]}
    if rng.random() < 0.3:
        paragraphs.append([Sentence(rng.choice(WORDS["background"]["lines"]).format(**sides), None)])
    for _ in range(rng.randint(2, 4)):
        paragraphs.insert(rng.randint(1, len(paragraphs)), _filler(lead, world, rng, noise))
    headline = rng.choice(WORDS["edits"]["headlines"]).format(**sides)
    return Sheet(day, number, paragraphs, headline, rng.choice(PUBLISHERS), "original")


def _telling(act: Act, day: int, world: World, rng: random.Random, noise: bool) -> Paragraph:
    words = WORDS[act.type]
    actor, recipient = (_face(world, code_, rng) for code_ in (act.actor, act.recipient))
    draft = Draft(
        act=act.id, type=act.type, mode=act.mode, actor=actor, recipient=recipient, day=act.day, told=day,
        place=act.place, country=act.country, killed=act.figure if act.type == "ASSAULT" else None,
        confidence=0.99, status="actual" if day - act.day < 7 else "historical",
    )  # fmt: skip
    thing = rng.choice(words["objects"][act.thing])
    draft, phrases = code(draft, act.difficulty, act.decoy, actor_pool=world.people[act.actor], rng=rng, noise=noise)
    wording = rng.choice(words["tell"])
    slots = {
        "A": actor.name,
        "R": recipient.name,
        "O": thing,
        "P": phrases.place,
        "D": phrases.day,
        "N": phrases.killed,
    }
    text = " ".join(wording.format(**slots).split()).replace(" ,", ",")
    sentences = [Sentence(text[0].upper() + text[1:] + ".", draft, trigger=_trigger(wording))]
    slots["P0"] = world.names[act.recipient]
    lines = rng.sample(WORDS["detail"]["lines"], rng.randint(0, 2))
    return [*sentences, *(Sentence(line.format(**slots), None) for line in lines)]


def _trigger(wording: str) -> str:
    return next(word for word in wording.split() if "{" not in word and len(word) > 3)


def _face(world: World, code_: str, rng: random.Random) -> Participant:
    """Return a country or one of its people, by whom reports name it."""
    return world.people[code_][0] if rng.random() < 0.6 else rng.choice(world.people[code_])


def _filler(lead: Act, world: World, rng: random.Random, noise: bool) -> Paragraph:
    """Return a paragraph that tells no act; now and then the reader finds one in it all the same."""
    sentences = []
    for _ in range(rng.randint(2, 3)):
        text = _idle(rng)
        found = spurious(world.people[lead.actor], lead.day, rng) if noise and rng.random() < 0.04 else None
        sentences.append(Sentence(text, found, trigger=text.split()[-1]))
    return sentences


def _idle(rng: random.Random) -> str:
    parts = WORDS["filler"]
    words = [rng.choice(parts[part]) for part in ("subjects", "verbs", "things", "tails")]
    name = f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
    aside = rng.choice((f", {name},", f" of {rng.randint(3, 90)} members", f", for {name},", ""))
    year = rng.choice((f"as in {rng.randint(1950, 2010)}", f"with {name}", f"for {rng.randint(2, 90)} minutes", ""))
    return " ".join(f"{words[0]}{aside} {words[1]} {words[2]} {year} {words[3]}.".split())


def _copy(sheet: Sheet, number: int, world: World, rng: random.Random) -> Sheet:
    """Return a copy of a report as other publishers print agency copy."""
    paragraphs = list(sheet.paragraphs)
    headline, kind = sheet.headline, rng.choice(("reprint", "headline", "shortened", "thinned", "edited", "lead"))
    if kind != "reprint":
        sides = {"X": rng.choice(list(world.names.values())), "Y": rng.choice(list(world.names.values()))}
        headline = rng.choice(WORDS["edits"]["headlines"]).format(**sides)
    if kind == "shortened":
        paragraphs = paragraphs[: max(2, round(len(paragraphs) * rng.uniform(0.35, 0.8)))]
    elif kind == "thinned":
        kept = sorted(rng.sample(range(1, len(paragraphs)), max(1, round((len(paragraphs) - 1) * 0.6))))
        paragraphs = [paragraphs[0], *(paragraphs[i] for i in kept)]
    elif kind == "edited":
        paragraphs = [[_edited(sentence, rng) for sentence in paragraph] for paragraph in paragraphs]
        paragraphs.append([Sentence(rng.choice(WORDS["edits"]["credits"]), None)])
    elif kind == "lead":
        paragraphs.insert(0, [Sentence(_idle(rng), None)])
    publisher = rng.choice([name for name in PUBLISHERS if name != sheet.publisher])
    day = sheet.day + rng.choices((0, 1, 2), (70, 25, 5))[0]
    return replace(sheet, paragraphs=paragraphs, headline=headline, publisher=publisher, day=day, kind=kind)


def _edited(sentence: Sentence, rng: random.Random) -> Sentence:
    text = sentence.text
    for old, new in WORDS["edits"]["swap"]:
        if rng.random() < 0.7:
            text = text.replace(f" {old} ", f" {new} ")
    return replace(sentence, text=text)


def main() -> None:
    """Write the files that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-noise", action="store_true", help="a reader that makes no error")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--texts", type=Path)
    options = parser.parse_args()
    gold_file = options.gold.open("w", encoding="utf-8") if options.gold else None
    text_file = options.texts.open("w", encoding="utf-8") if options.texts else None
    with options.output.open("wb") as out:
        for record, gold in archive(options.reports, options.seed, not options.no_noise):
            out.write(as_json(record) + b"\n")
            report = record.report
            if gold_file:
                gold_file.write(json.dumps({"uri": report.uri, "family": gold.family, "acts": gold.acts}) + "\n")
            if text_file:
                row = {"url": report.uri, "title": report.title, "published": report.published, "text": report.text,
                       "publisher": report.publisher}  # fmt: skip
                text_file.write(json.dumps(row, ensure_ascii=False) + "\n")
    for file in (gold_file, text_file):
        if file:
            file.close()


if __name__ == "__main__":
    main()
