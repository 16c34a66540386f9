"""Markdown without its marks: front matter and the first heading are metadata, the rest is text."""

import re

from dragoman.sources.dates import iso_of
from dragoman.text.page import Page

FRONT_MATTER = re.compile(r"\A---\n(.{0,5000}?)\n---\n", re.DOTALL)
FIELD = re.compile(r"^(\w+):[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)
FIRST_HEADING = re.compile(r"\A\s*#\s+(.+?)\s*#*\n|\A\s*(\S[^\n]*)\n=+\n")

# What each mark becomes, in this order.
MARKS = (
    (re.compile(r"^```[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"<!--.{0,5000}?-->", re.DOTALL), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), ""),
    (re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"\[([^\]\n]+)\]\[[^\]\n]*\]"), r"\1"),
    (re.compile(r"^\[[^\]\n]+\]:\s.*$", re.MULTILINE), ""),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE), r"\n\1\n"),
    (re.compile(r"^(?:=+|-{3,}|(?:\* ?){3,})$", re.MULTILINE), ""),
    (re.compile(r"^(?:>\s?)+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t]+(?=\S)", re.MULTILINE), r"\n"),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_])(_{1,2})(?=\S)([^_\n]+?)(?<=\S)\1(?![\w_])"), r"\2"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)


def page_of_markdown(content: str) -> Page:
    r"""Return the text of a Markdown report, and what its front matter says.

    >>> page_of_markdown("# Talks fail\n\nThe *two* sides [left](a.html).").text
    'The two sides left.'
    """
    content = content.lstrip("\ufeff").replace("\r\n", "\n")
    fields: dict[str, str] = {}
    if front := FRONT_MATTER.match(content):
        fields = {name.lower(): value for name, value in FIELD.findall(front.group(1))}
        content = content[front.end() :]
    title = fields.get("title")
    if heading := FIRST_HEADING.match(content):
        title = title or heading.group(1) or heading.group(2)
        content = content[heading.end() :]
    author = fields.get("author") or fields.get("authors")
    return Page(
        text=without_marks(content).strip(),
        title=without_marks(title) if title else None,
        publisher=fields.get("publisher") or fields.get("source"),
        authors=(author,) if author else (),
        published=iso_of(fields.get("date") or fields.get("published")),
    )


def without_marks(text: str) -> str:
    """Return the text without Markdown's marks.

    >>> without_marks("The **minister** said [so](http://example.org).")
    'The minister said so.'
    """
    for pattern, replacement in MARKS:
        text = pattern.sub(replacement, text)
    return text
