"""Stage `report`: the model card, for people, and its plots."""

from collections.abc import Mapping

import pandas as pd

from lineal.modeling.card import Card
from lineal.pipeline.files import (
    read_json,
    read_json_as,
    read_table,
    write_bytes,
    write_text,
)
from lineal.pipeline.paths import Paths
from lineal.pipeline.progress import say
from lineal.reporting import plots
from lineal.reporting.card import model_card
from lineal.reporting.card_tables import Weight


def weights(importance: pd.DataFrame, shap: pd.DataFrame) -> tuple[Weight, ...]:
    """Join what two methods say of each feature, in the order of the first."""
    sizes = dict(zip(shap["feature"], shap["mean_abs"], strict=True))
    return tuple(
        Weight(
            feature=str(row["feature"]),
            group=str(row["group"]),
            rise=float(row["mean"]),
            spread=float(row["std"]),
            shap=float(sizes[row["feature"]]),
        )
        for row in importance.to_dict("records")
    )


def draw(
    card: Card,
    tables: Mapping[str, pd.DataFrame],
    *,
    importance: pd.DataFrame,
    shap: pd.DataFrame,
) -> dict[str, bytes]:
    """Return each plot by the name of its file."""
    return {
        "candidates": plots.candidates(
            tables["candidates"], card.champion, card.metric
        ),
        "horizons": plots.horizons(tables["horizons"]),
        "segments": plots.segments(tables["segments"]),
        "coverage": plots.coverage(tables["coverage"]),
        "test_period": plots.test_period(tables["test_period"], card.target),
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
    )
    tables = {
        file: read_table(paths.report(f"plots/{file}.csv"))
        for file in ("candidates", "horizons", "segments", "coverage", "test_period")
    }
    drawn = draw(card, tables, importance=importance, shap=shap)
    write_text(text, paths.bundle("README.md"))
    for file, content in drawn.items():
        write_bytes(content, paths.bundle(f"plots/{file}.svg"))
    say(f"{name}: {paths.bundle('README.md')} and {len(drawn)} plots")
