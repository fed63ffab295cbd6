"""What the stage `explain` of any task makes, and leaves for the report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from lineal.modeling.importance import Importance
from lineal.pipeline.files import write_text
from lineal.pipeline.paths import Paths


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """What the stage makes, most important first.

    Attributes:
        importance: feature, group, mean and std of what the metric loses when shuffled.
        shap: feature, group, mean_abs and mean of the SHAP values in the target's unit;
            where the unit may be another one, also that.
    """

    importance: pd.DataFrame
    shap: pd.DataFrame

    @property
    def top(self) -> str:
        """The most important features, in words."""
        return ", ".join(self.importance["feature"].head(5))


def sample(rows: pd.DataFrame, size: int, seed: int) -> pd.DataFrame:
    """Draw rows without replacement, in their order."""
    generator = np.random.default_rng(seed)
    chosen = generator.choice(len(rows), min(size, len(rows)), replace=False)
    return rows.iloc[np.sort(chosen)].reset_index(drop=True)


def importance_table(
    found: Iterable[Importance], groups: Mapping[str, str]
) -> pd.DataFrame:
    """Return what shuffling each feature costs, with the feature's group."""
    found = tuple(found)
    return pd.DataFrame(
        {
            "feature": [one.feature for one in found],
            "group": [groups[one.feature] for one in found],
            "mean": [one.mean for one in found],
            "std": [one.std for one in found],
        }
    )


def shap_table(
    features: Sequence[str], groups: Mapping[str, str], columns: Mapping[str, Any]
) -> pd.DataFrame:
    """Return the features by the size of their SHAP values.

    Args:
        features: Their names.
        groups: Each feature's group.
        columns: What is known of their values: mean_abs, mean and so on.
    """
    group = [groups[name] for name in features]
    table = pd.DataFrame({"feature": features, "group": group, **columns})
    return table.sort_values(["mean_abs", "feature"], ascending=[False, True])


def write(explained: Explained, paths: Paths) -> None:
    """Write both tables."""
    _write(explained.importance, paths.report("importance.csv"))
    _write(explained.shap, paths.report("shap.csv"))


def _write(table: pd.DataFrame, path: Path) -> None:
    """Write a small table, ten digits a number."""
    text = table.to_csv(index=False, lineterminator="\n", float_format="%.10g")
    write_text(text, path)
