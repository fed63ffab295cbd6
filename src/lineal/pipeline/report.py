"""Stage `report`: the model card, for people, and its plots."""

from collections.abc import Mapping

import pandas as pd

from lineal.modeling.card import Card
from lineal.pipeline.files import (
    read_json,
    read_json_as,
    read_table,
)
from lineal.pipeline.paths import Paths
from lineal.pipeline.reported import about, weights, write
from lineal.reporting import plots
from lineal.reporting.card import model_card


def draw(
    card: Card,
    tables: Mapping[str, pd.DataFrame],
    *,
    importance: pd.DataFrame,
    shap: pd.DataFrame,
) -> dict[str, bytes]:
    """Return each plot by the name of its file."""
    rhythm = card.rhythm
    return {
        "candidates": plots.candidates(
            tables["candidates"], card.champion, card.metric
        ),
        "horizons": plots.horizons(tables["horizons"], rhythm.steps),
        "segments": plots.segments(tables["segments"]),
        "coverage": plots.coverage(tables["coverage"], rhythm.steps),
        "test_period": plots.test_period(
            tables["test_period"], card.target, rhythm.step
        ),
        "importance": plots.importance(importance),
        "shap": plots.shap(shap, card.target),
    }


def main(name: str) -> None:
    """Read, word, draw, write."""
    paths = Paths(name)
    card = read_json_as(paths.bundle("card.json"), Card)
    importance = read_table(paths.report("importance.csv"))
    shap = read_table(paths.report("shap.csv"))
    text = model_card(
        card,
        quality=read_json(paths.report("quality.json")),
        importance=weights(importance, shap),
        pruning=read_json(paths.report("pruning.json")),
        leaks=read_json(paths.report("leaks.json")),
        about=about(),
    )
    tables = {
        file: read_table(paths.report(f"plots/{file}.csv"))
        for file in ("candidates", "horizons", "segments", "coverage", "test_period")
    }
    drawn = draw(card, tables, importance=importance, shap=shap)
    write(text, drawn, paths)
