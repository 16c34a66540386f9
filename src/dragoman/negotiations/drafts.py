"""Drafts: the moves of a report joined into its proposals, each told once however often it is mentioned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from dragoman.negotiations.items import Scene, is_party
from dragoman.negotiations.move import Move
from dragoman.negotiations.replies import Answer
from dragoman.records import Item

NEAR = 2  # sentences after an offer in which a reply that does not name it still answers it


@dataclass(slots=True)
class Draft:
    """A proposal while it is put together: its sides and items, the moves that tell it, the replies to it."""

    by: tuple[str, ...]
    to: tuple[str, ...]
    gives: tuple[Item, ...]
    gets: tuple[Item, ...]
    moves: list[Move]
    replies: list[Answer] = field(default_factory=list)
    answers: int | None = None


def drafts_of(scene: Scene, moves: Sequence[Move], replies: Sequence[Answer]) -> list[Draft]:
    """Return the proposals of a report, or none where it does not bargain."""
    kept = [move for n, move in enumerate(moves) if _counts(scene, n, moves, replies)]
    drafts: list[Draft] = []
    for move in sorted(kept, key=lambda move: move.kind == "add"):
        _place(scene, drafts, move)
    for n, draft in enumerate(drafts):
        draft.to = draft.to or _other_side(scene, draft, drafts, replies)
        draft.answers = _answered(scene, drafts, n)
        _inherit(drafts, draft)
    for reply in replies:
        target = _target(scene, reply, drafts)
        if target is not None:
            target.replies.append(reply)
    return drafts


def _inherit(drafts: Sequence[Draft], draft: Draft) -> None:
    """Give a counter-offer of its kind what it is for: "countered with an offer of 90 prisoners" for the same pilot."""
    move = draft.moves[0]
    if move.kind == "counter" and draft.answers is not None and not draft.gets:
        draft.gets = drafts[draft.answers].gives


def _counts(scene: Scene, n: int, moves: Sequence[Move], replies: Sequence[Answer]) -> bool:
    """Whether a move is bargaining: an exchange, or an offer that is answered or stands in a report of exchanges."""
    move = moves[n]
    if move.firm or (n + 1 < len(moves) and moves[n + 1].completes):
        return True
    if not is_party(scene, move.by):
        return False
    if move.noun and any(reply.about == move.trigger for reply in replies):
        return True
    firm = [other for other in moves if other.firm or other.kind == "add"]
    if move.kind in ("add", "counter"):
        return True
    if move.kind == "demand":
        crossing = [other for other in firm if _crosses(scene, move, other)]
        return any(not move.to or scene.lands(move.to) & scene.lands(other.by) for other in crossing)
    if move.kind == "deal" or scene.doc[move.trigger].lemma_ in HOPES:
        return False
    return bool(firm) or any(_replies_to(scene, reply, move) for reply in replies)


HOPES = ("promise", "pledge", "volunteer", "plan")  # alone they are news, not bargaining


def _replies_to(scene: Scene, reply: Answer, move: Move) -> bool:
    """Whether a reply is to this move: to its very noun, or soon after it and by another."""
    if reply.about == move.trigger:
        return True
    if reply.about is None and not reply.by:
        return False
    gap = scene.sentence_number(reply.token) - scene.sentence_number(move.trigger)
    other = bool(reply.by) and not scene.lands(reply.by) & scene.lands(move.by)
    return other and 0 <= gap <= NEAR and reply.token > move.trigger and move.kind == "offer"


def _crosses(scene: Scene, a: Move, b: Move) -> bool:
    """Whether a move comes from the side that another one is addressed to."""
    return bool(scene.lands(a.by) & scene.lands(b.to)) and not scene.lands(a.by) & scene.lands(b.by)


def _place(scene: Scene, drafts: list[Draft], move: Move) -> None:
    """Join a move to the proposal that it tells again or completes, else begin a new one."""
    if move.kind == "add":
        drafts.append(_added(scene, drafts, move))
        return
    if move.completes and drafts:
        _complete(scene, drafts[-1], move)
        return
    if move.completes and not is_party(scene, move.by):
        return  # "In return, the West released five people": for what, and who, nobody can say
    for draft in reversed(drafts):
        if _is_told_barely(scene, draft, move):
            draft.by, draft.to, draft.gives, draft.gets = move.by, move.to, move.gives, move.gets
            draft.moves.append(move)
            return
        if scene.lands(draft.by) & scene.lands(move.by) and (_tells_again(draft, move) or _completes(draft, move)):
            draft.gives = _union(draft.gives, move.gives)
            draft.gets = _union(draft.gets, move.gets)
            draft.to = draft.to or move.to
            draft.by = _broader(scene, draft.by, move.by)
            draft.moves.append(move)
            return
    drafts.append(Draft(move.by, move.to, move.gives, move.gets, [move]))


def _broader(scene: Scene, these: tuple[str, ...], those: tuple[str, ...]) -> tuple[str, ...]:
    """Of two names of one side the country, where one of them is: "we put forward" is the United States' offer."""
    is_country = any(scene.entities.by_id[id_].kind == "country" for id_ in those)
    return those if is_country and all(scene.entities.by_id[id_].kind != "country" for id_ in these) else these


def _added(scene: Scene, drafts: Sequence[Draft], move: Move) -> Draft:
    """Turn "tried to add X to the swap" into the whole counter-proposal, from the other side's offer."""
    theirs = [d for d in drafts if not scene.lands(d.by) & scene.lands(move.by)]
    if not theirs:
        return Draft(move.by, move.to, move.gives, move.gets, [move])
    last = theirs[-1]
    return Draft(move.by, last.by, last.gets, (*move.gets, *last.gives), [move])


def _is_told_barely(scene: Scene, draft: Draft, move: Move) -> bool:
    """Whether a proposal was told as a bare exchange ("exchanged 90 prisoners each") that this move spells out."""
    both = scene.lands((*draft.by, *draft.to)) >= scene.lands(move.by)
    return draft.moves[0].struck and draft.gives == draft.gets and move.struck and bool(move.by) and both


def _complete(scene: Scene, draft: Draft, move: Move) -> None:
    """Set what is told "in return" against the last proposal: of its own side it is given, of the other's it is got."""
    own = bool(scene.lands(draft.by) & scene.lands(move.by)) or not draft.gives
    if own:
        draft.gives, draft.gets = (*draft.gives, *move.gives), (*draft.gets, *move.gets)
    else:
        draft.gets = (*draft.gets, *(move.gives or move.gets))
        draft.to = draft.to or move.by
    draft.moves.append(move)


def _tells_again(draft: Draft, move: Move) -> bool:
    return _alike(draft.gives, move.gives) or _alike(draft.gets, move.gets)


def _completes(draft: Draft, move: Move) -> bool:
    """Whether a move fills the side that is open: what the offer was, or what it was for."""
    if move.firm and any(m.firm for m in draft.moves):
        return False
    return (not draft.gives and not move.gets) or (not draft.gets and not move.gives)


def _alike(these: Iterable[Item], those: Iterable[Item]) -> bool:
    """Whether two sides share a thing: one entity, most words of one item, or "two Americans" and the two by name."""
    return any(_is_same(a, b) for a in these for b in those)


def _is_same(a: Item, b: Item) -> bool:
    if a.kind == b.kind == "person" and (a.entity is None) != (b.entity is None):
        return True
    return (a.entity is not None and a.entity == b.entity) or _overlap(a.item, b.item) >= 0.5


def _overlap(a: str, b: str) -> float:
    x, y = ({w for w in text.lower().split() if len(w) > 3} for text in (a, b))
    return len(x & y) / min(len(x), len(y)) if x and y else 0.0


def _union(these: tuple[Item, ...], those: tuple[Item, ...]) -> tuple[Item, ...]:
    """All items of two tellings, each once; named people stand for "two Americans"."""
    items = list(these)
    for item in those:
        if not any(own.entity == item.entity and _is_same(item, own) for own in items):
            items.append(item)
    named = [item for item in items if item.entity is not None and item.kind == "person"]
    if not named:
        return tuple(items)
    holder = next((item.held_by for item in items if item.kind == "person" and item.entity is None), None)
    kept = (item for item in items if item.entity is not None or item.kind != "person")
    return tuple(replace(item, held_by=item.held_by or holder) if item.kind == "person" else item for item in kept)


def _other_side(scene: Scene, draft: Draft, drafts: Sequence[Draft], replies: Sequence[Answer]) -> tuple[str, ...]:
    """Who is meant where the offer does not say to whom: who replies, who owns what is asked, who else bargains."""
    own = scene.lands(draft.by)
    move = draft.moves[0]
    repliers = [r.by for r in replies if _replies_to(scene, r, move) and not r.is_denial]
    deniers = [r.by for r in replies if _replies_to(scene, r, move) and r.is_denial]
    rivals = [side for d in drafts if d is not draft for side in (d.by, d.to)]
    holders = [(item.held_by,) for item in draft.gets if item.held_by is not None]
    for side in (*repliers, *rivals, *holders, *_tellers(scene, move), *deniers, *_by_mentions(scene, draft)):
        other = tuple(id_ for id_ in side if id_ not in draft.by and not scene.lands([id_]) & own)
        if other:
            return other
    return ()


def _tellers(scene: Scene, move: Move) -> list[tuple[str, ...]]:
    """Who tells of an offer by another: "Russian negotiators said that Ukraine had accepted"; not who mediates."""
    token = scene.doc[move.trigger]
    statement = scene.speakers.around(token.idx, token.idx + len(token))
    if statement is None or statement.source is None or "mediat" in scene.entities.by_id[statement.source].name:
        return []
    return [(statement.source,)] if is_party(scene, [statement.source]) else []


def _by_mentions(scene: Scene, draft: Draft) -> list[tuple[str, ...]]:
    """The countries of a report, those that it speaks of most first; not one that is only in what is given."""
    given = " ".join(item.item for item in draft.gives)
    bodies = [e for e in scene.entities.records if e.kind == "country"]
    bodies = [e for e in bodies if len(e.mentions) > 1 or not any(m.text in given for m in e.mentions)]
    return [(e.id,) for e in sorted(bodies, key=lambda e: -len(e.mentions))]


def _answered(scene: Scene, drafts: Sequence[Draft], n: int) -> int | None:
    """The number of the other side's proposal that this one follows and so answers."""
    own = drafts[n]
    for m in range(n - 1, -1, -1):
        other = drafts[m]
        if scene.lands(other.to) & scene.lands(own.by) and not scene.lands(other.by) & scene.lands(own.by):
            return m
    return None


def _target(scene: Scene, reply: Answer, drafts: Sequence[Draft]) -> Draft | None:
    """The proposal that a reply is about: the one it names, else the latest before it that another side made."""
    named = next((d for d in drafts if any(m.trigger == reply.about for m in d.moves)), None)
    if named is not None:
        return named
    before = [d for d in drafts if min(m.trigger for m in d.moves) < reply.token] or list(drafts[:1])
    lands = scene.lands(reply.by)
    own = [d for d in before if lands & scene.lands(d.by)]
    theirs = [d for d in before if not lands & scene.lands(d.by)]
    choice = own or theirs if reply.status == "withdrawn" else theirs or (own if reply.is_denial else [])
    return choice[-1] if choice else None
