"""From drafts to negotiations: status, claims, channel, date, subject, parties."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec.structs import replace
from spacy.tokens import Token

from dragoman.events.candidates import Candidate
from dragoman.events.dates import dates_of
from dragoman.negotiations.agreements import Commitment
from dragoman.negotiations.custody import with_holders
from dragoman.negotiations.drafts import Draft
from dragoman.negotiations.items import OWN_ACCOUNT, Scene
from dragoman.negotiations.move import Move
from dragoman.negotiations.obstacles import obstacles_of
from dragoman.negotiations.replies import Answer
from dragoman.records import DateRange, Negotiation, Obstacle, Proposal, Report, Span, StatusBy, span_of

ProposalStatus = Literal["offered", "countered", "accepted", "rejected", "withdrawn", "carried out"]


def negotiations_from(
    scene: Scene, report: Report, drafts: Sequence[Draft], commitments: Sequence[Commitment]
) -> tuple[Negotiation, ...]:
    """Return the negotiations of a report: its proposals, those of one bargain together, and agreements at issue."""
    subjects = [_subject(scene, draft) for draft in drafts]
    groups: list[list[int]] = []
    for n, draft in enumerate(drafts):
        group = next((g for g in groups if any(_one_bargain(scene, drafts[m], draft) for m in g)), None)
        if group is None:
            groups.append([n])
        else:
            group.append(n)
    told = [_negotiation(scene, report, drafts, subjects, f"n{k}", group) for k, group in enumerate(groups, 1)]
    for commitment in commitments:
        _add_commitment(scene, told, commitment)
    return tuple(told)


def _add_commitment(scene: Scene, told: list[Negotiation], commitment: Commitment) -> None:
    """Put a commitment into the negotiation of its parties and subject, or into one of its own."""
    parties = (*commitment.by, *commitment.to)
    subject = subject_of(scene, [commitment.item], [commitment.sentence])
    obstacle = Obstacle(
        text=commitment.text(scene.entities.by_id[commitment.by[0]].name),
        entity=commitment.by[0],
        evidence=(sentence_span(scene, *commitment.sentence),),
    )
    for n, other in enumerate(told):
        if other.subject == subject and scene.lands(other.parties) >= scene.lands(parties):
            told[n] = replace(other, obstacles=(*other.obstacles, obstacle))
            return
    id_ = f"n{len(told) + 1}"
    told.append(Negotiation(id=id_, subject=subject, parties=parties, proposals=(), obstacles=(obstacle,)))


def _one_bargain(scene: Scene, a: Draft, b: Draft) -> bool:
    """Whether two proposals belong to one bargain: one of the sides is on both."""
    return bool(scene.lands((*a.by, *a.to)) & scene.lands((*b.by, *b.to)))


def _negotiation(
    scene: Scene, report: Report, drafts: Sequence[Draft], subjects: Sequence[str], id_: str, group: Sequence[int]
) -> Negotiation:
    members = [drafts[n] for n in group]
    _tell_holders(scene, members)
    parties = tuple(dict.fromkeys(e for draft in members for e in (*draft.by, *draft.to)))
    return Negotiation(
        id=id_,
        subject=Counter(subjects[n] for n in group).most_common(1)[0][0],
        parties=parties,
        proposals=tuple(_proposal(scene, report, drafts, n) for n in group),
        obstacles=obstacles_of(scene, members),
    )


def _tell_holders(scene: Scene, members: Sequence[Draft]) -> None:
    """Say who holds each item; a person's holder is one, however the item is told."""
    items = [item for draft in members for item in (*draft.gives, *draft.gets)]
    for draft in members:
        draft.gives = with_holders(draft.gives, scene.custody, items)
        draft.gets = with_holders(draft.gets, scene.custody, items)


def _proposal(scene: Scene, report: Report, drafts: Sequence[Draft], n: int) -> Proposal:
    draft = drafts[n]
    first = draft.moves[0]
    said = _status_by(scene, draft)
    return Proposal(
        id=f"p{n + 1}",
        by=draft.by,
        to=draft.to,
        gives=draft.gives,
        gets=draft.gets,
        answers=f"p{draft.answers + 1}" if draft.answers is not None else None,
        status=_status(scene, draft, any(other.answers == n for other in drafts)),
        status_by=said,
        date=_date(scene, first, report),
        channel=_channel(scene, draft),
        claimed_in=_claim(scene, draft),
        evidence=_evidence(scene, draft),
    )


def _date(scene: Scene, move: Move, report: Report) -> DateRange | None:
    """When the move was made, where its sentence has a date; the look through the whole text is spared elsewhere."""
    start, end = move.sentence
    if not any(token.ent_type_ == "DATE" for token in scene.doc[start:end]):
        return None
    candidate = Candidate(move.trigger, move.trigger + 1, move.trigger, (), (), move.sentence)
    return dates_of(scene.doc, candidate, report)[0]


def _status(scene: Scene, draft: Draft, is_countered: bool) -> ProposalStatus:
    """Where a proposal stands: as its last reply has it, else by a counter-proposal, else as it was told."""
    own = (reply for reply in draft.replies if not _is_bystander(scene, draft, reply))
    firm = [reply.status for reply in own if reply.status != "offered" and not reply.is_denial]
    if firm:
        return firm[-1]
    if any(move.struck for move in draft.moves):
        return "carried out"
    if is_countered:
        return "countered"
    return _told_status(scene, draft)


def _is_bystander(scene: Scene, draft: Draft, reply: Answer) -> bool:
    """Whether who replies is a party or a rebel group that the offer is not to: "Republicans called it a ransom"."""
    sides = scene.lands((*draft.by, *draft.to))
    known = [scene.entities.by_id[id_] for id_ in reply.by]
    return bool(draft.moves[0].to) and any(e.sector in OWN_ACCOUNT and e.id not in sides for e in known)


def _told_status(scene: Scene, draft: Draft) -> ProposalStatus:
    """Where a proposal stands by the words that tell it, answers left out."""
    if any(move.struck for move in draft.moves):
        return "carried out"
    if any(move.kind == "deal" for move in draft.moves):
        return "accepted"
    return "accepted" if _is_under_a_pact(scene, draft.moves[0]) else "offered"


def _is_under_a_pact(scene: Scene, move: Move) -> bool:
    """Whether a move stands "under an agreement signed in Oslo"."""
    pacts = scene.tables.words["pacts"]
    nouns = (t for t in scene.doc[move.sentence[0] : move.sentence[1]] if t.lemma_.lower() in pacts)
    return any(t.dep_ == "pobj" and t.head.lower_ in ("under", "in") and _is_made(t) for t in nouns)


def _is_made(pact: Token) -> bool:
    made = ("sign", "reach", "strike", "agree", "announce", "conclude")
    return any(c.dep_ == "acl" and c.lemma_ in made for c in pact.children)


def _status_by(scene: Scene, draft: Draft) -> tuple[StatusBy, ...]:
    """Who says so: the speaker who tells of a reply, else who replies; each with the last thing said.

    A denial turns round what was said before it: that an offer was accepted, or that it was refused.
    """
    said: dict[str | None, str] = {}
    told: str = _told_status(scene, draft)
    if any(reply.is_denial for reply in draft.replies):
        said[_teller(scene, draft)] = told
    denied = False
    for reply in draft.replies:
        if not reply.is_denial:
            told = reply.status
            said[_sayer(reply)] = told
        elif _sayer(reply) not in said or said[_sayer(reply)] == told:
            said[_sayer(reply)] = "offered" if told == "rejected" and not denied else "rejected"
            denied = True
    return tuple(StatusBy(entity=entity, status=status) for entity, status in said.items() if entity is not None)


def _teller(scene: Scene, draft: Draft) -> str | None:
    """Who tells of the offer that another denies."""
    token = scene.doc[draft.moves[0].trigger]
    statement = scene.speakers.around(token.idx, token.idx + len(token))
    return (statement.source if statement else None) or (draft.by[0] if draft.by else None)


def _sayer(reply: Answer) -> str | None:
    return reply.said_by or (reply.by[0] if reply.by else None)


def _claim(scene: Scene, draft: Draft) -> str | None:
    """The statement that claims the proposal; None where the report itself, or who proposes, tells it."""
    claims = []
    for move in draft.moves:
        token = scene.doc[move.trigger]
        statement = scene.speakers.around(token.idx, token.idx + len(token))
        own = statement is not None and statement.source in draft.by
        claims.append(None if statement is None else statement.inside if own else statement.id)
    return None if None in claims else claims[0]


def _channel(scene: Scene, draft: Draft) -> Literal["public", "private"] | None:
    text = " ".join(span.text for span in _evidence(scene, draft)).lower()
    rows = scene.tables.channels
    return next((name for name, phrases in rows if any(phrase in text for phrase in phrases)), None)


def _evidence(scene: Scene, draft: Draft) -> tuple[Span, ...]:
    """The sentences that tell the proposal, the fullest first, then those that answer it."""
    order = sorted(draft.moves, key=lambda move: -(len(move.gives) + len(move.gets)))
    spans = [scene.doc[move.sentence[0] : move.sentence[1]] for move in order]
    spans += [scene.sentence_of(reply.token) for reply in draft.replies]
    return tuple(dict.fromkeys(sentence_span(scene, span.start, span.end) for span in spans))


def sentence_span(scene: Scene, start: int, end: int) -> Span:
    """Return a stretch of tokens as a span of the text, without the space around it."""
    while end - 1 > start and scene.doc[end - 1].is_space:
        end -= 1
    last = scene.doc[end - 1]
    return span_of(scene.doc.text, scene.doc[start].idx, last.idx + len(last))


def _subject(scene: Scene, draft: Draft) -> str:
    items = [item.item for item in (*draft.gives, *draft.gets)]
    held = [i for i in (*draft.gives, *draft.gets) if i.kind == "person" and (i.entity or i.held_by)]
    items += ["prisoner"] * (len(held) if not scene.words & EXTRADITING else 0)
    return subject_of(scene, items, [move.sentence for move in draft.moves])


EXTRADITING = frozenset(("extradite", "extradition", "fugitive", "prosecutor", "embezzlement"))


def subject_of(scene: Scene, told: Iterable[str], sentences: Iterable[tuple[int, int]]) -> str:
    """Return what a bargain is about: the subject with most words in its items and sentences (token offsets).

    >>> subject_of(scene, ["new bonds"], [(0, 18)])
    'debt'
    """
    items = Counter(word for item in told for word in item.lower().split())
    tokens = (token for start, end in sentences for token in scene.doc[start:end])
    around = Counter(t.lower_ for t in tokens if not (t.lower_ in ("trade", "traded") and t.pos_ == "VERB"))

    def score(words: frozenset[str]) -> float:
        return sum(2 * items[w] + around[w] for w in words) + len(words & scene.words) / 2

    scores = [(score(words), subject) for subject, words in scene.tables.subjects]
    best = max(scores, key=lambda row: row[0])
    return best[1] if best[0] else "agreement"
