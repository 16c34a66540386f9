"""How a ledger's records are said in words, the same in every format."""

from collections.abc import Iterable, Sequence

from dragoman.records import DateRange, Entity, Event, Magnitude, Place, Proposal, Record, Span, Statement

NOBODY = "(not named)"


def heading(record: Record) -> str:
    """Return the report's title; its address where it has none."""
    return record.report.title or record.report.uri or "(no title)"


def origin(record: Record) -> tuple[str, ...]:
    """Return where and when the report came from, as far as it is known."""
    report = record.report
    published = report.published and f"{report.published[:10]} (from {report.published_from})"
    place = report.dateline and report.dateline.place
    authors = ", ".join(report.authors)
    shown = (report.uri if report.title else "", report.publisher, authors and f"by {authors}", published, place)
    return tuple(part for part in shown if part)


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence.

    >>> listed(["France", "Chad", "Mali"])
    'France, Chad and Mali'
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def names(record: Record, ids: Iterable[str]) -> str:
    """Return the names of participants as a list in a sentence."""
    return listed([record.entity(id_).name for id_ in ids])


def participants(record: Record) -> tuple[Entity, ...]:
    """Return the entities that say or do something, or to whom something is done, in the report's order."""
    ids: set[str | None] = {id_ for event in record.events for id_ in (*event.actors, *event.recipients)}
    ids |= {id_ for statement in record.statements for id_ in (statement.source, statement.addressee)}
    for negotiation in record.negotiations:
        ids |= {*negotiation.parties, *(obstacle.entity for obstacle in negotiation.obstacles)}
    return tuple(entity for entity in record.entities if entity.id in ids)


def affiliation(entity: Entity) -> str:
    """Return an entity's country and sectors: "USA GOV"."""
    return " ".join(part for part in (entity.country, entity.sector, *entity.sectors) if part) or "–"


def speaker(record: Record, statement: Statement) -> str:
    """Return who a statement is attributed to."""
    if statement.source is not None:
        return record.entity(statement.source).name
    return statement.source_span.text if statement.source_span else NOBODY


def words_of(spans: Iterable[Span]) -> str:
    """Return the words of several spans, with a mark where the text between them is left out."""
    return " […] ".join(span.text for span in spans)


def speech_marks(record: Record, statement: Statement) -> tuple[str, ...]:
    """Return what else is known of a statement: its kind, cue, addressee, venue, day, and what it stands in."""
    marks: list[str] = [statement.kind, statement.attribution or "", statement.cue.text if statement.cue else ""]
    if statement.addressee is not None:
        marks.append(f"to {record.entity(statement.addressee).name}")
    if statement.date is not None:
        marks.append(when(statement.date))
    marks.append(statement.venue or "")
    if statement.inside is not None:
        marks.append(f"reported in {statement.inside}")
    return tuple(mark for mark in marks if mark)


def code_of(event: Event) -> str:
    """Return an event's code: its type and modes."""
    return " ".join((event.type, *event.modes))


def sides_of(record: Record, event: Event) -> str:
    """Return who did it, and to whom: "France → Mali", or "France and Mali" of equals."""
    actors, recipients = names(record, event.actors), names(record, event.recipients)
    return f"{actors or NOBODY} → {recipients}" if recipients else actors or NOBODY


def when(date: DateRange) -> str:
    """Return a date no more exactly than the report tells it.

    >>> when(DateRange(start="2016-06-01", end="2016-06-30", precision="month", text="June 2016"))
    '2016-06'
    """
    if date.start == date.end:
        return date.start
    if date.precision in ("month", "year"):
        return date.start[: 7 if date.precision == "month" else 4]
    return f"{date.start} to {date.end}"


def where(place: Place) -> str:
    """Return a place and its country."""
    return f"{place.name} ({place.country})" if place.country else place.name


def event_marks(record: Record, event: Event) -> tuple[str, ...]:
    """Return when and where an act was done, whether it was done, who claims so, and how sure the coding is."""
    marks: list[str] = [when(event.date) if event.date else "", where(event.place) if event.place else "", event.status]
    if event.due is not None:
        marks.append(f"due {when(event.due)}")
    claim = next((s for s in record.statements if s.id == event.claimed_in), None)
    if claim is not None:
        marks.append(f"claimed by {speaker(record, claim)} in {claim.id}")
    marks += ["hearsay" if event.hearsay else "", *counts(event.magnitude)]
    return (*(mark for mark in marks if mark), f"confidence {event.confidence:.2f}")


def counts(magnitude: Magnitude | None) -> tuple[str, ...]:
    """Return the numbers of an event as the report gives them: "killed: at least 20"."""
    if magnitude is None:
        return ()
    fields = {name: getattr(magnitude, name) for name in magnitude.__struct_fields__}
    return tuple(f"{name}: {quantity.text}" for name, quantity in fields.items() if quantity is not None)


def offer(record: Record, proposal: Proposal) -> str:
    """Return a proposal in a sentence: who gives what to whom for what."""
    gives, gets = (listed([item.item for item in items]) for items in (proposal.gives, proposal.gets))
    verb = "offers" if gives else "asks for" if gets else "proposes"
    terms = " for ".join(part for part in (gives, gets) if part)
    to = names(record, proposal.to)
    return f"{names(record, proposal.by) or NOBODY} {verb} {terms}".rstrip() + (f", to {to}" if to else "")


def offer_marks(record: Record, proposal: Proposal) -> tuple[str, ...]:
    """Return where a proposal stands, who says so, and what it answers."""
    marks: list[str] = [proposal.status]
    for row in proposal.status_by:
        marks.append(f"{row.status} according to {record.entity(row.entity).name if row.entity else NOBODY}")
    marks.append(f"answers {proposal.answers}" if proposal.answers else "")
    marks += [when(proposal.date) if proposal.date else "", proposal.channel or ""]
    marks.append(f"claimed in {proposal.claimed_in}" if proposal.claimed_in else "")
    return tuple(mark for mark in marks if mark)
