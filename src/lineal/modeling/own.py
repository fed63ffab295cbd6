"""Features that the user makes: a Python file with a function `features`.

It gets a table and returns one with the same rows and one column a feature. It is
leak-checked as ours are: what it says of a row may not change with rows that nobody has
when the prediction is made.
"""

import traceback
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd
from pandas.api import types

from lineal.errors import BadInputError, RefusedError
from lineal.modeling.withholding import altered, changed, cuts, said

FILE: Final = "features.py"
FUNCTION: Final = "features"


class OwnFeaturesError(BadInputError):
    """The user's file does not work, or its function does not do what it must."""

    def __init__(self, name: str, problem: str, line: int | None = None) -> None:
        self.line = line
        place = name if line is None else f"{name}, line {line}"
        super().__init__(f"{place}: {problem}")


class OwnLeakError(RefusedError):
    """A feature of the user's changes with rows that nobody has by then."""

    def __init__(self, name: str, feature: str, change: str, way_out: str) -> None:
        self.feature = feature
        super().__init__(f"feature {feature!r} of {name} changes {change}: {way_out}")


@dataclass(frozen=True, slots=True, eq=False)
class OwnFeatures:
    """The user's function, ready to be called.

    Attributes:
        source: The text of the file.
        name: What to call the file in messages.
    """

    source: str
    name: str
    _function: Callable[[pd.DataFrame], Any] = field(repr=False)

    @classmethod
    def of(cls, source: str, name: str = FILE) -> "OwnFeatures":
        """Compile the text of a file.

        Raises:
            OwnFeaturesError: It is not Python, fails, or has no function `features`.
        """
        namespace: dict[str, Any] = {"__name__": "features", "__file__": name}
        try:
            # The file is part of the user's repository, as a module of theirs would be.
            exec(compile(source, name, "exec"), namespace)  # noqa: S102 - see above
        except SyntaxError as error:
            problem = f"it is not Python: {error.msg}"
            raise OwnFeaturesError(name, problem, error.lineno) from None
        except Exception as error:  # noqa: BLE001 - whatever the user's code raises
            raise _explained(error, name, source) from None
        function = namespace.get(FUNCTION)
        if not callable(function):
            problem = f"it has no function {FUNCTION}(table) that returns a table"
            raise OwnFeaturesError(name, problem)
        return cls(source, name, function)

    def make(self, table: pd.DataFrame, taken: Collection[str] = ()) -> pd.DataFrame:
        """Return the features of a table's rows: float64 numbers, and words as objects.

        Infinite numbers become missing; true and false become 1 and 0.

        Args:
            table: What the function gets a copy of, so that it may change it.
            taken: Names that its features may not have, beside the table's columns.

        Raises:
            OwnFeaturesError: The function fails, or returns something else.
        """
        try:
            made = self._function(table.copy())
        except Exception as error:  # noqa: BLE001 - whatever the user's code raises
            raise _explained(error, self.name, self.source) from None
        if problem := next(_faults(made, table, {*table.columns, *taken}), None):
            raise OwnFeaturesError(self.name, f"{FUNCTION}(table) {problem}")
        return pd.DataFrame({n: _plain(made[n]) for n in made}, index=table.index)

    def check(
        self,
        table: pd.DataFrame,
        *,
        time: str | None = None,
        at: Sequence[pd.Timestamp] = (),
        later: Collection[str] | None = None,
        seed: int = 0,
    ) -> None:
        """Refuse features that use what nobody has when the prediction is made.

        With a time column, what is said of the rows up to a cut may not change when
        later rows are taken away, nor when their values are others. Without one, each
        row must stand for itself: it says the same among fewer rows in another order.

        Args:
            table: What the function gets.
            time: Name of the time column, where rows may use earlier ones.
            at: Moments to cut at; some are chosen by default.
            later: Columns whose later values nobody has; by default all others.
            seed: Of the rows that are taken away where there is no time.

        Raises:
            OwnLeakError: A feature does.
            OwnFeaturesError: The function fails, or does not return the same twice.
        """
        whole = self.make(table)
        if name := changed(whole, self.make(table)):
            problem = f"feature {name!r} differs when it is made again: use no chance"
            raise OwnFeaturesError(self.name, problem)
        if time is None:
            self._check_alone(table, whole, seed)
            return
        columns = [c for c in table.columns if c != time] if later is None else later
        for cut in at or cuts(table[time]):
            self._check_cut(table, whole, table[time] <= cut, columns, said(cut))

    def _check_cut(
        self,
        table: pd.DataFrame,
        whole: pd.DataFrame,
        kept: "pd.Series[bool]",
        columns: Collection[str],
        cut: str,
    ) -> None:
        way_out = "it looks into the future; use only rows up to each row's own time"
        if name := changed(whole[kept], self.make(table[kept])):
            change = f"when rows after {cut} are taken away"
            raise OwnLeakError(self.name, name, change, way_out)
        try:
            other = self.make(altered(table, ~kept, columns))
        except OwnFeaturesError:
            return  # the made-up values of later rows are at fault, not the function
        if name := changed(whole[kept], other[kept]):
            change = f"when the values of rows after {cut} are others"
            raise OwnLeakError(self.name, name, change, way_out)

    def _check_alone(self, table: pd.DataFrame, whole: pd.DataFrame, seed: int) -> None:
        order = np.random.default_rng(seed).permutation(len(table))
        # A column for each word that there is shows with one row only.
        for rows in ((len(table) + 1) // 2, 1):
            some = order[:rows]
            if name := changed(whole.iloc[some], self.make(table.iloc[some])):
                change = "when other rows are taken away"
                way_out = (
                    "each row must stand for itself, because it is predicted alone"
                )
                raise OwnLeakError(self.name, name, change, way_out)


def _explained(error: Exception, name: str, source: str) -> OwnFeaturesError:
    """Say what the user's code did wrong, and in which line of theirs."""
    frames = traceback.extract_tb(error.__traceback__)
    line = next((f.lineno for f in reversed(frames) if f.filename == name), None)
    lines = source.splitlines()
    text = f" in `{lines[line - 1].strip()}`" if line and line <= len(lines) else ""
    said = " ".join(str(error).split())
    return OwnFeaturesError(name, f"{type(error).__name__}{text}: {said}", line)


def _faults(made: Any, table: pd.DataFrame, taken: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with what a function returned."""
    if not isinstance(made, pd.DataFrame):
        yield f"must return a DataFrame, not {type(made).__name__}"
    elif not made.index.equals(table.index):
        yield (
            f"must return the rows it got, with their index: it got {len(table)} rows "
            f"and returned {len(made)}"
        )
    else:
        for name in made.columns:
            yield from _amiss(name, made, taken)


def _amiss(name: Any, made: pd.DataFrame, taken: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with a feature."""
    if not isinstance(name, str) or not name.strip():
        yield f"names a feature {name!r}: a name is text"
    elif list(made.columns).count(name) > 1:
        yield f"returns two features {name!r}"
    elif name in taken:
        yield f"names a feature {name!r}, as another column is: choose another name"
    elif name.startswith("_"):
        yield f"names a feature {name!r}: names that begin with _ are lineal's own"
    elif not _usable(made[name]):
        kind = made[name].dtype
        yield f"makes {name!r} of {kind}: only numbers, booleans and words can be used"


def _usable(values: "pd.Series[Any]") -> bool:
    if types.is_numeric_dtype(values.dtype):
        return not types.is_complex_dtype(values.dtype)
    words = values.astype(object)
    return all(isinstance(word, str) for word in words[values.notna()])


def _plain(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return the storage that all features have."""
    if types.is_numeric_dtype(values.dtype):
        numbers = values.to_numpy(dtype="float64", na_value=np.nan)
        finite = np.where(np.isinf(numbers), np.nan, numbers)
        return pd.Series(finite, values.index)
    words = values.astype(object)
    return words.where(values.notna(), None)
