"""A spaCy pipeline with traps: words in a report that kill, hang or break the process that reads it.

Reading processes import it by name (`--model trapped`), from the folder that the test puts on the path.
"""

import os
import signal
import time

from spacy.language import Language
from spacy.tokens import Doc

from dragoman.language import pipeline


@Language.component("traps")
def traps(doc: Doc) -> Doc:
    if "Killword" in doc.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "Exitword" in doc.text:
        os._exit(3)
    if "Hangword" in doc.text:
        time.sleep(600)
    if "Breakword" in doc.text:
        raise ZeroDivisionError("no such number")
    return doc


def load() -> Language:
    nlp = pipeline.load()
    if "traps" not in nlp.pipe_names:
        nlp.add_pipe("traps", first=True)
    return nlp
