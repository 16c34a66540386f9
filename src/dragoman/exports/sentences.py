"""Which sentence of a report an offset is in, counted without a parse."""

import re
from bisect import bisect_right

from dragoman.records import Record

# An end mark, closing quotes and brackets, blanks, and what may begin a sentence; or a new paragraph.
END = re.compile(r"""[.!?…]["'”’)\]]*\s+(?=["'“‘(\[]*[A-Z0-9])|\n\s*\n""")
# A point after these, or after one capital, ends no sentence.
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Sen|Rep|Gov|St|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Z])$"
)


class Sentences:
    """The sentences of a report: by their punctuation, and wherever the record itself has one begin.

    The parse that made the record is gone; a count may be one off where punctuation misleads.
    """

    def __init__(self, record: Record) -> None:
        text = record.report.text
        starts = {0} | {match.end() for match in END.finditer(text) if not _is_abbreviation(text, match.start())}
        starts |= {sentence.start for event in record.events for sentence in event.evidence}
        self._starts = sorted(starts)
        self._text = text

    def number_at(self, offset: int) -> int:
        """Return the number of the sentence that an offset is in; the first is 1."""
        return bisect_right(self._starts, offset)

    def around(self, offset: int) -> tuple[int, int]:
        """Return where the sentence that an offset is in begins and ends."""
        number = self.number_at(offset)
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return start, start + len(self._text[start:end].rstrip())


def _is_abbreviation(text: str, end: int) -> bool:
    return ABBREVIATION.search(text[max(0, end - 8) : end]) is not None


def is_lead(text: str, offset: int) -> bool:
    """Whether an offset is in the first paragraph.

    >>> is_lead("Talks failed.\\n\\nThey began on Monday.", 3)
    True
    """
    return "\n\n" not in text[:offset].lstrip("\n")
