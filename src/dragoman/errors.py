"""What can go wrong, as one tree.

    DragomanError
    ├── UnreadableSource     a file, URL or row could not be read; carries `uri`
    │   ├── EmptyDocument    it was read and holds no text
    │   └── OtherLanguage    its text is not in a language that is read; carries `language`
    ├── UsageError           a call or an option that makes no sense
    ├── MissingModel         a pipeline, model or table that was named is not there; carries `name`
    ├── WorkersLost          the processes that should read die as soon as they start
    └── LedgerError          a ledger cannot be opened, read or written; carries `ledger`
        └── LedgerTooNew     a later version of Dragoman made it

One bad report never ends a run: `Reader` yields a `Failure` in its place.

>>> try:
...     raise UnreadableSource("news/a.txt", "is not text", "convert it to UTF-8")
... except DragomanError as error:
...     print(error)
news/a.txt: is not text; convert it to UTF-8
"""


class DragomanError(Exception):
    """The root: everything that Dragoman raises on purpose."""


class UnreadableSource(DragomanError):
    """A source could not be read: which one, why, and what to do about it."""

    def __init__(self, uri: str, reason: str, remedy: str = "") -> None:
        super().__init__(uri, reason, remedy)
        self.uri = uri
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.uri}: {self.reason}" + (f"; {self.remedy}" if self.remedy else "")


class EmptyDocument(UnreadableSource):
    """A source was read and holds no text to report on."""


class OtherLanguage(UnreadableSource):
    """A report in a language that is not read; it is named and skipped."""

    def __init__(self, uri: str, language: str) -> None:
        super().__init__(uri, f"is in another language ({language})", "only English is read")
        self.language = language


class UsageError(DragomanError):
    """A call or an option that makes no sense."""


class MissingModel(DragomanError):
    """A pipeline, model or table that was named is not there."""

    def __init__(self, name: str, remedy: str) -> None:
        super().__init__(name, remedy)
        self.name = name
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.name} is not there; {self.remedy}"


class LedgerError(DragomanError):
    """A ledger cannot be opened, read or written: which, why, and what to do about it."""

    def __init__(self, ledger: str, reason: str, remedy: str) -> None:
        super().__init__(ledger, reason, remedy)
        self.ledger = ledger
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.ledger} {self.reason}; {self.remedy}"


class LedgerTooNew(LedgerError):
    """A later version of Dragoman made the ledger, in a shape that this one does not know."""

    def __init__(self, ledger: str, found: int, known: int) -> None:
        super().__init__(
            ledger,
            f"was made by a later version of Dragoman (its shape is {found}, this version knows {known})",
            "install that version: pip install --upgrade dragoman",
        )
        self.found = found
        self.known = known


class WorkersLost(DragomanError):
    """The processes that should read die as soon as they start: memory, or an installation that is broken."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason, remedy)
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.reason}; {self.remedy}"
