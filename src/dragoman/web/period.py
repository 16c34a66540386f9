"""The period of a page: the first and the last day, which its form asks for beside the filter."""

from dragoman.errors import UsageError
from dragoman.ledger.filter_values import days


def within(q: str, since: str, until: str) -> str:
    """Return a filter with the period in it; UsageError where an end of it is no date.

    >>> within("type:AID", "2022-07", "")
    'type:AID date:2022-07..'
    """
    since, until = since.strip(), until.strip()
    if not (since or until):
        return q
    try:
        days(f"{since}..{until}")
    except UsageError as fault:
        raise UsageError(f"the period {fault}") from None
    return f"{q} date:{since}..{until}".strip()
