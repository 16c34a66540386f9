"""The sets of words that the rules ask about, from `words.toml`."""

import tomllib
from importlib.resources import files

WORDS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(files("dragoman.statements").joinpath("words.toml").read_text("utf-8")).items()
}
