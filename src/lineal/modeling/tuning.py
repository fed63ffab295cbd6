"""Random search with successive halving, and cross-validation over the folds."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.stats
from sklearn.base import clone
from sklearn.experimental import enable_halving_search_cv  # noqa: F401 # it registers
from sklearn.model_selection import HalvingRandomSearchCV

from lineal.modeling.candidates import Forecaster, parameter_prefix
from lineal.modeling.config import InvalidParamsError, Tuning
from lineal.modeling.evaluation import Scores, score
from lineal.modeling.index import NAIVE_ERROR

Fold = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]


@dataclass(frozen=True, slots=True)
class Trial:
    """One draw of parameters in one round of the search.

    Attributes:
        round: 0 is the first.
        rows: Training rows that the round had, over all folds together.
        params: The draw.
        score: Mean of the metric over the folds, smaller is better.
    """

    round: int
    rows: int
    params: Mapping[str, Any]
    score: float


@dataclass(frozen=True, slots=True)
class Search:
    """The best draw, and every trial on the way to it."""

    best: Mapping[str, Any]
    trials: tuple[Trial, ...]


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers from low to high, as params.yaml says it.

    Attributes:
        low: The smallest.
        high: The largest.
        log: Small numbers are as likely as large ones.
        integer: Whole numbers only.
    """

    low: int | float
    high: int | float
    log: bool = False
    integer: bool = False

    def __post_init__(self) -> None:
        """Refuse what nothing can be drawn from."""
        whole = isinstance(self.low, int) and isinstance(self.high, int)
        if not self.low < self.high:
            msg = "low must be less than high"
        elif self.log and (self.integer or self.low <= 0):
            msg = "log wants low above 0, and no integer"
        elif self.integer and not whole:
            msg = "integer wants a whole low and high"
        else:
            return
        raise ValueError(msg)

    @property
    def drawn(self) -> Any:
        """The distribution of SciPy that it means."""
        if self.integer:
            return scipy.stats.randint(self.low, self.high + 1)
        if self.log:
            return scipy.stats.loguniform(self.low, self.high)
        return scipy.stats.uniform(self.low, self.high - self.low)


def search(  # noqa: PLR0913 - what is not data is named at the call
    forecaster: Forecaster,
    space: Mapping[str, Any],
    rows: pd.DataFrame,
    folds: Sequence[Fold],
    *,
    asked: Tuning,
    metric: str,
    seed: int,
) -> Search:
    """Draw parameters at random; give the better third more rows, again and again.

    Args:
        forecaster: Untrained.
        space: Parameter name to choices or range; empty means nothing to search.
        rows: Training rows with `target`, `scale` and the features.
        folds: Row numbers of each fold.
        asked: Budget, factor and the last round's rows.
        metric: Which of the scores decides.
        seed: Seed of the draws and of the subsamples.

    Raises:
        InvalidParamsError: The estimator has no such parameter, or nothing can be
            drawn for it.
    """
    if not space:
        return Search({}, ())
    prefix = parameter_prefix(forecaster)

    def minus_metric(model: Forecaster, seen: pd.DataFrame, actual: Any) -> float:
        return -metric_of(score_rows(model, seen, actual), metric)

    halving = HalvingRandomSearchCV(
        forecaster,
        _distributions(forecaster, space),
        n_candidates=_draws(space, asked.budget),
        factor=asked.factor,
        max_resources=min(asked.rows, len(rows)),
        min_resources="exhaust",
        cv=list(folds),
        scoring=minus_metric,
        refit=False,
        error_score="raise",
        random_state=np.random.RandomState(seed),
        n_jobs=1,
    )
    halving.fit(rows, rows["target"].to_numpy())
    trials = _trials(halving.cv_results_, prefix)
    last = max(trial.round for trial in trials)
    best = min((t for t in trials if t.round == last), key=lambda trial: trial.score)
    return Search(best.params, trials)


def _distributions(forecaster: Forecaster, space: Mapping[str, Any]) -> dict[str, Any]:
    """Return what to draw each parameter from, under its name in `set_params`."""
    prefix = parameter_prefix(forecaster)
    known = forecaster.get_params()
    for name in space:
        if f"{prefix}{name}" not in known:
            msg = f"params.yaml: the search space names {name!r}, which is no parameter"
            raise InvalidParamsError(msg)
    return {f"{prefix}{name}": distribution(name, said) for name, said in space.items()}


def _draws(space: Mapping[str, Any], budget: int) -> int:
    """Return how many draws are worth it: lists alone hold only so many."""
    sizes = (len(said) if isinstance(said, list) else budget for said in space.values())
    return min(budget, math.prod(sizes))


def _trials(found: Mapping[str, Any], prefix: str) -> tuple[Trial, ...]:
    """Read scikit-learn's table of results."""
    return tuple(
        Trial(
            round=int(found["iter"][i]),
            rows=int(found["n_resources"][i]),
            params=_plain(found["params"][i], prefix),
            score=-float(found["mean_test_score"][i]),
        )
        for i in range(len(found["params"]))
    )


def cross_validate(
    forecaster: Forecaster,
    params: Mapping[str, Any],
    rows: pd.DataFrame,
    folds: Sequence[Fold],
) -> tuple[Scores, ...]:
    """Fit and score on every fold, with all of its rows."""
    scores = []
    for train, test in folds:
        model = with_params(forecaster, params)
        learn, judge = rows.iloc[train], rows.iloc[test]
        model.fit(learn, learn["target"].to_numpy())
        scores.append(score_rows(model, judge, judge["target"].to_numpy()))
    return tuple(scores)


def with_params(forecaster: Forecaster, params: Mapping[str, Any]) -> Forecaster:
    """Return an untrained copy that has the parameters."""
    prefix = parameter_prefix(forecaster)
    copy: Forecaster = clone(forecaster)
    copy.set_params(**{f"{prefix}{name}": value for name, value in params.items()})
    return copy


def score_rows(model: Forecaster, rows: pd.DataFrame, actual: npt.ArrayLike) -> Scores:
    """Score a trained forecaster on rows; MASE divides by their naive error."""
    return score(
        np.asarray(actual, dtype=np.float64),
        model.predict(rows),
        naive_error=rows[NAIVE_ERROR].to_numpy(dtype=np.float64),
    )


def metric_of(scores: Scores, metric: str) -> float:
    """Return one score by name, or infinity where it is undefined."""
    value = getattr(scores, metric)
    return float("inf") if value is None else float(value)


def distribution(name: str, said: Any) -> Any:
    """Turn what params.yaml says of a parameter into something to draw from.

    >>> distribution("depth", [4, 6])
    [4, 6]

    Raises:
        InvalidParamsError: It is neither a list nor a range.
    """
    if isinstance(said, list) and said:
        return said
    try:
        return msgspec.convert(said, Range).drawn
    except msgspec.ValidationError as error:
        msg = (
            f"params.yaml: the search space of {name!r} must be a list of choices "
            f"or a range such as {{low: 0.01, high: 1, log: true}}: {error}"
        )
        raise InvalidParamsError(msg) from error


def _plain(params: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Strip the prefix and NumPy's types, so that the draw can be written."""
    return {
        name.removeprefix(prefix): getattr(value, "item", lambda v=value: v)()
        for name, value in params.items()
    }
