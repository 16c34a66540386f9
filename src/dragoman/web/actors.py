"""Somebody, or two sides: what they did and said, with whom, and how it went over time."""

from typing import Any, Literal

from fastapi import APIRouter, Request
from sqlalchemy import select
from starlette.responses import Response

from dragoman.ledger import Ledger, schema
from dragoman.ledger.dyads import partners_of
from dragoman.ledger.filter_values import Who, pair, who
from dragoman.web.follows import followed, name_of
from dragoman.web.given import TheKept, TheLedger, ThePages
from dragoman.web.times import changed, chart_over_time

router = APIRouter(include_in_schema=False)
SHOWN = 20
COUNTING = "counting"
ByPeriod = Literal["day", "week", "month", "quarter"]


@router.get("/actor/{name}")
def actor(
    request: Request, ledger: TheLedger, kept: TheKept, pages: ThePages, name: str, by: ByPeriod = "month"
) -> Response:
    """Show what the ledger has on somebody."""
    found = _actor(ledger, name)
    meant = who(name)
    # A person without a Wikidata id has a key of our own, which no filter knows; its name is asked for.
    term = found["name"] if found and meant.kind == "name" else name
    side = found["id"] if found else meant.value

    def latest(of: str, **filters: Any) -> list[Any]:
        question = ("latest", of, *filters.items())
        return kept.get(question, lambda: ledger.page(of, sort="-day", limit=SHOWN, **filters).rows)

    values: dict[str, Any] = {
        "name": found["name"] if found else name,
        "known": found,
        "term": term,
        "does": latest("events", actor=term),
        "suffers": latest("events", recipient=term),
        "says": latest("statements", source=term),
        "bargains": latest("negotiations", party=term),
        "by": by,
        "question": f"country:{side}" if meant.kind == "country" else _quoted(term),
    }
    if not any(values[part] for part in ("known", "does", "suffers", "says", "bargains")):
        raise LookupError(f"nobody in the ledger is called {name}")
    # Last, for what is counted meanwhile would slow the page down.
    charts = kept.soon(("chart", side, by), lambda: (chart_over_time(ledger, kept, [side], by),))
    values["chart"] = COUNTING if charts is None else charts[0]
    values["partners"] = kept.soon(("partners", term), lambda: _partners(ledger, who(term)))
    return pages.response(request, "actor.html", values)


@router.get("/dyad/{sides}")
def dyad(
    request: Request, ledger: TheLedger, kept: TheKept, pages: ThePages, sides: str, by: ByPeriod = "month"
) -> Response:
    """Show what two countries did to each other."""
    two = pair(sides)
    both = [two.actor, two.recipient]

    def found() -> dict[str, object]:
        return {"chart": chart_over_time(ledger, kept, both, by), "changes": changed(ledger, kept, both)}

    def bargains() -> list[Any]:
        asked = f"party:{two.actor} party:{two.recipient}"
        return ledger.page("negotiations", asked, sort="-day", limit=SHOWN).rows

    values = {
        "one": two.actor,
        "other": two.recipient,
        "by": by,
        "followed": name_of(two) in followed(request),
        "there": ledger.page("events", f"dyad:{two.actor}-{two.recipient}", sort="-day", limit=SHOWN).rows,
        "back": ledger.page("events", f"dyad:{two.recipient}-{two.actor}", sort="-day", limit=SHOWN).rows,
        "bargains": kept.get(("bargains", name_of(two)), bargains),
        "found": kept.soon(("dyad", name_of(two), by), found),  # last: what is counted meanwhile slows the page down
    }
    return pages.response(request, "dyad.html", values)


def _quoted(term: str) -> str:
    """Return the filter of what somebody takes part in; a name cannot hold the mark that ends it there."""
    return 'entity:"{}"'.format(term.replace('"', ""))


def _actor(ledger: Ledger, name: str) -> dict[str, Any] | None:
    """Return the joined actor of a key."""
    with ledger.reading() as connection:
        row = connection.execute(select(schema.actors).where(schema.actors.c.id == name)).mappings().first()
        if row is None:
            return None
        names = schema.actor_names.c
        called = connection.execute(select(names.name, names.kind).where(names.actor == row["key"]).order_by(names.n))
        return {**row, "names": [dict(one) for one in called.mappings()]}


def _partners(ledger: Ledger, meant: Who) -> list[tuple[str, int]]:
    """Return with which countries somebody has most to do."""
    term = meant.value
    if meant.kind == "country":
        with ledger.reading() as connection:
            return partners_of(connection, term, SHOWN)
    count: dict[str, int] = {}
    by_side = {
        "recipient_country": ledger.count("events", by=["recipient_country"], actor=term),
        "actor_country": ledger.count("events", by=["actor_country"], recipient=term),
    }
    for other, rows in by_side.items():
        for row in rows:
            if row[other] and row[other] != term:
                count[row[other]] = count.get(row[other], 0) + row["count"]
    return sorted(count.items(), key=lambda one: (-one[1], one[0]))[:SHOWN]
