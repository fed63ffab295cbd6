"""Stage `explain`: which features the champion's forecasts rest on."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from lineal.modeling.candidates import Forecaster
from lineal.modeling.card import Card
from lineal.modeling.features.column import Feature
from lineal.modeling.importance import permutation, shap_values
from lineal.modeling.sections import Explain
from lineal.pipeline.explained import (
    Explained,
    importance_table,
    sample,
    shap_table,
    write,
)
from lineal.pipeline.files import load_params, read_json_as, read_table
from lineal.pipeline.paths import Paths
from lineal.pipeline.progress import say
from lineal.pipeline.results import load_early, load_final, read_results


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
        early, sample(validation, asked.rows, seed), repeats=asked.repeats, seed=seed
    )
    shown = sample(validation, asked.shap_rows, seed)
    values = shap_values(final, shown, validation, seed=seed)
    return Explained(
        importance=importance_table(found, groups),
        shap=shap_table(
            final.features,
            groups,
            {"mean_abs": np.abs(values).mean(axis=0), "mean": values.mean(axis=0)},
        ),
    )


def main(name: str) -> None:
    """Read, explain, write."""
    params, paths = load_params(), Paths(name)
    model = params.forecast(name)
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
    write(explained, paths)
    say(f"{name}: most important features of {card.champion}: {explained.top}")
