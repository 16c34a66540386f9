"""From coded candidates to events: who takes part, who claims it, and one event for one act however often told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from dragoman.entities.lookup import Entities
from dragoman.events.candidates import Candidate
from dragoman.events.coder import Coding
from dragoman.records import DateRange, Place, Statement, Status

FIRST_PERSON = frozenset("i we me us my our".split())
OBJECT_PRONOUNS = frozenset("him her them us me".split())
FORCES = frozenset(("MIL", "COP", "SPY", "GOV"))
SPOKEN = frozenset(("verbal cooperation", "verbal conflict"))
CALLING_HOME = frozenset("recall withdraw call pull close evacuate".split())  # their envoys: it is aimed at the hosts
SAID_IN_MEETINGS = frozenset(("REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT"))
NEXT = 16  # tokens from the end of a sentence to the beginning of one that goes on with it
SYMMETRIC = frozenset(("CONSULT", "COOPERATE"))  # all who take part are actors unless one visits


@dataclass(frozen=True, slots=True)
class Sides:
    """Who takes part in a candidate: entity ids, and the tokens that the coder is shown."""

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    actor_tokens: tuple[int, ...]
    recipient_tokens: tuple[int, ...]


@dataclass(slots=True)
class Told:
    """One telling of an act, before the tellings are joined."""

    candidate: Candidate
    coding: Coding
    sides: Sides
    status: Status
    claimed_in: str | None
    quad: str
    date: DateRange | None = None
    due: DateRange | None = None
    place: Place | None = None
    again: list["Told"] = field(default_factory=list)


class Speakers:
    """Which statement holds a place in the text, and who speaks in it."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._spans = [(s.start, s.end, statement) for statement in statements for s in statement.content]

    def around(self, start: int, end: int) -> Statement | None:
        """Return the innermost statement whose content holds these characters."""
        holding = [(b - a, s) for a, b, s in self._spans if a <= start and end <= b]
        return min(holding, key=lambda row: row[0])[1] if holding else None


def sides_of(doc: Doc, candidate: Candidate, entities: Entities, speakers: Speakers) -> Sides:
    """Return who takes part: the first phrase on each side that means somebody, and those listed with it."""
    actors, actor_tokens = _resolve(doc, candidate.actors, entities, speakers, ())
    own = (*actors, *(entities.speaks_for[id_] for id_ in actors if id_ in entities.speaks_for))
    if candidate.recipients and _is_untold(doc[candidate.recipients[0]], entities, speakers):
        return Sides(actors, (), actor_tokens, ())
    others = [i for i in candidate.recipients if not _is_own_force(doc[i], own, entities)]
    recipients, recipient_tokens = _resolve(doc, others, entities, speakers, own)
    if not recipients and doc[candidate.head].lemma_ not in CALLING_HOME:
        recipients, recipient_tokens = _resolve(doc, candidate.recipients, entities, speakers, own)
    return Sides(actors, recipients, actor_tokens, recipient_tokens)


def _is_untold(token: Token, entities: Entities, speakers: Speakers) -> bool:
    """Whether the one acted upon is a pronoun of nobody known: who stands deeper is somebody else."""
    return token.dep_ == "dobj" and token.lower_ in OBJECT_PRONOUNS and not _meant(token, entities, speakers)


def _is_own_force(token: Token, own: Sequence[str], entities: Entities) -> bool:
    """Whether somebody's own people are what he moves: "withdrew its troops from Chad" is aimed at Chad."""
    if not any(c.dep_ == "poss" and c.pos_ == "PRON" for c in token.children):
        return False
    moved = [entities.by_id[id_] for id_ in entities.at(token) if id_ in entities.by_id]
    countries = countries_of(own, entities)
    return any(e.sector in FORCES and e.country in countries for e in moved)


def _resolve(
    doc: Doc, tokens: Sequence[int], entities: Entities, speakers: Speakers, taken: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    ids: dict[str, None] = {}
    used: list[int] = []
    for i in tokens:
        if used and not _listed_with(doc[i], used, doc):
            continue
        meant = _meant(doc[i], entities, speakers) or _by_adjective(doc[i], entities)
        found = [id_ for id_ in meant if id_ not in taken]
        if found:
            used.append(i)
            ids.update(dict.fromkeys([*_named_beside(doc[i], found, entities), *found]))
    return tuple(ids), tuple(used)


def _by_adjective(token: Token, entities: Entities) -> tuple[str, ...]:
    """Whose something is that nobody is: "American pressure", "the Israeli strike"."""
    owners = (entities.at(c) for c in token.children if c.dep_ == "amod" and c.ent_type_ == "NORP")
    return next((ids for ids in owners if ids), ())


def _named_beside(token: Token, found: Sequence[str], entities: Entities) -> Iterator[str]:
    """Whom the words before a noun name besides: "Russian and Ukrainian officials", "North and South Korea"."""
    known = countries_of(found, entities)
    for first in token.children:
        listed = [c for c in first.children if c.dep_ == "conj"]
        if known and listed and first.dep_ in ("amod", "nmod", "compound"):
            for word in (first, *listed):
                yield from (id_ for id_ in entities.at(word) if not countries_of([id_], entities) <= known)


def _listed_with(token: Token, used: list[int], doc: Doc) -> bool:
    """Whether a phrase stands in one list with those already taken: "Japan, Korea and the Philippines"."""
    while token.dep_ == "conj":
        token = token.head
        if token.i in used:
            return True
    return False


def _meant(token: Token, entities: Entities, speakers: Speakers) -> tuple[str, ...]:
    if token.lower_ in FIRST_PERSON and token.pos_ == "PRON":
        statement = speakers.around(token.idx, token.idx + len(token))
        return (statement.source,) if statement and statement.source else ()
    return entities.at(token)


def claim_of(doc: Doc, candidate: Candidate, sides: Sides, quad: str, speakers: Speakers) -> str | None:
    """Return the id of the statement that claims an act; None where the report itself tells it.

    What a speaker does by speaking ("I urge the Kremlin to accept…") is told by the report that quotes it.
    """
    trigger = doc[candidate.start : candidate.end]
    statement = speakers.around(trigger.start_char, trigger.end_char)
    if statement is None:
        return None
    if quad in SPOKEN and statement.source is not None and statement.source in sides.actors:
        return statement.inside
    return statement.id


def join(told: Sequence[Told], entities: Entities) -> list[Told]:
    """Join the tellings of one act: the same type and sides that do not differ, dates that do not either."""
    events: list[Told] = []
    for telling in told:
        same = next((e for e in events if any(_same_act(t, telling, entities) for t in (e, *e.again))), None)
        if same is None:
            events.append(telling)
        else:
            same.again.append(telling)
    return events


def _same_act(a: Told, b: Told, entities: Entities) -> bool:
    if a.coding.type != b.coding.type or (a.status == "negated") != (b.status == "negated"):
        return False
    near = a.candidate.sentence == b.candidate.sentence  # "announced this week that it had made an offer last month"
    if not near and a.date and b.date and (a.date.end < b.date.start or b.date.end < a.date.start):
        return False
    everyone_a = {*a.sides.actors, *a.sides.recipients}
    everyone_b = {*b.sides.actors, *b.sides.recipients}
    if a.coding.type in SYMMETRIC:
        return len(everyone_a & everyone_b) >= min(2, len(everyone_a), len(everyone_b))
    if _spoken_on(a, b, entities):
        return True
    if not _agree(a.sides.actors, b.sides.actors, near) or not _agree(a.sides.recipients, b.sides.recipients, near):
        return False
    if (a.status == "historical") != (b.status == "historical") and not (a.date and b.date):
        return False
    modes = set(a.coding.modes), set(b.coding.modes)
    return near or not (modes[0] and modes[1] and modes[0].isdisjoint(modes[1]))


def _spoken_on(a: Told, b: Told, entities: Entities) -> bool:
    """Whether a speaker goes on with one threat or demand from sentence to sentence, at whoever of the other side."""
    close = 0 <= b.candidate.sentence[0] - a.candidate.sentence[1] <= NEXT
    if not close or a.quad not in SPOKEN or not set(a.sides.actors) & set(b.sides.actors):
        return False
    return bool(countries_of(a.sides.recipients, entities) & countries_of(b.sides.recipients, entities))


def _agree(a: tuple[str, ...], b: tuple[str, ...], near: bool) -> bool:
    """Whether two tellings may have one side: in common, or, within a sentence, untold in one of them."""
    return bool(set(a) & set(b)) or (not a and not b) or (near and (not a or not b))


def date_by_meeting(events: Sequence[Told], entities: Entities) -> None:
    """Give what was said without a date the day of the one dated meeting or call of the same sides in the report."""
    meetings = [e for e in events if e.coding.type == "CONSULT" and e.date is not None and e.status == "actual"]
    if len(meetings) != 1:
        return
    present = countries_of((*meetings[0].sides.actors, *meetings[0].sides.recipients), entities)
    for event in events:
        undated = event.date is None and event.due is None and event.claimed_in is None and event.status == "actual"
        if not undated or event.coding.type not in SAID_IN_MEETINGS:
            continue
        actors, recipients = countries_of(event.sides.actors, entities), countries_of(event.sides.recipients, entities)
        if actors & present and recipients & present and actors != recipients:
            event.date = meetings[0].date


def countries_of(ids: Iterable[str], entities: Entities) -> set[str]:
    """Return the countries of these entities, where they have one."""
    return {c for id_ in ids if id_ in entities.by_id and (c := entities.by_id[id_].country) is not None}
