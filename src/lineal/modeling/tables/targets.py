"""What is learned: the code of each row's class, or its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.errors import RefusedError
from lineal.modeling.declared import declared
from lineal.modeling.sections import InvalidParamsError
from lineal.modeling.tables.config import Classification, Event, Table

Floats = npt.NDArray[np.float64]

_TWO = 2
_YES = ("yes", "true", "1")  # words that mean the positive class by themselves


class OneClassError(RefusedError):
    """A column has too few classes to tell any apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """What is learned.

    Attributes:
        numbers: Code of the class or the number of each row; NaN where nobody knows.
        classes: Labels in the order of codes; the positive one of two is the last.
        positive: The class whose probability is asked, of two.
        weight: Of each row in learning. Balance is not in it: it is learned with the
            rows that are learned from, inside `Learner.fit`.
    """

    numbers: Floats
    classes: tuple[str, ...] | None
    positive: str | None
    weight: Floats

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Tell the rows whose target is known."""
        return ~np.isnan(self.numbers)


def targets(
    table: pd.DataFrame, model: Table, classes: Sequence[str] | None = None
) -> Targets:
    """Read the target.

    Args:
        table: Joined and typed rows.
        model: What is asked for.
        classes: Labels in the order of codes, where they are settled; a label that is
            none of them is like a missing one.

    Raises:
        OneClassError: There are not two classes.
        InvalidParamsError: The positive class is none of the two.
    """
    column = table[model.data.target]
    weight = np.ones(len(table))
    if not isinstance(model, Classification):
        values = column.to_numpy(dtype=np.float64, na_value=np.nan)
        return Targets(values, None, None, weight)
    kind = declared(model.data)[model.data.target].type
    labels = _labels(column, kind, model.predict.event)
    settled = tuple(classes or _classes(pd.Series(labels), model))
    codes = pd.Index(settled).get_indexer(pd.Index(labels)).astype(np.float64)
    codes[codes < 0] = np.nan
    positive = settled[-1] if len(settled) == _TWO else None
    return Targets(codes, settled, positive, weight)


def _labels(
    column: "pd.Series[Any]", kind: str, event: Event | None
) -> npt.NDArray[np.object_]:
    """Return each row's class as a word; None where it is missing."""
    present = column.notna().to_numpy(dtype=bool)
    words: npt.NDArray[np.object_] = np.full(len(column), None, dtype=object)
    if event is not None:
        words[present] = np.where(_happened(column[present], event), "yes", "no")
    elif kind == "boolean":
        words[present] = np.where(column[present].astype(bool), "true", "false")
    elif kind == "string":
        words[present] = column[present].astype(str)
    else:
        words[present] = [f"{value:.15g}" for value in column[present]]
    return words


def _happened(values: "pd.Series[Any]", event: Event) -> npt.NDArray[np.bool_]:
    """Tell where a number counts as yes."""
    numbers = values.to_numpy(dtype=np.float64)
    low = -np.inf if event.at_least is None else event.at_least
    high = np.inf if event.at_most is None else event.at_most
    found: npt.NDArray[np.bool_] = (numbers >= low) & (numbers <= high)
    return found


def _classes(labels: "pd.Series[Any]", model: Classification) -> list[str]:
    """Put the classes in order: of two the positive one last, else by their words."""
    counts = labels.dropna().value_counts()
    found = sorted(counts.index, key=_number_or_word)
    if len(found) < _TWO:
        msg = (
            f"column {model.data.target!r} has {len(found)} class(es) in "
            f"{int(counts.sum())} rows, and a classifier needs two: choose another "
            "target, or an event of it"
        )
        raise OneClassError(msg)
    if model.predict.positive is None and len(found) > _TWO:
        return found
    positive = model.predict.positive or _positive(found, counts)
    if len(found) > _TWO or positive not in found:
        msg = (
            f"params.yaml: predict.positive {positive!r} is not one of two classes; "
            f"column {model.data.target!r} has: {', '.join(found[:10])}"
        )
        raise InvalidParamsError(msg)
    return [*(label for label in found if label != positive), positive]


def _number_or_word(label: str) -> tuple[float, str]:
    """Order numbers by size, then words by their letters."""
    try:
        return float(label), label
    except ValueError:
        return np.inf, label


def _positive(found: Sequence[str], counts: "pd.Series[int]") -> str:
    """Return the class that a yes is, else the rarer one, the last of equals."""
    named = [label for label in found if label.lower() in _YES]
    if len(named) == 1:
        return named[0]
    first, last = found
    return first if counts[first] < counts[last] else last
