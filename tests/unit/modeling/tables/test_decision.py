"""The threshold: the best there is for each objective, by trying all of them."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineal.modeling.sections import InvalidParamsError
from lineal.modeling.tables.config import Decision
from lineal.modeling.tables.decision import choose
from lineal.modeling.tables.scores import class_scores

Worth = Callable[[float], Any]
Rows = tuple[npt.NDArray[np.bool_], npt.NDArray[np.float64]]


@st.composite
def mixed(draw: st.DrawFn) -> Rows:
    """Draw rows of both classes, with ties."""
    size = draw(st.integers(2, 25))
    happened = np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    happened[:2] = [True, False]
    share = draw(st.lists(st.integers(0, 5), min_size=size, max_size=size))
    return happened, np.array(share) / 5


def scored(rows: Rows, threshold: float) -> dict[str, Any]:
    """Score answers that are positive from a threshold on."""
    happened, share = rows
    answers = np.stack([1 - share, share], axis=1)
    return class_scores(
        happened, answers, positive=1, chosen=(share >= threshold).astype(float)
    )


def cost(rows: Rows, threshold: float) -> float:
    """A miss costs three false alarms."""
    said = rows[1] >= threshold
    return float((said & ~rows[0]).sum() + 3 * (~said & rows[0]).sum())


@settings(max_examples=80, deadline=None)
@given(mixed())
def test_no_threshold_is_better(rows: Rows) -> None:
    """For any of the objectives, and of equal ones the highest is taken."""
    tried = [*np.unique(rows[1]).tolist(), 1.5]
    worth: Mapping[str, Worth] = {
        "f1": lambda t: scored(rows, t)["f1"],
        "balanced": lambda t: scored(rows, t)["balanced_accuracy"],
        "cost": lambda t: -cost(rows, t),
        "recall": lambda t: (s := scored(rows, t))["recall"] >= 0.5 and s["precision"],
        "precision": lambda t: (
            (s := scored(rows, t))["precision"] is not None
            and s["precision"] >= 0.25
            and s["recall"]
        ),
    }

    for objective, value in worth.items():
        floor = {"recall": 0.5, "precision": 0.25}.get(objective)
        asked = Decision(
            objective=objective,  # type: ignore[arg-type] # a name of them
            floor=floor,
            cost_false_negative=3,
        )
        found = choose(*rows, asked)
        best = max(value(threshold) for threshold in tried)
        if best:
            assert value(found.threshold) == pytest.approx(best)
            if objective != "recall":
                above = [t for t in tried if t > found.threshold + 1e-9]
                assert all(value(t) < best - 1e-12 for t in above if t <= 1)


def test_a_fixed_threshold_is_taken() -> None:
    """Whatever the rows say."""
    found = choose([], np.array([]), Decision(objective="fixed", threshold=0.3))

    assert (found.threshold, found.objective) == (0.3, "fixed")
    assert "params.yaml gives" in found.reason


@pytest.mark.parametrize("happened", [[True, True], [False, False]])
def test_one_class_alone_chooses_nothing(happened: list[bool]) -> None:
    """Half is as good as any."""
    found = choose(happened, np.array([0.2, 0.9]), Decision())

    assert found.threshold == 0.5
    assert "one class only" in found.reason


def test_a_precision_out_of_reach_is_told() -> None:
    """The best there is is taken, with the most recall."""
    happened, share = [True, False, True, False], np.array([0.9, 0.9, 0.5, 0.5])
    asked = Decision(objective="precision", floor=0.8)
    found = choose(happened, share, asked)

    assert found.threshold == 0.5
    assert found.reason == (
        "The answer is positive from a probability of 0.5000 on: no threshold reaches "
        "a precision of 0.8 on validation; it has the best there is (0.5000)."
    )


def test_the_least_cost_may_be_to_say_no_always() -> None:
    """No probability reaches such a threshold."""
    asked = Decision(objective="cost", cost_false_positive=100)
    found = choose([False, True], np.array([1.0, 0.5]), asked)

    assert found.threshold > 1
    assert "no answer is positive" in found.reason


@pytest.mark.parametrize(
    ("objective", "name"),
    [("precision", "floor"), ("recall", "floor"), ("fixed", "threshold")],
)
def test_an_objective_wants_its_number(objective: Any, name: str) -> None:
    """The message says which."""
    with pytest.raises(InvalidParamsError, match=f"calibration.decision.{name}"):
        choose([True, False], np.array([0.2, 0.9]), Decision(objective=objective))
