"""The formats in which a ledger is printed: one file a format, and the one list that names them."""

from collections.abc import Callable
from dataclasses import dataclass

from dragoman.records import Record, as_json
from dragoman.render import html
from dragoman.render.layout import Layout
from dragoman.render.markdown import markdown_of
from dragoman.render.text import text_of

__all__ = ["FORMATS", "Format", "Layout"]


def _json_of(record: Record, layout: Layout) -> str:
    return as_json(record).decode("utf-8") + "\n"


@dataclass(frozen=True, slots=True)
class Format:
    """How ledgers are printed: what opens the output, each ledger, and what closes it."""

    of: Callable[[Record, Layout], str]
    opening: str = ""
    closing: str = ""


FORMATS = {
    "text": Format(text_of),
    "json": Format(_json_of),
    "markdown": Format(markdown_of),
    "html": Format(html.section_of, html.OPENING, html.CLOSING),
}
