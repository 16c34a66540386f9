"""Score the negotiations on training/negotiations: `python benchmarks/negotiations.py [PART…] [--show]`.

A proposal scores a quarter each for `by`, `to` (a name or a country in common), `gives` and `gets` (F1 of the words).
"""

import json
import pathlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.entities import find_entities, knowledge
from dragoman.language.pipeline import load, parse
from dragoman.negotiations import find_negotiations
from dragoman.records import Entity, Item, Negotiation, Proposal, Report, id_of
from dragoman.statements import find_statements

SET = pathlib.Path(__file__).parents[1] / "training" / "negotiations"
EMPTY = frozenset(
    ["the", "a", "an", "of", "in", "on", "at", "for", "to", "by", "and", "s", "its", "their", "his", "her"]
)
FLOOR = 0.3  # below it two proposals are not the same one
PARTS = ["dev", "more", "disputes", "held", "held-disputes"]


def rows() -> list[dict]:
    """The reports of the set with what is expected of them."""
    lines = [line for path in sorted(SET.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


@dataclass(frozen=True)
class Reading:
    """What was read of one report, as far as it is scored."""

    entities: dict[str, Entity]
    negotiations: tuple[Negotiation, ...]

    def entity(self, id_: str) -> Entity:
        """Return the entity with this id."""
        return self.entities[id_]


def readings(rows_: list[dict]) -> Iterator[Reading]:
    """Read each report of the set, up to the negotiations."""
    tables = knowledge.load()
    for row, doc in zip(rows_, parse([row["text"] for row in rows_], load()), strict=True):
        report = _report(row)
        entities = find_entities(doc, report, tables)
        found = find_negotiations(doc, report, entities, find_statements(doc, report, entities), ())
        yield Reading(entities.by_id, found)


def _report(row: dict) -> Report:
    return Report(
        id=id_of(row["text"]), uri=row["id"], title=None, publisher=None, authors=(), language="en",
        published=row["published"], published_from="given", dateline=None, text=row["text"],
    )  # fmt: skip


def words(text: str) -> list[str]:
    """The words that count in an item.

    >>> words("The release of two Americans")
    ['release', 'two', 'americans']
    """
    return [word for word in re.findall(r"\w+", text.lower()) if word not in EMPTY]


def overlap(these: list[str], those: list[str]) -> float:
    """The F1 of two bags of words; two empty ones are the same."""
    if not these or not those:
        return float(not these and not those)
    same = (Counter(these) & Counter(those)).total()
    return 2 * same / (len(these) + len(those))


def same_side(entities: Iterable[Entity], names: list[str]) -> float:
    """Whether one of the entities is one of the names, or of the country of one."""
    if not names:
        return float(not list(entities))
    wanted = [frozenset(words(name)) for name in names]
    lands = {land for name in names for land in _countries(name)}
    return float(any(_is_named(entity, wanted) or entity.country in lands for entity in entities))


def _countries(name: str) -> list[str]:
    _, meant = knowledge.load().names.at(name.split(), 0) or (0, [])
    return [one.body.country for one in meant if one.body is not None and one.body.country]


def _is_named(entity: Entity, wanted: list[frozenset[str]]) -> bool:
    names = [frozenset(words(n)) for n in (entity.name, *(m.text for m in entity.mentions if m.form != "pronoun"))]
    return any(a and b and (a <= b or b <= a) for a in names for b in wanted)


def items(mine: tuple[Item, ...], names: list[str]) -> float:
    """The F1 of the words of all items of a side."""
    return overlap([w for item in mine for w in words(item.item)], [w for name in names for w in words(name)])


def likeness(record: Reading, mine: Proposal, gold: dict) -> float:
    """How far a proposal is the expected one; a bargain that is struck reads from either side."""
    by, to = ([record.entity(id_) for id_ in side] for side in (mine.by, mine.to))

    def read(gold_by: str, gold_to: str, gives: str, gets: str) -> float:
        parts = (same_side(by, gold[gold_by]), same_side(to, gold[gold_to]))
        return (sum(parts) + items(mine.gives, gold[gives]) + items(mine.gets, gold[gets])) / 4

    struck = gold["status"] in ("accepted", "carried out")
    return max(read("by", "to", "gives", "gets"), read("to", "by", "gets", "gives") if struck else 0.0)


def pairs(record: Reading, wanted: list[dict]) -> list[tuple[float, dict, Proposal]]:
    """Match proposals one to one, the likest first."""
    mine = [proposal for bargain in record.negotiations for proposal in bargain.proposals]
    found = sorted(
        ((likeness(record, p, g), i, j) for i, g in enumerate(wanted) for j, p in enumerate(mine)), reverse=True
    )
    left, right, chosen = set(range(len(wanted))), set(range(len(mine))), []
    for score, i, j in found:
        if score >= FLOOR and i in left and j in right:
            left.remove(i)
            right.remove(j)
            chosen.append((score, wanted[i], mine[j]))
    return chosen


def tally(half: str, rows_: list[dict], read: list[Reading]) -> str:
    """One line of figures for a part of the set."""
    count: Counter[str] = Counter()
    for row, record in zip(rows_, read, strict=True):
        if row["half"] != half:
            continue
        wanted = [p for bargain in row["negotiations"] for p in bargain["proposals"]]
        chosen = pairs(record, wanted)
        mine = sum(len(bargain.proposals) for bargain in record.negotiations)
        count.update(gold=len(wanted), mine=mine, found=len(chosen), spurious=0 if wanted else mine)
        count["bargains"] += bool(wanted)
        count["subject"] += bool(wanted) and any(
            b.subject == row["negotiations"][0]["subject"] for b in record.negotiations
        )
        count["noticed"] += bool(wanted) and bool(record.negotiations)
        for score, gold, proposal in chosen:
            count["hit"] += round(1000 * score)
            count["status"] += gold["status"] == proposal.status
            count["split"] += _differ(gold)
            count["seen split"] += _differ(gold) and len({by.status for by in proposal.status_by}) > 1
            if any("held_by" in p for p in wanted):
                count.update(_holders(record, gold, proposal))
    hit = count["hit"] / 1000
    precision, recall = hit / max(1, count["mine"]), hit / max(1, count["gold"])
    return (
        f"{half:13} P {precision:.3f}  R {recall:.3f}  F1 {2 * hit / max(1, count['mine'] + count['gold']):.3f}  "
        f"reports {count['noticed']}/{count['bargains']}  subject {count['subject']}  "
        f"proposals found {count['found']}/{count['gold']}  status {count['status']}/{count['found']}  "
        f"sides differ {count['seen split']}/{count['split']}  in reports without bargaining {count['spurious']}  "
        f"held by: {count['holder right']} right of {count['holders']}, {count['holder wrong']} wrong"
    )


def _holders(record: Reading, gold: dict, mine: Proposal) -> Counter[str]:
    """How many items that somebody holds were read so; an item counts by its words, a holder by name or country."""
    wanted = gold.get("held_by", {})
    count = Counter(holders=len(wanted))
    for item in (*mine.gives, *mine.gets):
        if item.held_by is not None:
            near = max(wanted, key=lambda name: overlap(words(item.item), words(name)), default="")
            near = near if overlap(words(item.item), words(near)) >= FLOOR else ""
            right = bool(near) and same_side([record.entity(item.held_by)], [wanted[near]]) == 1.0
            count["holder right" if right else "holder wrong"] += 1
    return count


def _differ(gold: dict) -> bool:
    return len({by["status"] for by in gold.get("status_by", [])} | {gold["status"]}) > 1


def show(row: dict, record: Reading) -> None:
    """Print what was expected of a report and what was read."""

    def names(ids: Iterable[str]) -> str:
        return ", ".join(record.entity(id_).name for id_ in ids)

    mine = [(bargain, proposal) for bargain in record.negotiations for proposal in bargain.proposals]
    wanted = [proposal for bargain in row["negotiations"] for proposal in bargain["proposals"]]
    score = sum(score for score, _, _ in pairs(record, wanted))
    if not mine and not wanted:
        return
    print(f"\n{row['id']} {score:.2f}\n{row['text']}")
    for gold in wanted:
        claims = "; ".join(f"{by['entity']}={by['status']}" for by in gold.get("status_by", []))
        print(
            "  GOLD", " | ".join([*("; ".join(gold[k]) for k in ("by", "to", "gives", "gets")), gold["status"], claims])
        )
    for bargain, p in mine:
        sides = " | ".join("; ".join(_item(record, item) for item in side) for side in (p.gives, p.gets))
        claims = "; ".join(f"{by.entity and names([by.entity])}={by.status}" for by in p.status_by)
        print(
            f"  {p.id} {bargain.subject}: {names(p.by)} | {names(p.to)} | {sides} | {p.status} | {claims} | {p.answers}"
        )
    for obstacle in (o for bargain in record.negotiations for o in bargain.obstacles):
        print("  OBSTACLE", obstacle.text)


def _item(record: Reading, item: Item) -> str:
    return item.item + (f" [held by {record.entity(item.held_by).name}]" if item.held_by else "")


def main(arguments: list[str]) -> None:
    """Print a line a part, and with --show the parts in full that the rules may be written on."""
    parts = [part for part in arguments if not part.startswith("-")] or PARTS
    rows_ = [row for row in rows() if row["half"] in parts]
    read = list(readings(rows_))
    if "--show" in arguments:
        for row, record in zip(rows_, read, strict=True):
            if not row["half"].startswith("held"):
                show(row, record)
    for part in parts:
        print(tally(part, rows_, read))


if __name__ == "__main__":
    main(sys.argv[1:])
