"""Small panels of any frequency."""

from functools import cache

from helpers.series import declare, series
from lineal.modeling.config import Features, Sign
from lineal.modeling.features.matrix import Recipe, recipe
from lineal.modeling.panel import Panel, from_table
from lineal.modeling.rhythm import RHYTHMS, Rhythm
from lineal.modeling.sections import Holidays, Pruning

COUNTS = {"hour": 500, "day": 800, "week": 160, "month": 60}
HORIZONS = {"hour": 200, "day": 9, "week": 60, "month": 14}


def asked(rhythm: Rhythm, *, holidays: bool = True) -> Features:
    """Return features for a frequency."""
    said = declare(rhythm.frequency)["features"]
    return Features(
        lags=tuple(said["lags"][1:]),
        windows=tuple(said["windows"]),
        weekday_lags=2,
        observed_windows=(1, 3),
        holidays=Holidays(country="US") if holidays else None,
        pruning=Pruning(rows=1, rounds=1, min_gain=0.0),
    )


@cache
def panel(rhythm: Rhythm, sign: Sign = "open") -> Panel:
    """Return two series on their calendar; signed ones go around zero."""
    table = series(rhythm.frequency, COUNTS[rhythm.frequency], ("a", "b"))
    table = table.rename(columns={"time": "date", "name": "segment", "sales": "target"})
    if sign == "signed":
        table["target"] -= table["target"].mean()
    table.loc[table.index % 11 == 3, "target"] = 0.0
    table["own_x"] = table["target"] / 2
    table["own_y"] = table["date"].dt.day
    return from_table(
        table,
        known=("promo", "own_y"),
        observed=("rain", "own_x"),
        rhythm=rhythm,
        counted=sign != "open",
        own=("own_x", "own_y"),
    )


def cook(of: Panel, *, holidays: bool = True) -> Recipe:
    """Return every candidate feature, for far horizons."""
    features = asked(of.rhythm, holidays=holidays)
    horizon = HORIZONS[of.rhythm.frequency]
    return recipe(of, features, target="sales", horizon=horizon)


RHYTHM_NAMES = tuple(RHYTHMS)
