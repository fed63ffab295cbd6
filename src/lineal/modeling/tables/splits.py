"""Which rows belong to training, validation, test and the folds.

The one place that computes them. By time, a cut never parts rows of the same moment:
they go to the earlier side together. At random, rows of one group go together, and
every class gets the same share of each side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.errors import RefusedError
from lineal.modeling.declared import declared
from lineal.modeling.sections import InvalidParamsError
from lineal.modeling.tables.card import Part, Parts
from lineal.modeling.tables.config import Classification, Table
from lineal.modeling.tables.dealing import Numbers, Times, by_time, deal
from lineal.modeling.tables.index import GROUP, TARGET, TIME
from lineal.modeling.tables.targets import Targets, targets

Fold = tuple[Numbers, Numbers]

_TWO = 2  # classes, at least, on each side of a cut


class TooFewRowsError(RefusedError):
    """The table has too few rows, moments, groups or classes for the split."""


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Numbers of the rows of each period, ascending by time or by number.

    Attributes:
        by: In order of time or at random.
        train: For tuning and cross-validation.
        validation: For calibration, threshold and importance.
        test: Read once.
        folds: How many inside train.
        without_target: Rows in none of them, because nobody knows what happened.
        times: The moment of each row of the table, if there is a time column.
    """

    by: Literal["time", "random"]
    train: Numbers
    validation: Numbers
    test: Numbers
    folds: int
    without_target: int
    times: Times | None

    @property
    def learn(self) -> Numbers:
        """Train, then validation: what the final fit uses."""
        return np.concatenate([self.train, self.validation])

    @property
    def parts(self) -> Parts:
        """What the card says of the periods."""
        return Parts(
            by=self.by,
            train=self._part(self.train),
            validation=self._part(self.validation),
            test=self._part(self.test),
            learn=self._part(self.learn),
            folds=self.folds,
            without_target=self.without_target,
        )

    def _part(self, rows: Numbers) -> Part:
        """Count rows, and find the first and the last moment."""
        if self.times is None:
            return Part(rows=len(rows))
        moments = self.times[rows]
        first, last = np.fmin.reduce(moments), np.fmax.reduce(moments)
        return Part(rows=len(rows), first=_word(first), last=_word(last))


def cut(table: pd.DataFrame, model: Table, seed: int) -> Cut:
    """Cut the rows whose target is known.

    Args:
        table: Joined and typed rows.
        model: Shares, and whether by time or at random.
        seed: Of what is random.

    Raises:
        TooFewRowsError: A period would have no rows, or lack a class.
    """
    asked, read = model.split, targets(table, model)
    rows = np.flatnonzero(read.known)
    shares = (asked.train, asked.validation, asked.test)
    if asked.by == "time":
        moments = _moments(table.iloc[rows], model)
        order = np.argsort(moments, kind="stable")
        sides = by_time(moments[order], np.cumsum(shares)[:-1] * len(rows))
        periods = [rows[order[first:last]] for first, last in sides]
    else:
        groups = group_codes(table.iloc[rows], model)
        strata = _strata(read.numbers[rows], model)
        part = deal(shares, strata, groups, np.random.default_rng([seed, 0]))
        periods = [rows[part == number] for number in range(len(shares))]
    _check_periods(periods, read, model)
    train, validation, test = periods
    return Cut(
        by=asked.by,
        train=train,
        validation=validation,
        test=test,
        folds=asked.folds,
        without_target=len(table) - len(rows),
        times=_times(table, model),
    )


def folds(train: pd.DataFrame, model: Table, seed: int) -> list[Fold]:
    """Cut training rows for cross-validation.

    By time each fold learns from all that came before it, and the first from half of
    the rows. At random each row is judged once.

    Args:
        train: Rows with the index columns, and GROUP where groups are asked for.
        model: Number of folds, and whether by time or at random.
        seed: Of what is random.

    Raises:
        TooFewRowsError: A fold would have no rows, or rows of one class only.
    """
    asked, count = model.split, len(train)
    target = train[TARGET].to_numpy(dtype=np.float64)
    if asked.by == "time":
        moments = train[TIME].to_numpy()
        order = np.argsort(moments, kind="stable")
        inner = np.linspace(count // 2, count, asked.folds + 1)[:-1]
        sides = by_time(moments[order], inner)[1:]
        found = [(order[:first], order[first:last]) for first, last in sides]
    else:
        groups = train[GROUP].to_numpy() if asked.group else None
        shares = (1 / asked.folds,) * asked.folds
        generator = np.random.default_rng([seed, 1])
        part = deal(shares, _strata(target, model), groups, generator)
        found = [
            (np.flatnonzero(part != number), np.flatnonzero(part == number))
            for number in range(asked.folds)
        ]
    for number, sides_ in enumerate(found, start=1):
        for side, what in zip(sides_, ("learns from", "is judged by"), strict=True):
            _check_side(target[side], model, f"fold {number} {what}")
    return found


def group_codes(table: pd.DataFrame, model: Table) -> Numbers | None:
    """Number the groups that must not be parted; None where none are asked for."""
    if not model.split.group:
        return None
    keys = [table[name] for name in model.split.group]
    found = table.groupby(keys, dropna=False, sort=False).ngroup()
    return found.to_numpy().astype(np.int64)


def _moments(table: pd.DataFrame, model: Table) -> Times:
    """Return the time column, which a split by time cannot do without."""
    name = model.data.time
    if name is None:
        msg = (
            "params.yaml: split.by time needs data.time: name the column, or use random"
        )
        raise InvalidParamsError(msg)
    values = table[name].to_numpy()
    if missing := int(np.isnat(values).sum()):
        msg = (
            f"{missing} rows have no {name!r}, so they have no place in time: drop "
            "them, or use split.by random"
        )
        raise TooFewRowsError(msg)
    return values


def _times(table: pd.DataFrame, model: Table) -> Times | None:
    """Return each row's moment, to the day where it is a date."""
    name = model.data.time
    if name is None:
        return None
    unit = "D" if declared(model.data)[name].type == "date" else "s"
    return table[name].to_numpy().astype(f"datetime64[{unit}]")


def _word(moment: np.datetime64) -> str | None:
    """Write a moment as ISO 8601 has it."""
    return None if np.isnat(moment) else str(moment)


def _strata(values: npt.NDArray[np.float64], model: Table) -> Numbers:
    """Return what every side must have the same share of: the classes."""
    if isinstance(model, Classification):
        return values.astype(np.int64)
    return np.zeros(len(values), dtype=np.int64)


def _check_periods(periods: Sequence[Numbers], read: Targets, model: Table) -> None:
    """Refuse periods that nothing can be learned from or judged by."""
    for rows, name in zip(periods, ("train", "validation", "test"), strict=True):
        _check_side(read.numbers[rows], model, f"the {name} period has")
    learned = set(read.numbers[periods[0]])
    for code, label in enumerate(read.classes or ()):
        if code not in learned:
            msg = (
                f"class {label!r} of {model.data.target!r} has no row in the train "
                "period: leave its rows out, join it with another class, or use "
                "split.by random"
            )
            raise TooFewRowsError(msg)


def _check_side(values: npt.NDArray[np.float64], model: Table, what: str) -> None:
    """Refuse a side without rows, or with one class where classes are told apart."""
    least = _TWO if isinstance(model, Classification) else 1
    if len(np.unique(values)) < least:
        has = "no rows" if not len(values) else "rows of one class only"
        msg = (
            f"{what} {has}: use more rows, fewer folds or larger shares, or "
            "split.by random"
        )
        raise TooFewRowsError(msg)
