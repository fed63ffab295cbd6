"""The tables of a model card of classification or regression."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from lineal.modeling.spoken import spoken
from lineal.modeling.tables.card import Classing, Scores, TableCard
from lineal.modeling.tables.scores import DIRECTIONS
from lineal.reporting.card_tables import Weight
from lineal.reporting.markdown import (
    code,
    number,
    percent,
    plain,
    ratio,
    table,
)

_SHOWN_FEATURES: Final = 15
_SHOWN_SEGMENTS: Final = 200
_SHARES: Final = frozenset({"mape", "wape", "bias"})
_AMOUNTS: Final = frozenset({"mae", "rmse", "median_absolute_error"})
_SEGMENTED: Final = ("roc_auc", "average_precision", "log_loss", "mae", "rmse", "r2")
_COMPARED: Final = (
    *("roc_auc", "average_precision", "log_loss", "brier", "accuracy", "macro_f1"),
    *("mae", "rmse", "r2", "mape"),
)
_MEANINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "roc_auc": "share of pairs, one of each kind, in the right order; 0.5 guesses",
        "average_precision": "mean precision over all recalls; guessing has the share",
        "log_loss": "mean surprise of what happened; 0 is perfect",
        "brier": "mean squared error of the probability",
        "calibration_error": "mean distance of the probability to what happened",
        "accuracy": "share of right answers",
        "balanced_accuracy": "mean share of right answers of each class",
        "precision": "share of positive answers that are right",
        "recall": "share of what happened that is found",
        "f1": "harmonic mean of precision and recall",
        "macro_f1": "mean F1 of all classes",
        "weighted_precision": "mean precision, classes weighted by their rows",
        "weighted_recall": "mean recall, classes weighted by their rows",
        "weighted_f1": "mean F1, classes weighted by their rows",
        "mae": "mean error, in units of the target",
        "rmse": "root of the mean squared error, in units of the target",
        "r2": "share of the variance explained",
        "mape": "mean relative error, where the target is not zero",
        "wape": "sum of all errors over the sum of the target",
        "bias": "above zero: too high on the whole",
        "median_absolute_error": "half of all errors are smaller, in units of the target",
    }
)


def write(metric: str, value: float | None) -> str:
    """Write a score as its metric is written.

    >>> write("roc_auc", 0.73456), write("wape", 0.0612), write("mae", 1234.5)
    ('0.7346', '6.12 %', '1,234')
    """
    if metric in _SHARES:
        return percent(value)
    return number(value) if metric in _AMOUNTS else ratio(value)


def candidates(card: TableCard) -> str:
    """Compare all candidates, the best cross-validated one first."""
    up = -1 if DIRECTIONS[card.metric] == "higher" else 1
    ranked = sorted(card.candidates, key=lambda n: (up * card.candidates[n].mean, n))
    shown = [m for m in _COMPARED if m in card.test[card.champion]]
    rows = []
    for name in ranked:
        found = card.candidates[name]
        line = (
            plain(name),
            " ± ".join(
                write(card.metric, value)
                for value in (found.mean, found.standard_error)
            ),
            *(write(metric, card.test[name][metric]) for metric in shown),
        )
        bold = name == card.champion
        rows.append([f"**{cell}**" for cell in line] if bold else line)
    header = (
        "candidate",
        f"{spoken(card.metric)}, cross-validated ± standard error",
        *(f"{spoken(metric)}, test" for metric in shown),
    )
    return table(header, rows)


def accuracy(card: TableCard) -> str:
    """Show every metric of the champion with what it means."""
    found = card.test[card.champion]
    rows = [
        (spoken(metric), write(metric, found[metric]), _MEANINGS[metric])
        for metric in DIRECTIONS
        if metric in found
    ]
    rows.append(("rows", f"{found['rows']:,}", "with a known outcome"))
    lines = [f"| {name} | {value} | {means} |" for name, value, means in rows]
    return "\n".join(("| metric | value | meaning |", "| --- | ---: | --- |", *lines))


def classes(classing: Classing) -> str:
    """Report each class."""
    rows = [
        (
            plain(each.label),
            *(f"{each.support:,}", percent(each.share)),
            *map(ratio, (each.precision, each.recall, each.f1)),
        )
        for each in classing.report
    ]
    return table(("class", "rows", "share", "precision", "recall", "F1"), rows)


def confusion(classing: Classing) -> str:
    """Show which class was answered where which one happened."""
    lines = zip(classing.classes, classing.confusion, strict=True)
    rows = [
        (plain(label), *(f"{count:,}" for count in counts)) for label, counts in lines
    ]
    answers = (f"answered {plain(label)}" for label in classing.classes)
    return table(("happened", *answers), rows)


def calibration(card: TableCard) -> str:
    """Compare the probabilities of the model with the calibrated ones."""
    raw, meant = card.raw, card.test[card.champion]
    rows = [
        (spoken(metric), ratio(raw.get(metric)), ratio(meant[metric]))
        for metric in ("log_loss", "brier", "calibration_error")
    ]
    return table(("on the test period", "uncalibrated", "as shipped"), rows)


def segments(card: TableCard) -> str:
    """Show each segment, the worst first."""
    champion = card.test[card.champion]
    shown = [card.metric]
    shown += [m for m in _SEGMENTED if m in champion and m != card.metric]
    up = -1 if DIRECTIONS[card.metric] == "higher" else 1

    def best(item: tuple[str, Scores]) -> tuple[bool, float, str]:
        value = item[1][card.metric]
        return value is None, -up * (value or 0.0), item[0]

    rows = [
        (
            plain(label),
            f"{scores['rows']:,}",
            *(write(metric, scores[metric]) for metric in shown),
        )
        for label, scores in sorted(card.by_segment.items(), key=best)
    ]
    header = ("segment", "rows", *map(spoken, shown))
    return table(header, rows[:_SHOWN_SEGMENTS])


def importance(weights: Sequence[Weight], card: TableCard, unit: str) -> str:
    """Show the features that matter most."""
    rows = [
        (
            *(code(one.feature), plain(one.group)),
            f"{one.rise:.5f} ± {one.spread:.5f}",
            f"{one.shap:.3g}",
        )
        for one in weights[:_SHOWN_FEATURES]
    ]
    move = "fall" if DIRECTIONS[card.metric] == "higher" else "rise"
    header = (
        *("feature", "group"),
        f"{move} of the {spoken(card.metric)} when shuffled",
        f"mean SHAP size, {plain(unit)}",
    )
    return table(header, rows, text=2)


def inputs(card: TableCard) -> str:
    """Show the columns that a row must have."""
    rows = [
        (
            code(each.name),
            each.type,
            "yes" if each.required else "may be missing",
            _range(each.min, each.max),
        )
        for each in card.signature.inputs
    ]
    return table(("column", "type", "needed", "range"), rows, text=4)


def _range(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    return (
        f"{'' if low is None else f'{low:g}'} to {'' if high is None else f'{high:g}'}"
    )


def periods(card: TableCard) -> str:
    """Show the rows of each period."""
    parts = card.splits
    named = (
        (
            "train",
            parts.train,
            f"pruning, tuning, cross-validation ({parts.folds} folds)",
        ),
        ("validation", parts.validation, "calibration, threshold, importance"),
        ("test", parts.test, "scored, after the choice"),
        ("learn", parts.learn, "the final fit: train and validation"),
    )
    rows: Iterable[tuple[str, ...]] = [
        (name, f"{part.rows:,}", part.first or "", part.last or "", use)
        for name, part, use in named
    ]
    header = ("period", "rows", "first", "last", "used for")
    return table(header, rows, text=len(header))
