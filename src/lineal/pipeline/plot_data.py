"""The tables behind the plots, for `dvc plots` and for the model card."""

from collections.abc import Mapping
from math import floor, log10

import pandas as pd

from lineal.modeling.card import Card

_SHOWN_HORIZON = 7


def plot_tables(card: Card, predictions: pd.DataFrame) -> Mapping[str, pd.DataFrame]:
    """Return each plot's table by the name of its file."""
    return {
        "candidates": _candidates(card),
        "horizons": _horizons(card),
        "segments": _segments(card),
        "coverage": _coverage(card),
        "test_period": _test_period(card, predictions),
    }


def _candidates(card: Card) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "candidate": name,
                "cross_validated": card.candidates[name].mean,
                "standard_error": card.candidates[name].standard_error,
                "test": getattr(scores, card.metric),
            }
            for name, scores in card.test.items()
        ]
    )


def _horizons(card: Card) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"horizon": int(label), "wape": scores.wape, "bias": scores.bias}
            for label, scores in card.by_horizon.items()
        ]
    )


def _segments(card: Card) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"segment": label, "wape": scores.wape, "bias": scores.bias}
            for label, scores in card.by_segment.items()
        ]
    )


def _coverage(card: Card) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"horizon": int(horizon), "level": level, "coverage": share}
            for level, shares in card.coverage_by_horizon.items()
            for horizon, share in shares.items()
        ]
    )


def _test_period(card: Card, predictions: pd.DataFrame) -> pd.DataFrame:
    """Sum segments by day, as forecast a week before or as far ahead as there is."""
    horizon = min(_SHOWN_HORIZON, card.horizon)
    shown = predictions[predictions["horizon"] == horizon]
    # A sum over few segments would look like a collapse of demand.
    counted = shown.groupby("date")["segment"].transform("nunique")
    shown = shown[counted * 2 >= counted.max()]
    sums = shown.groupby("date", as_index=False)[["target", card.champion]].sum()
    sums = sums.rename(columns={"target": "actual", card.champion: "forecast"})
    digits = _digits(sums["actual"])
    rounded: pd.DataFrame = sums.round({"actual": digits, "forecast": digits})
    return rounded


def _digits(values: "pd.Series[float]") -> int:
    """Return how many decimals leave three digits of the largest; one at least.

    >>> _digits(pd.Series([123456.0])), _digits(pd.Series([-0.0123]))
    (1, 4)
    """
    largest = float(values.abs().max())
    return max(1, 2 - floor(log10(largest))) if largest > 0 else 1
