"""Pages made of templates: everything that comes from reports is escaped, and what a browser would obey written out."""

import re
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from fastapi import HTTPException, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse

from dragoman.render.characters import visible

# Tags and what holds text only are passed over; in templates' text a < or > is always written as an entity.
LONG = re.compile(r"<(?P<name>title|textarea)\b.*?</(?P=name)>|<[^>]*>|(?P<word>[^\s<>]{120,})", re.DOTALL)
PART = re.compile(r"(?:&[^;&]{1,10};|.){1,100}", re.DOTALL)
NAME = 300  # characters of a name or a title in a list
LONGEST = 100_000  # characters of a form's field
MOST_FIELDS = 2000  # a report may name hundreds, each a box to tick


def _shown(value: Any) -> Any:
    """Return what a template writes: None as nothing, text with what a browser would obey written out."""
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _with(request: Request, **changed: object) -> str:
    """Return the page's own address with some of its words changed; None takes one out."""
    kept = {key: value for key, value in request.query_params.items() if key not in changed and key != "cursor"}
    kept |= {key: str(value) for key, value in changed.items() if value is not None}
    return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path


def cut(words: object, most: int = NAME) -> str:
    """Return words no longer than a page of many has room for; a report's own page has them whole.

    >>> cut("Sergei Lavrov", 6)
    'Sergei…'
    """
    text = "" if words is None else str(words)
    return text if len(text) <= most else f"{text[:most]}…"


def breakable(page: str) -> str:
    """Return a page on which long words may be broken into lines: a browser takes minutes over one of 100,000 letters.

    >>> breakable("<p title=" + "x" * 150 + ">" + "y" * 150).count("<wbr>")
    1
    """
    return LONG.sub(lambda found: "<wbr>".join(PART.findall(found[0])) if found["word"] else found[0], page)


class Pages:
    """The desk's templates."""

    def __init__(self) -> None:
        self.templates = jinja2.Environment(
            loader=jinja2.PackageLoader("dragoman.web"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            finalize=_shown,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.filters["inaddress"] = lambda word: quote(str(word), safe="")
        self.templates.filters["cut"] = cut
        self.templates.globals["with_"] = _with

    def response(self, request: Request, name: str, values: dict[str, Any], *, status: int = 200) -> HTMLResponse:
        """Return a page."""
        found = {"request": request, "csrf": request.scope["state"]["csrf"], **values}
        return HTMLResponse(breakable(self.templates.get_template(name).render(found)), status)


async def form_of(request: Request) -> dict[str, str]:
    """Return the fields of a form; 403 unless it is one of the desk's own."""
    form = await request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=LONGEST * 40)
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    for name, value in form.items():
        if not isinstance(value, str):
            fields[f"{name}.name"] = re.sub(r".*[/\\]", "", value.filename or "")[:200]
            fields[name] = (await value.read()).decode("utf-8", "replace")
    await form.close()
    if fields.get("csrf") != request.scope["state"]["csrf"]:
        raise HTTPException(403, "The form has expired; load the page again and send it once more.")
    return fields
