"""Trained learners as bytes that load without trust."""

import numpy as np
import pandas as pd
import pytest

from helpers.trips import asked
from lineal.modeling import storage
from lineal.modeling.features.column import Feature
from lineal.modeling.tables.candidates import KINDS, learner
from lineal.modeling.tables.learner import Learner

_SMALL = {
    "forest": {"n_estimators": 3},
    "boosting": {"max_iter": 3},
    "xgboost": {"n_estimators": 3},
}
FEATURES = (
    Feature("stops", "column", ("stops",), ""),
    Feature("line", "column", ("line",), "", type="code"),
    Feature("stop", "column", ("stop",), "", type="code"),
)


def rows() -> pd.DataFrame:
    """Return numbers, few words and many words."""
    generator = np.random.default_rng(3)
    return pd.DataFrame(
        {
            "stops": generator.normal(size=200).astype(np.float32),
            "line": pd.Categorical(generator.choice(["A", "B"], 200)),
            "stop": pd.Categorical(generator.integers(0, 90, 200).astype(str)),
        }
    )


def trained(kind: str, classes: tuple[str, ...] | None) -> Learner:
    """Fit a small candidate."""
    changes = {} if classes else {"task": "regression", "predict": {}}
    more = {"calibration": {"levels": [0.8]}, "selection__metric": "mae"}
    model = asked(**(changes | more if changes else {}))
    target = (rows()["stops"] > 0).to_numpy(dtype=np.float64)
    made = learner(
        kind,
        _SMALL.get(kind, {}),
        FEATURES,
        model=model,
        classes=classes,
        seed=1,
        threads=1,
    )
    return made.fit(rows(), target)


@pytest.mark.parametrize("classes", [("no", "yes"), None], ids=["classes", "numbers"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_comes_back_from_skops(
    kind: str, classes: tuple[str, ...] | None
) -> None:
    """Only types that are trusted are in it, and it answers as before."""
    before = trained(kind, classes)
    content = storage.dump(before, "skops")
    after = storage.load(content, storage.md5(content), "skops", name="model.skops")

    assert storage.dump(before, "skops") == content
    assert np.array_equal(after.answer(rows()), before.answer(rows()))
