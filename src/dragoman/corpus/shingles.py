"""A text as the set of its word shingles, and a sketch of it that finds the texts it may share words with."""

import re
import zlib

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

WORD = re.compile(r"\w+")
LENGTH = 5  # words: shorter ones are shared by chance ("a spokesman for the ministry"), longer ones break at each edit
SAMPLED = np.uint64(4)  # a sketch keeps one hash in four: a copy of 40 words still leaves about nine
_POWERS = np.array([0x9E3779B97F4A7C15 ** (i + 1) % 2**64 for i in range(LENGTH)], dtype=np.uint64)


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation: what a copy keeps.

    >>> words_of("MOSCOW — “No,” he said.")
    ['moscow', 'no', 'he', 'said']
    """
    return WORD.findall(text.lower())


def shingles_of(text: str) -> Hashes:
    """Return the hashes of a text's shingles in its order; of a text shorter than a shingle, one hash of all of it.

    The same text gives the same hashes on every machine.

    >>> len(shingles_of("Talks in Geneva broke off on Friday"))
    3
    """
    words = words_of(text)
    words += [""] * (LENGTH - len(words))
    codes = np.fromiter((zlib.crc32(word.encode()) for word in words), dtype=np.uint64, count=len(words))
    windows = np.lib.stride_tricks.sliding_window_view(codes, LENGTH)
    return _mixed((windows * _POWERS).sum(axis=1, dtype=np.uint64))


def sketch_of(shingles: Hashes) -> Hashes:
    """Return the hashes that are 0 modulo `SAMPLED`, sorted, each once (Broder's mod-m sketch, "FracMinHash").

    Unlike a MinHash signature its length grows with the text, so it tells how far a short text is contained in a long
    one, and not only how like two texts of one length are.
    """
    return np.unique(shingles[shingles % SAMPLED == 0])


def _mixed(hashes: Hashes) -> Hashes:
    """Spread hashes over all 64 bits (the finaliser of splitmix64)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))
