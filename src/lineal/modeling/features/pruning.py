"""Which candidate features are dropped again, and why."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from lineal.modeling.sections import Pruning

Reason = Literal["constant", "duplicate", "low gain"]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A candidate feature that was left out.

    Attributes:
        name: Which.
        reason: Why.
        same_as: The kept feature that it repeats, for duplicates.
        gain: Its share of the total gain, where it was measured.
    """

    name: str
    reason: Reason
    same_as: str | None = None
    gain: float | None = None


@dataclass(frozen=True, slots=True)
class Pruned:
    """What is kept, in order, and the record of what is not."""

    kept: tuple[str, ...]
    dropped: tuple[Dropped, ...]


def prune(  # noqa: PLR0913 - what is not data is named at the call
    rows: pd.DataFrame,
    names: Sequence[str],
    asked: Pruning,
    *,
    keep: Iterable[str],
    seed: int,
    threads: int,
) -> Pruned:
    """Drop what is constant, what repeats another, and what hardly helps.

    Gain is measured by one boosted model of the target over the scale, on a sample
    of the given rows, which must come from the training period only.

    Args:
        rows: Training rows with `target`, `scale` and the features.
        names: The features, in order.
        asked: Sample size, rounds and threshold.
        keep: Features that stay whatever they are, such as the baseline's.
        seed: Seed of the sample.
        threads: Threads to measure with.
    """
    protected = set(keep)
    generator = np.random.default_rng(seed)
    size = min(asked.rows, len(rows))
    sample = rows.iloc[np.sort(generator.choice(len(rows), size, replace=False))]
    free = [n for n in names if n not in protected]
    constant = [Dropped(n, "constant") for n in free if is_constant(rows[n])]
    names = [n for n in names if n not in {d.name for d in constant}]
    twins = duplicates(rows, names, protected)
    names = [n for n in names if n not in {d.name for d in twins}]
    gains = _gains(sample, names, asked.rounds, seed=seed, threads=threads)
    weak = [
        Dropped(n, "low gain", gain=gains[n])
        for n in names
        if gains[n] < asked.min_gain and n not in protected
    ]
    out = {d.name for d in weak}
    return Pruned(
        kept=tuple(n for n in names if n not in out),
        dropped=(*constant, *twins, *weak),
    )


def is_constant(column: pd.Series) -> bool:
    """Tell whether a column has one value at most, missing counted as a value."""
    values = column.to_numpy()
    return bool((values == values[:1]).all() or column.isna().all())


def duplicates(
    rows: pd.DataFrame, names: Sequence[str], protected: set[str]
) -> list[Dropped]:
    """Find columns that equal an earlier one, or a protected one, in every row."""
    first: dict[bytes, str] = {}
    found = []
    for name in sorted(names, key=lambda n: n not in protected):
        hashes = pd.util.hash_pandas_object(rows[name], index=False)
        digest = hashlib.sha256(hashes.to_numpy().tobytes()).digest()
        twin = first.setdefault(digest, name)
        if twin != name and name not in protected and rows[twin].equals(rows[name]):
            found.append(Dropped(name, "duplicate", same_as=twin))
    return found


def _gains(
    sample: pd.DataFrame, names: Sequence[str], rounds: int, *, seed: int, threads: int
) -> dict[str, float]:
    """Return each feature's share of the total gain of a boosted model."""
    import xgboost  # noqa: PLC0415 - heavy, and others only look for duplicates

    data = xgboost.QuantileDMatrix(
        sample[list(names)],
        label=(sample["target"] / sample["scale"]).to_numpy(),
        weight=sample["scale"].to_numpy(),
        nthread=threads,
    )
    settings = {
        "objective": "reg:squarederror",
        "max_depth": 6,
        "eta": 0.1,
        "subsample": 0.8,
        "colsample_bytree": 0.5,
        "seed": seed,
        "nthread": threads,
    }
    measured = xgboost.train(settings, data, rounds).get_score(
        importance_type="total_gain"
    )
    total = sum(float(np.sum(gain)) for gain in measured.values()) or 1.0
    return {name: float(np.sum(measured.get(name, 0.0))) / total for name in names}
