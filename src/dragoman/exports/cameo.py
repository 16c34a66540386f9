"""CAMEO events: one row a pair of actors, with a header; the form that the older coders' users read."""

from collections.abc import Iterator
from pathlib import Path

from dragoman.exports.actor_codes import codes_of
from dragoman.exports.cells import one_line
from dragoman.exports.choice import Settings, chosen, dated, marked_id
from dragoman.exports.sides import pairs_of
from dragoman.ontology.cameo import cameo_of
from dragoman.records import Event, Record

COLUMNS = (
    "event", "date", "source", "target", "code", "label", "root", "goldstein", "source_name", "target_name",
    "plover_type", "plover_modes", "plover_contexts", "code_from",
)  # fmt: skip


class Cameo:
    """Writes a tab-separated row for each pair of each chosen event: date, source, target, code."""

    def __init__(self, target: Path, settings: Settings) -> None:
        self._choice = settings.choice
        self._file = target.open("w", encoding="utf-8", newline="\n")
        self._file.write("\t".join(COLUMNS) + "\n")

    def write(self, record: Record) -> None:
        """Write the rows of a record's events."""
        for event in chosen(record, self._choice):
            start = (marked_id(record, event, self._choice), dated(event, record, self._choice) or "")
            for cells in _pairs(record, event):
                self._file.write("\t".join((*start, *cells)) + "\n")

    def finish(self) -> None:
        """Close the file."""
        self._file.close()


def _pairs(record: Record, event: Event) -> Iterator[tuple[str, ...]]:
    code = cameo_of(event.type, event.modes, event.contexts)
    by_id = {entity.id: entity for entity in record.entities}
    for actor, recipient in pairs_of(event):
        sides = (by_id.get(actor or ""), by_id.get(recipient or ""))
        yield (
            *(codes_of(side).code for side in sides),
            *(code.code, code.label, code.root, str(code.goldstein)),
            *(one_line(side.name) if side else "" for side in sides),
            *(event.type, "; ".join(event.modes), "; ".join(event.contexts), code.basis),
        )
