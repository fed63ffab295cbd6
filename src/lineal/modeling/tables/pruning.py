"""Which features of rows are dropped again, and why."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lineal.errors import RefusedError
from lineal.modeling.features.column import Feature
from lineal.modeling.features.pruning import Dropped, Pruned, duplicates, is_constant
from lineal.modeling.sections import Pruning
from lineal.modeling.tables.config import Table


class NoFeaturesError(RefusedError):
    """There is nothing to learn from."""


def prune(  # noqa: PLR0913 - what is not data is named at the call
    rows: pd.DataFrame,
    features: Sequence[Feature],
    model: Table,
    *,
    classes: Sequence[str] | None,
    seed: int,
    threads: int,
) -> Pruned:
    """Drop what is constant; where asked also what repeats another or hardly helps.

    Args:
        rows: Training rows with the index columns and the features.
        features: What may be dropped, in order.
        model: What pruning is asked for.
        classes: Labels in the order of codes; None for numbers.
        seed: Seed of the sample and of the model that measures gain.
        threads: Threads to measure with.

    Raises:
        NoFeaturesError: No feature says anything.
    """
    names = [feature.name for feature in features]
    dropped = [Dropped(name, "constant") for name in names if is_constant(rows[name])]
    kept = _without(names, dropped)
    asked = model.features.pruning
    if asked is not None and kept:
        dropped += duplicates(rows, kept, set())
        left = [f for f in features if f.name in set(_without(kept, dropped))]
        dropped += _weak(
            rows, left, model, asked, classes=classes, seed=seed, threads=threads
        )
        kept = _without(kept, dropped)
    if not kept:
        msg = (
            f"none of the {len(names)} features tells rows apart in the train period: "
            "declare more columns, or exclude fewer"
        )
        raise NoFeaturesError(msg)
    return Pruned(tuple(kept), tuple(dropped))


def _without(names: Sequence[str], dropped: Sequence[Dropped]) -> list[str]:
    """Return the names that are not dropped."""
    out = {each.name for each in dropped}
    return [name for name in names if name not in out]


def _weak(  # noqa: PLR0913 - what is not data is named at the call
    rows: pd.DataFrame,
    features: Sequence[Feature],
    model: Table,
    asked: Pruning,
    *,
    classes: Sequence[str] | None,
    seed: int,
    threads: int,
) -> list[Dropped]:
    """Find features with too small a share of the gain of a boosted model."""
    from lineal.modeling.tables.candidates import learner  # noqa: PLC0415 - heavy
    from lineal.modeling.tables.tuning import fitted  # noqa: PLC0415 - heavy

    size = min(asked.rows, len(rows))
    drawn = np.random.default_rng(seed).choice(len(rows), size, replace=False)
    settings = {
        "n_estimators": asked.rounds,
        "max_depth": 6,
        "learning_rate": 0.1,
        "subsample": 0.8,
        "colsample_bytree": 0.5,
    }
    measuring = learner(
        "xgboost",
        settings,
        features,
        model=model,
        classes=classes,
        seed=seed,
        threads=threads,
    )
    fitted(measuring, rows.iloc[np.sort(drawn)])
    gains = dict.fromkeys((feature.name for feature in features), 0.0)
    if measuring.model is not None:
        found = measuring.model.get_booster().get_score(importance_type="total_gain")
        for column, name in enumerate(measuring.sources):
            gains[name] += float(np.sum(found.get(f"f{column}", 0.0)))
    total = sum(gains.values())
    if not total:
        return []  # nothing was told apart, so nothing is known of any feature
    return [
        Dropped(name, "low gain", gain=gain / total)
        for name, gain in gains.items()
        if gain / total < asked.min_gain
    ]
