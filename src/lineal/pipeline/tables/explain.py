"""Stage `explain` of tables: which features the champion's answers rest on."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from lineal.modeling.features.column import Feature
from lineal.modeling.sections import Explain
from lineal.modeling.tables.card import TableCard
from lineal.modeling.tables.importance import permutation, shap_values
from lineal.modeling.tables.index import TARGET
from lineal.modeling.tables.learner import Learner
from lineal.modeling.tables.question import Question
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


@dataclass(frozen=True, slots=True, eq=False)
class Champion:
    """What is explained.

    Attributes:
        early: The champion as it learned from train alone.
        final: The champion that the bundle ships.
        metric: What it was chosen by.
        question: What it was asked.
    """

    early: Learner
    final: Learner
    metric: str
    question: Question


def explain(
    champion: Champion,
    validation: pd.DataFrame,
    groups: Mapping[str, str],
    *,
    asked: Explain,
    seed: int,
) -> Explained:
    """Shuffle features under the early copy; explain the final model's answers.

    Args:
        champion: What is explained.
        validation: Rows of the validation period.
        groups: Each feature's group.
        asked: Rows and repeats.
        seed: Seed of samples and shuffles.
    """
    some = sample(validation, asked.rows, seed)
    found = permutation(
        champion.early,
        some,
        some[TARGET].to_numpy(dtype=np.float64),
        champion.question,
        metric=champion.metric,
        repeats=asked.repeats,
        seed=seed,
    )
    shown = sample(validation, asked.shap_rows, seed)
    values = shap_values(champion.final, shown, some, seed=seed)
    return Explained(
        importance=importance_table(found, groups),
        shap=shap_table(
            champion.final.features,
            groups,
            {"mean_abs": values.mean_abs, "mean": values.mean, "unit": values.unit},
        ),
    )


def main(name: str) -> None:
    """Read, explain, write."""
    params, paths = load_params(), Paths(name)
    card = read_json_as(paths.bundle("card.json"), TableCard)
    features = read_json_as(paths.bundle("features.json"), tuple[Feature, ...])
    result = read_results(paths, [card.champion])[card.champion]
    champion = Champion(
        early=load_early(paths, result),
        final=load_final(paths, result),
        metric=card.metric,
        question=Question.of(card.splits.classes, None),
    )
    with threadpool_limits({"blas": 1, "openmp": params.runtime.threads}):
        explained = explain(
            champion,
            read_table(paths.rows("validation")),
            {feature.name: feature.group for feature in features},
            asked=params.table(name).explain,
            seed=params.runtime.seed,
        )
    write(explained, paths)
    say(f"{name}: most important features of {card.champion}: {explained.top}")
