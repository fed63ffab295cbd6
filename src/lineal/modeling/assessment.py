"""The champion's one reading of the test period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from lineal.modeling.card import Compared
from lineal.modeling.config import Forecast
from lineal.modeling.evaluation import Scores, by, score
from lineal.modeling.floor import floor_of
from lineal.modeling.index import NAIVE_ERROR
from lineal.modeling.intervals import (
    Bounds,
    Calibration,
    apply,
    calibrate,
    coverage,
    coverage_by_horizon,
)
from lineal.modeling.rhythm import RHYTHMS
from lineal.modeling.selection import Selection
from lineal.modeling.significance import Daily, compare, daily, sentence

_SCORED = 1000  # segments; a card that lists more is no use


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """The test period, read once.

    Attributes:
        predictions: Index columns and one column of forecasts a candidate.
        selection: The champion and why.
        test: Scores of each candidate.
        by_horizon: The champion's scores for each horizon.
        by_segment: The champion's scores for each segment; where there are more than
            a thousand, for the largest.
        compared: The champion against the baseline and the runner-up.
        calibration: The champion's intervals, from the validation period.
        coverage: Their coverage of the test period by level.
        coverage_by_horizon: The same, by level and horizon.
    """

    predictions: pd.DataFrame
    selection: Selection
    test: Mapping[str, Scores]
    by_horizon: Mapping[str, Scores]
    by_segment: Mapping[str, Scores]
    compared: tuple[Compared, ...]
    calibration: Calibration
    coverage: Mapping[str, float]
    coverage_by_horizon: Mapping[str, Mapping[str, float]]


def assess(
    predictions: pd.DataFrame,
    validation: pd.DataFrame,
    selection: Selection,
    *,
    model: Forecast,
    seed: int,
) -> Assessment:
    """Score every candidate on the same rows, and the champion in every way.

    Args:
        predictions: The test rows' index and each candidate's forecasts.
        validation: The champion's out-of-sample forecasts, `predicted`.
        selection: Who the champion is.
        model: For the levels, the bootstrap and the order of candidates.
        seed: Seed of the bootstrap.
    """
    champion = selection.champion
    names = [n for n in model.selection.order if n in predictions.columns]
    calibration = calibrate(validation, "predicted", model.calibration.levels)
    floor = floor_of(model.data.sign)
    bounds = _bounds(predictions, champion, calibration, floor)
    return Assessment(
        predictions=_with_bounds(predictions, bounds),
        selection=selection,
        test={name: _score(predictions, name) for name in names},
        by_horizon=_grouped(predictions, "horizon", champion),
        by_segment=_grouped(_largest(predictions), "segment", champion),
        compared=_compared(by_day(predictions, names), selection, model, seed),
        calibration=calibration,
        coverage=_coverage(predictions, bounds),
        coverage_by_horizon=_coverage_by_horizon(predictions, bounds),
    )


def _bounds(
    predictions: pd.DataFrame, champion: str, calibration: Calibration, floor: float
) -> Mapping[str, Bounds]:
    """Return the champion's intervals by level, in percent."""
    found = apply(
        calibration,
        predictions[champion].to_numpy(),
        predictions["scale"].to_numpy(),
        predictions["horizon"].to_numpy(),
        predictions["segment"].astype(str).to_numpy(),
        floor=floor,
    )
    return {f"{100 * level:g}": ends for level, ends in found.items()}


def _with_bounds(
    predictions: pd.DataFrame, bounds: Mapping[str, Bounds]
) -> pd.DataFrame:
    """Add both ends of each level as columns."""
    for level, (low, high) in bounds.items():
        predictions = predictions.assign(**{f"low_{level}": low, f"high_{level}": high})
    return predictions


def _score(predictions: pd.DataFrame, name: str) -> Scores:
    """Score one candidate on all rows."""
    actual, forecast = predictions["target"].to_numpy(), predictions[name].to_numpy()
    return score(actual, forecast, naive_error=predictions[NAIVE_ERROR])


def _grouped(predictions: pd.DataFrame, column: str, name: str) -> dict[str, Scores]:
    """Score one candidate for each label of a column."""
    naive = predictions[NAIVE_ERROR]
    found = by(predictions, column, "target", name, naive_error=naive)
    return {str(label): scores for label, scores in found.items()}


def _largest(predictions: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of the segments with the largest targets, if there are many."""
    sizes = predictions["target"].abs().groupby(predictions["segment"], observed=True)
    if sizes.ngroups <= _SCORED:
        return predictions
    shown = sizes.sum().nlargest(_SCORED).index
    kept = predictions["segment"].isin(shown)
    return predictions[kept].assign(segment=predictions["segment"][kept].astype(str))


def by_day(predictions: pd.DataFrame, names: Iterable[str]) -> Daily:
    """Add up errors by the day of their origin: hours of one day share its luck."""
    origins = predictions["origin"].dt.normalize()
    return daily(predictions.assign(origin=origins), names)


def _coverage(
    predictions: pd.DataFrame, bounds: Mapping[str, Bounds]
) -> dict[str, float]:
    """Return the share inside by level; nothing where no outcome is known."""
    actual = predictions["target"].to_numpy()
    found = {level: coverage(actual, *ends) for level, ends in bounds.items()}
    return {level: share for level, share in found.items() if share is not None}


def _coverage_by_horizon(
    predictions: pd.DataFrame, bounds: Mapping[str, Bounds]
) -> dict[str, dict[str, float]]:
    """Return the share inside by level and horizon, those with a known outcome."""
    actual = predictions["target"].to_numpy()
    horizon = predictions["horizon"].to_numpy()
    return {
        level: {
            str(days): share
            for days, share in coverage_by_horizon(actual, *ends, horizon).items()
            if share is not None
        }
        for level, ends in bounds.items()
    }


def _compared(
    days: Daily, selection: Selection, model: Forecast, seed: int
) -> tuple[Compared, ...]:
    """Compare the champion with the baseline and the runner-up, pair by pair."""
    asked, champion = model.significance, selection.champion
    rhythm = RHYTHMS[model.data.frequency]
    block = rhythm.blocks(asked.block)
    others = dict.fromkeys((model.selection.baseline, selection.runner_up))
    found = []
    for other in others:
        if other is None or other == champion:
            continue
        comparison = compare(
            days.errors[champion],
            days.errors[other],
            days.weight,
            replicates=asked.replicates,
            block=block,
            confidence=asked.confidence,
            seed=seed,
        )
        meaning = sentence(comparison, champion, other, unit=rhythm.resampled)
        found.append(Compared(other=other, comparison=comparison, meaning=meaning))
    return tuple(found)
