"""Calibrated probabilities: nearer to the truth, and kept only if they are."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from lineal.modeling.tables.calibration import (
    Calibrator,
    InvalidCalibratorError,
    Steps,
    calibrate,
)
from lineal.modeling.tables.config import Probabilities
from lineal.modeling.tables.scores import class_scores
from lineal.modeling.tables.sigmoid import Sigmoid

Floats = npt.NDArray[np.float64]
METHODS = ("isotonic", "sigmoid")
HALF_A_MAP = (
    b'{"method":"none","reason":"","positive":1,"before":null,"after":{},"rows":1,'
    b'"maps":[{"type":"isotonic","given":[0.5],"meant":[]}]}'
)


def bent(rows: int, power: float = 2.0, *, seed: int = 0) -> tuple[Floats, Floats]:
    """Return codes, and probabilities whose truth is a power of them."""
    rng = np.random.default_rng(seed)
    share = rng.random(rows)
    codes = (rng.random(rows) < share**power).astype(float)
    return codes, np.stack([1 - share, share], axis=1)


def three(rows: int) -> tuple[Floats, Floats]:
    """Return codes of three classes, and probabilities that are too sure."""
    rng = np.random.default_rng(1)
    truth = rng.dirichlet([1, 1, 1], rows)
    codes = np.array([rng.choice(3, p=each) for each in truth]).astype(float)
    sure = truth**3
    return codes, sure / sure.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("method", METHODS)
def test_wrong_probabilities_are_put_right(method: Any) -> None:
    """On rows that calibration never saw."""
    found = calibrate(*bent(4000), Probabilities(method=method), positive=1)
    codes, answers = bent(4000, seed=5)
    raw, better = (
        class_scores(codes, each, positive=1)
        for each in (answers, found.apply(answers))
    )

    assert found.method == method
    assert found.reason.startswith(f"{method.capitalize()} calibration lowers")
    assert (better["log_loss"] or 9) < 0.9 * (raw["log_loss"] or 0)
    assert (better["calibration_error"] or 9) < 0.03 < (raw["calibration_error"] or 0)


@pytest.mark.parametrize("positive", [0, 1])
def test_either_class_may_be_the_positive_one(positive: int) -> None:
    """Probabilities add up to one."""
    found = calibrate(*bent(2000), Probabilities(), positive=positive)
    answers = found.apply(bent(50)[1])

    assert found.method != "none"
    assert answers.sum(axis=1) == pytest.approx(1)
    assert np.all((answers > 0) & (answers < 1))


@pytest.mark.parametrize("method", METHODS)
def test_each_of_more_classes_is_calibrated(method: Any) -> None:
    """Against the rest, and then all add up to one."""
    codes, answers = three(3000)
    found = calibrate(codes, answers, Probabilities(method=method), positive=None)
    after = found.apply(answers)

    assert len(found.maps) == 3
    assert after.sum(axis=1) == pytest.approx(1)
    assert found.after[method] < (found.before or 0)


def test_auto_takes_the_better_one() -> None:
    """Both are judged on halves that they did not see."""
    found = calibrate(*bent(4000), Probabilities(), positive=1)

    assert found.after.keys() == set(METHODS)
    assert found.method == min(found.after, key=lambda name: found.after[name])


def test_true_probabilities_are_left_alone() -> None:
    """What does not help is not kept."""
    codes, answers = bent(300, power=1.0)
    found = calibrate(codes, answers, Probabilities(method="isotonic"), positive=1)

    assert found.method == "none"
    assert "does not lower" in found.reason
    assert found.apply(answers) is answers


def test_none_is_what_was_asked_for() -> None:
    """Then nothing is tried."""
    found = calibrate(*bent(50), Probabilities(method="none"), positive=1)

    assert (found.method, found.after, found.before) == ("none", {}, None)


def test_a_half_without_a_class_teaches_nothing() -> None:
    """Sorted rows are such a case."""
    codes, answers = bent(100)
    found = calibrate(np.sort(codes), answers, Probabilities(), positive=1)

    assert found.method == "none"
    assert "lacks a class" in found.reason


@pytest.mark.parametrize("method", [*METHODS, "none"])
def test_what_is_written_reads_back_to_the_last_bit(method: Any) -> None:
    """The same bytes for the same rows, and the same answers."""
    made = calibrate(*bent(500), Probabilities(method=method), positive=1)
    read = Calibrator.from_json(made.to_json())

    assert read == made
    assert read.to_json() == made.to_json()
    assert np.array_equal(read.apply(bent(9)[1]), made.apply(bent(9)[1]))


@pytest.mark.parametrize(
    "text",
    [
        b"{}",
        b"\xff",
        b"[",
        HALF_A_MAP,
    ],
)
def test_another_text_is_refused(text: bytes) -> None:
    """The way out is told."""
    with pytest.raises(InvalidCalibratorError, match="run the evaluate stage again"):
        Calibrator.from_json(text)


def test_steps_are_those_of_scikit_learn_but_never_certain() -> None:
    """They are kept off 0 and 1 by how many rows there were."""
    codes, answers = bent(200)
    share, happened = answers[:, 1], codes == 1
    steps = Steps.learn(share, happened)
    expected = IsotonicRegression(out_of_bounds="clip").fit(share, codes).predict(share)

    assert steps.apply(share) == pytest.approx(np.clip(expected, 1 / 202, 201 / 202))
    assert steps.apply(np.array([-1.0, 2.0])) == pytest.approx([1 / 202, 201 / 202])


def test_the_sigmoid_is_the_logistic_regression_of_log_odds() -> None:
    """Platt's softened targets are weights of both sides."""
    codes, answers = bent(300)
    share, hits = answers[:, 1], codes.sum()
    found = Sigmoid.learn(share, codes == 1)
    odds = np.log(share / (1 - share))[:, None]
    high, low = (hits + 1) / (hits + 2), 1 / (300 - hits + 2)
    goal = np.where(codes == 1, high, low)
    model = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000).fit(
        np.vstack([odds, odds]),
        np.repeat([1, 0], 300),
        sample_weight=np.concatenate([goal, 1 - goal]),
    )

    assert found.slope == pytest.approx(model.coef_[0, 0], rel=1e-5)
    assert found.intercept == pytest.approx(model.intercept_[0], rel=1e-5)


def test_a_sigmoid_of_equal_probabilities_is_their_share() -> None:
    """There is no slope to learn."""
    happened = np.array([True, False, False, False])
    for share in (0.3, 0.5):
        found = Sigmoid.learn(np.full(4, share), happened)
        odds = float(np.mean(np.where(happened, 2 / 3, 1 / 5)))
        assert found.apply(np.array([share])) == pytest.approx([odds])


def test_separable_rows_have_a_finite_sigmoid() -> None:
    """Nothing is certain, not even what never failed."""
    share = np.array([0.0, 0.01, 0.99, 1.0])
    found = Sigmoid.learn(share, share > 0.5)

    assert np.isfinite([found.slope, found.intercept]).all()
    assert 0 < found.apply(share)[0] < found.apply(share)[3] < 1
