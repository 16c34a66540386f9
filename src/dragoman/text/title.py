"""Headlines: what looks like one, and when two are the same."""

import re

LONGEST = 220
MOST_WORDS = 30
NO_HEADLINE_END = re.compile(r"[.!,:;…]['\"”’)\]]*$|…$")
OPENING = re.compile(r"[\"'“‘(\[]*[^\W_a-z]")  # a capital or a figure
NOT_LETTERS = re.compile(r"[\W_]+")
SITE = re.compile(r"\s+[|–—·»-]\s+[^|–—·»]{2,40}$")


def is_headline(line: str) -> bool:
    """Return whether a line reads as a headline: short, opened by a capital, not closed as a sentence is.

    >>> is_headline("Envoys meet in Geneva"), is_headline("The envoys met in Geneva.")
    (True, False)
    """
    return (
        2 <= len(line.split()) <= MOST_WORDS
        and len(line) <= LONGEST
        and OPENING.match(line) is not None
        and NO_HEADLINE_END.search(line) is None
    )


def is_same_headline(line: str, title: str) -> bool:
    """Return whether a line repeats the headline, with or without the site's name after it.

    >>> is_same_headline("ENVOYS MEET", "Envoys meet | Example News")
    True
    """
    bare = _letters(line)
    return len(line) <= 2 * LONGEST and bool(bare) and bare in (_letters(title), _letters(without_site(title)))


def without_site(title: str) -> str:
    """Return a headline without the name of the site that a page's title ends in.

    >>> without_site("Envoys meet | Example News")
    'Envoys meet'
    """
    return SITE.sub("", title)


def _letters(text: str) -> str:
    """Return the letters and figures of a text, in one case."""
    return NOT_LETTERS.sub("", text).casefold()
