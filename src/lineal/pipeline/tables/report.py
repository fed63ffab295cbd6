"""Stage `report` of tables: the model card, for people, and its plots."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

import pandas as pd

from lineal.modeling.tables.card import TableCard
from lineal.modeling.tables.scores import DIRECTIONS
from lineal.pipeline.files import (
    read_bytes,
    read_json,
    read_json_as,
    read_table,
)
from lineal.pipeline.paths import Paths
from lineal.pipeline.reported import about, weights, write
from lineal.reporting import table_plots as plots
from lineal.reporting.table_card import model_card
from lineal.reporting.table_card_data import Beside

Drawn = Iterator[tuple[str, bytes]]


def draw(
    card: TableCard,
    tables: Mapping[str, pd.DataFrame],
    *,
    importance: pd.DataFrame,
    shap: pd.DataFrame,
) -> dict[str, bytes]:
    """Return each plot by the name of its file."""
    metric, up = card.metric, DIRECTIONS[card.metric] == "higher"
    own = _of_values if card.classing is None else _of_classes
    return {
        "candidates": plots.candidates(
            tables["candidates"], card.champion, metric, up=up
        ),
        **(
            {"segments": plots.segments(tables["segments"], metric, up=up)}
            if card.segment_columns
            else {}
        ),
        **dict(own(card, tables)),
        "importance": plots.importance(importance, metric, up=up),
        "shap": plots.shap(shap, unit(shap)),
    }


def unit(shap: pd.DataFrame) -> str:
    """Return in what units the SHAP values are."""
    return str(shap["unit"].iloc[0])


def _of_values(card: TableCard, tables: Mapping[str, pd.DataFrame]) -> Drawn:
    yield "residuals", plots.residuals(tables["residuals"], card.target)
    yield "errors", plots.errors(tables["errors"], card.target)


def _of_classes(card: TableCard, tables: Mapping[str, pd.DataFrame]) -> Drawn:
    report = () if card.classing is None else card.classing.report
    shares = {each.label: each.share for each in report}
    yield "roc", plots.roc(_by(tables["roc"], "label"))
    yield (
        "precision_recall",
        plots.precision_recall(_by(tables["precision_recall"], "label"), shares),
    )
    yield "calibration", plots.reliability(_by(tables["calibration"], "probability"))
    yield "confusion", plots.confusion(tables["confusion"])


def _by(table: pd.DataFrame, column: str) -> dict[str, pd.DataFrame]:
    """Part a table by the names in a column, in their order."""
    names = table[column].astype(str)
    return {name: table[names == name] for name in dict.fromkeys(names)}


def main(name: str) -> None:
    """Read, word, draw, write."""
    paths = Paths(name)
    card = read_json_as(paths.bundle("card.json"), TableCard)
    importance = read_table(paths.report("importance.csv"))
    shap = read_table(paths.report("shap.csv"))
    beside = Beside(
        quality=read_json(paths.report("quality.json")),
        pruning=read_json(paths.report("pruning.json")),
        leaks=read_json(paths.report("leaks.json")),
        importance=weights(importance, shap),
        unit=unit(shap),
        about=about(),
    )
    drawn = draw(card, _tables(card, paths), importance=importance, shap=shap)
    write(model_card(card, beside), drawn, paths)


def _tables(card: TableCard, paths: Paths) -> dict[str, pd.DataFrame]:
    """Read the tables of the plots that the task has."""
    own = (
        ("residuals", "errors")
        if card.classing is None
        else ("roc", "precision_recall", "calibration", "confusion")
    )
    names = ("candidates", "segments", *own)
    return {name: _read(paths.report(f"plots/{name}.csv")) for name in names}


def _read(path: Path) -> pd.DataFrame:
    """Read the table of a plot; names stay words, such as the class 007."""
    names = dict.fromkeys(("candidate", "segment", "label", "probability"), "str")
    if path.stem == "confusion":
        names |= {"actual": "str", "answered": "str"}
    return pd.read_csv(
        BytesIO(read_bytes(path)), dtype=names, keep_default_na=False, na_values=[""]
    )
