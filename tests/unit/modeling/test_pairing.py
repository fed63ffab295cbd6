"""Two versions on the same rows: gains, their certainty, and what is refused."""

from datetime import date
from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.by_day import errors
from helpers.programs import python
from lineal.modeling import pairing
from lineal.modeling.errors_by_day import Errors, Rows, Sums
from lineal.modeling.pairing import (
    DifferentRowsError,
    Improvement,
    UndefinedImprovementError,
    UnknownMetricError,
    improvement,
)

METRICS = ("wape", "mae", "rmse")
amounts = st.floats(0, 1e6)


def compare(
    new: Errors, old: Errors, metric: str = "wape", **asked: Any
) -> Improvement:
    """Compare with settings that a test need not repeat."""
    settings: dict[str, Any] = {"margin": 0.0, "relative": False, "confidence": 0.95}
    return improvement(new, old, metric, replicates=200, **(settings | asked))


@given(st.lists(amounts, min_size=4, max_size=30), st.sampled_from(METRICS))
def test_a_version_is_no_better_than_itself(wrong: list[float], metric: str) -> None:
    """It gains nothing in every resample, to the last bit."""
    found = compare(errors(wrong), errors(wrong), metric)

    assert (found.gain, found.share) == (0.0, 1.0)
    assert found.candidate == found.incumbent
    assert compare(errors(wrong), errors(wrong), metric, margin=1e-9).share == 0.0


@given(
    st.lists(st.tuples(amounts, amounts), min_size=4, max_size=30),
    st.randoms(use_true_random=False),
    st.sampled_from(METRICS),
)
def test_the_order_of_pairs_changes_no_value(
    pairs: list[tuple[float, float]], random: Any, metric: str
) -> None:
    """Only how sure it is may depend on which days are neighbours."""
    shuffled = random.sample(pairs, len(pairs))

    def gain(of: list[tuple[float, float]]) -> tuple[float, float, float]:
        new, old = (errors(side) for side in zip(*of, strict=True))
        found = compare(new, old, metric)
        return found.gain, found.candidate, found.incumbent

    assert gain(pairs) == gain(shuffled)


@given(st.lists(st.tuples(amounts, amounts), min_size=4, max_size=30))
def test_changing_sides_turns_the_gain_around(pairs: list[tuple[float, float]]) -> None:
    """What one gains the other loses."""
    new, old = (errors(side) for side in zip(*pairs, strict=True))
    there, back = compare(new, old), compare(old, new)

    assert there.gain == -back.gain
    assert there.share is not None
    assert back.share is not None
    assert there.share + back.share >= 1.0


def test_a_gain_is_the_metrics_difference_or_a_share_of_the_incumbents() -> None:
    """Positive is better, because all the metrics are errors."""
    new, old = errors([6.0, 8.0] * 4), errors([10.0, 10.0] * 4)

    absolute = compare(new, old)
    relative = compare(new, old, relative=True)
    assert (absolute.candidate, absolute.incumbent) == (0.07, 0.1)
    assert absolute.gain == pytest.approx(0.03)
    assert relative.gain == pytest.approx(0.3)
    assert compare(old, new).gain == pytest.approx(-0.03)
    assert (absolute.days, absolute.block) == (8, 2)


def test_rmse_is_a_root_of_sums_and_no_sum_of_roots() -> None:
    """Squares are added up over all days first."""
    found = compare(errors([3.0, 4.0] * 4), errors([5.0] * 8), "rmse", relative=True)

    assert found.candidate == pytest.approx(sqrt(12.5 / 10))
    assert found.gain == pytest.approx(1 - sqrt(12.5 / 25))


@pytest.mark.parametrize("relative", [False, True])
@pytest.mark.parametrize("metric", METRICS)
def test_resamples_equal_days_picked_one_by_one(metric: str, *, relative: bool) -> None:
    """Both versions are read on the same days of each resample."""
    rng = np.random.default_rng(3)
    weights = rng.uniform(90, 110, 11).tolist()
    sides = [rng.gamma(4, 2, 11).tolist() for _ in range(2)]
    new, old = (errors(side, weights, block=4) for side in sides)
    margin = 0.01
    found = compare(new, old, metric, margin=margin, relative=relative, seed=8)
    starts = np.random.default_rng(8).integers(11, size=(200, 3))
    gains = []
    for row in starts:
        days = [(start + step) % 11 for start in row for step in range(4)][:11]
        ours, theirs = (
            Sums(
                tuple(each.metrics[metric].errors[day] for day in days),
                tuple(each.metrics[metric].weights[day] for day in days),
                each.metrics[metric].root,
            ).value
            for each in (new, old)
        )
        gains.append((theirs - ours) / (theirs if relative else 1))

    assert found.share == np.mean(np.array(gains) >= margin)
    assert found.share not in {None, 0.0, 1.0}


def test_the_larger_block_counts() -> None:
    """A version that asks for more caution gets it."""
    new, old = errors([1.0] * 8, block=4), errors([2.0] * 8, block=3)

    assert compare(new, old).block == compare(old, new).block == 4


@pytest.mark.parametrize(("days", "block"), [(1, 1), (7, 4), (27, 14)])
def test_fewer_than_two_blocks_of_days_prove_nothing(days: int, block: int) -> None:
    """The gain is still told, and no share."""
    found = compare(errors([1.0] * days, block=block), errors([2.0] * days))

    assert found.gain == pytest.approx(0.01)
    assert found.share is None


def test_no_share_is_drawn_where_nobody_asks_for_confidence() -> None:
    """A gate may ask for the gain alone."""
    assert compare(errors([1.0] * 9), errors([2.0] * 9), confidence=None).share is None


OLD = errors([1.0, 2.0, 3.0, 4.0])


@pytest.mark.parametrize(
    "other",
    [
        errors([1.0, 2.0, 3.0, 4.0], rows=Rows(40, "cd" * 32)),
        errors([1.0, 2.0, 3.0, 4.0], rows=Rows(39, "ab" * 32)),
        errors(
            [1.0, 2.0, 3.0, 4.0],
            periods=tuple(date(2024, 1, each) for each in (1, 2, 3, 5)),
        ),
        errors([1.0, 2.0, 3.0]),
        errors([1.0, 2.0, 3.0, 4.0], [100.0, 100.0, 100.0, 101.0]),
        errors(
            [1.0, 2.0, 3.0, 4.0],
            metrics={"wape": Sums((1.0,) * 4, (100.0,) * 4, root=True)},
        ),
    ],
    ids=["values", "count", "days", "fewer days", "weights", "another metric"],
)
def test_other_rows_are_refused(other: Errors) -> None:
    """Nobody is better for having had the easier days."""
    for pair in ((other, OLD), (OLD, other)):
        with pytest.raises(DifferentRowsError, match="rows from 2024-01-01 to 2024-01"):
            compare(*pair)


def test_an_unknown_metric_is_refused_with_those_that_there_are() -> None:
    """Either version may lack it."""
    known = "only by: mae, rmse, wape"
    with pytest.raises(UnknownMetricError, match=f"'mape', {known}"):
        compare(OLD, OLD, "mape")
    with pytest.raises(UnknownMetricError, match="'mae', only by: wape"):
        compare(OLD, errors([1.0], metrics={"wape": Sums((1.0,), (1.0,))}), "mae")


def test_what_would_divide_by_zero_is_refused() -> None:
    """No number may stand for what is undefined."""
    nothing = errors([1.0, 2.0], [0.0, 0.0])
    perfect = errors([0.0] * 4)
    sparse = errors([1.0] * 4, [0.0, 0.0, 0.0, 5.0], block=1)

    with pytest.raises(UndefinedImprovementError, match="nothing was"):
        compare(nothing, nothing)
    with pytest.raises(UndefinedImprovementError, match="wape is 0"):
        compare(OLD, perfect, relative=True)
    with pytest.raises(UndefinedImprovementError, match="a resample has none"):
        compare(sparse, sparse)
    assert compare(OLD, perfect).gain < 0


def test_comparing_is_quick_to_import() -> None:
    """A gate must not pay for pandas."""
    done = python(
        "-c", f"import {pairing.__name__}, sys; print('pandas' in sys.modules)"
    )

    assert done.stdout == "False\n"
