"""The door to HTML: trafilatura finds a page's main text and metadata; what it cannot take is stripped of its tags."""

import html
import logging
import re

from dragoman.sources.dates import iso_of
from dragoman.text.page import Page

# libxml2 stops at 256 levels and trafilatura's walks are recursive; news pages stay under 60.
DEEPEST = 150
# A page of 5 MB is a data dump; trafilatura's passes over it take a minute and more.
LARGEST = 3_000_000
TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^<>]*>|<[!?][^<>]*>")
IS_PAGE = re.compile(r"<(?:html|body|head)\b", re.IGNORECASE)
TITLE = re.compile(r"<title\b[^>]*>([^<]{1,400})", re.IGNORECASE)
VOID_ELEMENTS = "area base br col embed hr img input link meta param source track wbr"
MAY_STAY_OPEN = "p li dt dd tr td th option"  # no measure of depth
NO_TEXT = "script style noscript nav header footer aside button select svg template iframe figure"
IN_A_LINE = "a abbr b big cite code em font i ins mark q s small span strong sub sup time tt u wbr"
VOID, UNCLOSED, SKIPPED, INLINE = (
    frozenset(names.split()) for names in (VOID_ELEMENTS, MAY_STAY_OPEN, NO_TEXT, IN_A_LINE)
)
# trafilatura would else guess a date from any number in the text.
DATE_PARAMETERS = {"original_date": True, "extensive_search": False}

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs an error for each page without text
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def page_of_html(content: str, uri: str) -> Page:
    """Return the main text of a page with its metadata, or all the text of a fragment.

    >>> page_of_html("<p>Talks failed.</p><p>Both sides left.</p>", "feed#1").text
    'Talks failed.\\n\\nBoth sides left.'
    """
    if not IS_PAGE.search(content[:20_000]):
        return Page(stripped(content))
    if len(content) > LARGEST or depth_of(content) > DEEPEST:
        return Page(stripped(content), title=_title_of(content))
    return _extracted(content, uri) or Page(stripped(content), title=_title_of(content))


def stripped(content: str) -> str:
    """Return the text between the tags: blocks become paragraphs; scripts, menus and forms are left out.

    >>> stripped("<nav>Home</nav><p>Talks <b>failed</b>.<br>Both left.")
    'Talks failed.\\nBoth left.'
    """
    pieces: list[str] = []
    start = 0
    skipping = ""
    for tag in TAG.finditer(content):
        name = (tag["name"] or "").lower()
        if not skipping:
            pieces.append(re.sub(r"\s+", " ", content[start : tag.start()]))
            pieces.append(_break_of(name))
            skipping = name if name in SKIPPED and not tag["close"] else ""
        elif tag["close"] and name == skipping:
            skipping = ""
        start = tag.end()
    pieces.append("" if skipping else re.sub(r"\s+", " ", content[start:]))
    text = html.unescape("".join(pieces))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" *\n *", "\n", text)).strip()


def depth_of(content: str) -> int:
    """Return how deeply a page's elements are nested.

    >>> depth_of("<div><p>Talks<br>failed.</div>")
    1
    """
    depth = deepest = 0
    for tag in TAG.finditer(content):
        name = (tag["name"] or "").lower()
        if name and name not in VOID and name not in UNCLOSED:
            depth = max(0, depth - 1) if tag["close"] else depth + 1
            deepest = max(depth, deepest)
    return deepest


def _break_of(name: str) -> str:
    """Return what stands for a tag in the text."""
    if name == "br":
        return "\n"
    return "" if name in INLINE or not name else "\n\n"


def _extracted(content: str, uri: str) -> Page | None:
    """Return what trafilatura finds, None where it finds no text."""
    import trafilatura  # takes 0.4 s to load, which a run over text files need not spend

    try:
        found = trafilatura.bare_extraction(
            content,
            url=uri if uri.startswith("http") else None,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params=DATE_PARAMETERS,
        )
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):
        return None  # damaged markup trips it in many places; the stripped text is then better than no report
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        return None
    return Page(
        text=re.sub(r"\n+", "\n\n", found.text or ""),
        title=found.title or None,
        publisher=found.sitename or None,
        authors=_authors(found.author),
        published=iso_of(found.date),
    )


def _authors(names: str | None) -> tuple[str, ...]:
    """Return the authors, which trafilatura gives apart by semicolons."""
    return tuple(name.strip() for name in (names or "").split(";") if name.strip())


def _title_of(content: str) -> str | None:
    """Return what a page's title element says."""
    match = TITLE.search(content)
    return (html.unescape(match.group(1)).strip() or None) if match else None
