"""Numbers as a linear model wants them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lineal.modeling.tables.scaling import Scaler

VALUES = arrays(
    np.float64,
    st.tuples(st.integers(1, 20), st.integers(0, 4)),
    elements=st.one_of(st.just(np.nan), st.floats(-1e6, 1e6)),
)


@given(VALUES)
def test_no_value_is_missing_and_none_is_wild(values: np.ndarray) -> None:
    """Whatever is missing; each column has a mean of zero and a spread of one or none."""
    scaler = Scaler().fit(values)
    found = scaler.transform(values)

    assert found.shape == (len(values), len(scaler.sources_))
    assert np.isfinite(found).all()
    assert (np.abs(found.mean(axis=0)) < 1e-6).all()
    assert (np.abs(found) <= np.sqrt(len(values)) + 1e-6).all()


def test_the_median_fills_and_a_flag_tells() -> None:
    """A column that was never seen is nothing, later too."""
    nan = np.nan
    learned = np.array([[1.0, nan, 5.0], [3.0, nan, 5.0], [nan, nan, 5.0]])
    scaler = Scaler().fit(learned)

    assert scaler.sources_ == [0, 1, 2, 0]
    assert scaler.transform(np.array([[2.0, 7.0, 5.0]])).tolist()[0][:3] == [0, 7, 0]
    filled = scaler.transform(np.array([[nan, nan, nan]]))
    assert filled[0, 0] == 0
    assert filled[0, 3] > 0
