"""What stands under a report: a list of its sources, related news or links, cut where nothing else follows it."""

import re

HEADING = re.compile(
    r"(?:sources?|external links?|related (?:news|articles?|stories|links)|see also|references|"
    r"sister (?:links|projects)|further reading|notes|learn more|share (?:this|it))\s*:?",
    re.IGNORECASE,
)
DATE = r"(?:\w+ \d{1,2},? \d{4}|\d{1,2} \w+ \d{4}|\d{4}-\d\d-\d\d)"
# `Jane Doe. "Envoys meet" — Example News, July 5, 2012`
CITED = re.compile(rf"(?:[-•*]\s*)?(?:[^\"“”]{{2,120}}[.,] )?[\"“].{{3,300}}[\"”]\s*[—–-]+\s*.{{2,120}}{DATE}\W*")
LINK = re.compile(r"(?:[-•*]\s*)?(?:[^.!?]{0,120}\s)?(?:https?://|www\.)\S+\W*")
SHORT = re.compile(r"[^.!?]{1,120}[^.!?,:;]")  # a headline or a label: no sentence ends in it
FEWEST_CITED = 2  # without a heading above them, one line in this form could be a quotation with its speaker


def without_end_matter(paragraphs: list[str]) -> list[str]:
    """Return the paragraphs without the lists that close them.

    >>> without_end_matter(["Talks failed.", "Sources", '"Talks fail" — Example News, July 5, 2012'])
    ['Talks failed.']
    """
    start = len(paragraphs)
    while start and _is_listed(paragraphs[start - 1]):
        start -= 1
    for index in range(max(start, 1), len(paragraphs)):
        if HEADING.fullmatch(paragraphs[index]):
            return paragraphs[:index]
    cited = len(paragraphs)
    while cited and CITED.fullmatch(paragraphs[cited - 1]):
        cited -= 1
    return paragraphs[:cited] if cited and len(paragraphs) - cited >= FEWEST_CITED else paragraphs


def _is_listed(paragraph: str) -> bool:
    """Return whether a paragraph looks like a line of a list of sources or links."""
    return any(form.fullmatch(paragraph) for form in (HEADING, CITED, LINK, SHORT))
