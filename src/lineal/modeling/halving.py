"""Random search with successive halving, for models of every task."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.modeling.sections import InvalidParamsError, Tuning

T = TypeVar("T")

Fold = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]
Data = tuple[pd.DataFrame, npt.NDArray[Any], Mapping[str, npt.NDArray[Any]]]


@dataclass(frozen=True, slots=True)
class Trial:
    """One draw of parameters in one round of the search.

    Attributes:
        round: 0 is the first.
        rows: Training rows that the round had, over all folds together.
        params: The draw.
        score: Mean of the metric's loss over the folds, smaller is better.
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
        from scipy import stats  # noqa: PLC0415 - heavy, and only searches draw

        if self.integer:
            return stats.randint(self.low, self.high + 1)
        if self.log:
            return stats.loguniform(self.low, self.high)
        return stats.uniform(self.low, self.high - self.low)


def halve(  # noqa: PLR0913 - what is not data is named at the call
    model: Any,
    space: Mapping[str, Any],
    data: Data,
    folds: Sequence[Fold],
    *,
    asked: Tuning,
    scoring: Callable[[Any, pd.DataFrame, Any], float],
    prefix: str,
    seed: int,
    whole: bool = False,
) -> Search:
    """Draw parameters at random; give the better part more rows, again and again.

    Args:
        model: Untrained.
        space: Parameter name to choices or range; empty means nothing to search.
        data: Training rows, their targets, and what else `fit` takes of each row.
        folds: Row numbers of each fold.
        asked: Budget, factor and the last round's rows.
        scoring: Judges a trained model on rows and targets; larger is better.
        prefix: What stands before a parameter's name in `set_params`.
        seed: Seed of the draws and of the subsamples.
        whole: Give all draws the last round's rows, because there are few.

    Raises:
        InvalidParamsError: The estimator has no such parameter, or nothing can be
            drawn for it.
    """
    if not space:
        return Search({}, ())
    # The first registers the second; both are heavy, and only searches need them.
    from sklearn.experimental import enable_halving_search_cv  # noqa: F401, PLC0415
    from sklearn.model_selection import HalvingRandomSearchCV  # noqa: PLC0415

    rows, target, beside = data
    most = min(asked.rows, len(rows))
    halving = HalvingRandomSearchCV(
        model,
        _distributions(model, space, prefix),
        n_candidates=_draws(space, asked.budget),
        factor=asked.factor,
        max_resources=most,
        min_resources=most if whole else "exhaust",
        cv=list(folds),
        scoring=scoring,
        refit=False,
        error_score="raise",
        random_state=np.random.RandomState(seed),
        n_jobs=1,
    )
    halving.fit(rows, target, **beside)
    trials = _trials(halving.cv_results_, prefix)
    last = max(trial.round for trial in trials)
    best = min((t for t in trials if t.round == last), key=lambda trial: trial.score)
    return Search(best.params, trials)


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


def with_params(model: T, params: Mapping[str, Any], prefix: str) -> T:
    """Return an untrained copy that has the parameters.

    Args:
        model: An estimator.
        params: Parameter name to value.
        prefix: What stands before a parameter's name in `set_params`.
    """
    from sklearn.base import clone  # noqa: PLC0415 - heavy

    copy: Any = clone(model)
    copy.set_params(**{f"{prefix}{name}": value for name, value in params.items()})
    found: T = copy
    return found


def _distributions(model: Any, space: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Return what to draw each parameter from, under its name in `set_params`."""
    known = model.get_params()
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


def _plain(params: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Strip the prefix and NumPy's types, so that the draw can be written."""
    return {
        name.removeprefix(prefix): getattr(value, "item", lambda v=value: v)()
        for name, value in params.items()
    }
