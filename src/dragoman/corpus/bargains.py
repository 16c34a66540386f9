"""Bargains followed over an archive: the negotiations of many reports joined, as a dated sequence of moves.

Reports tell one proposal again and again; it is one `Offer` here, and each report that tells something new of it (made,
answered, taken back) adds a `BargainMove`. `bargain_sides` decides which negotiations are one bargain.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from dragoman.corpus.bargain_sides import Sides, are_one_bargain, are_one_offer, sides_of
from dragoman.records import Negotiation, Proposal, Record

MADE = ("offered", "countered")  # a proposal that stands there is only made, not answered


class BargainMove(msgspec.Struct, frozen=True, kw_only=True):
    """One thing done in a bargain: what, by whom, and the words of the report that tell it.

    `day` is ISO 8601, of the act where the report dates it, else of the report; None where neither has a date.
    """

    day: str | None
    move: str
    offer: str | None
    by: tuple[str, ...]
    uri: str
    report: str
    text: str


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal as all reports have it; `status` is where it stands after the last move."""

    id: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    gives: tuple[str, ...]
    gets: tuple[str, ...]
    status: str
    answers: str | None = None


class Bargain(msgspec.Struct, frozen=True, kw_only=True):
    """What is bargained over in one archive between the same sides: its offers and its moves in the order of days."""

    id: str
    subject: str
    parties: tuple[str, ...]
    state: str
    since: str | None
    offers: tuple[Offer, ...]
    moves: tuple[BargainMove, ...]


@dataclass(slots=True)
class _Told:
    """A negotiation of one report, with what it is compared by."""

    record: Record
    negotiation: Negotiation
    sides: Sides
    day: str | None


@dataclass(slots=True)
class _Joined:
    told: list[_Told] = field(default_factory=list)


def bargains_of(records: Iterable[Record], as_of: str | None = None) -> tuple[Bargain, ...]:
    """Return the bargains of an archive in the order of their first days; with `as_of` as they stood on that day.

    Reports may come in any order. A negotiation without a day comes last, and is left out where a day is asked for.

    >>> [bargain.state for bargain in bargains_of(records, as_of="2008-02-20")]
    ['rejected']
    """
    told = sorted(_told(records), key=lambda one: (one.day is None, one.day or "", one.record.report.id))
    joined: list[_Joined] = []
    for one in told:
        if as_of is not None and (one.day is None or one.day > as_of):
            continue
        found = max(joined, key=lambda other: _likeness(other, one), default=None)
        if found is None or _likeness(found, one) <= 0:
            joined.append(found := _Joined())
        found.told.append(one)
    return tuple(bargain for n, one in enumerate(joined, 1) if (bargain := _bargain(f"b{n}", one.told, as_of)))


def _told(records: Iterable[Record]) -> Iterator[_Told]:
    seen: set[str] = set()
    for record in records:
        if record.report.id in seen:
            continue  # a copy of a report tells nothing new
        seen.add(record.report.id)
        for negotiation in record.negotiations:
            yield _Told(record, negotiation, sides_of(record, negotiation), _day(record))


def _day(record: Record) -> str | None:
    return record.report.published[:10] if record.report.published else None


def _likeness(joined: _Joined, one: _Told) -> float:
    """How surely a negotiation is of this bargain: as the likest one in it has it; 0 where it is not."""
    return max((are_one_bargain(other.sides, one.sides, other.day, one.day) for other in joined.told), default=0.0)


def _bargain(id_: str, told: Sequence[_Told], as_of: str | None) -> Bargain | None:
    offers: list[_Offer] = []
    moves: list[BargainMove] = []
    for one in told:
        ids: dict[str, _Offer] = {}
        for proposal in one.negotiation.proposals:
            offer, is_new = _placed(offers, one, proposal, ids)
            ids[proposal.id] = offer
            moves += _moves(one, proposal, offer, is_new)
        moves += _obstacles(one)
    moves = [move for move in moves if as_of is None or (move.day is not None and move.day <= as_of)]
    if not moves:
        return None
    moves.sort(key=lambda move: (move.day is None, move.day or ""))
    last = next((move for move in reversed(moves) if move.offer is not None), moves[-1])
    return Bargain(
        id=id_,
        subject=_commonest(one.negotiation.subject for one in told),
        parties=_parties(told),
        state=_state(moves),
        since=last.day,
        offers=tuple(offer.record(moves) for offer in offers if any(move.offer == offer.id for move in moves)),
        moves=tuple(moves),
    )


@dataclass(slots=True)
class _Offer:
    id: str
    proposal: Proposal
    record_: Record
    answers: str | None

    def record(self, moves: Sequence[BargainMove]) -> Offer:
        """Return the offer as it stands after these moves."""
        proposal = self.proposal
        own = [move.move for move in moves if move.offer == self.id and not move.move.startswith("disputed")]
        status = own[-1] if own and own[-1] in STANDING else "offered"
        if status == "offered" and any(move.move == "counter" and move.day for move in moves if move.offer != self.id):
            status = "countered" if self._is_answered(moves) else status
        return Offer(
            id=self.id,
            by=_names(self.record_, proposal.by),
            to=_names(self.record_, proposal.to),
            gives=tuple(item.item for item in proposal.gives),
            gets=tuple(item.item for item in proposal.gets),
            status=status,
            answers=self.answers,
        )

    def _is_answered(self, moves: Sequence[BargainMove]) -> bool:
        own = [n for n, move in enumerate(moves) if move.offer == self.id]
        later = (move for move in moves[own[-1] + 1 :] if move.move == "counter")
        return any(set(move.by) & set(_names(self.record_, self.proposal.to)) for move in later)


STANDING = ("accepted", "rejected", "withdrawn", "carried out")


def _placed(offers: list[_Offer], one: _Told, proposal: Proposal, ids: dict[str, _Offer]) -> tuple[_Offer, bool]:
    """Return the offer that a proposal tells, and whether it is a new one."""
    for offer in reversed(offers):
        if offer not in ids.values() and are_one_offer(offer.record_, offer.proposal, one.record, proposal):
            if _fullness(proposal) > _fullness(offer.proposal):
                offer.proposal, offer.record_ = proposal, one.record
            return offer, False
    answered = ids.get(proposal.answers or "")
    other = answered or next((o for o in reversed(offers) if _crosses(o, one.record, proposal)), None)
    offer = _Offer(f"o{len(offers) + 1}", proposal, one.record, other.id if other else None)
    offers.append(offer)
    return offer, True


def _crosses(offer: _Offer, record: Record, proposal: Proposal) -> bool:
    """Whether a proposal comes from the side that an offer was made to."""
    sides = sides_of(record, None, proposal.by).keys
    return bool(sides & sides_of(offer.record_, None, offer.proposal.to).keys) and not (
        sides & sides_of(offer.record_, None, offer.proposal.by).keys
    )


def _fullness(proposal: Proposal) -> int:
    return bool(proposal.to) + 2 * len(proposal.gives) + 2 * len(proposal.gets)


def _moves(one: _Told, proposal: Proposal, offer: _Offer, is_new: bool) -> Iterator[BargainMove]:
    """Yield what a report tells of an offer: that it was made, then how it was answered, then who disputes it."""
    record = one.record
    text = [span.text for span in proposal.evidence]
    day = proposal.date.start if proposal.date and proposal.date.precision == "day" else one.day
    day = min(filter(None, (day, one.day)), default=None)

    def move(name: str, by: Iterable[str], when: str | None, words: str) -> BargainMove:
        uri, id_ = record.report.uri, record.report.id
        return BargainMove(day=when, move=name, offer=offer.id, by=_names(record, by), uri=uri, report=id_, text=words)

    answered = proposal.status not in MADE
    answerers = _answerers(proposal)
    if is_new and (proposal.status not in ("accepted", "carried out") or answerers != proposal.by):
        name = "demand" if not proposal.gives else "counter" if offer.answers else "offer"
        yield move(name, proposal.by, day, text[0] if text else "")
    if answered:
        told = text[0 if answerers == proposal.by else -1] if text else ""
        yield move(proposal.status, answerers, one.day, told)
    for other in proposal.status_by:
        if other.entity is not None and other.status not in (proposal.status, "offered", "countered"):
            yield move(f"disputed: {other.status}", (other.entity,), one.day, text[-1] if text else "")


def _answerers(proposal: Proposal) -> tuple[str, ...]:
    """Who answered: who says so on his own account, else the side that it was for."""
    if proposal.status in ("withdrawn", "carried out"):
        return proposal.by
    said = tuple(by.entity for by in proposal.status_by if by.status == proposal.status and by.entity is not None)
    if proposal.status == "accepted" and not said:
        return proposal.by
    return said or proposal.to


def _obstacles(one: _Told) -> Iterator[BargainMove]:
    for obstacle in one.negotiation.obstacles:
        yield BargainMove(
            day=one.day,
            move="obstacle",
            offer=None,
            by=_names(one.record, (obstacle.entity,) if obstacle.entity else ()),
            uri=one.record.report.uri,
            report=one.record.report.id,
            text=obstacle.text,
        )


def _state(moves: Sequence[BargainMove]) -> str:
    """Where a bargain stands: as its last move about an offer leaves it."""
    last = next((move.move for move in reversed(moves) if move.offer is not None and ":" not in move.move), "obstacle")
    return {"offer": "offered", "demand": "demanded", "counter": "countered", "obstacle": "at issue"}.get(last, last)


def _parties(told: Sequence[_Told]) -> tuple[str, ...]:
    """The names of who bargains, one a side, the most frequent first."""
    count: dict[str, int] = {}
    names: dict[str, str] = {}
    for one in told:
        for key, name in one.sides.names.items():
            count[key] = count.get(key, 0) + 1
            names.setdefault(key, name)
    return tuple(names[key] for key in sorted(count, key=lambda key: -count[key]))


def _names(record: Record, ids: Iterable[str | None]) -> tuple[str, ...]:
    by_id = {entity.id: entity.name for entity in record.entities}
    return tuple(dict.fromkeys(by_id[id_] for id_ in ids if id_ in by_id))


def _commonest(words: Iterable[str]) -> str:
    found = list(words)
    return max(dict.fromkeys(found), key=found.count)


def as_json(bargain: Bargain) -> bytes:
    """Return a bargain as one line of JSON, UTF-8, without the line's end."""
    return msgspec.json.encode(bargain)
