"""The leak guard: what speaks, and what stays silent."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lineal.modeling.features.column import Feature
from lineal.modeling.leaks import Leak, LeakError, guard, judge
from lineal.modeling.power import Floats, Kind
from lineal.modeling.sections import Column, Leaks

ROWS = 600
MOMENT = np.datetime64("2024-03-01T12:00")


def _rng(seed: int = 5) -> np.random.Generator:
    return np.random.default_rng(seed)


def _guard(
    features: Mapping[str, Any],
    target: Floats,
    kind: Kind = "class",
    *,
    asked: Leaks | None = None,
    **more: Any,
) -> tuple[Leak, ...]:
    table = pd.DataFrame(features)
    described = [Feature(name, "known", (name,), "") for name in features]
    known = {"columns": {}, "seed": 7, **more}
    return guard(table, target, described, kind=kind, asked=asked or Leaks(), **known)


def _signs(*found: Any, **more: Any) -> dict[str, str]:
    return {leak.feature: leak.rule for leak in _guard(*found, **more)}


def _late() -> Floats:
    """Say yes to one row in four."""
    return (_rng(11).random(ROWS) < 0.25).astype(np.float64)


def test_a_feature_that_alone_tells_a_class_is_flagged() -> None:
    """Numbers, whatever their direction or shape, and words."""
    late, noise = _late(), _rng().normal(size=ROWS)
    words = np.where(late == 1, "late", "on time").astype(object)
    shape = np.where(late == 1, 0, np.sign(noise)) + noise / 9
    found = {"minutes": noise / 3 - 9 * late, "ring": shape, "word": words}

    leaks = _guard({**found, "noise": noise, "one": 1.0}, late)

    assert [leak.feature for leak in leaks] == ["minutes", "ring", "word"]
    assert {leak.rule for leak in leaks} == {"power"}
    assert leaks[0].value == 1
    assert leaks[0].message == (
        "'minutes' alone tells the target (power 1.000, and leaks.power is 0.8)"
    )


def test_each_of_many_classes_is_told_from_the_rest() -> None:
    """One class that is told too well is enough."""
    classes = _rng().integers(0, 4, ROWS).astype(np.float64)

    signs = _signs({"is three": classes == 3, "x": _rng().random(ROWS)}, classes)

    assert signs == {"is three": "power"}


def test_a_feature_that_alone_tells_a_number_is_flagged() -> None:
    """In any order, by any shape, or by words."""
    value = _rng().normal(size=ROWS)
    found = {
        "falls": -np.exp(value),
        "turns": np.where(_rng().random(ROWS) < 0.5, value, value + 100),
        "word": pd.Series(np.round(value, 1).astype(str), dtype="category"),
        "noise": _rng().permutation(value),
        "none": np.full(ROWS, np.nan),
    }

    signs = _signs(found, value, "value")

    assert signs == {"falls": "power", "turns": "power", "word": "power"}


def test_a_name_of_its_own_for_every_row_tells_nothing() -> None:
    """A row's own target never says what its word means."""
    value = _rng().normal(size=ROWS)
    found = {"id": [f"n{row}" for row in range(ROWS)], "number": range(ROWS)}

    assert not _guard(found, value, "value")
    assert not _guard(found, _late())


@pytest.mark.parametrize("target", [np.ones(ROWS), np.full(ROWS, np.nan), np.zeros(0)])
@pytest.mark.parametrize("kind", ["class", "value"])
def test_a_target_that_never_varies_is_told_by_nothing(
    target: Floats, kind: Kind
) -> None:
    """There is nothing to leak, and nothing that fails."""
    noise = _rng().random(len(target))

    assert not _guard({"x": noise, "w": noise.astype(str)}, target, kind)


def test_what_chance_does_to_few_rows_is_no_sign() -> None:
    """Eight rows are told apart by one of many columns sooner or later."""
    target = np.array([0.0] * 6 + [1.0] * 2)
    found = {"x": np.arange(8.0), "w": list("aaaaaabb")}

    assert not _guard(found, target)
    assert not _guard(found, np.arange(8.0), "value")


def test_a_feature_missing_where_the_target_is_is_flagged() -> None:
    """Rows without a target are looked at, though nothing is learned from them."""
    target, some = _late(), _rng().random(ROWS) < 0.1
    target[some] = np.nan
    arrived = np.where(some, np.nan, _rng().random(ROWS))
    honest = np.where(_rng().permutation(some), np.nan, 1.0)

    leaks = _guard({"arrived": arrived, "honest": honest}, target)

    assert [leak.feature for leak in leaks] == ["arrived"]
    assert leaks[0].message == (
        "'arrived' is missing just where the target is (missing 1.000, and "
        "leaks.missing is 0.8)"
    )


def test_empty_rows_say_nothing_of_a_feature() -> None:
    """A table that ends in empty lines leaks nothing."""
    target = np.append(_late(), np.full(50, np.nan))
    honest = np.append(_rng().random(ROWS), np.full(50, np.nan))

    assert not _guard({"x": honest}, target)


def test_a_feature_missing_where_one_class_is_is_flagged() -> None:
    """Being there at all tells the class."""
    late = _late()
    reason = np.where(late == 1, _rng().random(ROWS), np.nan)

    [leak] = _guard({"reason": reason}, late)

    assert "missing just where the target is of one class" in leak.message


def test_a_feature_missing_where_the_target_is_certain_is_flagged() -> None:
    """The same of numbers."""
    spent = np.where(_late() == 1, _rng().random(ROWS) + 9, 0.0)
    paid = np.where(spent > 0, 1.0, np.nan)

    [leak] = _guard({"paid": paid}, spent, "value")

    assert "missing just where the target has certain values" in leak.message


def test_a_few_missing_values_are_no_sign() -> None:
    """Two accidents may meet in one row."""
    target, found = _late(), _rng().random(ROWS)
    target[3] = found[3] = np.nan
    thin = np.where(np.arange(ROWS) % 60 == 0, np.nan, found)

    assert not _guard({"x": found, "thin": thin}, target)


def test_columns_known_only_after_are_flagged() -> None:
    """By declaration, by the moment they are known, or by their own."""
    moments = np.full(ROWS, MOMENT)
    hours = np.timedelta64(1, "h") * np.where(np.arange(ROWS) < 300, 1, -1)
    times = {"_time": moments, "closed": moments + hours, "opened": moments - 1}
    number = Column(type="number")
    columns = {
        "cost": Column(type="number", available="after"),
        "price": Column(type="number", available="opened"),
        "rating": Column(type="number", available="closed"),
        "closed": Column(type="datetime"),
        "opened": Column(type="datetime"),
        "lost": Column(type="number", available="nowhere"),
        "honest": number,
    }
    noise = {name: _rng().random(ROWS) for name in columns}

    leaks = _guard(noise, _late(), columns=columns, times=times)

    assert [(leak.feature, leak.value) for leak in leaks] == [
        ("cost", 1.0),
        ("rating", 0.5),
        ("closed", 0.5),
    ]
    assert leaks[0].message == (
        "'cost' is made of 'cost', which is declared to be known only after (available)"
    )
    assert "which is known at 'closed', later than" in leaks[1].message
    assert "later than the prediction is made in 50.0% of the rows" in leaks[2].message


def test_no_rows_are_no_leak() -> None:
    """An empty table has no moment that is too late."""
    none = np.zeros(0, "datetime64[us]")
    columns = {"at": Column(type="datetime")}

    leaks = _guard(
        {"at": np.zeros(0)},
        np.zeros(0),
        columns=columns,
        times={"_time": none, "at": none},
    )

    assert leaks == ()


def test_what_was_looked_at_may_stay() -> None:
    """Columns and features are allowed by name."""
    late = _late()
    asked = Leaks(allow=("minutes",))

    assert not _guard({"minutes": late}, late, asked=asked)


def test_thresholds_are_params() -> None:
    """The same feature speaks from a lower one on."""
    late = _late()
    blurred = late + 1.2 * _rng().normal(size=ROWS)

    assert not _guard({"x": blurred}, late)
    assert _signs({"x": blurred}, late, asked=Leaks(power=0.2)) == {"x": "power"}


def test_many_rows_are_sampled_by_the_seed() -> None:
    """The figures are the same at every look."""
    target = (_rng().random(60_000) < 0.3).astype(np.float64)
    found = {"x": target + _rng().normal(size=60_000) / 3}

    assert _guard(found, target) == _guard(found, target)
    assert _guard(found, target) != _guard(found, target, seed=8)


def test_only_refusing_refuses() -> None:
    """A warning lets the stage go on; a refusal lists what was found, and the way."""
    late = _late()
    leaks = _guard({f"x{number}": late for number in range(14)}, late)

    judge(leaks, Leaks(action="warn"))
    judge((), Leaks())
    with pytest.raises(LeakError, match=r"'x0' alone .*; and 2 more: put its column"):
        judge(leaks, Leaks())
