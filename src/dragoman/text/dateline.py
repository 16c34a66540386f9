"""The dateline: the place, and the day, that open a report ("GENEVA, July 5 (AP) —")."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dragoman.records import Dateline, span_of
from dragoman.sources.dates import DAY, MONTH, YEAR, day_in

CountryOf = Callable[[str, str | None], str | None]  # a place, and the region or country after it → ISO alpha-3

UPPER = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶŁĻŃŅŇŌŐŒŔŘŚŞŠȘŤȚŪŮŰŲŹŻŽ]"
CAPITALS = rf"(?:ST\. )?{UPPER}(?:{UPPER}|['’.-](?={UPPER}|\s{UPPER}))*{UPPER}"
SHOUTED = rf"{CAPITALS}(?:[ /](?:{CAPITALS}|DE|AL|OF))*"  # NEW YORK, GENEVA/MOSCOW
PLAIN_WORD = rf"{UPPER}[\w'’]+(?:-\w+)*"
PLAIN = rf"{PLAIN_WORD}(?: (?:{PLAIN_WORD}|de|al|of|the)){{0,3}}"
REGION = rf"(?P<region>(?:{UPPER}[\w'’-]*\.? ?){{1,4}}(?:{UPPER}\.)*)"  # Iraq, Va., N.Y., South Korea
DATE = rf"(?i:{MONTH} ?{DAY}(?:, ?{YEAR}|\b)|{DAY} {MONTH}(?:,? ?{YEAR})?)"
WHEN = rf"(?P<date>{DATE})"
AGENCY = r"\((?P<agency>[A-Z][\w .,/&’'-]{1,40})\)"
DASH = r"(?:--?|[–—―])"

PLACE = rf"(?P<place>{SHOUTED})(?:, {REGION})??"
PLAIN_PLACE = rf"(?P<place>{PLAIN})(?:, {REGION})??"

# The forms of a dateline, the surest first. A place that is not shouted needs an agency or a day beside it.
SHOUTED_DASH = re.compile(rf"{PLACE}(?:,? {WHEN})?,?(?: {AGENCY})? ?{DASH}\s")
PLAIN_AGENCY = re.compile(rf"{PLAIN_PLACE}(?:,? {WHEN})?,? {AGENCY} ?{DASH}\s")
PLAIN_DATE = re.compile(rf"{PLAIN_PLACE}, {WHEN} ?{DASH}\s")
SHOUTED_COLON = re.compile(rf"{PLACE}(?:,? {WHEN})?(?: {AGENCY})?:\s")
FORMS = (SHOUTED_DASH, PLAIN_AGENCY, PLAIN_DATE)

# Words that newsrooms shout at the head of a line and that are no place.
SHOUTED_WORDS = """
ABSTRACT ANALYSIS ANSWER AUDIO BREAKING CAUTION CLARIFICATION COMMENT CORRECTION DEVELOPING EDITORIAL EDITOR EU
EXCLUSIVE EXPLAINED EXPLAINER FACTBOX FEATURE GALLERY INTERACTIVE INTERVIEW LATEST LETTER LIVE MODERATOR MORE NATO
NEWS NOTE OPINION PHOTOS PICTURES PODCAST PREVIEW PROFILE QUESTION RECAP REPORT REVIEW SPECIAL TIMELINE TRANSCRIPT
UN UPDATE URGENT US VIDEO WATCH WARNING WRAPUP MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY UPDATED
PUBLISHED POSTED
"""
NO_PLACES = frozenset(SHOUTED_WORDS.split())
ARTICLES = "al al- au aux da de del der di do dos du e el en la le les of on sur the upon y"
SMALL_WORDS = frozenset(ARTICLES.split())
SPEAKER = re.compile(rf"[\"“]?{SHOUTED}: ")
LAST_PARAGRAPH = 5  # an abstract or a deck may stand before it; further down, capitals and a dash are something else


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline with the day that it names, where it names its year too."""

    dateline: Dateline
    date: date | None


def find_dateline(paragraphs: list[str], text: str, country_of: CountryOf | None = None) -> FoundDateline | None:
    """Return the dateline of a report whose paragraphs make up `text`; None where it has none.

    >>> lead = "GENEVA, July 5, 2012 (AP) — Talks on Syria failed."
    >>> found = find_dateline([lead], lead)
    >>> found.dateline.place, found.dateline.span.text, found.date
    ('Geneva', 'GENEVA, July 5, 2012 (AP) —', datetime.date(2012, 7, 5))
    """
    start = 0
    for number, paragraph in enumerate(paragraphs[:LAST_PARAGRAPH]):
        start = text.index(paragraph, start)
        match = _match(paragraph, number == 0 and not _is_transcript(paragraphs))
        if match:
            return _found(match, text, start, country_of)
        start += len(paragraph)
    return None


def _match(paragraph: str, may_end_in_colon: bool) -> re.Match[str] | None:
    """Return the match of the first form that opens the paragraph with a place."""
    for form in (*FORMS, SHOUTED_COLON) if may_end_in_colon else FORMS:
        match = form.match(paragraph)
        if match and match.end() < len(paragraph) and not NO_PLACES & set(re.split(r"[ /]", match["place"].upper())):
            return match
    return None


def _is_transcript(paragraphs: list[str]) -> bool:
    """Return whether names in capitals open several paragraphs: they are speakers then."""
    return sum(1 for paragraph in paragraphs if SPEAKER.match(paragraph)) > 1


def _found(match: re.Match[str], text: str, start: int, country_of: CountryOf | None) -> FoundDateline:
    """Return the dateline that a match at `start` of the text is."""
    place = _as_written(match["place"].split("/")[0])
    region = match["region"].strip(" ,") if match["region"] else None
    day = day_in(match["date"]) if match["date"] else None
    span = span_of(text, start, start + len(match.group().rstrip()))
    country = country_of(place, region) if country_of else None
    return FoundDateline(Dateline(place=place, country=country, span=span), day)


def _as_written(place: str) -> str:
    """Return a place as it is written in a sentence: "Port-au-Prince" for "PORT-AU-PRINCE"."""
    if not place.isupper():
        return place
    words = re.split(r"([ -])", place.lower())
    return "".join(word if i and word in SMALL_WORDS else word[:1].upper() + word[1:] for i, word in enumerate(words))
