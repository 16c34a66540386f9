"""Typographic damage, mended where that is safe: mojibake, control characters, spaces, ligatures, line ends."""

import re
import unicodedata

LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
TERMINAL_CODES = re.compile(r"\x1b\[[\d;]*[A-Za-z]")
# Control characters, marks of writing direction, zero-width characters, soft hyphens, non-characters.
DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
C1_CONTROL = re.compile("[\x80-\x9f]")
SURROGATES = re.compile("[\ud800-\udfff]")
# UTF-8 read as an 8-bit encoding leaves two foreign characters side by side, or one before a lost space, or a C1
# control. ftfy's own test takes half of the stage's time, so it is asked only where one of these is found.
SUSPECT = re.compile("[^\x00-\x7f]{2}|[ÂÃ] |[\x80-\x9f]")
SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u2011": "-"}
)


def repaired(text: str) -> str:
    """Return the text mended; what is doubtful is left as it is.

    >>> repaired("The ministerâ€™s\u00a0 reply:\u200b â€œNoâ€\x9d")
    'The minister’s reply: “No”'
    """
    text = LINE_ENDS.sub("\n", TERMINAL_CODES.sub("", text)) if not text.isprintable() else text
    if "&" in text:
        from ftfy.fixes import unescape_html  # here, and below: it takes a quarter of a second, and few texts need it

        text = unescape_html(text)
    if not text.isascii():
        text = _in_unicode(text)
    text = SPACES.sub(" ", DROPPED.sub("", text))
    return "\n".join(line.strip() for line in text.split("\n"))


def _in_unicode(text: str) -> str:
    """Return the text with mojibake, lone surrogates and ligatures mended, composed."""
    if SURROGATES.search(text):
        from ftfy.fixes import fix_surrogates

        text = SURROGATES.sub("\ufffd", fix_surrogates(text))
    if SUSPECT.search(text):
        text = _without_mojibake(text)
    return unicodedata.normalize("NFC", text.translate(LIGATURES))


def _without_mojibake(text: str) -> str:
    import ftfy
    from ftfy.badness import is_bad

    if not is_bad(text) and not C1_CONTROL.search(text):
        return text
    # Curly quotes stay: a quotation's direction is in them.
    return ftfy.fix_text(text, ftfy.TextFixerConfig(uncurl_quotes=False, explain=False, fix_character_width=False))
