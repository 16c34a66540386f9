"""What stands over a report: its headline, its authors, its day. They become fields, and leave the text."""

import re
from dataclasses import dataclass
from datetime import date

from dragoman.text.dateline import FORMS
from dragoman.text.paragraphs import STARTS_LOWER
from dragoman.text.published import day_of_line, is_date_line, is_update
from dragoman.text.title import is_headline, is_same_headline

PROSE_WORDS = 12
SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
NAME = r"[A-ZÀ-ÞŁŚŠŽ][\w'’-]*\.?"
PARTICLE = r"(?:de|da|di|van|von|der|den|bin|al|el|la|le|du|dos)"
FULL_NAME = rf"{NAME}(?: (?:{PARTICLE} )*{NAME}){{0,4}}"
DESK = (
    r"(?:staff(?: (?:writers?|reporters?))?|(?:diplomatic )?(?:correspondents?|reporters?|editors?)|[A-Z][\w ]{2,40})"
)
BYLINE = re.compile(
    rf"(?:by|BY|By|Written by|Reported by)\s+(?P<names>{FULL_NAME}(?:(?:, | and | AND | & ){FULL_NAME}){{0,4}})"
    rf"(?:\s*[,|/–—-]\s*(?P<rest>.{{1,80}}))?"
)
AGENCY = re.compile(
    r"\(?(?:the )?(?:associated press|ap|reuters|afp|agence france-presse|upi|united press international|xinhua|tass|"
    r"bbc(?: news)?|cnn|al jazeera|dpa|staff(?: (?:writers?|reporters?))?|news agencies|agencies|news desk|newsroom|"
    r"web desk)\)?",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r",\s+|\s+(?:and|AND|&)\s+")
LAST_LINE = 8  # a headline, a deck, a byline, a place, a day, a time; further down is the report


@dataclass(frozen=True, slots=True)
class Head:
    """What stood over the body, and the body's paragraphs."""

    title: str | None
    authors: tuple[str, ...]
    published: date | None
    body: list[str]
    headlines: int = 0  # how many of the lines were the headline


def head_of(paragraphs: list[str], title: str | None) -> Head:
    """Return the head of a report apart from its body; `title` is the headline where metadata gave it.

    >>> head = head_of(["Envoys meet", "By Jane Doe", "July 5, 2012", "Two envoys met."], None)
    >>> head.title, head.authors, head.published.year, head.body
    ('Envoys meet', ('Jane Doe',), 2012, ['Two envoys met.'])
    """
    authors: tuple[str, ...] = ()
    days: list[date] = []
    body: list[str] = []
    headlines = 0
    lines = _lines_before_prose(paragraphs)
    for number, line in enumerate(lines):
        names = authors_of(line)
        if title and is_same_headline(line, title):
            headlines += 1
            continue
        if is_date_line(line):
            day = day_of_line(line)
            days += [day] if day and not (days and is_update(line)) else []
        elif names:
            authors += names
            days += [day] if (day := _day_beside_byline(line)) else []
        elif AGENCY.fullmatch(line):
            continue
        elif title is None and not body and is_headline(line) and _is_over_text(paragraphs, number):
            title = line
            headlines += 1
        else:
            body.append(line)
    body += paragraphs[len(lines) :]
    if not body:  # a headline and nothing else: it is all the report there is
        return Head(None, authors, min(days, default=None), [title] if title else list(paragraphs))
    return Head(title, authors, min(days, default=None), body, headlines)


def authors_of(line: str) -> tuple[str, ...]:
    """Return the authors that a byline names, () where the line is none.

    >>> authors_of("By JANE DOE and John Smith, Reuters"), authors_of("By Monday, talks had failed.")
    (('Jane Doe', 'John Smith'), ())
    """
    match = BYLINE.fullmatch(line.removesuffix(".")) if len(line) < 160 else None
    if match is None or not _closes_byline(match["rest"]) or line.endswith("."):
        return ()
    names = (name for name in SEPARATOR.split(match["names"]) if not AGENCY.fullmatch(name))
    return tuple(name.title() if name.isupper() else name for name in names)


def _is_over_text(paragraphs: list[str], number: int) -> bool:
    """Return whether a paragraph stands over others, and is not the first half of a sentence that broke."""
    following = paragraphs[number + 1 : number + 2]
    return bool(following) and not STARTS_LOWER.match(following[0])


def _closes_byline(rest: str | None) -> bool:
    """Return whether what follows the names is a newsroom, a role or a day."""
    return (
        rest is None or is_date_line(rest) or AGENCY.fullmatch(rest) is not None or re.fullmatch(DESK, rest) is not None
    )


def _day_beside_byline(line: str) -> date | None:
    """Return the day in a byline such as "By Jane Doe | July 5, 2012"."""
    match = BYLINE.fullmatch(line)
    return day_of_line(match["rest"]) if match and match["rest"] else None


def _lines_before_prose(paragraphs: list[str]) -> list[str]:
    """Return the short lines over the first paragraph of prose, or over the dateline."""
    for number, paragraph in enumerate(paragraphs[:LAST_LINE]):
        is_prose = len(paragraph.split()) >= PROSE_WORDS and SENTENCE_END.search(paragraph) is not None
        if (is_prose and not is_date_line(paragraph)) or any(form.match(paragraph) for form in FORMS):
            return paragraphs[:number]
    return paragraphs[:LAST_LINE]
