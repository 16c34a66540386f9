"""Date expressions: which words tell a day, and what they mean against the day of writing.

A weekday looks back from that day unless its clause is in the future. What needs the day and has none stays unknown.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from functools import lru_cache

from dragoman.records import DateRange, Precision

MONTHS = {
    name: number
    for number in range(1, 13)
    for name in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())
} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
DIGITS = "one two three four five six seven eight nine ten eleven twelve".split()
NUMBERS = {word: number for number, word in enumerate(DIGITS, 1)}
NUMBERS |= {"a": 1, "an": 1, "a couple of": 2, "a few": 3, "several": 3, "a dozen": 12}
VAGUE = ("a few", "several", "a couple of")
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_COUNT = rf"(?P<count>\d{{1,3}}|a couple of|a few|several|a dozen|an?|{'|'.join(DIGITS)})"
_WEEKDAY = rf"(?P<weekday>{'|'.join(calendar.day_name)})"
_RELATIVE = (
    "the day before yesterday|yesterday|today|tonight|tomorrow|this morning|this afternoon|this evening|overnight"
)
Resolve = Callable[[re.Match[str], Date | None, bool], "DateRange | None"]


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression in the text: character offsets, and how to resolve it."""

    start: int
    end: int
    match: re.Match[str]
    resolve: Resolve


def _range(start: Date, end: Date, precision: Precision, match: re.Match[str]) -> DateRange:
    return DateRange(start=start.isoformat(), end=end.isoformat(), precision=precision, text=match.group().strip())


def _day(when: Date, match: re.Match[str]) -> DateRange:
    return _range(when, when, "day", match)


def _month_number(match: re.Match[str]) -> int:
    return MONTHS[match["month"].lower().rstrip(".")]


def _full(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    try:
        return _day(Date(int(match["year"]), _month_number(match), int(match["day"])), match)
    except ValueError:
        return None


def _month_day(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    if published is None:
        return None
    number, day = _month_number(match), int(match["day"])
    for year in (published.year, published.year + (1 if future else -1)):
        try:
            when = Date(year, number, day)
        except ValueError:
            continue
        if (when >= published) if future else (when <= published + timedelta(days=1)):
            return _day(when, match)
    return None


def _month_year(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    return _month_of(int(match["year"]), _month_number(match), match)


def _month_of(year: int, month: int, match: re.Match[str]) -> DateRange:
    return _range(Date(year, month, 1), Date(year, month, calendar.monthrange(year, month)[1]), "month", match)


def _month_alone(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    if published is None:
        return None
    month = _month_number(match)
    ahead = (month > published.month) if not future else (month < published.month)
    year = published.year + (0 if not ahead else (1 if future else -1))
    if (match.groupdict().get("which") or "").lower() == "last" and month == published.month:
        year -= 1
    return _month_of(year, month, match)


def _year_alone(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    year = int(match["year"])
    return _range(Date(year, 1, 1), Date(year, 12, 31), "year", match)


def _decade(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    year = int(match["decade"])
    return _range(Date(year, 1, 1), Date(year + 9, 12, 31), "decade", match)


def _numeric(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    """ "29/7/2022": day first or month first, as far as one of the two is possible or a weekday tells."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    possible = []
    for day, month in ((a, b), (b, a)):
        try:
            possible.append(Date(year, month, day))
        except ValueError:
            continue
    if len(set(possible)) != 1 and published is not None and published in possible:
        return _day(published, match)
    return _day(possible[0], match) if len(set(possible)) == 1 else None


def _iso(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    try:
        return _day(Date(int(match["year"]), int(match["m"]), int(match["d"])), match)
    except ValueError:
        return None


def _weekday(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    if published is None:
        return None
    which = (match["which"] or "").lower()
    number = WEEKDAYS[match["weekday"].lower()]
    if which == "next" or (future and which not in ("last", "past")):
        ahead = (number - published.weekday()) % 7
        return _day(published + timedelta(days=ahead or 7), match)
    back = (published.weekday() - number) % 7
    if which in ("last", "past") and back == 0:
        back = 7
    return _day(published - timedelta(days=back), match)


def _relative_day(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    word = match["word"].lower()
    if published is None:
        return None
    days = {"yesterday": -1, "tomorrow": 1, "overnight": 0, "the day before yesterday": -2}.get(word, 0)
    return _day(published + timedelta(days=days), match)


def _unit(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    """ "this week", "last month", "next year"."""
    if published is None:
        return None
    step = {"this": 0, "last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}[match["which"].lower()]
    unit = match["unit"].lower()
    if unit == "week":
        start = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
        end = start + timedelta(days=6)
        return _range(start, min(end, published) if step == 0 and not future else end, "week", match)
    if unit == "month":
        year, month = divmod(published.year * 12 + published.month - 1 + step, 12)
        return _month_of(year, month + 1, match)
    if unit == "year":
        return _range(Date(published.year + step, 1, 1), Date(published.year + step, 12, 31), "year", match)
    return None


def _ago(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    if published is None:
        return None
    word = match["count"].lower()
    count = int(word) if word.isdigit() else NUMBERS[word]
    unit = match["unit"].lower().rstrip("s")
    vague = word in VAGUE
    if unit == "day":
        when = published - timedelta(days=count)
        return _range(when - timedelta(days=2), when, "week", match) if vague else _day(when, match)
    if unit == "week":
        when = published - timedelta(weeks=count)
        if vague:
            return _range(when - timedelta(weeks=2), published - timedelta(weeks=2), "month", match)
        return _range(when - timedelta(days=3), when + timedelta(days=3), "week", match)
    if unit == "month":
        year, month = divmod(published.year * 12 + published.month - 1 - count, 12)
        return _month_of(year, month + 1, match)
    if unit in ("year", "decade"):
        year = published.year - count * (10 if unit == "decade" else 1)
        return _range(Date(year, 1, 1), Date(year, 12, 31), "year", match) if year > 1 else None
    return None


def _weekend(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    """ "At the weekend": the last Saturday and Sunday, on a Sunday the one that ends; ahead, the next ones."""
    if published is None:
        return None
    saturday = published - timedelta(days=(published.weekday() - 5) % 7)
    if future and published.weekday() < 5:
        saturday += timedelta(weeks=1)
    return _range(saturday, saturday + timedelta(days=1), "week", match)


def _past_days(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    return _range(published - timedelta(days=6), published, "week", match) if published else None


# In the order in which they are tried: the longest forms first.
PATTERNS: tuple[tuple[re.Pattern[str], Resolve], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE if "(?i)" not in pattern else 0), resolve)
    for pattern, resolve in (
        (rf"\b{_YEAR}-(?P<m>\d\d)-(?P<d>\d\d)\b", _iso),
        (rf"\b(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})[/.]{_YEAR}\b", _numeric),
        (rf"\b{_MONTH} {_DAY},? {_YEAR}\b", _full),
        (rf"\b{_DAY}(?: of)? {_MONTH},? {_YEAR}\b", _full),
        (rf"\b{_MONTH},? (?:of )?{_YEAR}\b", _month_year),
        (rf"\b{_MONTH} {_DAY}\b(?![:%])", _month_day),
        (rf"\b{_DAY}(?: of)? {_MONTH}\b", _month_day),
        (rf"\b(?:(?P<which>last|next|this|past|coming) )?{_WEEKDAY}\b", _weekday),
        (rf"\b(?P<word>{_RELATIVE})\b", _relative_day),
        (rf"\b{_COUNT} (?P<unit>days?|weeks?|months?|years?|decades?) (?:ago|earlier|before)\b", _ago),
        (r"\b(?:at|over|during) the weekend\b|\b(?:this|last) weekend\b", _weekend),
        (r"\b(?:in|over|during) (?:the )?(?:past|last|recent) (?:few )?days\b", _past_days),
        (
            r"\b(?:earlier |later )?(?P<which>this|last|next|past|previous|coming) (?P<unit>week|month|year)\b(?!.s\b)",
            _unit,
        ),
        (
            rf"\b(?:in|since|until|by|during|of|last|next|this) (?:early |late |mid-)?(?P<which>last )?{_MONTH}\b",
            _month_alone,
        ),
        (r"\b(?:the )?(?:early |late |mid-)?(?P<decade>(?:19|20)\d0)s\b", _decade),
        (rf"(?:(?<=\bin )|(?<=\bsince )|(?<=\bof )){_YEAR}\b", _year_alone),
    )
)  # fmt: skip


@lru_cache(maxsize=8)
def expressions(text: str) -> tuple[Expression, ...]:
    """Return the date expressions of a text in order, none inside another."""
    found: list[Expression] = []
    for pattern, resolve in PATTERNS:
        for match in pattern.finditer(text):
            if "month" in match.groupdict() and match["month"].lower() == "may" and match["month"] != "May":
                continue  # the verb
            if not any(e.start < match.end() and match.start() < e.end for e in found):
                found.append(Expression(match.start(), match.end(), match, resolve))
    return tuple(sorted(found, key=lambda e: e.start))
