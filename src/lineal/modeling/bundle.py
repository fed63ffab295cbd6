"""A trained model with all that a forecast needs, so that raw data is not one of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from lineal.errors import BadInputError
from lineal.modeling.candidates import Forecaster
from lineal.modeling.card import Card
from lineal.modeling.card_panel import card_panel, card_recipe
from lineal.modeling.features.matrix import rows
from lineal.modeling.floor import floor_of
from lineal.modeling.intervals import Calibration, apply
from lineal.modeling.panel import Panel
from lineal.modeling.rhythm import DAY, Rhythm

INDEX = ("segment", "origin", "horizon", "date")
_SHOWN = 30  # names of segments in a message


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
        """The last time at which at least half of the segments were counted.

        Those that ended are none of them: half of the most that were counted lately.
        """
        rhythm = self.card.rhythm
        counted = self.history[self.history["target"].notna()].groupby("date").size()
        last = counted.index.max().to_datetime64()
        lately = counted[
            counted.index > pd.Timestamp(rhythm.time(last, -rhythm.recent))
        ]
        enough = lately[lately * 2 >= lately.max()]
        return rhythm.moment(enough.index.max().to_datetime64())

    @property
    def first_origin(self) -> date:
        """The first time that has the history that features need.

        Where the history was not cut, that is the first time it learned from.
        """
        rhythm = self.card.rhythm
        first = self.history["date"].min().to_datetime64()
        if rhythm.text(first) == self.card.data["first"]:
            return rhythm.moment(np.datetime64(self.card.splits.learn.first))
        return rhythm.moment(rhythm.time(first, rhythm.lookback - 1))

    def forecast(
        self,
        *,
        origin: date | None = None,
        horizon: int | None = None,
        segments: Sequence[str] = (),
        future: pd.DataFrame | None = None,
    ) -> "Forecast":
        """Forecast every step after an origin.

        Args:
            origin: The last time known; the last that the history has by default.
            horizon: Steps ahead; as many as the model was trained for by default.
            segments: Which series; all by default.
            future: Known covariates (segment, date, columns) for times ahead.

        Raises:
            UnanswerableError: The origin, the horizon or a segment is out of reach,
                or a known covariate is not in the table of future ones.
        """
        start = self.last_origin if origin is None else origin
        horizon = self.card.horizon if horizon is None else horizon
        self._check(start, horizon, segments)
        panel = self._panel(future)
        where = int(self.card.rhythm.number(np.datetime64(start), panel.dates[0]))
        asked = set(segments)
        wanted = tuple(s for s in self.card.segments if s in asked or not asked)
        found = self._rows(panel, where)
        found = found[(found["horizon"] <= horizon) & found["segment"].isin(wanted)]
        forecast = set(found["segment"].unique())
        if not forecast:
            msg = (
                f"{self.card.model} cannot forecast {wanted[0]!r} from {start}: "
                f"nothing was counted there in the {self._lately} before"
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

    @property
    def _lately(self) -> str:
        """What a series must have been counted in to be forecast, in words."""
        rhythm = self.card.rhythm
        return f"{rhythm.cycle_name or rhythm.step}s"

    def _panel(self, future: pd.DataFrame | None) -> Panel:
        """Spread the history and what is known ahead over the calendar."""
        card = self.card
        return card_panel(card, self._with_future(future), ahead=card.horizon)

    def _rows(self, panel: Panel, origin: int) -> pd.DataFrame:
        """Make the feature rows of one origin, for the segments that have a scale."""
        made = card_recipe(self.card, panel)
        found = rows(made, np.array([origin]), only=self.card.features)
        return found[found["scale"].notna()]

    def _check(self, origin: date, horizon: int, segments: Sequence[str]) -> None:
        """Refuse what is out of reach, and say what is within it."""
        model, steps = self.card.model, self.card.rhythm.steps
        self._check_origin(origin)
        if not 1 <= horizon <= self.card.horizon:
            msg = (
                f"{model} forecasts 1 to {self.card.horizon} {steps} ahead, "
                f"not {horizon}"
            )
            raise UnanswerableError(msg)
        known = frozenset(self.card.segments) if segments else frozenset[str]()
        unknown = [name for name in segments if name not in known]
        if unknown:
            shown = ", ".join(self.card.segments[:_SHOWN])
            more = len(self.card.segments) - _SHOWN
            others = f" and {more:,} more" if more > 0 else ""
            msg = f"{model} knows no segment {unknown[0]!r}; it knows: {shown}{others}"
            raise UnanswerableError(msg)

    def _check_origin(self, origin: date) -> None:
        rhythm, model = self.card.rhythm, self.card.model
        asked, first, last = (
            np.datetime64(each).astype("datetime64[us]")
            for each in (origin, self.first_origin, self.last_origin)
        )
        if not first <= asked <= last:
            msg = (
                f"{model} cannot forecast from {origin}: its history allows "
                f"{rhythm.text(first)} to {rhythm.text(last)}"
            )
            raise UnanswerableError(msg)
        begun = rhythm.time(last, int(rhythm.number(asked, last)))
        if begun != asked:
            msg = (
                f"{model} cannot forecast from {origin}: no {rhythm.step} of its data "
                f"begins then; the one before does on {rhythm.text(begun)}"
            )
            raise UnanswerableError(msg)

    def _with_future(self, future: pd.DataFrame | None) -> pd.DataFrame:
        """Add the times ahead; where history has a time too, future's values win."""
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
        rhythm, end = self.card.rhythm, last.to_datetime64()
        reach = pd.Timestamp(rhythm.time(end, self.card.horizon))
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
            floor=floor_of(self.card.sign),
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


def tail(table: pd.DataFrame, origins: int, rhythm: Rhythm = DAY) -> pd.DataFrame:
    """Keep the rows that forecasts from the last so many origins need."""
    last = table["date"].max().to_datetime64()
    first = pd.Timestamp(rhythm.time(last, -(rhythm.lookback + origins)))
    kept: pd.DataFrame = table[table["date"] >= first].reset_index(drop=True)
    return kept
