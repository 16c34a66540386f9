"""Who and what takes part: mentions, coreference, roles, country and sector."""

from spacy.tokens import Doc

from dragoman.entities.coreference import OFFICIAL, Chains, Participant, Resolver, home_country
from dragoman.entities.knowledge import Knowledge
from dragoman.entities.lookup import Entities
from dragoman.entities.mentions import UNNAMED, Phrase, find_phrases
from dragoman.entities.names import is_acronym
from dragoman.records import Entity, EntityKind, Mention, Report

__all__ = ["Entities", "find_entities"]

MOSTLY = 0.7  # of the mentions with a country, for a report to be one country's own affair
FORM_ORDER = ("name", "metonym", "nominal", "pronoun")


def find_entities(doc: Doc, report: Report, knowledge: Knowledge) -> Entities:
    """Return who and what takes part in a report, each with all its mentions."""
    date = report.published[:10] if report.published else None
    phrases = find_phrases(doc, knowledge, date, report.dateline.span.end if report.dateline else 0)
    chains = Resolver(doc, knowledge, date).resolve(phrases)
    home, share = home_country(chains.participants, report.dateline.country if report.dateline else None)
    kept = sorted((p for p in chains.participants if p.phrases), key=lambda p: p.phrases[0].start)
    ids = {id(participant): f"e{n}" for n, participant in enumerate(kept, 1)}
    records = tuple(_record(doc, participant, ids[id(participant)], home, share >= MOSTLY) for participant in kept)
    return Entities(records, _heads(doc, phrases, chains, ids), _speaks_for(phrases, chains, ids))


def _record(doc: Doc, participant: Participant, id_: str, home: str | None, mostly: bool) -> Entity:
    kind: EntityKind = participant.kind  # type: ignore[assignment]  # the phrases' own kinds
    sector = participant.sector
    country = participant.country or (home if _belongs_at_home(participant, mostly) else None)
    if sector is None and participant.role is None and _is_private(participant, kind):
        sector = "CVL"  # the codebook's own catch-all for persons and groups for whom no other sector is told
    return Entity(
        id=id_,
        name=_name(participant),
        kind=kind,
        country=country,
        sector=sector,
        sectors=next((p.sectors for p in participant.phrases if p.sectors), ()),
        role=participant.role,
        wikidata=next((p.wikidata for p in participant.phrases if p.wikidata), None),
        mentions=tuple(_mention(doc, p) for p in sorted(participant.phrases, key=lambda p: p.start)),
    )


def _is_private(participant: Participant, kind: EntityKind) -> bool:
    """Whether a report names a person in full and gives no office, or tells of a group by its nationality alone."""
    if kind == "group":
        return participant.country is not None
    return kind == "person" and not participant.known and any(" " in name for name in participant.names)


def _belongs_at_home(participant: Participant, mostly: bool) -> bool:
    """Whether a participant without a country is of the one that the report is about.

    Officials are, where a country has half of the report; other people and bodies where it has nearly all.
    """
    if participant.kind == "country" or (participant.kind == "unnamed" and participant.first.noun in UNNAMED):
        return False
    known_to_be_none = any(p.known for p in participant.phrases)
    return not known_to_be_none and (participant.sector in OFFICIAL or mostly)


def _name(participant: Participant) -> str:
    if participant.kind == "country" or (participant.kind != "person" and participant.known):
        return participant.known or participant.first.name
    if participant.names:
        full = max(participant.names, key=lambda name: (not is_acronym(name), len(name)))
        return (
            participant.known
            if participant.known and len(full.split()) == 1
            else full.replace(". ", " ")
            if full.count(" ") == 1 and ". " in full and len(full.split(". ")[0]) > 2
            else full
        )
    return participant.known or participant.first.name


def _mention(doc: Doc, phrase: Phrase) -> Mention:
    span = doc[phrase.start : phrase.end]
    return Mention(start=span.start_char, end=span.end_char, text=span.text, form=phrase.form)


def _speaks_for(phrases: list[Phrase], chains: Chains, ids: dict[int, str]) -> dict[str, str]:
    """Map each spokesperson to the body named with the office: "NSC spokeswoman Jane Smith" speaks for the NSC."""
    bodies = {
        p.start: chains.meant.get((p.start, p.end, p.form)) for p in phrases if p.kind in ("organization", "country")
    }
    found: dict[str, str] = {}
    for phrase in phrases:
        who, body = chains.meant.get((phrase.start, phrase.end, phrase.form)), bodies.get(phrase.body)
        if who and body and (phrase.role or "").lower().startswith("spokes") and ids[id(who[0])] != ids[id(body[0])]:
            found.setdefault(ids[id(who[0])], ids[id(body[0])])
    return found


def _heads(doc: Doc, phrases: list[Phrase], chains: Chains, ids: dict[int, str]) -> dict[int, tuple[str, ...]]:
    """Map the tokens that head each mention to who is meant; a name's tokens win over a description's."""
    heads: dict[int, tuple[str, ...]] = {}
    order = sorted(phrases, key=lambda p: (FORM_ORDER.index(p.form) == 0, p.start - p.end))
    for phrase in order:
        meant = chains.meant.get((phrase.start, phrase.end, phrase.form))
        if not meant:
            continue
        who = tuple(ids[id(p)] for p in meant if id(p) in ids)
        for i in range(phrase.start, phrase.end):
            if not phrase.start <= doc[i].head.i < phrase.end or doc[i].head.i == i or i == phrase.head:
                heads[i] = who
    return heads
