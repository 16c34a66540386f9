"""What a person says of a record: accept it, reject it, change a field, add one, merge or split entities."""

import hashlib
from datetime import UTC, datetime
from typing import Literal

import msgspec

from dragoman.records import Struct

Action = Literal["accept", "reject", "change", "add", "merge", "split"]
Kind = Literal[
    "report", "entity", "statement", "event", "negotiation", "proposal", "flag", "actor"
]  # actor: of all reports
NOTHING = msgspec.Raw(b"null")


class Anchor(Struct, frozen=True, omit_defaults=True):
    """What finds a record in another reading of the same text: its kind, its words, where they stand."""

    kind: Kind
    label: str  # an event's type, an entity's name, a flag's kind …
    spans: tuple[tuple[int, int], ...] = ()
    within: tuple[str, ...] = ()  # names of who takes part


class Correction(Struct, frozen=True):
    """One thing that a person said of one report's records; `report` is `Report.id`.

    `target` and the ids in `value` are those of the reading that the person saw; `anchors` finds them in another.
    """

    report: str
    action: Action
    kind: Kind
    target: str | None = None
    field: str | None = None
    value: msgspec.Raw = NOTHING
    who: str = ""
    at: str = ""
    why: str = ""
    anchors: dict[str, Anchor] = {}  # noqa: RUF012 - msgspec copies an empty default
    withdrawn: str | None = None
    unplaced: str | None = None

    @property
    def id(self) -> str:
        """A digest of what was said, by whom and when: the same correction imported twice is one."""
        said = (self.report, self.action, self.kind, self.target, self.field, self.value, self.who, self.at)
        return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:16]

    @property
    def said(self) -> object:
        """The value, decoded."""
        return msgspec.json.decode(self.value)


def now() -> str:
    """Return this moment, as the ledger writes it: UTC, to the second."""
    return datetime.now(UTC).isoformat("T", "seconds")
