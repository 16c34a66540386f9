"""What a check reads: the parse, the report and all records made of it, with the questions that checks share."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property

from spacy.tokens import Doc, Token

from dragoman.entities.knowledge import Knowledge
from dragoman.entities.lookup import Entities
from dragoman.records import Event, FlagSpan, Report, Span, Statement
from dragoman.statements.quotemarks import Quotation, find_quotations

# Words that set an act apart from another of its kind, and those that set one time apart from another.
ANOTHER = (
    r"again|another|earlier|previous(?:ly)?|later|last (?:week|month|year|spring|summer|autumn|winter|\w+day)|"
    r"(?:a|the) second|separate|similar|elsewhere"
)
OTHERS = re.compile(rf"\b(?:{ANOTHER})\b", re.IGNORECASE)
TIMES = re.compile(rf"\b(?:{ANOTHER}|before|until|once|first|initially|since|now|then|former(?:ly)?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: one sentence for a person, and the words it is about."""

    message: str
    evidence: tuple[FlagSpan, ...]


@dataclass(frozen=True)
class Reading:
    """All that is known of one report when its flags are looked for."""

    doc: Doc
    report: Report
    entities: Entities
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    knowledge: Knowledge
    headlines: int = 1  # how often the headline stood in the raw document

    @property
    def text(self) -> str:
        """The report's text."""
        return self.report.text

    @property
    def title(self) -> str:
        """The headline, "" where there is none."""
        return self.report.title or ""

    @cached_property
    def published(self) -> Date | None:
        """The day of publication."""
        return Date.fromisoformat(self.report.published[:10]) if self.report.published else None

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """The outermost quotations of the text."""
        return find_quotations(self.text)

    @cached_property
    def verbs(self) -> tuple[Token, ...]:
        """The verbs of the text."""
        return tuple(t for t in self.tokens.values() if t.pos_ == "VERB")

    @cached_property
    def tokens(self) -> dict[int, Token]:
        """The tokens by the offset at which they start."""
        return {t.idx: t for t in self.doc}

    def in_text(self, start: int, end: int) -> FlagSpan:
        """Return a stretch of the text as evidence."""
        return FlagSpan(start=start, end=end, text=self.text[start:end])

    def in_title(self, start: int, end: int) -> FlagSpan:
        """Return a stretch of the headline as evidence."""
        return FlagSpan(start=start, end=end, text=self.title[start:end], in_="title")

    def of_span(self, span: Span) -> FlagSpan:
        """Return a record's span as evidence."""
        return FlagSpan(start=span.start, end=span.end, text=span.text)

    def is_quoted(self, offset: int) -> bool:
        """Return whether an offset stands inside quotation marks."""
        return any(a <= offset < b for q in self.quotations for a, b in q.pieces)

    def claim_at(self, offset: int) -> Statement | None:
        """Return the innermost statement whose content holds an offset; None where the report itself speaks."""
        holding = [s for s in self.statements if any(c.start <= offset < c.end for c in s.content)]
        return min(holding, key=lambda s: sum(c.end - c.start for c in s.content), default=None)

    def source_at(self, offset: int) -> str | None:
        """Return who says what stands at an offset: an entity id, "?" for somebody unknown, None for the report."""
        claim = self.claim_at(offset)
        return None if claim is None else claim.source or "?"

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """The sentences of the text as offsets, white space around them left out."""
        found = []
        for sentence in self.doc.sents:
            words = self.text[sentence.start_char : sentence.end_char]
            start = sentence.start_char + len(words) - len(words.lstrip())
            found.append((start, start + len(words.strip())))
        return tuple(found)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Return where the sentence around an offset starts and ends."""
        at = bisect_right(self.sentences, (offset, len(self.text))) - 1
        return self.sentences[at] if at >= 0 else (offset, offset)

    def root_of(self, start: int, end: int) -> Token | None:
        """Return the token that heads the words between two offsets."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return span.root if span is not None and len(span) else None
