"""Does a feature know what nobody can know when the prediction is made?

Three signs speak: a feature that alone predicts the target too well, one that is
missing just where the target or one of its classes is, and one whose columns are only
known afterwards. A sign is no proof, so what was looked at can be allowed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.errors import RefusedError
from lineal.modeling.features.column import Feature
from lineal.modeling.power import Floats, Kind, association, folds, power
from lineal.modeling.sections import Column, Leaks
from lineal.modeling.tables.index import TIME

Mask = npt.NDArray[np.bool_]
Rule = Literal["power", "missing", "after"]

_ROWS: Final = 50_000
_LATER: Final = 0.01  # share of rows that is more than wrong clocks
_SHOWN: Final = 12
_WAY_OUT: Final = (
    "put its column into data.exclude, or take it out of your own features; or into "
    "leaks.allow, if it is known by then"
)


@dataclass(frozen=True, slots=True)
class Leak:
    """A sign that a feature knows too much.

    Attributes:
        feature: Name of the feature.
        rule: Which sign.
        value: How strong it is: 1 is certain.
        message: All of this in words.
    """

    feature: str
    rule: Rule
    value: float
    message: str


class LeakError(RefusedError):
    """Features know what nobody can know when the prediction is made."""

    def __init__(self, leaks: Sequence[Leak]) -> None:
        self.leaks = tuple(leaks)
        said = "; ".join(leak.message for leak in leaks[:_SHOWN])
        more = len(leaks) - _SHOWN
        rest = f"; and {more} more" if more > 0 else ""
        super().__init__(
            f"features leak the target: {said}{rest}: {_WAY_OUT} "
            "(leaks.action: warn only warns)"
        )


def judge(leaks: Sequence[Leak], asked: Leaks) -> None:
    """Refuse to go on where there are leaks and that is asked for.

    Raises:
        LeakError: Both is so.
    """
    if leaks and asked.action == "refuse":
        raise LeakError(leaks)


def guard(  # noqa: PLR0913 - all that is known of the features
    features: pd.DataFrame,
    target: Floats,
    described: Sequence[Feature],
    *,
    kind: Kind,
    columns: Mapping[str, Column],
    asked: Leaks,
    times: Mapping[str, npt.NDArray[np.datetime64]] | None = None,
    together: npt.NDArray[np.datetime64] | None = None,
    seed: int,
) -> tuple[Leak, ...]:
    """Look for the three signs; the first that a feature shows is told.

    Args:
        features: Every feature by name; all rows, those without a target too.
        target: Codes of classes or numbers; NaN where nobody knows.
        described: What the features are made of.
        kind: What the target is.
        columns: The raw columns, and when they are known.
        asked: From when on a sign counts, and what may stay.
        times: The columns of moments by name, and under `_time` that of the prediction.
        together: The moment of each row, where rows of one moment may share values of
            features and luck: they are one piece of evidence. By default each row is.
        seed: Of the rows that are looked at, where there are many.
    """
    late = _late(columns, times or {})
    signs = _Signs(features, target, kind, asked, seed=seed, together=together)
    found = []
    for feature in described:
        allowed = {feature.name, *feature.sources} & set(asked.allow)
        if not allowed and (leak := _leak(feature, late, signs)):
            found.append(leak)
    return tuple(found)


def _leak(
    feature: Feature, late: Mapping[str, tuple[float, str]], signs: "_Signs"
) -> Leak | None:
    """Return the first sign of a feature, the cheapest to look for before others."""
    for source in feature.sources:
        if source in late:
            share, text = late[source]
            return Leak(feature.name, "after", share, f"{feature.name!r} {text}")
    return next(signs.of(feature.name), None)


def _late(
    columns: Mapping[str, Column], times: Mapping[str, npt.NDArray[np.datetime64]]
) -> Mapping[str, tuple[float, str]]:
    """Find the columns that are known too late: in which share of rows, and why."""
    late = {}
    for name, column in columns.items():
        declared, what = column.available, f"is made of {name!r}, which is"
        if declared == "after":
            late[name] = 1.0, f"{what} declared to be known only after (available)"
        elif declared != "before" and (share := _share_later(times, declared)):
            text = f"{what} known at {declared!r}, later than the prediction is made"
            late[name] = share, f"{text} in {share:.1%} of the rows"
        elif (share := _share_later(times, name)) > _LATER:
            text = (
                f"{what} later than the prediction is made in {share:.1%} of the rows"
            )
            late[name] = share, text
    return late


def _share_later(times: Mapping[str, npt.NDArray[np.datetime64]], name: str) -> float:
    """Return the share of rows in which a column's moment is after the prediction."""
    if TIME not in times or name not in times:
        return 0.0
    return float(np.mean(times[name] > times[TIME])) if len(times[TIME]) else 0.0


class _Signs:
    """What the values of features say of the target."""

    def __init__(  # noqa: PLR0913 - as `guard` has them
        self,
        features: pd.DataFrame,
        target: Floats,
        kind: Kind,
        asked: Leaks,
        *,
        seed: int,
        together: npt.NDArray[np.datetime64] | None,
    ) -> None:
        """Choose the rows to look at."""
        self._features, self._kind, self._asked = features, kind, asked
        # A row that is all empty says nothing of any feature.
        self._some = features.notna().any(axis=1).to_numpy()
        self._target = target
        known = np.flatnonzero(~np.isnan(target))
        if len(known) > _ROWS:
            chosen = np.random.default_rng(seed).choice(known, _ROWS, replace=False)
            known = np.sort(chosen)
        self._rows = known
        groups = np.arange(len(known))
        if together is not None:
            groups = np.unique(together[known], return_inverse=True)[1]
        self._apart = int(groups.max(initial=-1)) + 1
        self._folds = folds(self._apart, seed)[groups]

    def of(self, name: str) -> Iterator[Leak]:
        """Yield the signs of one feature."""
        values = self._features[name]
        missing = values.isna().to_numpy()
        yield from self._missing(name, missing)
        yield from self._power(name, values)

    def _missing(self, name: str, missing: Mask) -> Iterator[Leak]:
        """Compare where a feature is missing with where the target is, or a class."""
        said = f"{name!r} is missing just where"
        unknown = np.isnan(self._target)
        size = _alike(missing, unknown, self._some)
        if size >= self._asked.missing:
            yield self._sign(name, "missing", size, f"{said} the target is")
        known = ~unknown
        if self._kind == "value":
            size = association(missing[known], self._target[known])
            if size >= self._asked.missing:
                text = f"{said} the target has certain values"
                yield self._sign(name, "missing", size, text)
            return
        for code in np.unique(self._target[known]):
            size = _alike(missing, self._target == code, known)
            if size >= self._asked.missing:
                text = f"{said} the target is of one class"
                yield self._sign(name, "missing", size, text)

    def _power(self, name: str, values: "pd.Series[Any]") -> Iterator[Leak]:
        if not len(self._rows):
            return
        chosen = values.iloc[self._rows]
        target = self._target[self._rows]
        size = power(chosen, target, self._kind, self._folds, apart=self._apart)
        if size >= self._asked.power:
            yield self._sign(name, "power", size, f"{name!r} alone tells the target")

    def _sign(
        self, name: str, rule: Literal["power", "missing"], size: float, text: str
    ) -> Leak:
        limit = getattr(self._asked, rule)
        figure = f"({rule} {size:.3f}, and leaks.{rule} is {limit:g})"
        return Leak(name, rule, size, f"{text} {figure}")


def _alike(missing: Mask, other: Mask, rows: Mask) -> float:
    """Return how far two marks agree in certain rows."""
    return association(missing[rows], other[rows].astype(np.float64))
