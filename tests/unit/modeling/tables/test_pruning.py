"""Which features of rows are dropped, and why."""

from typing import Any

import pytest

from helpers.tables import classification, regression, rows_of, table
from lineal.modeling.features.pruning import Dropped, Pruned
from lineal.modeling.sections import Pruning
from lineal.modeling.tables.config import Table
from lineal.modeling.tables.features import make
from lineal.modeling.tables.index import TARGET
from lineal.modeling.tables.pruning import NoFeaturesError, prune
from lineal.modeling.tables.targets import targets

RAW = table()
ASKED = {"pruning": Pruning(rows=200, rounds=10, min_gain=0.01)}


def pruned(model: Table, **changes: Any) -> Pruned:
    """Prune the features of the rows, some columns of which are others."""
    raw = RAW.assign(**changes)
    return prune(
        rows_of(raw, model),
        make(raw, model, None)[1],
        model,
        classes=targets(RAW, model).classes,
        seed=1,
        threads=1,
    )


def test_what_is_constant_is_always_dropped() -> None:
    """One number or word, or none at all."""
    found = pruned(regression(), loud=1.0, kind=None, town="one")

    assert {"loud", "kind", "town", "when.year"} <= {
        each.name for each in found.dropped
    }
    assert {each.reason for each in found.dropped} == {"constant"}
    assert "size" in found.kept


@pytest.mark.parametrize(
    "model", [regression(features=ASKED), classification(features=ASKED)]
)
def test_twins_and_what_hardly_helps_are_dropped_where_asked(model: Table) -> None:
    """Words count by all the columns that they become."""
    found = pruned(model)
    reasons = {each.name: each for each in found.dropped}

    assert reasons["born.month"] == Dropped("born.month", "duplicate", "when.month")
    weak = [each.gain for each in found.dropped if each.reason == "low gain"]
    assert weak
    assert all(gain is not None and gain < 0.01 for gain in weak)
    assert {"size", "after"} & set(found.kept)
    assert not set(reasons) & set(found.kept)


def test_of_one_class_nothing_is_measured() -> None:
    """A sample may have no other; what is not known drops nothing."""
    model = classification(features=ASKED)
    found = prune(
        rows_of(RAW, model).assign(**{TARGET: 1.0}),
        make(RAW, model, None)[1],
        model,
        classes=("low", "mid"),
        seed=1,
        threads=1,
    )

    assert "low gain" not in {each.reason for each in found.dropped}


def test_nothing_left_is_refused() -> None:
    """There is nothing to learn from."""
    model = regression(
        data={"exclude": ("kept_out", "after")}, features={"calendar": False}
    )

    with pytest.raises(
        NoFeaturesError, match="none of the 4 features tells rows apart"
    ):
        pruned(model, size=1.0, loud=0.0, kind="a", town=None)
