"""The tables of a model card."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from lineal.modeling.card import Card
from lineal.modeling.evaluation import Scores
from lineal.reporting.markdown import (
    code,
    number,
    percent,
    plain,
    points,
    ratio,
    setting,
    table,
)

_SHOWN_FEATURES: Final = 15
SHOWN: Final = 200  # segments


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a feature matters to the champion.

    Attributes:
        feature: Its name.
        group: What kind of feature it is.
        rise: By how much WAPE rises when it is shuffled.
        spread: Standard deviation of that rise over the shuffles.
        shap: Mean absolute SHAP value, in units of the target.
    """

    feature: str
    group: str
    rise: float
    spread: float
    shap: float


def candidates(card: Card, metric: str) -> str:
    """Compare all candidates, the best cross-validated one first."""
    write = percent if metric == "wape" else number
    ranked = sorted(card.candidates, key=lambda n: (card.candidates[n].mean, n))
    rows = []
    for name in ranked:
        found, scores = card.candidates[name], card.test[name]
        line = (
            plain(name),
            f"{write(found.mean)} ± {write(found.standard_error)}",
            percent(scores.wape),
            number(scores.mae),
            ratio(scores.r2),
            ratio(scores.mase),
        )
        bold = name == card.champion
        rows.append([f"**{cell}**" for cell in line] if bold else line)
    header = (
        "candidate",
        f"{metric.upper()}, cross-validated ± standard error",
        *("WAPE, test", "MAE, test", "R2, test", "MASE, test"),
    )
    return table(header, rows)


def accuracy(card: Card) -> str:
    """Show every metric of the champion with what it means."""
    found, unit = card.test[card.champion], plain(card.target)
    steps = card.rhythm.steps
    above = f"open {steps}" if card.sign == "open" else f"{steps} above zero"
    rows = (
        ("WAPE", percent(found.wape), f"sum of all errors over the sum of {unit}"),
        (
            "MAPE",
            percent(found.mape),
            f"mean relative error of {above}; small ones weigh most",
        ),
        ("MAE", number(found.mae), f"mean error, in {unit}"),
        ("RMSE", number(found.rmse), f"root of the mean squared error, in {unit}"),
        ("R2", ratio(found.r2), "share of the variance explained"),
        ("bias", percent(found.bias), "above zero: too high on the whole"),
        (
            "MASE",
            ratio(found.mase),
            f"1 is the error of “as {card.rhythm.ago}” in training",
        ),
        ("rows", f"{found.rows:,}", f"{found.missing:,} more have no known outcome"),
    )
    lines = [f"| {name} | {value} | {means} |" for name, value, means in rows]
    head = ("| metric | value | meaning |", "| --- | ---: | --- |")
    return "\n".join((*head, *lines))


def horizons(card: Card) -> str:
    """Show how accuracy and coverage change with the steps ahead."""
    levels = sorted(card.coverage, key=float)
    ordered = sorted(card.by_horizon.items(), key=lambda item: int(item[0]))
    shares = card.coverage_by_horizon
    rows = [
        (
            label,
            *(percent(scores.wape), number(scores.mae), percent(scores.bias)),
            *(percent(shares[level].get(label)) for level in levels),
        )
        for label, scores in ordered
    ]
    inside = (f"inside {level} %" for level in levels)
    return table((f"{card.rhythm.steps} ahead", "WAPE", "MAE", "bias", *inside), rows)


def segments(card: Card) -> str:
    """Show each segment, the worst first."""

    def worst(item: tuple[str, Scores]) -> tuple[bool, float, str]:
        wape = item[1].wape
        return wape is None, -(wape or 0.0), item[0]

    rows = [
        (
            plain(label),
            *(f"{scores.rows:,}", percent(scores.wape)),
            *(number(scores.mae), percent(scores.bias)),
        )
        for label, scores in sorted(card.by_segment.items(), key=worst)[:SHOWN]
    ]
    return table(("segment", "rows", "WAPE", "MAE", "bias"), rows)


def intervals(card: Card) -> str:
    """Compare what the intervals promise with what they kept."""
    rows = [
        (f"{level} %", percent(share), points(share - float(level) / 100))
        for level, share in sorted(card.coverage.items(), key=lambda i: float(i[0]))
    ]
    return table(("promised", "measured on test", "difference, points"), rows)


def importance(weights: Sequence[Weight], unit: str) -> str:
    """Show the features that matter most."""
    rows = [
        (
            *(code(one.feature), plain(one.group)),
            f"{points(one.rise)} ± {100 * one.spread:.2f}",
            number(one.shap),
        )
        for one in weights[:_SHOWN_FEATURES]
    ]
    rise, shap = "rise of WAPE when shuffled, points", f"mean SHAP size, {plain(unit)}"
    return table(("feature", "group", rise, shap), rows, text=2)


def periods(card: Card) -> str:
    """Show from which origins forecasts were made in each period."""
    splits = card.splits
    named = (
        ("train", splits.train, "pruning, tuning, cross-validation"),
        ("validation", splits.validation, "intervals, importance"),
        ("test", splits.test, "scored, after the choice"),
        ("learn", splits.learn, "the final fit: train and validation"),
    )
    folds = (
        (f"fold {place}", fold.test, f"judges what learned up to {fold.train.last}")
        for place, fold in enumerate(splits.folds, start=1)
    )
    rows = [
        (name, period.first, period.last, str(period.every), use)
        for name, period, use in (*named, *folds)
    ]
    between = f"{card.rhythm.steps} between"
    header = ("period", "first origin", "last origin", between, "used for")
    return table(header, rows, text=len(header))


def pairs(header: tuple[str, str], items: Iterable[tuple[str, object]]) -> str:
    """Show names and their values."""
    return table(header, [(code(name), plain(setting(value))) for name, value in items])
