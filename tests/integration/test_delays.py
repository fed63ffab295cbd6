"""The model of delays as params.yaml declares it, on a sample of the real flights."""

from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import pytest

from helpers.flights import real
from lineal.modeling.leaks import LeakError
from lineal.modeling.sections import Runtime
from lineal.modeling.tables.config import Classification
from lineal.modeling.tables.schema import typed
from lineal.pipeline.params import load_params
from lineal.pipeline.tables.features import make

TOP = Path(__file__).parents[2]
RUNTIME = Runtime(threads=1, seed=1)


@pytest.fixture(scope="module")
def model() -> Classification:
    """Read what params.yaml says."""
    found = load_params(TOP / "params.yaml").table("delays")
    assert isinstance(found, Classification)
    return found


@pytest.fixture(scope="module")
def flights(model: Classification) -> pd.DataFrame:
    """Ingest every tenth flight, all of a schema that nothing breaks."""
    first = pd.read_parquet(real("flights.parquet")).iloc[::10]
    found = typed(first, [pd.read_parquet(real("weather.parquet"))], model.data)
    (join,) = found.joined
    assert join.rows == len(found.table) == len(first)
    return found.table


def without(model: Classification, *names: str, **said: Any) -> Classification:
    """Return the model with columns that are no longer excluded, declared so."""
    data = model.data
    columns = {
        name: msgspec.structs.replace(column, **said) if name in names else column
        for name, column in data.columns.items()
    }
    exclude = tuple(name for name in data.exclude if name not in names)
    changed = msgspec.structs.replace(data, columns=columns, exclude=exclude)
    return msgspec.structs.replace(model, data=changed)


def test_the_honest_set_leaks_nothing(
    model: Classification, flights: pd.DataFrame
) -> None:
    """And nothing that is known afterwards is among the features."""
    made = make(flights, model, RUNTIME)
    sources = {source for feature in made.features for source in feature.sources}
    after = {n for n, c in model.data.columns.items() if c.available == "after"}

    assert made.leaks == ()
    assert len(made.features) >= 15
    assert after == {"dep_delay", "dep_time", "arr_time", "air_time", "arr_delay"}
    assert not sources & after


def test_the_test_period_is_the_last_part_of_the_year(
    model: Classification, flights: pd.DataFrame
) -> None:
    """No flight of it left before one that was learned from."""
    made = make(flights, model, RUNTIME)

    assert made.learn["_time"].max() < made.test["_time"].min()
    assert len(made.test) == pytest.approx(
        0.15 * flights["arr_delay"].count(), rel=0.01
    )


@pytest.mark.parametrize(
    ("available", "rules"),
    [
        pytest.param("after", {"after"}, id="declared"),
        pytest.param("before", {"missing", "power"}, id="not declared"),
    ],
)
def test_what_is_known_only_afterwards_is_refused(
    model: Classification, flights: pd.DataFrame, available: str, rules: set[str]
) -> None:
    """Whether or not somebody declared when it is known."""
    names = ("dep_delay", "arr_time")
    with pytest.raises(LeakError) as caught:
        make(flights, without(model, *names, available=available), RUNTIME)

    assert {leak.feature for leak in caught.value.leaks} == set(names)
    assert {leak.rule for leak in caught.value.leaks} <= rules
