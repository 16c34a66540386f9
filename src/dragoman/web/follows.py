"""The dyads that a reader follows, and what changed in them.

They are kept in a cookie of the reader's browser: that survives restarts of both, tells readers of one desk apart
without accounts, and asks nothing of a ledger that may be read by many and written by few.
"""

import re
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from dragoman.corpus.tallies import Shift
from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.ledger.answers import EventRow
from dragoman.ledger.filter_values import Pair, pair
from dragoman.web.kept import Kept
from dragoman.web.pages import form_of
from dragoman.web.times import changed

router = APIRouter(include_in_schema=False)
COOKIE, YEAR = "dragoman_follows", 365 * 24 * 3600
MOST, SHOWN = 12, 3
NAME = re.compile(r"[A-Z]{3}-[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Followed:
    """A dyad that is followed: the last weeks that left their range, its last day, its newest events."""

    one: str
    other: str
    changes: list[Shift] | None  # None: they are being counted
    newest: str | None
    events: list[EventRow]


@router.post("/dyad/{sides}/{choice}")
def choose(request: Request, sides: str, choice: str, form: Annotated[dict[str, str], Depends(form_of)]) -> Response:
    """Follow a dyad from now on, or no more."""
    name = name_of(pair(sides))
    if choice not in ("follow", "unfollow"):
        raise HTTPException(404, "A dyad is followed or unfollowed.")
    names = [one for one in followed(request) if one != name]
    if choice == "follow":
        if len(names) >= MOST:
            raise HTTPException(422, f"{MOST} dyads are followed at most; let one go first.")
        names.append(name)
    response = RedirectResponse(f"/dyad/{sides}", 303)
    response.set_cookie(COOKIE, ".".join(names), max_age=YEAR, httponly=True, samesite="strict")
    return response


def name_of(two: Pair) -> str:
    """Return the one name of a dyad, whichever side was named first.

    >>> name_of(pair("USA-RUS")) == name_of(pair("RUS-USA"))
    True
    """
    return "-".join(sorted((two.actor, two.recipient)))


def followed(request: Request) -> list[str]:
    """Return the names of the dyads that a reader follows; what is no dyad in the cookie is passed over."""
    names = dict.fromkeys(NAME.findall(request.cookies.get(COOKIE, "")[:1000]))
    return [name for name in names if _is_dyad(name)][:MOST]


def news_of(request: Request, ledger: Ledger, kept: Kept) -> list[Followed]:
    """Return what changed in the dyads that a reader follows, those with the newest events first."""
    found = []
    for name in followed(request):
        one, _, other = name.partition("-")
        rows = [
            row
            for way in (f"{one}-{other}", f"{other}-{one}")
            for row in ledger.page("events", f"dyad:{way}", sort="-day", limit=SHOWN).rows
        ]
        newest = sorted({row.ref: row for row in rows}.values(), key=lambda row: row.day or "", reverse=True)
        changes = kept.soon(("changed", name), partial(_last, ledger, kept, one, other))
        found.append(Followed(one, other, changes, newest[0].day if newest else None, newest[:SHOWN]))
    return sorted(found, key=lambda dyad: dyad.newest or "", reverse=True)


def _last(ledger: Ledger, kept: Kept, one: str, other: str) -> list[Shift]:
    """Return the last weeks that left their range, the latest first."""
    return changed(ledger, kept, [one, other])[: -SHOWN - 1 : -1]


def _is_dyad(name: str) -> bool:
    try:
        return name_of(pair(name)) == name
    except UsageError:
        return False
