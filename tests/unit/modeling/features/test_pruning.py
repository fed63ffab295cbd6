"""Which features are dropped, and what the record says."""

from dataclasses import replace
from typing import Any

import msgspec
import numpy as np
import pandas as pd
import pytest

from lineal.modeling.features.pruning import Dropped, Pruned, prune
from lineal.modeling.sections import Pruning

ASKED = Pruning(rows=300, rounds=10, min_gain=0.01)


def training() -> pd.DataFrame:
    """Return rows whose target is made of `good` and of `fair`."""
    rng = np.random.default_rng(3)
    good, fair, noise = rng.random((3, 400)).astype(np.float32)
    good[::40] = np.nan
    scale = rng.choice([10.0, 100.0], 400)
    ratio = 2 * np.nan_to_num(good) + fair
    return pd.DataFrame(
        {
            "target": scale * ratio,
            "scale": scale,
            "good": good,
            "fair": fair,
            "noise": noise,
            "same": good.copy(),
            "turned": fair[::-1].copy(),
            "turned_too": fair[::-1].copy(),
            "one": np.float32(1),
            "unknown": np.full(400, np.nan, dtype=np.float32),
            "sometimes": np.where(rng.random(400) < 0.5, np.nan, 1).astype(np.float32),
        }
    )


def pruned(*names: str, keep: tuple[str, ...] = (), **changes: Any) -> Pruned:
    """Prune some features of the training rows."""
    asked = msgspec.structs.replace(ASKED, **changes)
    return prune(training(), names, asked, keep=keep, seed=1, threads=1)


def test_constant_features_are_dropped() -> None:
    """One value, or none; a value that is sometimes missing is two."""
    found = pruned("good", "one", "unknown", "sometimes", min_gain=0.0)

    assert found.kept == ("good", "sometimes")
    assert found.dropped == (Dropped("one", "constant"), Dropped("unknown", "constant"))


def test_protected_features_may_be_constant() -> None:
    """The baseline's year-old lag is unknown in a history that is shorter."""
    found = pruned("good", "unknown", keep=("unknown",), min_gain=0.0)

    assert found == Pruned(("good", "unknown"), ())


def test_a_feature_that_repeats_another_is_dropped() -> None:
    """The first stays, and the record says which it is; missing values agree."""
    found = pruned("good", "fair", "same", min_gain=0.0)

    assert found == Pruned(
        ("good", "fair"), (Dropped("same", "duplicate", same_as="good"),)
    )


def test_the_protected_one_of_two_equal_features_stays() -> None:
    """Even where it comes second."""
    found = pruned("good", "fair", "same", keep=("same",), min_gain=0.0)

    assert found.kept == ("fair", "same")
    assert found.dropped == (Dropped("good", "duplicate", same_as="same"),)


def test_two_protected_features_may_be_equal() -> None:
    """Protected is protected."""
    assert pruned("good", "same", keep=("good", "same")).dropped == ()


def test_the_same_values_in_another_order_hide_no_duplicate() -> None:
    """Weekday marks hold the same numbers on other days: each has its own repeats."""
    found = pruned("fair", "turned", "turned_too", min_gain=0.0)

    assert found.dropped == (Dropped("turned_too", "duplicate", same_as="turned"),)


def test_features_that_hardly_help_are_dropped() -> None:
    """With the share of gain that they had."""
    found = pruned("good", "fair", "noise", min_gain=0.1)

    (weak,) = found.dropped
    assert found.kept == ("good", "fair")
    assert replace(weak, gain=None) == Dropped("noise", "low gain")
    assert weak.gain is not None
    assert 0 <= weak.gain < 0.1


def test_protected_features_need_not_help() -> None:
    """The baseline reads them whatever they gain."""
    assert "noise" in pruned("good", "noise", keep=("noise",), min_gain=0.9).kept


def test_without_any_gain_only_the_protected_stay() -> None:
    """A target that nothing explains gives every feature a share of zero."""
    rows = training().assign(target=1.0, scale=1.0)

    found = prune(rows, ["good", "fair"], ASKED, keep=["fair"], seed=1, threads=1)

    assert found.kept == ("fair",)
    assert found.dropped == (Dropped("good", "low gain", gain=0.0),)


@pytest.mark.parametrize("rows", [100, 10**6])
def test_pruning_again_says_the_same(rows: int) -> None:
    """Whether on a sample or on all rows."""
    names = ("good", "fair", "noise", "same", "turned")

    assert pruned(*names, rows=rows) == pruned(*names, rows=rows)
