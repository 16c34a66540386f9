"""The parse's matrix products by numpy's BLAS, two to four times as fast as spaCy's own, where that is safe.

spaCy multiplies with BLIS, whose wheels are built for no processor in particular. numpy brings OpenBLAS, which is built
for many, but on some of them the last bit of a row's product depends on the rows around it, and a report's reading must
not depend on the reports that are parsed with it. So the processor at hand is tried first, and what fails keeps BLIS.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

Floats = npt.NDArray[np.float32]
STRIDE = 64  # rows are filled up to a multiple: for a few, OpenBLAS has other kernels, which round differently
TRIED = ((576, 288), (288, 288), (96, 64), (64, 1024), (96, 50))  # the shapes of the small pipeline's weights
PARTS = ((0, 1), (1, 4), (5, 38), (40, 104), (3, 132), (77, 334))  # rows that must not change with their company


class NumpyProducts(NumpyOps):  # type: ignore[misc]  # thinc's is not typed
    """thinc's operations with products of single-precision matrices by numpy."""

    def gemm(
        self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False
    ) -> Any:  # thinc's own signature
        """Return the product of two matrices, each turned where that is asked."""
        if trans1 or out is not None or x.dtype != np.float32 or y.dtype != np.float32:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        return product(x, y.T if trans2 else y)


def product(rows: Floats, weights: Floats) -> Floats:
    """Return rows times weights; what is over after a multiple of the stride is multiplied with nothing behind it."""
    whole = len(rows) - len(rows) % STRIDE
    out = np.empty((len(rows), weights.shape[1]), dtype=np.float32)
    np.dot(rows[:whole], weights, out=out[:whole])
    if whole < len(rows):
        last = np.zeros((STRIDE, rows.shape[1]), dtype=np.float32)
        last[: len(rows) - whole] = rows[whole:]
        out[whole:] = np.dot(last, weights)[: len(rows) - whole]
    return out


@cache
def is_exact() -> bool:
    """Whether a row's product is the same to the last bit whatever rows stand around it, on this machine."""
    numbers = np.random.default_rng(0)
    for shape in TRIED:
        weights = numbers.standard_normal(shape[::-1], dtype=np.float32).T
        rows = numbers.standard_normal((PARTS[-1][1] + 7, shape[0]), dtype=np.float32)
        whole = product(rows, weights)
        if any(not np.array_equal(product(rows[a:b], weights), whole[a:b]) for a, b in PARTS):
            return False
    return True


def use_in(nlp: Language) -> None:
    """Let a pipeline's models multiply with numpy, where that is exact; other operations and devices stay."""
    if not is_exact():
        return
    products = NumpyProducts()
    for _, pipe in nlp.pipeline:
        for layer in pipe.model.walk() if isinstance(pipe, TrainablePipe) else ():
            if type(layer.ops) is NumpyOps:
                layer.ops = products


@contextmanager
def in_one_thread() -> Iterator[None]:
    """Multiply in the caller's thread for a while: the library's others wait for work by keeping a core busy."""
    with _threads().limit(limits=1, user_api="blas"):
        yield


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()
