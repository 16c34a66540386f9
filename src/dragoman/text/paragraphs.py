"""Lines into paragraphs: hard wraps re-joined, breaks inside a sentence healed, hyphens at line ends mended."""

import re
from collections.abc import Callable
from itertools import pairwise

SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
UNFINISHED = re.compile(r"[\w,–—-]$")  # a quotation mark or bracket may close a sentence
STARTS_LOWER = re.compile(r"[\"'“‘(\[]?[a-z]")
NARROWEST, WIDEST = 40, 132  # columns of typewriters, wires and terminals
FEWEST_WRAPS = 3
WRAPPED_SHARE = 0.8
LEAST_WORDS_TO_HEAL = 6  # fewer is a heading or a label, not a sentence that broke
LINE_END_HYPHEN = re.compile(r"([A-Za-z]+)-$")
FIRST_WORD = re.compile(r"[a-z]+")
# Ends of English words that are not words: what stands before the hyphen is then the same word's beginning.
WORD_ENDS = re.compile(
    r"(?:[bcdfglmnprstv]*(?:ment|tion|sion|ation|ition|ution|tional|mental|ingly|ously|tive|sive|tives|ity|ities|ance|"
    r"ence|ances|ences|ency|ancy|ism|ists?|ized?|ised?|ments|tions|sions|ations|ling|ting|ning|ring|sing|ding|cing|"
    r"ving|ters|ders|ners|cials?|tary|nary|tory|sary|eign|ernment))"
)
STRAY_HYPHEN = re.compile(rf"\b([a-z]{{3,}})- ({WORD_ENDS.pattern})\b")


def paragraphs_of(text: str, stands_alone: Callable[[str], bool]) -> list[str]:
    r"""Return the paragraphs of a text; a line that `stands_alone` (a heading, junk) is joined to none.

    >>> paragraphs_of("Talks between the two\nsides failed.\nBoth left.", lambda line: False)
    ['Talks between the two sides failed.', 'Both left.']
    """
    lines = [line.strip() for line in text.split("\n")]
    width = width_of(lines)
    paragraphs: list[str] = []
    last = ""
    for line in lines:
        if last and line and _continues(paragraphs[-1], last, line, width, stands_alone):
            paragraphs[-1] = _joined(paragraphs[-1], line, text)
        elif line:
            paragraphs.append(line)
        last = line
    return [STRAY_HYPHEN.sub(r"\1\2", paragraph) for paragraph in paragraphs]


def healed(paragraphs: list[str]) -> list[str]:
    """Return the paragraphs, those that break off inside a sentence joined to their rest.

    >>> healed(["The minister said on Monday that the", "talks would resume."])
    ['The minister said on Monday that the talks would resume.']
    """
    found: list[str] = []
    for paragraph in paragraphs:
        if found and _breaks_off(found[-1]) and STARTS_LOWER.match(paragraph):
            found[-1] = f"{found[-1]} {paragraph}"
        else:
            found.append(paragraph)
    return found


def width_of(lines: list[str]) -> int | None:
    """Return the column at which a text is hard-wrapped, None where it is not.

    A text is wrapped where, at nearly each line's end, the next line's first word would not have fitted.
    """
    pairs = [(line, following) for line, following in pairwise(lines) if line and following]
    if len(pairs) < FEWEST_WRAPS:
        return None
    width = max(len(line) for pair in pairs for line in pair)
    if not NARROWEST <= width <= WIDEST:
        return None
    wraps = sum(_fills(line, following, width) for line, following in pairs)
    return width if wraps >= max(FEWEST_WRAPS, WRAPPED_SHARE * len(pairs)) else None


def _fills(line: str, following: str, width: int) -> bool:
    """Return whether the next line's first word would not have fitted on this one."""
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width


def _continues(paragraph: str, last: str, line: str, width: int | None, stands_alone: Callable[[str], bool]) -> bool:
    """Return whether a line goes on with the sentence, or the wrapped paragraph, of the one before."""
    is_wrapped = width is not None and _fills(last, line, width)
    starts_lower = STARTS_LOWER.match(line) is not None
    if not is_wrapped and (SENTENCE_END.search(last) or not starts_lower):
        return False
    if stands_alone(paragraph):
        return False
    # "…the ministry's new" + "privacy policy.": inside a sentence, what looks like junk is its end.
    return not stands_alone(line) or (_breaks_off(paragraph) and (starts_lower or is_wrapped))


def _joined(paragraph: str, line: str, text: str) -> str:
    """Return a paragraph with the next line: a word that was cut at the line's end is mended where that is safe."""
    cut, rest = LINE_END_HYPHEN.search(paragraph), FIRST_WORD.match(line)
    if cut is None or rest is None:
        return f"{paragraph} {line}"
    whole = cut.group(1) + rest.group()
    if WORD_ENDS.fullmatch(rest.group()) or re.search(rf"\b{re.escape(whole)}\b", text):
        return paragraph[:-1] + line
    return paragraph + line  # "cease-fire" and "well-known" keep the hyphen that they may have had


def _breaks_off(paragraph: str) -> bool:
    """Return whether a paragraph stops inside a sentence."""
    return UNFINISHED.search(paragraph) is not None and len(paragraph.split()) >= LEAST_WORDS_TO_HEAL
