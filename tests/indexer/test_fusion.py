import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from indexer.fusion import fused, normalised


@given(arrays(np.float32, st.integers(1, 30), elements=st.floats(-100, 100, width=32)), st.integers(1, 40))
def test_normalising_keeps_scores_between_0_and_1_and_never_reverses_an_order(
    scores: np.ndarray[tuple[int], np.dtype[np.float32]], depth: int
) -> None:
    result = normalised(scores, depth=depth)
    assert result.min() >= 0
    assert result.max() <= 1
    assert (np.diff(result[np.argsort(scores, kind="stable")]) >= 0).all()


def test_a_text_good_in_both_lists_comes_before_one_that_is_best_in_one() -> None:
    dense = np.array([1.0, 0.9, 0.0], np.float32)
    lexical = np.array([0.0, 8.0, 9.0], np.float32)
    assert int(fused([dense, lexical], depth=3).argmax()) == 1
