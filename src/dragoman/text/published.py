"""The day a report was published, where its own text says so for certain."""

import re
from datetime import date

from dragoman.sources.dates import DAYS, MONTH, WEEKDAY, day_in

LABEL = (
    r"(?:(?:first |date |last |originally )?(?:published|posted|updated|modified|created|issued|released|date)"
    r"(?: (?:on|at|date))?\b:?)"
)
TIME = r"(?:\d{1,2}[:.h]\d\d(?::\d\d)?(?:\.\d+)?|\d{1,2}(?= ?[ap]\.?m))(?: ?[ap]\.?m\.?)?"
ZONE_NAMES = "z|gmt|utc|bst|e[sd]?t|c[sd]?t|m[sd]?t|p[sd]?t|cest|cet|eest|eet|msk|ist|jst|kst|hkt|sgt|wib|local time"
ZONE = rf"(?:{ZONE_NAMES})\b(?:\s*[+-]\d{{1,2}}(?::?\d\d)?)?|[+-]\d\d:?\d\d"
# Possessive: a line of many times and no end would else be tried in every way.
FILLING = re.compile(
    rf"(?:{LABEL}|{WEEKDAY}|t?{TIME}|{ZONE}|\b(?:at|on|t|the|of|by)\b|[\s,|·•()@/–—-]|\d{{1,2}}(?:st|nd|rd|th))*+",
    re.IGNORECASE,
)
LONGEST_LINE = 90
UPDATED = re.compile(r"\s*(?:last )?(?:updated|modified)", re.IGNORECASE)

# "on Friday (29/7/2022)", "Friday (July 29, 2022)": the style of papers that date the news for readers abroad.
IN_BRACKETS = re.compile(
    rf"\b{WEEKDAY}\s*\((?P<date>[^()]{{6,30}})\)|\((?P<both>{WEEKDAY},?\s[^()]{{6,30}})\)", re.IGNORECASE
)
AHEAD = re.compile(
    r"\b(?:will|would|shall|due|scheduled|plans?|planned|expected|set|deadline|until|by|from|ahead of|before|since)\b"
    rf"(?:(?!\b{MONTH})[^.])*$",
    re.IGNORECASE,
)
LEAD = 700  # characters: the first paragraph or two


def day_of_line(line: str) -> date | None:
    """Return the day of a line that holds a date and nothing else.

    >>> day_of_line("Published: Friday, 29 July 2022, 14:05 GMT")
    datetime.date(2022, 7, 29)
    >>> day_of_line("Talks began on 29 July 2022.") is None
    True
    """
    return day_in(line) if is_date_line(line) else None


def is_date_line(line: str) -> bool:
    """Return whether a line holds a date, a time and their labels, and nothing else.

    >>> is_date_line("Friday, July 29, 2022"), is_date_line("July 29, 2022 was a Friday")
    (True, False)
    """
    if len(line) > LONGEST_LINE:
        return False
    for pattern in DAYS:
        if match := pattern.search(line):
            rest = line[match.end() :].rstrip(".")
            return FILLING.fullmatch(line[: match.start()]) is not None and FILLING.fullmatch(rest) is not None
    return False


def is_update(line: str) -> bool:
    """Return whether a date line tells the last change, which is not the publication.

    >>> is_update("Last updated: 30 July 2022")
    True
    """
    return UPDATED.match(line) is not None


def day_of_lead(text: str) -> date | None:
    """Return the day that the lead gives the news in brackets after its weekday; the two have to agree.

    >>> day_of_lead("The envoys met on Friday (29/7/2022) in Geneva.")
    datetime.date(2022, 7, 29)
    >>> day_of_lead("The envoys will meet on Friday (29/7/2022).") is None
    True
    """
    days: set[date] = set()
    for match in IN_BRACKETS.finditer(text[:LEAD]):
        if AHEAD.search(text[: match.start()].rsplit(". ", 1)[-1]):
            return None
        day = day_in(match.group())
        if day is None:
            return None
        days.add(day)
    return days.pop() if len(days) == 1 else None
