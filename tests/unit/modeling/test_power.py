"""How far a feature tells the target, and what few rows do not prove."""

import numpy as np
import pandas as pd

from lineal.modeling.power import association, folds, power

ROWS = 60


def test_the_few_rows_that_have_a_value_prove_nothing() -> None:
    """One row of a rare class among them is in order with the others by chance."""
    target = np.zeros(ROWS)
    target[:3] = 1
    values = pd.Series(np.where(np.arange(ROWS) < 2, np.nan, -np.arange(ROWS)))

    assert power(values, target, "class", folds(ROWS, 1)) == 0
    assert power(values[:1], target[:1], "class", folds(1, 1)) == 0


def test_a_value_that_one_class_alone_lacks_is_told_of_the_others() -> None:
    """Where no row of a class has a value, those that have one are not in order."""
    target = np.repeat([0.0, 1.0], ROWS)
    values = pd.Series(np.where(target == 1, np.nan, 1.0))

    assert power(values, target, "class", folds(2 * ROWS, 1)) > 0.9


def test_marks_of_a_few_rows_go_with_nothing() -> None:
    """Neither few marked rows nor few that are not."""
    few = np.arange(ROWS) < 2
    both = np.arange(ROWS) < 10

    assert association(few, few.astype(float)) == 0
    assert association(~few, few.astype(float)) == 0
    assert round(association(both, both.astype(float)), 9) == 1
