"""Which language a report is in; only where it is sure."""

import re
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SAMPLE = 2_000  # characters: more changes no verdict and costs time
FEWEST_LETTERS = 60  # a headline of names alone looks like any language
SURE = 0.95
# The commonest words of English; of English news they are three words in ten, of any other language's less than one.
COMMON_WORDS = """
the of to and that said for was with his has by from have are were been not but they who had which their would its after
will at an on as is it be this he she
"""
FUNCTION_WORDS = frozenset(COMMON_WORDS.split())
ENGLISH_SHARE = 0.15
WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text, None where that is not sure.

    >>> language_of("The minister said that the talks with the envoy would go on after the summit in the capital.")
    'en'
    """
    sample = text[:SAMPLE]
    words = [word.lower() for word in WORD.findall(sample)]
    if sum(word in FUNCTION_WORDS for word in words) > ENGLISH_SHARE * max(len(words), 5):
        return "en"
    if sum(map(len, words)) < FEWEST_LETTERS:
        return None
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= SURE else None


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """Return the model, loaded once a process."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
