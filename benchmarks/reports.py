"""Score whole reports of our own: `python benchmarks/reports.py [dev|held …] [--show]`.

`benchmarks/reports` has news reports that we wrote with what a careful reader would record of each, before the machine
had read them. `dev` may be read error by error; of `held` only the figures are looked at, so `--show` leaves it out.

A statement is found where its content shares half of the words (F1); an event where the type is right and a sentence
of its evidence holds one of the phrases in `at`. What is optional, or ends in `?`, is neither rewarded nor punished;
`type` may list answers that are as good, and so do `mode`, `status_also` and `country_also`.
"""

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.reader import Reader
from dragoman.records import Entity, Event, Failure, Record, Statement
from dragoman.sources import RawDocument

REPORTS = Path(__file__).parent / "reports"
EMPTY = frozenset("the a an of in on at for to by and s mr ms mrs".split())
ABOVE_STATES = {"UNO": "IGO", "EUR": "IGO"}  # the records may say which, or only that it is above states
APART = ("negated", "hypothetical")  # what the machine itself holds for no event
MUTUAL = ("CONSULT", "AGREE", "COOPERATE", "SUPPORT", "RETREAT", "ASSAULT", "REJECT", "PROTEST")
FLOOR = 0.5


@dataclass
class Gold:
    """What is expected of one report."""

    id: str
    text: str
    published: str
    who: dict[str, dict]
    statements: list[dict]
    events: list[dict]

    def names(self, name: str) -> list[str]:
        """The names that stand for a participant."""
        return [name, *self.who[name].get("also", [])]


@dataclass
class Count:
    """Right, spurious and missed of one kind of record."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def add(self, gold: list[dict], mine: int, pairs: list[tuple[int, int]]) -> None:
        """Count one report."""
        right = sum(not gold[i].get("optional") for i, _ in pairs)
        self.right += right
        self.spurious += mine - len(pairs)
        self.missed += sum(not g.get("optional") for g in gold) - right

    def __str__(self) -> str:
        precision, recall = (self.right / max(1, self.right + n) for n in (self.spurious, self.missed))
        f1 = 2 * self.right / max(1, 2 * self.right + self.spurious + self.missed)
        counts = f"{self.right} right, {self.spurious} spurious, {self.missed} missed"
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({counts})"


@dataclass
class Scores:
    """The figures of one part."""

    counts: dict[str, Count] = field(default_factory=dict)
    shares: dict[str, Counter[bool]] = field(default_factory=dict)

    def count(self, name: str) -> Count:
        """The count with this name, begun where it is new."""
        return self.counts.setdefault(name, Count())

    def share(self, name: str, right: bool) -> None:
        """Count one answer that is right or wrong."""
        self.shares.setdefault(name, Counter())[right] += 1

    def __str__(self) -> str:
        lines = [f"{name:24} {count}" for name, count in self.counts.items()]
        lines += [
            f"{name:24} {n[True] / n.total():.3f}  ({n[True]} of {n.total()})"
            for name, n in sorted(self.shares.items())
        ]
        return "\n".join(lines)


def golds(part: str) -> list[Gold]:
    """The reports of one part."""
    return [_gold(path) for path in sorted((REPORTS / part).glob("*.toml"))]


def _gold(path: Path) -> Gold:
    row = tomllib.loads(path.read_text("utf-8"))
    text = row["title"] + "\n\n" + row["text"].strip() + "\n"
    said = [
        {
            "who": who,
            "kind": kind.rstrip("?"),
            "optional": kind.endswith("?"),
            "content": [between(text, c) for c in spans],
        }
        for who, kind, *spans in row["statements"]
    ]
    return Gold(path.stem, text, row["published"], row["who"], said, row["events"])


def between(text: str, clipped: str) -> str:
    """The stretch of the text that begins and ends as the clipped one does.

    >>> between("He said that talks would go on in May.", "that talks … May")
    'that talks would go on in May'
    """
    first, _, last = clipped.partition(" … ")
    start = text.index(first)
    return text[start : text.index(last, start) + len(last)] if last else first


def words(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return re.findall(r"\w+", text.lower())


def likeness(these: list[str], those: list[str]) -> float:
    """The F1 of two bags of words."""
    same = (Counter(these) & Counter(those)).total()
    return 2 * same / max(1, len(these) + len(those))


def is_called(entity: Entity, names: list[str]) -> bool:
    """Whether one of the entity's names has half of its words in common with one of these, or holds it."""
    mine = [set(words(n)) - EMPTY for n in (entity.name, *(m.text for m in entity.mentions if m.form != "pronoun"))]
    wanted = [set(words(n)) - EMPTY for n in names]
    return any(a and b and (a <= b or b <= a or len(a & b) >= FLOOR * len(a | b)) for a in mine for b in wanted)


def matched(gold: list[dict], mine: list, likeness_of: Callable[[dict, object], float]) -> list[tuple[int, int]]:
    """Pair one to one, the likest first; what is required wins a tie."""
    found = sorted(
        ((score, not g.get("optional"), -i, -j) for i, g in enumerate(gold) for j, m in enumerate(mine)
         if (score := likeness_of(g, m)) >= FLOOR), reverse=True,
    )  # fmt: skip
    left, right, pairs = set(), set(), []
    for _, _, i, j in found:
        if -i not in left and -j not in right:
            left.add(-i)
            right.add(-j)
            pairs.append((-i, -j))
    return pairs


def content_likeness(gold: dict, mine: Statement) -> float:
    """How many of the words of two contents are the same."""
    return likeness(words(" ".join(gold["content"])), words(" ".join(span.text for span in mine.content)))


def source_is(gold: Gold, record: Record, row: dict, mine: Statement) -> bool:
    """Whether a statement has the source that is expected."""
    if not row["who"] or mine.source is None:
        return not row["who"] and mine.source is None
    return is_called(record.entity(mine.source), gold.names(row["who"]))


def types_of(row: dict) -> list[str]:
    """The types that are right for an event."""
    return row["type"] if isinstance(row["type"], list) else [row["type"]]


def event_likeness(gold: Gold, record: Record, row: dict, mine: Event, who: bool) -> float:
    """Whether an event is the expected one: its type, a sentence that tells it and, where asked, the countries."""
    told = " ".join(" ".join(span.text.split()) for span in mine.evidence)
    if mine.type not in types_of(row) or not any(phrase in told for phrase in row["at"]):
        return 0.0
    sides = sides_right(gold, record, row, mine)
    if who and not sides:
        return 0.0
    return 1 + sides + 0.5 * any(mine.trigger.text in phrase for phrase in row["at"])


def sides_right(gold: Gold, record: Record, row: dict, mine: Event) -> bool:
    """Whether one actor and one recipient, where there are any, have the expected country."""
    actors, recipients = ([record.entity(id_) for id_ in ids] for ids in (mine.actors, mine.recipients))
    if mine.type in MUTUAL and not row.get("to") and len(row["by"]) > 1:
        met = sum(_meets(gold, name, [*actors, *recipients]) for name in row["by"])
        return met >= 2
    by, to = row["by"], row.get("to", [])
    return (not by or any(_meets(gold, n, actors) for n in by)) and (
        not to or any(_meets(gold, n, recipients) for n in to)
    )


def _meets(gold: Gold, name: str, found: list[Entity]) -> bool:
    who = gold.who[name]
    lands = {ABOVE_STATES.get(c, c) for c in (who.get("country"), *who.get("country_also", [])) if c}
    if lands:
        return any(ABOVE_STATES.get(entity.country or "", entity.country) in lands for entity in found)
    return any(is_called(entity, gold.names(name)) for entity in found)


def score(gold: Gold, record: Record, scores: Scores) -> list[str]:
    """Score one report and return its errors, a line each."""
    said = list(record.statements)
    pairs = matched(gold.statements, said, content_likeness)
    scores.count("statements, content").add(gold.statements, len(said), pairs)
    for i, j in pairs:
        if not gold.statements[i]["optional"]:
            scores.share("statement source", source_is(gold, record, gold.statements[i], said[j]))
            scores.share("statement kind", gold.statements[i]["kind"] == said[j].kind)
    errors = list(_statement_errors(gold, record, pairs))
    pairs = matched(
        gold.statements, said, lambda g, s: content_likeness(g, s) if source_is(gold, record, g, s) else 0.0
    )
    scores.count("statements").add(gold.statements, len(said), pairs)
    told = [event for event in record.events if event.status not in APART]
    pairs = matched(gold.events, told, lambda g, e: event_likeness(gold, record, g, e, who=False))
    scores.count("events").add(gold.events, len(told), pairs)
    for i, j in pairs:
        if not gold.events[i].get("optional"):
            _attributes(gold.events[i], told[j], scores)
    errors += _event_errors(gold, record, told, pairs)
    pairs = matched(gold.events, told, lambda g, e: event_likeness(gold, record, g, e, who=True))
    scores.count("events + country").add(gold.events, len(told), pairs)
    _participants(gold, record, scores)
    return errors


def _attributes(row: dict, mine: Event, scores: Scores) -> None:
    """Count date, status, mode and claim of a matched event."""
    if "date" in row:
        scores.share("event date", mine.date is not None and mine.date.start.startswith(row["date"]))
    status = {row.get("status", "actual"), *row.get("status_also", [])}
    scores.share("event status", mine.status in status or (mine.status == "standing" and status != {"future"}))
    scores.share("event claimed", (mine.claimed_in is not None) == row.get("claimed", False))
    if "mode" in row:
        modes = row["mode"] if isinstance(row["mode"], list) else [row["mode"]]
        scores.share("event mode", bool(set(modes) & set(mine.modes)))


def _participants(gold: Gold, record: Record, scores: Scores) -> None:
    """Count who is found, and their country and sector where one is expected."""
    for name, who in gold.who.items():
        found = [entity for entity in record.entities if is_called(entity, [name])] or [
            entity for entity in record.entities if is_called(entity, gold.names(name))
        ]
        scores.share("entity recall", bool(found))
        if found and "country" in who:
            scores.share("entity country", _meets(gold, name, found))
        if found and "sector" in who:
            scores.share("entity sector", any(e.sector in (who["sector"], *who.get("sector_also", [])) for e in found))


def _statement_errors(gold: Gold, record: Record, pairs: list[tuple[int, int]]) -> Iterator[str]:
    for i, row in enumerate(gold.statements):
        hit = next((record.statements[j] for g, j in pairs if g == i), None)
        told = f"{row['who']} | {' … '.join(row['content'])}"
        if hit is None and not row["optional"]:
            yield f"S MISSED   {told}"
        elif hit is not None and not source_is(gold, record, row, hit):
            name = record.entity(hit.source).name if hit.source else None
            mark = "?" if row["optional"] else " "
            yield f"S SOURCE{mark}  {told} -> {name} [{hit.source_span and hit.source_span.text}]"
        if hit is not None and content_likeness(row, hit) < 0.9 and not row["optional"]:
            yield f"S CUT      {told} -> {' … '.join(span.text for span in hit.content)}"
    for j, mine in enumerate(record.statements):
        if j not in {j for _, j in pairs}:
            name = record.entity(mine.source).name if mine.source else None
            text = " … ".join(span.text for span in mine.content)
            yield f"S SPURIOUS {name} | {mine.cue and mine.cue.text} | {text}"


def _event_errors(gold: Gold, record: Record, told: list[Event], pairs: list[tuple[int, int]]) -> Iterator[str]:
    def sides(event: Event) -> str:
        return " -> ".join(", ".join(record.entity(i).name for i in ids) for ids in (event.actors, event.recipients))

    for i, row in enumerate(gold.events):
        hit = next((told[j] for g, j in pairs if g == i), None)
        head = f"{'/'.join(types_of(row))} {', '.join(row['by'])} -> {', '.join(row.get('to', []))} @ {row['at'][0]}"
        if hit is None and not row.get("optional"):
            yield f"E MISSED   {head}"
        elif hit is not None and not row.get("optional"):
            if not sides_right(gold, record, row, hit):
                yield f"E SIDES    {head} :: {sides(hit)}"
            date = hit.date.start if hit.date else None
            if "date" in row and not (date or "").startswith(row["date"]):
                yield f"E DATE     {head} {row['date']} :: {date}"
            if hit.status not in (row.get("status", "actual"), *row.get("status_also", []), "standing"):
                yield f"E STATUS   {head} {row.get('status', 'actual')} :: {hit.status}"
    for j, mine in enumerate(told):
        if j not in {j for _, j in pairs}:
            head = f"{mine.type} {mine.confidence:.2f} {sides(mine)}"
            yield f"E SPURIOUS {head} @ [{mine.trigger.text}] {mine.evidence[0].text}"


def main(arguments: list[str]) -> None:
    """Print the figures of each part, and with --show the errors of what is not held out."""
    reader = Reader()
    for part in [a for a in arguments if not a.startswith("-")] or ["dev", "held"]:
        expected = golds(part)
        documents = [RawDocument(g.id, "text", g.text, published=g.published, published_from="given") for g in expected]
        scores = Scores()
        for gold, record in zip(expected, reader.read_documents(documents), strict=True):
            if isinstance(record, Failure):
                raise SystemExit(f"{record.uri} was not read: {record.reason}")
            errors = score(gold, record, scores)
            if "--show" in arguments and not part.startswith("held"):
                print(f"\n{gold.id}", *errors, sep="\n  ")
        print(f"\n{part}\n{scores}")


if __name__ == "__main__":
    main(sys.argv[1:])
