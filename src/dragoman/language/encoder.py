"""The small encoder: a sentence with its candidate's words marked, in; one vector of logits a head, out.

An ONNX model run on the CPU, one sentence at a time, so that a result never depends on what else is in a batch.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dragoman.errors import MissingModel

MAX_PIECES = 160
# Markers are the vocabulary's unused pieces: what opens and what closes.
MARKS = {"actor": (1, 2), "recipient": (3, 4), "trigger": (5, 6)}
ROLES = ("actor", "recipient", "trigger")

Spans = dict[str, list[tuple[int, int]]]


class Marked(NamedTuple):
    """A sentence as the model takes it: piece ids, and where each role's opening marks stand."""

    ids: list[int]
    at: dict[str, list[int]]


def mark(ids: Sequence[int], offsets: Sequence[tuple[int, int]], spans: Spans) -> Marked:
    """Put the markers around the pieces of each span; `ids` has [CLS] first and [SEP] last.

    Long sentences lose pieces at the far side of the trigger.
    """
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for role, places in spans.items():
        for start, end in places:
            inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start and b > a]
            if inside:
                opens.setdefault(inside[0], []).append(role)
                closes.setdefault(inside[-1], []).append(role)
    centre = next((i for i, roles in opens.items() if "trigger" in roles), next(iter(opens), 0))
    room = MAX_PIECES - 2 - 2 * sum(map(len, opens.values()))
    first = max(1, min(centre - room // 2, len(ids) - 1 - room))
    last = min(len(ids) - 1, first + room)
    out, at = [ids[0]], {role: [] for role in ROLES}  # type: tuple[list[int], dict[str, list[int]]]
    for i in range(first, last):
        for role in opens.get(i, ()):
            at[role].append(len(out))
            out.append(MARKS[role][0])
        out.append(ids[i])
        out += [MARKS[role][1] for role in reversed(closes.get(i, ()))]
    return Marked([*out, ids[-1]], at)


class Encoder:
    """The event coder's model, loaded once a process."""

    def __init__(self, model: str, tokenizer: str, threads: int = 1) -> None:
        import onnxruntime  # here: it takes a third of a second, and not every command reads
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(tokenizer)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def pieces(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Return the word pieces of a sentence, and the characters that each covers."""
        encoding = self._tokenizer.encode(text)
        return encoding.ids, encoding.offsets

    def logits(self, marked: Marked) -> list[npt.NDArray[np.float32]]:
        """Return the heads' logits for one marked sentence."""
        roles = np.zeros((1, len(ROLES), len(marked.ids)), dtype=np.float32)
        for r, role in enumerate(ROLES):
            for i in marked.at[role]:
                roles[0, r, i] = 1.0 / len(marked.at[role])
        feed = {"ids": np.asarray([marked.ids], dtype=np.int64), "roles": roles}
        return [head[0] for head in self._session.run(None, feed)]


@cache
def load(name: str = "coder") -> Encoder:
    """Return the bundled encoder of this name; MissingModel where it was not built."""
    folder = files("dragoman.language") / "models"
    model, tokenizer = folder / f"{name}.onnx", folder / "tokenizer.json"
    if not model.is_file() or not tokenizer.is_file():
        raise MissingModel(name, "build it with `python training/events/train.py`")
    with as_file(model) as model_path, as_file(tokenizer) as tokenizer_path:
        return Encoder(str(model_path), str(tokenizer_path))
