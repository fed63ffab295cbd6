"""A trained model with all that a forecast needs, so that raw data is not one of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from lineal.errors import BadInputError
from lineal.modeling.candidates import Forecaster
from lineal.modeling.card import Card
from lineal.modeling.features.matrix import recipe, rows
from lineal.modeling.index import LOOKBACK
from lineal.modeling.intervals import Calibration, apply
from lineal.modeling.panel import Panel, from_table

INDEX = ("segment", "origin", "horizon", "date")


class UnanswerableError(BadInputError):
    """The bundle cannot make the forecast that was asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """What `models/<model>` holds, loaded.

    Attributes:
        card: The model's facts.
        forecaster: The trained model.
        calibration: What makes intervals of its forecasts.
        history: The latest rows: segment, date, target and covariates.
    """

    card: Card
    forecaster: Forecaster
    calibration: Calibration
    history: pd.DataFrame

    @property
    def last_origin(self) -> date:
        """The last day on which at least half of the segments were counted."""
        counted = self.history[self.history["target"].notna()].groupby("date").size()
        enough = counted[counted * 2 >= len(self.card.segments)]
        return pd.Timestamp(enough.index.max()).date()

    @property
    def first_origin(self) -> date:
        """The first day that has the history that features need.

        Where the history was not cut, that is the first day it learned from.
        """
        first: date = self.history["date"].min().date()
        if first.isoformat() == self.card.data["first"]:
            return self.card.splits.learn.first
        return first + timedelta(days=LOOKBACK - 1)

    def forecast(
        self,
        *,
        origin: date | None = None,
        horizon: int | None = None,
        segments: Sequence[str] = (),
        future: pd.DataFrame | None = None,
    ) -> "Forecast":
        """Forecast every day after an origin.

        Args:
            origin: The last day known; the last that the history has by default.
            horizon: Days ahead; as many as the model was trained for by default.
            segments: Which series; all by default.
            future: Known covariates (segment, date, columns) for dates ahead.

        Raises:
            UnanswerableError: The origin, the horizon or a segment is out of reach,
                or a known covariate is not in the table of future ones.
        """
        origin = self.last_origin if origin is None else origin
        horizon = self.card.horizon if horizon is None else horizon
        self._check(origin, horizon, segments)
        panel = self._panel(future)
        where = int((np.datetime64(origin) - panel.dates[0]).astype(int))
        wanted = tuple(s for s in self.card.segments if s in segments or not segments)
        found = self._rows(panel, where)
        found = found[(found["horizon"] <= horizon) & found["segment"].isin(wanted)]
        forecast = set(found["segment"].unique())
        if not forecast:
            msg = (
                f"{self.card.model} cannot forecast {wanted[0]!r} from {origin}: "
                "nothing was counted there in the weeks before"
            )
            raise UnanswerableError(msg)
        ahead = slice(where + 1, where + 1 + horizon)
        return Forecast(
            rows=self._predict(found.reset_index(drop=True)),
            missing=tuple(
                name
                for name in self.card.known
                if np.isnan(panel.known[name][ahead]).any()
            ),
            skipped=tuple(name for name in wanted if name not in forecast),
        )

    def _panel(self, future: pd.DataFrame | None) -> Panel:
        """Spread the history and what is known ahead over the calendar."""
        return from_table(
            self._with_future(future),
            known=self.card.known,
            observed=self.card.observed,
            ahead=self.card.horizon,
            segments=self.card.segments,
        )

    def _rows(self, panel: Panel, origin: int) -> pd.DataFrame:
        """Make the feature rows of one origin, for the segments that have a scale."""
        made = recipe(
            panel,
            self.card.recipe,
            target=self.card.target,
            horizon=self.card.horizon,
        )
        found = rows(made, np.array([origin]), only=self.card.features)
        return found[found["scale"].notna()]

    def _check(self, origin: date, horizon: int, segments: Sequence[str]) -> None:
        """Refuse what is out of reach, and say what is within it."""
        last = self.last_origin
        if not self.first_origin <= origin <= last:
            msg = (
                f"{self.card.model} cannot forecast from {origin}: its history allows "
                f"{self.first_origin} to {last}"
            )
            raise UnanswerableError(msg)
        if not 1 <= horizon <= self.card.horizon:
            msg = (
                f"{self.card.model} forecasts 1 to {self.card.horizon} days ahead, "
                f"not {horizon}"
            )
            raise UnanswerableError(msg)
        unknown = [name for name in segments if name not in self.card.segments]
        if unknown:
            msg = (
                f"{self.card.model} knows no segment {unknown[0]!r}; "
                f"it knows: {', '.join(self.card.segments)}"
            )
            raise UnanswerableError(msg)

    def _with_future(self, future: pd.DataFrame | None) -> pd.DataFrame:
        """Add the days ahead; where history has the day too, future's values win."""
        if future is None:
            return self.history
        lacking = [name for name in self.card.known if name not in future.columns]
        if lacking:
            msg = (
                f"{self.card.model} learned from {lacking[0]!r}, which the table of "
                "known covariates lacks: add it, or train again without it"
            )
            raise UnanswerableError(msg)
        first, last = self.history["date"].min(), self.history["date"].max()
        reach = last + pd.Timedelta(days=self.card.horizon)
        near = future[future["date"].between(first, reach)].astype({"segment": object})
        both = self.history.astype({"segment": object}).merge(
            near, on=["segment", "date"], how="outer", suffixes=("", "_new")
        )
        for name in self.card.known:
            both[name] = both[f"{name}_new"].fillna(both[name])
        table: pd.DataFrame = both[list(self.history.columns)]
        return table

    def _predict(self, found: pd.DataFrame) -> pd.DataFrame:
        """Add forecasts and intervals to the index of the rows."""
        predicted = self.forecaster.predict(found)
        table = found[list(INDEX)].assign(forecast=predicted)
        bounds = apply(
            self.calibration,
            predicted,
            found["scale"].to_numpy(),
            found["horizon"].to_numpy(),
            found["segment"].astype(str).to_numpy(),
        )
        for level, (low, high) in bounds.items():
            table[f"low_{100 * level:g}"] = low
            table[f"high_{100 * level:g}"] = high
        ordered: pd.DataFrame = table.sort_values(
            ["segment", "date"], ignore_index=True
        )
        return ordered


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What was forecast, and what was not known.

    Attributes:
        rows: segment, origin, horizon, date, forecast, low_80, high_80 and so on.
        missing: Known covariates without a value for some day ahead.
        skipped: Segments asked for that had nothing recent to forecast from.
    """

    rows: pd.DataFrame
    missing: tuple[str, ...]
    skipped: tuple[str, ...] = ()


def tail(table: pd.DataFrame, origins: int) -> pd.DataFrame:
    """Keep the rows that forecasts from the last so many days need."""
    first = table["date"].max() - pd.Timedelta(days=LOOKBACK + origins)
    kept: pd.DataFrame = table[table["date"] >= first].reset_index(drop=True)
    return kept
