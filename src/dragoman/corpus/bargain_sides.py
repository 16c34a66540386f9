"""When two negotiations are one bargain: the same sides, over the same things, not years apart.

The same two countries bargain over a fishing zone and over two spies in the same month. So sides alone never join:
they need the same subject or the same things; and two different prisoners part what one subject would join.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.negotiations.items import OWN_ACCOUNT
from dragoman.records import Entity, Item, Negotiation, Proposal, Record

LONG = 3 * 365  # days after which the same things are bargained over anew
SHORT = 270  # days within which one subject of the same sides is one bargain
ALIKE = 0.34  # share of the words of the shorter list of items that must be common; more joined fewer rightly
GENERIC = frozenset("government army military opposition rebels party parliament president spokesman officials".split())
WORD = re.compile(r"[^\W\d_]{4,}")
COMMON = frozenset(
    "with from that this their they have been will would which into over other than more most some such also only"
    " million billion thousand hundred months years people return release".split()
)


@dataclass(frozen=True, slots=True)
class Sides:
    """What a negotiation is compared by: its sides, its subject, the words of its items, the people in them."""

    keys: frozenset[str]
    names: dict[str, str]
    subject: str
    words: frozenset[str]
    people: frozenset[str]


def sides_of(record: Record, negotiation: Negotiation | None, ids: Iterable[str] = ()) -> Sides:
    """Return what a negotiation, or else some entities alone, are compared by."""
    by_id = {entity.id: entity for entity in record.entities}
    wanted = (*negotiation.parties, *ids) if negotiation is not None else tuple(ids)
    names: dict[str, str] = {}
    for entity in (by_id[id_] for id_ in wanted if id_ in by_id):
        key = _key(entity)
        if key in GENERIC:
            continue  # "the government" of a report that does not say whose
        if key not in names or entity.kind == "country":
            names[key] = entity.name
    proposals = negotiation.proposals if negotiation is not None else ()
    items = [item for p in proposals for item in (*p.gives, *p.gets)]
    told = [o.text.partition(": ")[2] for o in negotiation.obstacles] if negotiation is not None else []
    return Sides(
        keys=frozenset(names),
        names=names,
        subject=negotiation.subject if negotiation is not None else "",
        words=frozenset(word for text in (*(item.item for item in items), *told) for word in words_of(text)),
        people=_people(items),
    )


def _key(entity: Entity) -> str:
    """What names one side in all reports: its country where it speaks for it, else its own name."""
    if entity.country is not None and entity.sector not in OWN_ACCOUNT:
        return entity.country if entity.country not in ("IGO", "NGO", "MNC") else entity.wikidata or _plain(entity.name)
    return entity.wikidata or _plain(entity.name)


def _plain(name: str) -> str:
    """A name without its article and the "'s" of whose it is, in small letters.

    >>> _plain("The rebels of Azawad")
    'rebels of azawad'
    """
    return re.sub(r"^(?:(?:the|its|their|an?) |\S+['’]s )+", "", name.lower()).strip()


def words_of(text: str) -> frozenset[str]:
    """Return the words that tell things apart, plurals as singulars.

    >>> sorted(words_of("two mines on Spitsbergen"))
    ['mine', 'spitsbergen']
    """
    found = (word.lower() for word in WORD.findall(text))
    return frozenset(word.removesuffix("s") for word in found if word not in COMMON)


def _people(items: Iterable[Item]) -> frozenset[str]:
    """The last names of the people who are bargained over."""
    return frozenset(item.item.split()[-1].lower() for item in items if item.entity is not None and item.item)


def are_one_bargain(these: Sides, those: Sides, day: str | None, other_day: str | None) -> float:
    """Return how surely two negotiations are one bargain, 0 where they are not."""
    common = these.keys & those.keys
    if not common:
        return 0.0
    both = len(common) >= min(2, len(these.keys), len(those.keys))
    days = _days_between(day, other_day)
    alike = share(these.words, those.words)
    if these.people and those.people and not these.people & those.people:
        return 0.0
    if days > LONG:
        return 0.0
    if these.people & those.people:
        return 2.0 + alike
    if both and these.subject == those.subject and days <= SHORT:
        return 1.0 + alike if alike > 0 or not (these.words and those.words) else 0.0
    enough = ALIKE if both else 2 * ALIKE
    return alike if alike >= enough and len(these.words & those.words) >= 2 else 0.0


def share(these: frozenset[str], those: frozenset[str]) -> float:
    """Return which share of the shorter of two sets is in both."""
    return len(these & those) / min(len(these), len(those)) if these and those else 0.0


def _days_between(day: str | None, other: str | None) -> int:
    if day is None or other is None:
        return 0
    return abs((date.fromisoformat(day) - date.fromisoformat(other)).days)


def are_one_offer(record: Record, proposal: Proposal, other_record: Record, other: Proposal) -> bool:
    """Return whether two proposals of one bargain are the same: one side's, the same things both given and got."""
    by = sides_of(record, None, proposal.by).keys & sides_of(other_record, None, other.by).keys
    if not by:
        return False
    pairs = ((proposal.gives, other.gives), (proposal.gets, other.gets))
    told = [(_words(a), _words(b)) for a, b in pairs if a and b]
    if not told:
        return False
    if any(_numbers(a) != _numbers(b) for a, b in pairs if _numbers(a) and _numbers(b)):
        return False
    return all(share(a, b) >= 0.5 for a, b in told)


def _words(items: Iterable[Item]) -> frozenset[str]:
    return frozenset(word for item in items for word in words_of(item.item))


NUMBERS = frozenset(
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty ninety".split()
)


def _numbers(items: Iterable[Item]) -> frozenset[str]:
    """The numbers of some items: three mines are another offer than two."""
    words = (word for item in items for word in item.item.lower().replace("-", " ").split())
    return frozenset(word for word in words if word in NUMBERS or word.isdigit())
