"""The leak guard on real flights: what is known only after they left."""

from functools import cache

import numpy as np
import pandas as pd

from helpers.flights import real
from lineal.modeling.features.column import Feature
from lineal.modeling.joins import joined
from lineal.modeling.leaks import Leak, guard
from lineal.modeling.sections import Column, Join, Leaks

AFTER = ("dep_time", "dep_delay", "arr_time", "air_time")
KEYS = ("origin", "time_hour")
WEATHER = ("temp", "dewp", "humid", "wind_dir", "wind_speed", "wind_gust", "precip")


@cache
def _flights() -> pd.DataFrame:
    """Return every fifth flight of the year with the weather of its hour."""
    flights = pd.read_parquet(real("flights.parquet")).iloc[::5]
    weather = pd.read_parquet(real("weather.parquet"))
    number = Column(type="number")
    join = Join(
        table="weather.parquet",
        keys=KEYS,
        columns=dict.fromkeys((*KEYS, *WEATHER), number),
        unmatched=0.01,
    )
    table, _ = joined(flights.reset_index(drop=True), [weather], [join])
    return table


def _guard(*excluded: str, known: bool = True) -> dict[str, Leak]:
    """Guard all columns but those; without `known`, flights that did not arrive."""
    table = _flights()
    table = table if known else table[table["arr_delay"].notna()]
    delay = table["arr_delay"].to_numpy()
    late = np.where(np.isnan(delay), np.nan, delay >= 30)
    names = [n for n in table if n not in {"arr_delay", "time_hour", *excluded}]
    described = [Feature(str(name), "column", (str(name),), "") for name in names]
    leaks = guard(
        table[names], late, described, kind="class", columns={}, asked=Leaks(), seed=1
    )
    return {leak.feature: leak for leak in leaks}


def test_what_is_known_before_departure_leaks_nothing() -> None:
    """Schedule and weather pass, however well they tell delays together."""
    assert _guard(*AFTER) == {}


def test_what_is_known_only_afterwards_is_flagged() -> None:
    """A flight that never arrived has no arrival, nor a delay."""
    leaks = _guard()

    assert set(leaks) == set(AFTER)
    assert {leak.rule for leak in leaks.values()} == {"missing"}


def test_the_delay_of_departure_alone_tells_that_of_arrival() -> None:
    """Its power is seen where nothing is missing, too."""
    leaks = _guard(known=False)

    assert leaks["dep_delay"].rule == "power"
    assert 0.85 < leaks["dep_delay"].value < 0.95
