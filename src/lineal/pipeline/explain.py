"""Stage `explain`: which features the champion's forecasts rest on."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from lineal.modeling.candidates import Forecaster
from lineal.modeling.card import Card
from lineal.modeling.config import Explain
from lineal.modeling.features.column import Feature
from lineal.modeling.importance import Importance, Values, permutation, shap_values
from lineal.pipeline.files import load_params, read_json_as, read_table, write_text
from lineal.pipeline.paths import Paths
from lineal.pipeline.progress import say
from lineal.pipeline.results import load_early, load_final, read_results


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """What the stage makes, most important first.

    Attributes:
        importance: feature, group, mean and std of the rise of WAPE when shuffled.
        shap: feature, group, mean_abs and mean of the SHAP values in persons.
    """

    importance: pd.DataFrame
    shap: pd.DataFrame


def explain(  # noqa: PLR0913 - two settings by keyword
    early: Forecaster,
    final: Forecaster,
    validation: pd.DataFrame,
    groups: Mapping[str, str],
    *,
    asked: Explain,
    seed: int,
) -> Explained:
    """Shuffle features under the early copy; explain the final model's forecasts.

    Args:
        early: The champion as it learned from train alone.
        final: The champion that the bundle ships.
        validation: Rows of the validation period.
        groups: Each feature's group.
        asked: Rows and repeats.
        seed: Seed of samples and shuffles.
    """
    found = permutation(
        early, _sample(validation, asked.rows, seed), repeats=asked.repeats, seed=seed
    )
    values = shap_values(final, _sample(validation, asked.shap_rows, seed), validation)
    return Explained(
        importance=_importance_table(found, groups),
        shap=_shap_table(final.features, values, groups),
    )


def _importance_table(
    found: tuple[Importance, ...], groups: Mapping[str, str]
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "feature": [one.feature for one in found],
            "group": [groups[one.feature] for one in found],
            "mean": [one.mean for one in found],
            "std": [one.std for one in found],
        }
    )


def _shap_table(
    features: tuple[str, ...], values: Values, groups: Mapping[str, str]
) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "feature": features,
            "group": [groups[name] for name in features],
            "mean_abs": np.abs(values).mean(axis=0),
            "mean": values.mean(axis=0),
        }
    )
    return table.sort_values(["mean_abs", "feature"], ascending=[False, True])


def _sample(rows: pd.DataFrame, size: int, seed: int) -> pd.DataFrame:
    """Draw rows without replacement, in their order."""
    generator = np.random.default_rng(seed)
    chosen = generator.choice(len(rows), min(size, len(rows)), replace=False)
    return rows.iloc[np.sort(chosen)].reset_index(drop=True)


def main(name: str) -> None:
    """Read, explain, write."""
    params, paths = load_params(), Paths(name)
    model = params.model(name)
    card = read_json_as(paths.bundle("card.json"), Card)
    features = read_json_as(paths.bundle("features.json"), tuple[Feature, ...])
    result = read_results(paths, [card.champion])[card.champion]
    with threadpool_limits({"blas": 1, "openmp": params.runtime.threads}):
        explained = explain(
            load_early(paths, result),
            load_final(paths, result),
            read_table(paths.rows("validation")),
            {feature.name: feature.group for feature in features},
            asked=model.explain,
            seed=params.runtime.seed,
        )
    _write(explained.importance, paths.report("importance.csv"))
    _write(explained.shap, paths.report("shap.csv"))
    top = ", ".join(explained.importance["feature"].head(5))
    say(f"{name}: most important features of {card.champion}: {top}")


def _write(table: pd.DataFrame, path: Path) -> None:
    """Write a small table, ten digits a number."""
    text = table.to_csv(index=False, lineterminator="\n", float_format="%.10g")
    write_text(text, path)
