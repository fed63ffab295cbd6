"""The tables behind plots: scikit-learn's curves, thinned, with both ends kept."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from lineal.modeling.tables import curves

RNG = np.random.default_rng(3)
SHARE = RNG.random(5000)
HAPPENED = RNG.random(5000) < SHARE


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=2, max_size=40))
def test_short_curves_are_those_of_scikit_learn(rows: list[tuple[bool, int]]) -> None:
    """With every threshold; there is none where only one side happened."""
    happened = np.array([each[0] for each in rows])
    share = np.array([each[1] / 9 for each in rows])
    roc, precision = (f(happened, share) for f in (curves.roc, curves.precision_recall))

    if happened.all() or not happened.any():
        assert len(roc) == len(precision) == 0
        return
    false, true, _ = metrics.roc_curve(happened, share, drop_intermediate=False)
    right, found, thresholds = metrics.precision_recall_curve(happened, share)
    assert roc["false_positive_rate"].tolist() == pytest.approx(false.tolist())
    assert roc["true_positive_rate"].tolist() == pytest.approx(true.tolist())
    assert precision["precision"].tolist() == pytest.approx(right[:-1][::-1].tolist())
    assert precision["recall"].tolist() == pytest.approx(found[:-1][::-1].tolist())
    assert precision["threshold"].tolist() == thresholds[::-1].tolist()


def test_long_curves_are_thinned_and_keep_their_ends() -> None:
    """Hardly any area is lost."""
    roc = curves.roc(HAPPENED, SHARE)
    precision = curves.precision_recall(HAPPENED, SHARE)
    points = roc[["false_positive_rate", "true_positive_rate"]].to_numpy()

    assert len(roc) == len(precision) == curves.POINTS
    assert points[[0, -1]].tolist() == [[0, 0], [1, 1]]
    assert np.isnan(roc["threshold"][0])
    assert precision["recall"].iloc[-1] == 1
    assert precision["threshold"].iloc[-1] == SHARE.min()
    assert metrics.auc(*points.T) == pytest.approx(
        metrics.roc_auc_score(HAPPENED, SHARE), abs=1e-3
    )


def test_curves_of_no_rows_are_empty() -> None:
    """A segment may have none."""
    nothing = np.array([], dtype=bool), np.array([])

    assert curves.roc(*nothing).empty
    assert curves.precision_recall(*nothing).empty


@pytest.mark.parametrize("by", ["quantile", "width"])
def test_true_probabilities_are_reliable(by: curves.By) -> None:
    """What is promised happens that often, whatever the bins are."""
    table = curves.reliability(HAPPENED, SHARE, bins=5, by=by)

    assert table["rows"].sum() == SHARE.size
    assert len(table) == 5
    assert np.abs(table["predicted"] - table["happened"]).max() < 0.05


def test_equal_probabilities_are_never_parted() -> None:
    """Bins without rows are left out."""
    share = np.array([0.1] * 8 + [0.9] * 2)
    table = curves.reliability(share > 0.5, share, bins=4)

    assert table["predicted"].tolist() == pytest.approx([0.1, 0.9])
    assert table["rows"].tolist() == [8, 2]


def test_the_confusion_is_a_row_a_cell() -> None:
    """In the order of the classes."""
    table = curves.confused(np.array([0, 0, 1]), np.array([0, 1, 1]), ["no", "yes"])

    assert table.to_numpy().tolist() == [
        ["no", "no", 1],
        ["no", "yes", 1],
        ["yes", "no", 0],
        ["yes", "yes", 1],
    ]


def test_each_class_is_reported() -> None:
    """What cannot be divided is none."""
    found = curves.per_class(
        np.array([0, 0, 1]), np.array([0, 0, 0]), ["no", "yes", "else"]
    )

    assert [each.label for each in found] == ["no", "yes", "else"]
    assert [each.support for each in found] == [2, 1, 0]
    assert [each.precision for each in found] == [2 / 3, None, None]
    assert [each.recall for each in found] == [1.0, 0.0, None]
    assert [each.f1 for each in found] == [0.8, 0.0, None]


def test_residuals_are_thinned_evenly() -> None:
    """The smallest and the largest actual values stay."""
    actual, predicted = RNG.normal(size=(2, 3000))
    all_, some = (curves.residuals(actual, predicted, points=n) for n in (9999, 100))

    assert (len(all_), len(some)) == (3000, 100)
    assert some["actual"].iloc[[0, -1]].tolist() == [actual.min(), actual.max()]
    assert some["actual"].is_monotonic_increasing


def test_every_error_is_in_a_bin() -> None:
    """The outermost reach as far as errors do."""
    actual, predicted = RNG.normal(size=(2, 3000))
    table = curves.histogram(actual, predicted)

    assert table["rows"].sum() == 3000
    assert len(table) == 40
    assert table["low"].iloc[0] == (predicted - actual).min()
    assert table["high"].iloc[-1] == (predicted - actual).max()
    assert curves.histogram([], []).empty
    assert curves.histogram([1, 2], [2, 3]).to_numpy().tolist() == [[1, 1, 2]]
