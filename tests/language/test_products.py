"""The parse's products: numpy's, as exact as spaCy's, whatever rows stand around a row."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from thinc.api import NumpyOps

from dragoman.language import pipeline, products

NUMBERS = np.random.default_rng(7)
ROWS = NUMBERS.standard_normal((400, 288), dtype=np.float32)
WEIGHTS = NUMBERS.standard_normal((96, 288), dtype=np.float32)


@pytest.mark.skipif(not products.is_exact(), reason="the pipeline multiplies with BLIS on this processor")
@given(start=st.integers(0, 399), length=st.integers(1, 400))
def test_a_row_has_the_same_product_in_any_company(start: int, length: int) -> None:
    whole = products.product(ROWS, WEIGHTS.T)
    assert np.array_equal(products.product(ROWS[start : start + length], WEIGHTS.T), whole[start : start + length])


@pytest.mark.parametrize("turned", [{"trans2": True}, {"trans1": True}, {}])
def test_products_are_those_of_thinc(turned: dict[str, bool]) -> None:
    left, right = ROWS[:96, :96].copy(), WEIGHTS[:, :96].copy()
    ours, theirs = (ops.gemm(left, right, **turned) for ops in (products.NumpyProducts(), NumpyOps()))
    assert np.allclose(ours, theirs, atol=1e-3)


def test_no_rows_have_no_products() -> None:
    assert products.product(ROWS[:0], WEIGHTS.T).shape == (0, 96)


def test_a_processor_whose_products_depend_on_their_company_keeps_spacys(monkeypatch: pytest.MonkeyPatch) -> None:
    def sloppy(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
        return np.dot(rows, weights) * np.float32(1 + len(rows) * 1e-6)

    monkeypatch.setattr(products, "product", sloppy)
    assert not products.is_exact.__wrapped__()


def test_the_usual_pipeline_uses_them_and_the_whole_one_is_as_its_makers_have_it() -> None:
    kinds = {
        whole: {type(node.ops) for _, pipe in pipeline.load(whole=whole).pipeline[:2] for node in pipe.model.walk()}
        for whole in (False, True)
    }
    assert kinds[True] == {NumpyOps}
    assert kinds[False] == ({products.NumpyProducts} if products.is_exact() else {NumpyOps})
