"""Write the tables of docs/query.md from the code: `python docs/query_tables.py`. A test compares them."""

import re
from pathlib import Path

from dragoman.ledger.filters import FIELDS
from dragoman.ledger.views import VIEWS

PAGE = Path(__file__).with_name("query.md")
MEANINGS = {
    "reports": "every report once, with its text",
    "sightings": "each address that a text was seen under, and the versions",
    "entities": "who is named in a report",
    "mentions": "where and how",
    "statements": "who said what",
    "events": "who did what to whom",
    "participants": "an event's actors and recipients, a row each",
    "pairs": "country to country, a row an event and pair: what dyads are counted from",
    "negotiations": "what is bargained over",
    "proposals": "offers and where they stand",
    "flags": "what an editor would query",
    "actors": "entities joined over reports",
    "occurrences": "one act in the world, told by any number of reports",
    "duplicates": "reports that are copies of one another",
    "failures": "what could not be read, and why",
    "corrections": "what people said",
    "runs": "what was done to the ledger",
}
COLUMN = re.compile(r"(?:\bAS\s+)?(\w+)\s*$")


def refreshed(page: str) -> str:
    """Return the page with its tables as the code has them."""
    page = re.sub(r"(?<=\| --- \| --- \| --- \| --- \|\n)(?:.*\n)*?<!-- end -->\n", _filters(), page, count=1)
    return re.sub(r"<!-- views -->\n(?:.*\n)*?<!-- end -->\n", _views(), page, count=1)


def _filters() -> str:
    rows = [f"| `{one.name}` | {', '.join(one.of)} | {one.meaning} | `{one.example}` |\n" for one in FIELDS]
    return "".join(rows) + "<!-- end -->\n"


def _views() -> str:
    columns = {name: ", ".join(f"`{one}`" for one in columns_of(name)) for name in VIEWS}
    rows = [f"| `{name}` | {MEANINGS[name]} | {columns[name]} |\n" for name in VIEWS]
    head = "<!-- views -->\n| view | what a row is | columns |\n| --- | --- | --- |\n"
    return head + "".join(rows) + "<!-- end -->\n"


def columns_of(view: str) -> list[str]:
    """Return the columns of a view, from its text: what stands last before each comma of the first SELECT."""
    body, columns, depth, part = VIEWS[view].strip().removeprefix("SELECT "), [], 0, ""
    for word in re.findall(r"[(),]|[^\s(),]+|\s+", body):
        if depth == 0 and word == "FROM":
            break
        depth += (word == "(") - (word == ")")
        if word == "," and depth == 0:
            columns.append(part)
            part = ""
        else:
            part += word
    return [found[1] for one in (*columns, part) if (found := COLUMN.search(one.strip()))]


if __name__ == "__main__":
    PAGE.write_text(refreshed(PAGE.read_text("utf-8")), "utf-8")
