"""`dragoman explain`: why an event was coded so."""

from collections.abc import Iterator
from itertools import islice
from typing import Annotated

import typer

from dragoman import explain as explaining
from dragoman.cli.endings import tidy
from dragoman.cli.given import CoderName, OwnTable
from dragoman.cli.output import output_to
from dragoman.errors import UnreadableSource, UsageError
from dragoman.events.coder import Coding
from dragoman.explain import Considered, Explanation
from dragoman.language.encoder import SMALL
from dragoman.language.pipeline import DEFAULT_MODEL
from dragoman.reader import Reader
from dragoman.records import Event, Failure, Record
from dragoman.render import phrases
from dragoman.render.characters import on_one_line
from dragoman.sources import documents

File = Annotated[str, typer.Argument(metavar="FILE", help="A report: a file, a web address, or - for standard input.")]
EventId = Annotated[str | None, typer.Option("--event", "-e", metavar="ID", help="The event, such as v3; all without.")]
Number = Annotated[int, typer.Option("--report", min=1, metavar="N", help="Which report of a file that holds several.")]
Model = Annotated[str, typer.Option(metavar="NAME", help="Another spaCy pipeline, by name or path.")]


def explain(
    file: File,
    event: EventId = None,
    report: Number = 1,
    model: Model = DEFAULT_MODEL,
    coder: CoderName = SMALL,
    knowledge: OwnTable = None,
) -> None:
    """Say why an event was coded so: the words, the table's row, the probabilities, and what was rejected."""
    with tidy():
        reader = Reader(model, knowledge=knowledge, coder=coder)
        record = _record(file, report, reader)
        explanation = explaining.explain(record, model, knowledge, coder)
        ids = [event] if event else [known.id for known in explanation.events]
        if not ids:
            raise UsageError(f"{file} tells no event that is sure enough")
        with output_to(None) as write:
            for id_ in ids:
                write("\n".join(_lines(record, explanation, id_)) + "\n\n")


def _record(file: str, number: int, reader: Reader) -> Record:
    """Return the ledger of the n-th report of a file; UnreadableSource where it cannot be had."""
    item = next(reader.read_documents(islice(documents([file]), number - 1, number)), None)
    if item is None:
        raise UsageError(f"{file} holds fewer than {number} reports")
    if isinstance(item, Failure):
        raise UnreadableSource(item.uri, item.reason, item.remedy)
    return item


def _lines(record: Record, explanation: Explanation, id_: str) -> Iterator[str]:
    tellings = explanation.of(id_)
    event = next(known for known in explanation.events if known.id == id_)
    yield f"{id_}  {on_one_line(phrases.code_of(event))}: {on_one_line(phrases.sides_of(record, event))}"
    yield f"    {on_one_line(' · '.join(phrases.event_marks(record, event)))}"
    yield from _days(event)
    for telling in tellings:
        yield f"\n  “{on_one_line(telling.sentence)}”"
        yield from _telling(telling)
    beside = explanation.beside(id_)
    if beside:
        yield "\n  also considered there:"
        yield from map(_other, beside)


def _days(event: Event) -> Iterator[str]:
    """Say which words the dates come from."""
    for name, date in (("date", event.date), ("due", event.due)):
        if date is not None:
            yield f"    {name} {phrases.when(date)}, to the {date.precision}, from “{on_one_line(date.text)}”"


def _telling(telling: Considered) -> Iterator[str]:
    rows = [
        ("words", f"{telling.words} ({telling.verdict})"),
        ("who", phrases.listed(telling.actors) or phrases.NOBODY),
        ("to whom", phrases.listed(telling.recipients) or phrases.NOBODY),
        ("table", _row(telling)),
    ]
    coding = telling.coding
    if coding is not None:
        rows += [("judged by", f"the {coding.by}"), ("leaves", _leaves(coding)), ("status", coding.status)]
    for name, words in rows:
        yield f"    {name:<10} {on_one_line(words)}"


def _row(telling: Considered) -> str:
    """Say which row of the trigger table these words have."""
    row = telling.row
    if row is None:
        return "has no row for these words"
    needed = f" with “{row.needs}”" if row.needs else ""
    return f"“{row.lemma}” ({row.pos}){needed} suggests {row.leaf}, as in: {row.example}"


def _leaves(coding: Coding) -> str:
    return ", ".join(f"{leaf} {probability:.2f}" for leaf, probability in coding.considered)


def _other(one: Considered) -> str:
    leaves = f" ({_leaves(one.coding)})" if one.coding is not None and one.coding.considered else ""
    return f"    “{on_one_line(one.words)}” {on_one_line(one.verdict)}{leaves}"
