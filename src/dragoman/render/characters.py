"""Characters that a page or a terminal must not obey: controls, and those that turn the direction of writing."""

import re

# C0 and C1 controls but tab and line feed; the bidirectional marks, embeddings, overrides and isolates; line and
# paragraph separators; halves of surrogate pairs.
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    r"""Return a text with what would be obeyed written out.

    >>> visible("Talks \x1b[31mfailed")
    'Talks \\x1b[31mfailed'
    """
    return OBEYED.sub(lambda match: _written_out(match[0]), text)


def on_one_line(text: str) -> str:
    r"""Return a text with what would be obeyed written out and every stretch of blanks as one space.

    >>> on_one_line("Talks failed\n\non Monday")
    'Talks failed on Monday'
    """
    return visible(" ".join(text.split()))


def _written_out(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
