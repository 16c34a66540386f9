"""Filters as conditions of a question, each made by what knows its kind."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from sqlalchemy import Dialect, func, literal, not_, select

from dragoman.ledger import by_party, by_report, by_value, schema
from dragoman.ledger.condition import Asked, Condition, Make
from dragoman.ledger.filter_values import Days, Who
from dragoman.ledger.filters import Filter, Filters
from dragoman.ledger.lists import LISTS

E, S, R, O, F = schema.events.c, schema.statements.c, schema.reports.c, schema.occurrences.c, schema.flags.c  # noqa: E741


MAKERS: Mapping[tuple[str, str], Make] = {
    **{("events", name): by_value.own(E[name]) for name in ("type", "quad", "status")},
    **{("occurrences", name): by_value.own(O[name], indexed=name == "type") for name in ("type", "quad", "status")},
    **{("events", name): by_value.yes(E[name]) for name in ("claimed", "hearsay", "dated")},
    ("occurrences", "claimed"): by_value.yes(O.claimed),
    **{
        (of, name): by_value.number(LISTS[of].table.c[column], indexed=column in indexed)
        for of, indexed in (("events", ("confidence", "intensity", "killed_low", "size_low")), ("occurrences", ()))
        for name, column in (
            ("confidence", "confidence"), ("intensity", "intensity"), ("killed", "killed_low"),
            ("injured", "injured_low"), ("detained", "detained_low"), ("size", "size_low"),
        )
    },
    ("occurrences", "reports"): by_value.number(O.reports, indexed=True),
    ("occurrences", "publishers"): by_value.number(O.publishers),
    **{(of, "date"): by_value.date(LISTS[of].sorts["day"]) for of in LISTS},
    ("events", "actor"): by_party.participant("actor"),
    ("events", "recipient"): by_party.participant("recipient"),
    ("events", "entity"): by_party.participant("actor", "recipient"),
    ("events", "country"): by_party.participant("actor", "recipient"),
    ("events", "sector"): by_party.participant("actor", "recipient"),
    ("events", "dyad"): by_party.dyad,
    ("events", "mode"): by_party.listed(schema.modes, "mode"),
    ("events", "context"): by_party.listed(schema.contexts, "context"),
    ("events", "occurrence"): by_report.occurrence,
    ("occurrences", "actor"): by_report.side("actor"),
    ("occurrences", "recipient"): by_report.side("recipient"),
    ("occurrences", "country"): by_report.side("actor", "recipient"),
    ("occurrences", "entity"): by_report.side("actor", "recipient"),
    ("occurrences", "sector"): by_report.side("actor", "recipient"),
    ("occurrences", "mode"): by_report.by_events(by_party.listed(schema.modes, "mode")),
    ("occurrences", "context"): by_report.by_events(by_party.listed(schema.contexts, "context")),
    ("occurrences", "publisher"): by_report.by_events(by_value.own(E.publisher, spelt=True)),
    ("occurrences", "report"): by_report.by_events(by_report.of_report(by_report.begins)),
    ("occurrences", "text"): by_report.by_events(by_report.text(schema.events)),
    **{
        (of, name): make
        for of in ("events", "occurrences")
        for name, make in (("place", by_value.place), ("point", by_value.point))
    },
    ("statements", "source"): by_party.speaker(S.source),
    ("statements", "addressee"): by_party.speaker(S.addressee),
    ("statements", "country"): by_party.speaker(S.source, S.addressee),
    ("statements", "sector"): by_party.speaker(S.source, S.addressee),
    ("statements", "kind"): by_value.own(S.kind, indexed=False),
    ("statements", "attribution"): by_value.own(S.attribution, indexed=False),
    ("statements", "cue"): by_value.own(S.lemma),
    ("negotiations", "party"): by_party.linked(schema.parties, "negotiation"),
    ("negotiations", "subject"): by_value.subject,
    ("negotiations", "status"): by_party.proposal,
    ("reports", "entity"): by_party.linked(schema.entities, "report"),
    ("reports", "language"): by_value.own(R.language, indexed=False),
    ("flags", "kind"): by_value.own(F.kind),
    ("flags", "severity"): by_value.own(F.severity, indexed=False),
    ("events", "publisher"): by_value.own(E.publisher, spelt=True),
    ("statements", "publisher"): by_value.own(S.publisher, indexed=False, spelt=True),
    **{(of, "publisher"): by_report.of_report(by_report.publisher) for of in ("reports", "negotiations", "flags")},
    **{(of, "report"): by_report.of_report(by_report.begins) for of in LISTS if of != "occurrences"},
    **{
        (of, "review"): by_value.own(LISTS[of].table.c.review, indexed=False)
        for of in ("events", "statements", "negotiations", "flags")
    },
    **{(of, "text"): by_report.text(LISTS[of].table) for of in ("events", "statements", "reports")},
    **{(of, "text"): by_report.text(schema.reports) for of in ("negotiations", "flags")},
}  # fmt: skip


def conditions_of(filters: Filters, dialect: Dialect, *, paged: bool = False) -> list[Condition]:
    """Return the conditions of filters, for a page of rows or for all; UsageError where one cannot be asked."""
    days = [term.values[0] for term in filters.terms if term.name == "date" and _is_one_range(term)]
    asked = Asked(LISTS[filters.of], dialect, cast(Days, days[0]) if days else None, filters.within)
    found = [
        _turned(MAKERS[filters.of, term.name](replace(asked, by_row=paged and term.unwanted), term.values), term)
        for term in filters.terms
    ]
    dyads = _dyads(filters, asked)
    if dyads:  # the index of pairs says more than those of either side, and must not be multiplied with them
        sides = [term.name in ("actor", "recipient") for term in filters.terms]
        found = [replace(one, keys=None) if side else one for one, side in zip(found, sides, strict=True)]
    return [*found, *dyads]


def _is_one_range(term: Filter) -> bool:
    return not term.unwanted and len(term.values) == 1


def _turned(condition: Condition, term: Filter) -> Condition:
    """Return a condition, or that it does not hold, which is true too where nothing is known."""
    if not term.unwanted:
        return condition
    return Condition(not_(func.coalesce(condition.test, False)))


def _dyads(filters: Filters, asked: Asked) -> list[Condition]:
    """Return what serves an actor and a recipient by country together: the index of pairs."""
    terms = [filters.first(name) for name in ("actor", "recipient")]
    if filters.of != "events" or any(term is None or not _countries(term.values) for term in terms):
        return []
    actors, recipients = ([value.value for value in cast(Filter, term).values] for term in terms)  # type: ignore[union-attr]
    pairs = schema.pairs.c
    keys = select(pairs.event).where(pairs.actor.in_(actors), pairs.recipient.in_(recipients))
    return [Condition(literal(1) == 1, keys.where(*asked.in_days(pairs.day)), known=True)]


def _countries(values: Sequence[object]) -> bool:
    return all(isinstance(value, Who) and value.kind == "country" for value in values)
