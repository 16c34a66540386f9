"""Who and what takes part: mentions, coreference, roles, country and sector."""

from spacy.tokens import Doc

from dragoman.entities.coreference import Resolver
from dragoman.entities.home import Home, home_of
from dragoman.entities.knowledge import Knowledge
from dragoman.entities.labels import label_names
from dragoman.entities.lookup import Entities
from dragoman.entities.mentions import find_phrases
from dragoman.entities.names import is_acronym
from dragoman.entities.participants import Chains, Participant
from dragoman.entities.phrases import Phrase
from dragoman.entities.stand_ins import with_stand_ins
from dragoman.entities.whereabouts import country_around
from dragoman.records import Entity, Mention, Report

__all__ = ["Entities", "find_entities"]


def find_entities(doc: Doc, report: Report, knowledge: Knowledge) -> Entities:
    """Return who and what takes part in a report, each with all its mentions."""
    label_names(doc, knowledge)
    date = report.published[:10] if report.published else None
    phrases = find_phrases(doc, knowledge, date, report.dateline.span.end if report.dateline else 0)
    chains = Resolver(doc, knowledge, date).resolve(phrases)
    home = home_of(chains.participants, report.dateline.country if report.dateline else None)
    named = frozenset(p.country for p in chains.participants if p.kind == "country")
    ordered = sorted(chains.participants, key=lambda p: p.phrases[0].start)
    ids = {id(participant): f"e{n}" for n, participant in enumerate(ordered, 1)}
    records = tuple(
        _record(doc, participant, ids[id(participant)], _country(doc, participant, knowledge, named, home))
        for participant in ordered
    )
    heads = with_stand_ins(doc, _heads(doc, phrases, chains, ids))
    return Entities(records, heads, _speaks_for(phrases, chains, ids))


def _country(
    doc: Doc, participant: Participant, knowledge: Knowledge, named: frozenset[str | None], home: Home
) -> str | None:
    """A participant's own country, else that of the place where it first does something, else the report's."""
    if participant.country is not None or participant.known:
        return participant.country or home.of(participant)
    return country_around(doc, participant.first, knowledge, named) or home.of(participant)


def _record(doc: Doc, participant: Participant, id_: str, country: str | None) -> Entity:
    return Entity(
        id=id_,
        name=_name(participant),
        kind=participant.kind,
        country=country,
        sector=participant.sector or ("CVL" if _is_private(participant) else None),
        sectors=next((p.sectors for p in participant.phrases if p.sectors), ()),
        role=participant.role,
        wikidata=next((p.wikidata for p in participant.phrases if p.wikidata), None),
        mentions=tuple(_mention(doc, p) for p in sorted(participant.phrases, key=lambda p: p.start)),
    )


def _is_private(participant: Participant) -> bool:
    """Whether a report names a person in full and gives no office, or tells of a group by its nationality alone.

    CVL is the codebook's own catch-all for persons and groups for whom no other sector is told.
    """
    if participant.role is not None:
        return False
    if participant.kind == "group":
        return participant.country is not None
    return participant.kind == "person" and not participant.known and any(" " in name for name in participant.names)


def _name(participant: Participant) -> str:
    """The name to show: the tables' own for a country or body, the fullest that the report gives a person."""
    by_tables = participant.kind == "country" or (participant.kind != "person" and participant.known)
    if by_tables or not participant.names:
        return participant.known or participant.first.name
    full = max(participant.names, key=lambda name: (not is_acronym(name), len(name)))
    is_surname = len(full.split()) == 1
    return participant.known if participant.known and is_surname else _without_stray_stop(full)


def _without_stray_stop(name: str) -> str:
    """ "Marta. Keller" is Marta Keller; "J. Keller" and "Dr. Keller" keep their stops."""
    first, stop, rest = name.partition(". ")
    return f"{first} {rest}" if stop and len(first) > 2 and name.count(" ") == 1 else name


def _mention(doc: Doc, phrase: Phrase) -> Mention:
    span = doc[phrase.start : phrase.end]
    return Mention(start=span.start_char, end=span.end_char, text=span.text, form=phrase.form)


def _speaks_for(phrases: list[Phrase], chains: Chains, ids: dict[int, str]) -> dict[str, str]:
    """Map each spokesperson to the body named with the office: "NSC spokeswoman Jane Smith" speaks for the NSC."""
    bodies = {p.start: chains.of(p) for p in phrases if p.kind in ("organization", "country")}
    found: dict[str, str] = {}
    for phrase in phrases:
        who, body = chains.of(phrase), bodies.get(phrase.body)
        speaks = (phrase.role or "").lower().startswith("spokes")
        if speaks and who and body and who[0] is not body[0]:
            found.setdefault(ids[id(who[0])], ids[id(body[0])])
    return found


def _heads(doc: Doc, phrases: list[Phrase], chains: Chains, ids: dict[int, str]) -> dict[int, tuple[str, ...]]:
    """Map the tokens that head each mention to who is meant; a name's tokens win over a description's."""
    heads: dict[int, tuple[str, ...]] = {}
    for phrase in sorted(phrases, key=lambda p: (p.form == "name", p.start - p.end)):
        who = tuple(ids[id(p)] for p in chains.of(phrase))
        if who:
            heads |= {i: who for i in range(phrase.start, phrase.end) if i == phrase.head or _leads(doc, i, phrase)}
    return heads


def _leads(doc: Doc, i: int, phrase: Phrase) -> bool:
    """Whether a token depends on nothing else in its phrase."""
    head = doc[i].head.i
    return head == i or not phrase.start <= head < phrase.end
