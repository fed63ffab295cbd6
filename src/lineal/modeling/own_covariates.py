"""Features that the user's own file makes, beside the covariates of a forecast.

What the file says of a row is known at the row's time, so it is read at the origin, as
what is observed is. What it lists in `KNOWN` is said of any time ahead, such as whether
a day is a payday, so it is read at the target's date.
"""

import ast
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lineal.modeling.index import OWN
from lineal.modeling.own import OwnFeatures, OwnFeaturesError, OwnLeakError
from lineal.modeling.rhythm import Rhythm
from lineal.modeling.withholding import altered, changed, cuts, said

KNOWN = "KNOWN"
_TAKEN = ("segment",)


@dataclass(frozen=True, slots=True)
class Naming:
    """What an ingested table's columns are called in the raw one.

    Attributes:
        time: The raw column of `date`.
        target: That of `target`.
        segments: Those that `segment` is made of.
        known: Covariates known ahead.
        observed: Covariates known up to the origin.
    """

    time: str
    target: str
    segments: tuple[str, ...]
    known: tuple[str, ...]
    observed: tuple[str, ...]

    def raw(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return what the user's function gets: raw names, and `segment`."""
        named = table.rename(columns={"date": self.time, "target": self.target})
        if len(self.segments) == 1:
            named = named.assign(**{self.segments[0]: named["segment"]})
        return named


@dataclass(frozen=True, slots=True, eq=False)
class Extended:
    """A table with the user's features beside its covariates.

    Attributes:
        table: It, with the features.
        known: Covariates and features known ahead.
        observed: Those known up to the origin.
        own: Which of them are the user's.
    """

    table: pd.DataFrame
    known: tuple[str, ...]
    observed: tuple[str, ...]
    own: tuple[str, ...] = ()


def known_ahead(own: OwnFeatures) -> tuple[str, ...]:
    """Return the features that the file says are known ahead: `KNOWN = ("payday",)`.

    Raises:
        OwnFeaturesError: It says so in another way.
    """
    for node in ast.parse(own.source).body:
        if isinstance(node, ast.Assign) and any(
            isinstance(each, ast.Name) and each.id == KNOWN for each in node.targets
        ):
            return _names(own, node)
    return ()


def _names(own: OwnFeatures, node: ast.Assign) -> tuple[str, ...]:
    try:
        names = ast.literal_eval(node.value)
    except ValueError:
        names = None
    if isinstance(names, tuple | list) and all(isinstance(n, str) for n in names):
        return tuple(names)
    problem = f'{KNOWN} must be a tuple of names, such as ("payday",)'
    raise OwnFeaturesError(own.name, problem, node.lineno)


def extend(table: pd.DataFrame, own: OwnFeatures | None, naming: Naming) -> Extended:
    """Add the user's features to an ingested table, under names that begin with own_.

    Raises:
        OwnFeaturesError: The function fails, or makes something else than numbers.
    """
    if own is None:
        return Extended(table, naming.known, naming.observed)
    made = own.make(naming.raw(table), _TAKEN)
    ahead = known_ahead(own)
    for name in made:
        if made[name].dtype == object:
            problem = f"makes {name!r} of words: a forecast needs numbers"
            raise OwnFeaturesError(own.name, problem)
    for name in ahead:
        if name not in made:
            problem = f"{KNOWN} names {name!r}, which is no feature that it makes"
            raise OwnFeaturesError(own.name, problem)
    known = tuple(f"{OWN}{name}" for name in made if name in ahead)
    rest = tuple(f"{OWN}{name}" for name in made if name not in ahead)
    both = pd.concat([table, made.add_prefix(OWN)], axis=1)
    return Extended(
        table=both,
        known=(*naming.known, *known),
        observed=(*naming.observed, *rest),
        own=(*known, *rest),
    )


def check(table: pd.DataFrame, own: OwnFeatures, naming: Naming, seed: int) -> None:
    """Refuse features that use what nobody has when the forecast is made.

    Raises:
        OwnLeakError: A feature does.
        OwnFeaturesError: The function fails, or does not return the same twice.
    """
    raw = naming.raw(table)
    unknown = (naming.target, *naming.observed)
    own.check(raw, time=naming.time, later=unknown, seed=seed)
    ahead = list(known_ahead(own))
    if not ahead:
        return
    whole = own.make(raw)[ahead]
    for cut in cuts(raw[naming.time]):
        other = altered(raw, raw[naming.time] > cut, unknown)
        if name := changed(whole, own.make(other)[ahead]):
            change = f"when the values of rows after {said(cut)} are others"
            way_out = (
                f"it is in {KNOWN}, so it may not use the target or what is observed"
            )
            raise OwnLeakError(own.name, name, change, way_out)


def ahead_of(
    table: pd.DataFrame, segments: Sequence[str], rhythm: Rhythm, steps: int
) -> pd.DataFrame:
    """Add an empty row for each series and time after the last one, where there is none.

    So that features known ahead are made of those times too.
    """
    last = table.loc[table["target"].notna(), "date"].max().to_datetime64()
    times = rhythm.times(last, np.arange(1, steps + 1)).astype("datetime64[us]")
    grid = pd.MultiIndex.from_product([segments, times], names=["segment", "date"])
    missing = grid.difference(pd.MultiIndex.from_frame(table[["segment", "date"]]))
    empty = pd.DataFrame(
        {
            "segment": missing.get_level_values("segment").astype(object),
            "date": missing.get_level_values("date").astype("datetime64[us]"),
        }
    )
    together: pd.DataFrame = pd.concat([table, empty], ignore_index=True)
    # The function gets rows in the order that it got them in when it was learned from.
    return together.sort_values(["segment", "date"], kind="stable", ignore_index=True)
