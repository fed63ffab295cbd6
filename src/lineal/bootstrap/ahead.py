"""A model that forecasts, asked as other models are: with `predict`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from lineal.errors import BadInputError
from lineal.modeling.bundle import Bundle, Forecast, UnanswerableError
from lineal.modeling.schema import check_future
from lineal.pipeline.params import parse_params

_PARAMS = "params.yaml"
_TABLE = "the table of known covariates"


class NoParamsError(BadInputError):
    """A version's commit does not say how its covariates are to be read."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the commit of {name} has no {_PARAMS}, which says how known covariates "
            "are to be read: leave --future out, in Python the table"
        )


class NoTableError(BadInputError):
    """Known covariates come as a table."""

    def __init__(self, found: object) -> None:
        super().__init__(
            f"{_TABLE} must be a pandas DataFrame, not {type(found).__name__}"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Forecasts:
    """A model that forecasts.

    Attributes:
        bundle: The model with all that a forecast needs.
        params: The text of params.yaml beside it, None if there is none.
        name: What to call it.
    """

    bundle: Bundle
    params: bytes | None
    name: str

    def __repr__(self) -> str:
        card = self.bundle.card
        return f"<{self.name}: forecast of {card.target} by {card.champion}>"

    def predict(self, table: pd.DataFrame | None = None) -> pd.DataFrame:
        """Forecast what comes after the last day that the model knows.

        Args:
            table: Rows ahead: the segment columns, the time column and the known
                covariates, named as in params.yaml; others are ignored. Every segment
                and every day that the model reaches by default.

        Returns:
            A row for each segment and day (of the table, if there is one): segment,
            origin, horizon, date, forecast, low_80, high_80 and so on.

        Raises:
            SchemaViolatedError: The table does not fit, or has a segment not learned.
            UnanswerableError: No row of it lies ahead, or a covariate is missing.
            NoParamsError: There is a table, and no params.yaml that declares it.
        """
        if table is None:
            return self.bundle.forecast().rows
        future = self.known(table)
        wanted = future[["segment", "date"]].astype({"segment": object})
        segments = tuple(wanted["segment"].unique())
        found = self.bundle.forecast(segments=segments, future=future).rows
        asked = found.astype({"segment": object}).merge(wanted, on=["segment", "date"])
        if asked.empty:
            card = self.bundle.card
            msg = (
                f"{card.model} forecasts {card.horizon} steps from "
                f"{self.bundle.last_origin} on, and no row of the table is one of them"
            )
            raise UnanswerableError(msg)
        return asked

    def forecast(
        self,
        *,
        origin: date | None = None,
        horizon: int | None = None,
        segments: Sequence[str] = (),
        future: pd.DataFrame | None = None,
    ) -> Forecast:
        """Forecast from another day, or for a part only; see `Bundle.forecast`."""
        return self.bundle.forecast(
            origin=origin, horizon=horizon, segments=segments, future=future
        )

    def known(self, table: pd.DataFrame, *, name: str = _TABLE) -> pd.DataFrame:
        """Check a table of known covariates, as params.yaml declares them.

        Raises:
            NoParamsError: There is no params.yaml.
            NoTableError: It is no DataFrame.
            SchemaViolatedError: The table does not fit, or has a segment not learned.
        """
        if self.params is None:
            raise NoParamsError(self.name)
        if not isinstance(table, pd.DataFrame):
            raise NoTableError(table)
        card = self.bundle.card
        data = parse_params(self.params).forecast(card.model).data
        wanted = {*data.segments, data.time, *data.known}
        shown = table.loc[:, [column in wanted for column in table.columns]]
        near = str(card.data["last"])
        return check_future(shown, data, card.segments, table=name, near=near)
