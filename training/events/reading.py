"""The event examples as the reader itself would meet them: its own candidates, with the participants that it finds."""

import dataclasses
from collections import defaultdict

from data import Row

from dragoman.entities import find_entities, knowledge
from dragoman.events import lexicon
from dragoman.events.assembly import Speakers, sides_of
from dragoman.events.candidates import find_candidates
from dragoman.events.coder import spans_in
from dragoman.language import pipeline
from dragoman.records import Report


def read_candidates(rows: list[Row]) -> list[Row]:
    """Return the rows with the reader's own marks beside the writer's, and its other candidates as NONE."""
    by_text: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_text[row.text].append(row)
    words, known, nobody = lexicon.load(), knowledge.load(), Speakers(())
    out: list[Row] = []
    for doc in pipeline.parse(by_text, pipeline.load()):
        report = Report(id="", uri="", title=None, publisher=None, authors=(), language="en", published=None,
                        published_from=None, dateline=None, text=doc.text)  # fmt: skip
        entities = find_entities(doc, report, known)
        mine = by_text[doc.text]
        matched: dict[int, dict] = {}
        for candidate in find_candidates(doc, words):
            sides = sides_of(doc, candidate, entities, nobody)
            spans = _whole_text(
                spans_in(doc, candidate, sides.actor_tokens, sides.recipient_tokens), doc[candidate.sentence[0]].idx
            )
            row = _row_of(spans["trigger"][0], doc[candidate.head].idx, mine)
            if row is not None:
                matched.setdefault(id(row), spans)
            elif sides.actors or sides.recipients:
                out.append(Row(doc.text, spans, "NONE", "", False, mine[0].sentence, extra=True))
        out += [dataclasses.replace(row, found=matched.get(id(row))) for row in mine]
    return out


def _whole_text(spans: dict, offset: int) -> dict:
    return {role: [(a + offset, b + offset) for a, b in places] for role, places in spans.items()}


def _row_of(trigger: tuple[int, int], head: int, rows: list[Row]) -> Row | None:
    """The written candidate whose trigger a found one shares, an event before a NONE."""
    sharing = [
        row
        for row in rows
        if _share(row.spans["trigger"][0], trigger) or row.spans["trigger"][0][0] <= head < row.spans["trigger"][0][1]
    ]
    return min(sharing, key=lambda row: row.leaf == "NONE", default=None)


def _share(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
