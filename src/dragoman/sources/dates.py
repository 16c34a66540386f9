"""Dates as files, feeds and newsrooms write them, turned into ISO 8601; what is uncertain is None."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTH = r"(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
DAY = r"(?:3[01]|[12]\d|0?[1-9])"
YEAR = r"(?:19|20)\d\d"

# The ways to write a day with its year; the groups of each are named y, m (number), month (name), d, or a and b
# where day and month could be either.
DAY_FORMS = (
    rf"(?P<month>{MONTH})\s*(?P<d>{DAY})(?:st|nd|rd|th)?,?\s+(?P<y>{YEAR})\b",
    rf"(?P<d>{DAY})(?:st|nd|rd|th)?(?:\s+of)?[\s-](?P<month>{MONTH}),?[\s-](?P<y>{YEAR})\b",
    rf"(?P<y>{YEAR})[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>{DAY})(?!\d)",
    rf"(?P<a>{DAY})[-/.](?P<b>{DAY})[-/.](?P<y>{YEAR})(?!\d)",
)
DAYS = tuple(re.compile(rf"(?<!\d){form}", re.IGNORECASE) for form in DAY_FORMS)
WEEKDAY_NAME = re.compile(rf"\b{WEEKDAY}", re.IGNORECASE)
COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?Z?)?")
EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
LARGEST_EPOCH_IN_SECONDS = 1e11  # the year 5138; a larger number counts milliseconds


def iso_of(value: object) -> str | None:
    """Return the date or date-time that a field or attribute holds, as ISO 8601; None where it cannot be read.

    >>> iso_of("Fri, 29 Jul 2022 14:05:00 GMT"), iso_of("29 July 2022"), iso_of("last week")
    ('2022-07-29T14:05:00+00:00', '2022-07-29', None)
    """
    text = str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    if not text or len(text) > 80:
        return None
    return next((found for read in READERS if (found := read(text)) is not None), None)


def day_in(text: str, weekday: int | None = None) -> date | None:
    """Return the one day with a year that `text` names; None where there is none, or where it is ambiguous.

    The weekday, given or named in the text, settles which of 4/8/2022's numbers is the month, and has to agree.

    >>> day_in("Thursday (4/8/2022)")
    datetime.date(2022, 8, 4)
    >>> day_in("4/8/2022") is None, day_in("Monday, August 4, 2022") is None
    (True, True)
    """
    if weekday is None:
        weekday = weekday_in(text)
    found = {day for pattern in DAYS for match in pattern.finditer(text) for day in _readings(match)}
    agreeing = {day for day in found if weekday is None or day.weekday() == weekday}
    return agreeing.pop() if len(agreeing) == 1 else None


def weekday_in(text: str) -> int | None:
    """Return the first weekday that `text` names, Monday as 0.

    >>> weekday_in("Fri. 21 August")
    4
    """
    match = WEEKDAY_NAME.search(text)
    if match is None:
        return None
    start = match.group()[:2].lower()
    return next(number for number, name in enumerate(WEEKDAYS) if name.startswith(start))


def _readings(match: re.Match[str]) -> set[date]:
    """Return the days that a match of `DAYS` can mean."""
    part = match.groupdict()
    year = int(part["y"])
    if "a" in part:
        pairs = {(int(part["a"]), int(part["b"])), (int(part["b"]), int(part["a"]))}
    else:
        month = int(part["m"]) if "m" in part else MONTHS[part["month"].rstrip(".").lower()]
        pairs = {(month, int(part["d"]))}
    return {day for month, number in pairs if (day := _day(year, month, number))}


def _day(year: int, month: int, day: int) -> date | None:
    """Return a date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso_8601(text: str) -> str | None:
    """Read "2022-07-29", "2022-07-29T14:05Z" and "2022-07-29 14:05:00"."""
    if not re.match(r"\d{4}-\d\d-\d\d", text):
        return None
    try:
        return text if len(text) == 10 and date.fromisoformat(text) else datetime.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _compact(text: str) -> str | None:
    """Read GDELT's "20220729" and "20220729140500"."""
    match = COMPACT.fullmatch(text)
    if match is None:
        return None
    numbers = [int(group) for group in match.groups() if group is not None]
    try:
        return (date(*numbers) if len(numbers) == 3 else datetime(*numbers)).isoformat()  # type: ignore[arg-type]
    except ValueError:
        return None


def _epoch(text: str) -> str | None:
    """Read seconds or milliseconds since 1970."""
    if EPOCH.fullmatch(text) is None:
        return None
    number = float(text)
    return datetime.fromtimestamp(number if number < LARGEST_EPOCH_IN_SECONDS else number / 1000, UTC).isoformat()


def _rfc_2822(text: str) -> str | None:
    """Read the form of mails and RSS: "Fri, 29 Jul 2022 14:05:00 GMT"."""
    if ":" not in text:
        return None
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, IndexError, OverflowError):
        return None


def _written(text: str) -> str | None:
    """Read a day as a newsroom writes it: "Friday, July 29, 2022, 2 p.m."."""
    day = day_in(text)
    return day.isoformat() if day else None


READERS: tuple[Callable[[str], str | None], ...] = (_iso_8601, _compact, _epoch, _rfc_2822, _written)
