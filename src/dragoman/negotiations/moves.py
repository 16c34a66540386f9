"""Moves: each place where a sentence tells an offer, a demand or a swap, with what is given and got.

A move is `firm` where the sentence itself tells an exchange ("in return for", "only if", "swap X for Y"); the others
count only in a report that bargains (`assembly`).
"""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from dragoman.negotiations.exchanges import exchanges_in
from dragoman.negotiations.items import Part, Scene, doers, is_party, part_of, part_of_clause
from dragoman.negotiations.markers import Marker, carrier, markers_in
from dragoman.negotiations.move import Move
from dragoman.negotiations.phrases import SUBJECTS
from dragoman.negotiations.sides import addressees, complement, noun_doers, verb_doers
from dragoman.negotiations.tables import MoveKind
from dragoman.negotiations.triggers import MODALS, belongs, triggers_in

LEAVE = frozenset(("may", "can", "could"))  # "may sell its oil provided that", where a condition follows


def moves_of(scene: Scene) -> list[Move]:
    """Return the moves of a report in the order of the text."""
    found: list[Move] = []
    before: Span | None = None  # the last sentence, where it told no move
    for sentence in scene.sentences:
        moves = exchanges_in(scene, sentence) or list(_joined(_in_sentence(scene, sentence)))
        if moves and moves[0].completes and before is not None:
            found += _plain(scene, before)
        found += moves
        before = None if moves else sentence
    return found


def _plain(scene: Scene, sentence: Span) -> list[Move]:
    """What a side does or will do, of which the next sentence tells the price: "Libya will disarm. In return, …"."""
    verb = sentence.root
    by = doers(scene, verb)
    if verb.pos_ != "VERB" or not is_party(scene, by) or any(c.dep_ == "neg" for c in verb.children):
        return []
    if any(c.dep_ == "ccomp" or (c.dep_ == "conj" and c.pos_ == "VERB") for c in verb.children):
        return []
    items = part_of(scene, verb, sentence.end).items
    kind: MoveKind = "deal" if verb.tag_ == "VBD" else "offer"
    return [Move(verb.i, kind, (sentence.start, sentence.end), by, (), items, (), firm=True)] if items else []


def _in_sentence(scene: Scene, sentence: Span) -> list[Move]:
    markers = markers_in(sentence, scene.tables)
    triggers = triggers_in(scene, sentence)
    triggers += _carriers(scene, triggers, markers, sentence)
    triggers.sort(key=lambda row: row[0].i)
    found = []
    for n, (token, kind) in enumerate(triggers):
        end = triggers[n + 1][0].i if n + 1 < len(triggers) else sentence.end
        start = sentence.start if n == 0 else token.i
        own = [m for m in markers if start <= m.start < end and belongs(scene, token, kind, m)]
        move = _move(scene, token, kind, own, (sentence.start, sentence.end), end)
        if move is not None:
            found.append(move)
    return found


def _carriers(
    scene: Scene, triggers: list[tuple[Token, MoveKind]], markers: list[Marker], sentence: Span
) -> list[tuple[Token, MoveKind]]:
    """The plain verbs that an exchange hangs on: "will extradite him only if", "freed 90 soldiers in return for"."""
    found: list[tuple[Token, MoveKind]] = []
    for marker in markers:
        if scene.doc[marker.start].lower_ == "before":
            continue
        verb = carrier(marker, sentence)
        taken = any(t.i < marker.start and belongs(scene, t, kind, marker) for t, kind in triggers)
        if verb is None or taken or not _bears(scene, verb, marker):
            continue
        if verb.lemma_ in THREATS or verb.head.lemma_ in THREATS:
            continue
        if all(verb.i != t.i for t, _ in [*triggers, *found]):
            found.append((verb, "deal" if marker.sense == "price" and verb.tag_ == "VBD" else "offer"))
    return found


def _bears(scene: Scene, verb: Token, marker: Marker) -> bool:
    """Whether a plain verb may carry a marker: "will lift its ban if Kyiv stops", "will not talk until they leave"."""
    modal = any(c.dep_ == "aux" and c.lemma_.lower() in MODALS for c in verb.children)
    if marker.sense == "if":
        return modal and verb.lemma_ in scene.tables.words["concessions"] and _is_between_parties(scene, verb, marker)
    if scene.doc[marker.start].lower_ in ("until", "unless"):  # "will shut the border unless" is a threat
        return modal and any(c.dep_ == "neg" for c in verb.children)
    free = any(c.dep_ == "aux" and c.lemma_.lower() in LEAVE for c in verb.children)
    return marker.sense != "condition" or modal or free


def _is_between_parties(scene: Scene, verb: Token, marker: Marker) -> bool:
    """Whether two different countries or bodies stand on the sides of a plain "if"."""
    own, other = doers(scene, verb), doers(scene, scene.doc[marker.start].head)
    return is_party(scene, own) and is_party(scene, other) and not scene.lands(own) & scene.lands(other)


OFFERING = frozenset(("offer", "propose", "promise", "pledge", "suggest"))
THREATS = frozenset(("threaten", "warn", "fear"))


def _move(
    scene: Scene, token: Token, kind: MoveKind, markers: list[Marker], sentence: tuple[int, int], end: int
) -> Move | None:
    by = noun_doers(scene, token) if token.pos_ == "NOUN" else verb_doers(scene, token)
    after = [m for m in markers if m.start > token.i]
    limit = min([end, *(m.start for m in after)])
    head = (complement(token) or token) if scene.tables.move(token) else token
    swap = token if kind == "swap" else head if scene.tables.move(head) == "swap" else None
    limit = min(limit, _price_of_swap(swap)) if swap is not None else limit
    if head.i > token.i and head.i >= limit and not any(m.start < token.i for m in markers):
        limit = end
    main = part_of(scene, head, limit) if head is not token or token.pos_ == "VERB" else Part(())
    asked = addressees(scene, token)
    move = Move(token.i, kind, sentence, by, tuple(i for i in asked if i not in by), noun=token.pos_ == "NOUN")
    move = _with_main(scene, move, main)
    for n, marker in enumerate(markers):
        stop = markers[n + 1].start if n + 1 < len(markers) else sentence[1]
        stop = min(stop, _clause_start(token)) if marker.start < token.i else stop
        move = _with_marked(scene, move, marker, max(stop, marker.end))
    if swap is not None:
        move = _with_swapped(scene, move, swap, end)
    return move if _stands(scene, move, markers) else None


def _clause_start(token: Token) -> int:
    """Where the clause of a move begins, with its subject: what stands before it is the marker's."""
    verb = token.head if token.pos_ == "ADJ" else token
    return min([c.left_edge.i for c in verb.children if c.dep_ in SUBJECTS and c.i < token.i], default=token.i)


def _price_of_swap(verb: Token) -> int:
    """Where "for Y" begins in "swap X for Y"."""
    found = [p.i for c in (verb, *verb.children) for p in c.children if p.dep_ == "prep" and p.lower_ == "for"]
    return min((i for i in found if i > verb.i), default=len(verb.doc))


def _with_main(scene: Scene, move: Move, part: Part) -> Move:
    """Put what is offered or asked on its side: a demand, an aim, or what another is to do is got."""
    other = tuple(id_ for id_ in part.doer if id_ not in move.by)
    is_theirs = bool(other) and not set(move.by) & set(part.doer) and not scene.lands(move.by) & scene.lands(other)
    if move.kind in ("demand", "add") or part.is_aim or is_theirs or _is_wanted(scene, move):
        return replace(move, gets=part.items, to=move.to or (other if is_theirs else ()))
    return replace(move, gives=part.items)


def _is_wanted(scene: Scene, move: Move) -> bool:
    """Whether an offer's noun names what it is for: "proposals for the release of two men"."""
    head = complement(scene.doc[move.trigger]) if move.noun else None
    if head is None or head.dep_ != "pobj" or head.head.lower_ != "for":
        return False
    return head.lemma_.lower() in scene.tables.words["transfer_nouns"]


def _with_marked(scene: Scene, move: Move, marker: Marker, end: int) -> Move:
    """Put what stands after a marker on the other side; a threat ("unless it does so") only shows the bargain."""
    before = scene.doc[move.trigger : marker.start]
    if marker.sense == "back" or any(t.lemma_ in THREATS and t.pos_ == "VERB" for t in before):
        return replace(move, firm=True, completes=marker.start == move.sentence[0])
    part = part_of_clause(scene, marker.end, end)
    other = tuple(i for i in part.doer if is_party(scene, [i]) and not scene.lands([i]) & scene.lands(move.by))
    passed = move.kind == "deal" and any(item.kind == "person" for item in move.gives)
    struck = passed and scene.tables.move(scene.doc[move.trigger]) is None  # "freed six nurses in exchange for"
    move = replace(move, firm=True, to=move.to or other, struck=struck)
    if marker.sense == "price" and (move.kind in ("demand", "add") or (move.gets and not move.gives)):
        return replace(move, gives=(*move.gives, *part.items))
    return replace(move, gets=(*move.gets, *part.items))


def _sides_before(scene: Scene, move: Move) -> Move:
    """Of "ten agents were traded for four men" the two countries that the sentences up to there speak of."""
    n = scene.sentence_number(move.sentence[0])
    near = [t for sentence in scene.sentences[max(0, n - 1) : n + 1] for t in sentence]
    ids = dict.fromkeys(id_ for token in near for id_ in scene.entities.at(token))
    lands = [id_ for id_ in ids if scene.entities.by_id[id_].kind == "country"]
    return replace(move, by=(lands[0],), to=(lands[1],), struck=True) if len(lands) == 2 else move


def _with_swapped(scene: Scene, move: Move, verb: Token, end: int) -> Move:
    """Of "swap X for Y" the Y."""
    price = [t for c in verb.children if c.dep_ == "prep" and c.lower_ == "for" for t in c.children if t.dep_ == "pobj"]
    inner = [t for c in verb.children if c.dep_ == "dobj" for p in c.children if p.lower_ == "for" for t in p.children]
    found = next((t for t in (*price, *inner) if t.i < end), None)
    if found is not None:
        move = replace(move, gets=(*move.gets, *part_of(scene, found, end).items), firm=True)
    if not move.by and move.gets and any(c.dep_ == "auxpass" for c in verb.children):
        return _sides_before(scene, move)
    return _traded(scene, move, verb)


def _traded(scene: Scene, move: Move, verb: Token) -> Move:
    """Of "Kyiv and Moscow exchanged 90 prisoners each": both give, both get."""
    rest = tuple(id_ for id_ in move.by if not scene.lands([id_]) & scene.lands(move.by[:1]))
    if verb.tag_ != "VBD":
        return move
    if not rest:
        return replace(move, struck=bool(move.gets))
    if not move.gets and any(item.kind != "person" for item in move.gives):
        return replace(move, gives=())  # "exchanged fire", "exchanged ambassadors"
    return replace(move, by=move.by[:1], to=rest, gets=move.gets or move.gives, firm=True, struck=True)


def _stands(scene: Scene, move: Move, markers: list[Marker]) -> bool:
    """Whether a move has someone who makes it and something in it; a bare "if" must bind somebody else."""
    if not move.gives and not move.gets:
        return False
    token = scene.doc[move.trigger]
    if markers and all(m.sense == "if" for m in markers) and not move.to and token.lemma_ not in OFFERING:
        return any(_is_somebody(scene, scene.doc[m.start].head) for m in markers)
    if move.kind == "swap" and all(item.kind == "commitment" for item in (*move.gives, *move.gets)):
        return False
    if move.firm and move.by and not is_party(scene, (*move.by, *move.to)) and not _are_bodies(scene, move.by):
        return False
    return bool(move.by or move.to or (scene.tables.move(token) and any(m.sense == "price" for m in markers)))


def _is_somebody(scene: Scene, verb: Token) -> bool:
    """Whether a condition binds somebody, though the entities do not know whom: "if the government released"."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    return any(c.lower_ in ("they", "he", "she") or c.lemma_.lower() in scene.tables.words["bodies"] for c in subjects)


def _are_bodies(scene: Scene, ids: tuple[str, ...]) -> bool:
    return all(scene.entities.by_id[id_].kind in ("organization", "country", "group") for id_ in ids)


def _joined(moves: list[Move]) -> Iterator[Move]:
    """Join what one side asks and offers in one sentence: "asked for X and offered Y in return"."""
    kept: list[Move] = []
    for move in moves:
        last = kept[-1] if kept else None
        if last and set(last.by) & set(move.by) and not (last.noun or move.noun):
            gives, gets = (*last.gives, *move.gives), (*last.gets, *move.gets)
            is_whole = bool(gives and gets) and {last.kind, move.kind} == {"offer", "demand"}
            firm = last.firm or move.firm or is_whole
            kept[-1] = replace(last, gives=gives, gets=gets, to=last.to or move.to, firm=firm)
        else:
            kept.append(move)
    yield from kept
