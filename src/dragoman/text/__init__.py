"""Text: a raw document becomes a report, its text cleaned, its title, day and dateline found."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dragoman.errors import EmptyDocument, OtherLanguage
from dragoman.records import Report, id_of
from dragoman.sources.document import RawDocument
from dragoman.text.dateline import CountryOf, FoundDateline, find_dateline
from dragoman.text.endmatter import without_end_matter
from dragoman.text.head import Head, head_of
from dragoman.text.html import page_of_html
from dragoman.text.junk import is_junk
from dragoman.text.language import language_of
from dragoman.text.markdown import page_of_markdown
from dragoman.text.page import Page
from dragoman.text.paragraphs import healed, paragraphs_of
from dragoman.text.published import day_of_lead
from dragoman.text.repair import repaired

__all__ = ["Cleaned", "CountryOf", "cleaned", "report_of"]

READ = frozenset({"en"})


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A report, and what only its cleaning saw: how often the headline stood in the document."""

    report: Report
    headlines: int


def report_of(raw: RawDocument, country_of: CountryOf | None = None) -> Report:
    """Return the report that a raw document holds; EmptyDocument or OtherLanguage where there is none to read.

    >>> raw = RawDocument("a.txt", "text", "Envoys meet\\n\\nGENEVA (AP) — Two envoys met.\\n\\nNext Post")
    >>> report = report_of(raw)
    >>> report.title, report.text, report.dateline.place
    ('Envoys meet', 'GENEVA (AP) — Two envoys met.', 'Geneva')
    """
    return cleaned(raw, country_of).report


def cleaned(raw: RawDocument, country_of: CountryOf | None = None) -> Cleaned:
    """Return the report that a raw document holds, with what the cleaning saw; it raises as `report_of` does.

    >>> cleaned(RawDocument("a.txt", "text", "Envoys meet\\n\\nEnvoys meet\\n\\nTwo envoys met on Monday.")).headlines
    2
    """
    page = _page_of(raw)
    title = _line(raw.title) or _line(page.title)
    kept = [paragraph for paragraph in paragraphs_of(repaired(page.text), is_junk) if not is_junk(paragraph)]
    head = head_of(kept, title)
    body = healed(without_end_matter(head.body))
    text = "\n\n".join(body)
    if not any(map(str.isalnum, text)):
        raise EmptyDocument(raw.uri, "holds no text to report on")
    language = language_of(text)
    if language is not None and language not in READ:
        raise OtherLanguage(raw.uri, language)
    found = find_dateline(body, text, country_of)
    published, published_from = _published(raw, page, head, text, found)
    report = Report(
        id=id_of(text),
        uri=raw.uri,
        title=title or head.title,
        publisher=_line(raw.publisher) or _line(page.publisher),
        authors=raw.authors or page.authors or head.authors,
        language=language,
        published=published,
        published_from=published_from,
        dateline=found.dateline if found else None,
        text=text,
    )
    return Cleaned(report, head.headlines)


def _page_of(raw: RawDocument) -> Page:
    """Return the text of a raw document without its markup."""
    if raw.kind == "html":
        return page_of_html(raw.content, raw.uri)
    return page_of_markdown(raw.content) if raw.kind == "markdown" else Page(raw.content)


def _line(value: str | None) -> str | None:
    """Return a field of metadata mended and on one line, None where nothing is left of it."""
    return (" ".join(repaired(value).split()) or None) if value else None


def _published(
    raw: RawDocument, page: Page, head: Head, text: str, found: FoundDateline | None
) -> tuple[str | None, Literal["metadata", "text", "given"] | None]:
    """Return the day of publication and where it comes from.

    The source's metadata goes before a person's word for a whole folder, and that before the report's own text.
    """
    if raw.published and raw.published_from != "given":
        return raw.published, "metadata"
    if page.published:
        return page.published, "metadata"
    if raw.published:
        return raw.published, "given"
    days: tuple[date | None, ...] = (head.published, day_of_lead(text), found.date if found else None)
    day = next((day for day in days if day is not None), None)
    return (day.isoformat(), "text") if day else (None, None)
