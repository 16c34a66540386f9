"""attribution-missing: a charge that nobody makes: an answer without an accuser, a rumour in the passive."""

import re
from collections.abc import Iterator

from dragoman.checks.reading import Finding, Reading
from dragoman.records import FlagSpan

ANSWER = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es|ed|ing))\s+"
    r"(?:the |all |any |those |these )?(?P<charge>allegations?|accusations?|charges|claims)\b"
    r"(?! (?:by|of the|from|made|that))"
)
ACCUSER = re.compile(
    r"\b(?:accus(?:e|es|ed|ing|ers?)|alleg(?:e|es|ed|ing|edly)|claim(?:ed|s|ing)?|charged|reportedly|complain\w*|"
    r"indict\w*|sued|lawsuit|prosecutors?|convict\w*|sentenced|guilty|courts?|investigat\w*|according to|critics?|"
    r"suspect\w*|blam(?:e|es|ed|ing))\b"
)
RUMOUR = re.compile(
    r"\b[Ii]t (?:is|was|has been) (?:(?:widely|generally|commonly|also|now) )?"
    r"(?:believed|alleged|rumou?red|claimed|suspected|whispered) that\b"
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the charges that no source stands for."""
    for match in RUMOUR.finditer(reading.text):
        if not reading.is_quoted(match.start()) and reading.claim_at(match.start()) is None:
            yield Finding("The report does not say who claims this.", (_sentence(reading, match.start()),))
    for match in ANSWER.finditer(reading.text):
        if not reading.is_quoted(match.start()) and not _accused(reading, match):
            message = f"The report tells of an answer to {match['charge']}, and not who made them or what they are."
            yield Finding(message, (reading.in_text(match.start(), match.end()),))


def _sentence(reading: Reading, offset: int) -> FlagSpan:
    start, end = reading.sentence_at(offset)
    return reading.in_text(start, start + len(reading.text[start:end].rstrip()))


def _accused(reading: Reading, answer: re.Match[str]) -> bool:
    """Whether anybody charges anybody before the answer, or in its sentence's own words."""
    start, end = reading.sentence_at(answer.start())
    others = reading.text[:start], reading.text[end:]
    return any(ACCUSER.search(text) for text in others)
