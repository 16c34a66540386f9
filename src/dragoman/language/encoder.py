"""The small encoder: a sentence with its candidates' words marked, in; one vector of logits a head and candidate, out.

An ONNX model run on the CPU, one sentence at a time, so that a result never depends on what else is in a batch.
"""

import json
import os
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.errors import MissingModel
from dragoman.language.layout import ROLES, Layout, Offsets, Spans, beside, within

SMALL = "small"
FILES = ("model.onnx", "card.json", "tokenizer.json")
Logits = npt.NDArray[np.float32]
LAYOUTS: dict[str, Callable[[Sequence[int], Offsets, Sequence[Spans], int], list[Layout]]] = {
    "beside": beside,
    "within": within,
}


class Encoder:
    """The event coder's model with its card (classes, temperatures, layout), loaded once a process."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime  # here: it takes a third of a second, and not every command reads
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # the fused sum and norm takes four times as long as the two
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.card: dict[str, Any] = json.loads((folder / "card.json").read_text("utf-8"))
        self._lay_out = LAYOUTS[self.card["layout"]]

    def logits(self, text: str, candidates: Sequence[Spans]) -> list[list[Logits]]:
        """Return each candidate's logits, head by head, of one sentence."""
        pieces = self._tokenizer.encode(text)
        out: list[list[Logits]] = []
        for layout in self._lay_out(pieces.ids, pieces.offsets, candidates, self.card["first_mark"]):
            heads = self._session.run(None, _feed(layout))
            out += [[head[0][k] for head in heads] for k in range(len(layout.roles))]
        return out


def _feed(layout: Layout) -> dict[str, npt.NDArray[Any]]:
    roles = np.zeros((1, len(layout.roles), len(ROLES), len(layout.ids)), dtype=np.float32)
    for k, candidate in enumerate(layout.roles):
        for r, places in enumerate(candidate):
            for i in places:
                roles[0, k, r, i] = 1.0 / len(places)
    return {
        "ids": np.asarray([layout.ids], dtype=np.int64),
        "positions": np.asarray([layout.positions], dtype=np.int64),
        "groups": np.asarray([layout.groups], dtype=np.int64),
        "roles": roles,
    }


@cache
def load(name: str = SMALL) -> Encoder:
    """Return the encoder of this name: `small` is shipped, `large` is built by whoever wants it, or a folder's.

    MissingModel where it was not built.
    """
    bundled = files("dragoman.language") / "models"
    with as_file(bundled) as models:
        folder = Path(name) if set(name) & {"/", os.sep, "."} else models / name
        if not all((folder / file).is_file() for file in FILES):
            base = " --base mpnet" if name == "large" else ""
            raise MissingModel(f"the coder {name}", f"build it with `python training/events/train.py{base}`")
        return Encoder(folder)
