"""What can go wrong, as one tree.

    DragomanError
    ├── UnreadableSource     a file, URL or row could not be read; carries `uri`
    │   ├── EmptyDocument    it was read and holds no text
    │   └── OtherLanguage    its text is not in a language that is read; carries `language`
    ├── UsageError           a call or an option that makes no sense
    └── MissingModel         a pipeline, model or table that was named is not there; carries `name`

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
