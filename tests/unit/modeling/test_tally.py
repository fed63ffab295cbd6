"""Errors by day: what is added up, and which rows it was."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from lineal.modeling.errors_by_day import Errors, InvalidErrorsError
from lineal.modeling.evaluation import UnusableForecastError, score
from lineal.modeling.significance import daily
from lineal.modeling.tally import tally


def table() -> pd.DataFrame:
    """Make forecasts of two days and two segments, one outcome unknown."""
    rng = np.random.default_rng(1)
    rows = pd.MultiIndex.from_product(
        [["Café", "Loop"], pd.date_range("2020-01-01", periods=5), [1, 2, 3]],
        names=["segment", "origin", "horizon"],
    ).to_frame(index=False)
    rows["target"] = rng.uniform(5, 20, len(rows)).round()
    rows["m"] = rows["target"] * rng.uniform(0.8, 1.2, len(rows))
    rows.loc[7, "target"] = np.nan
    return rows


def made(rows: pd.DataFrame) -> Errors:
    """Add up, in blocks of two days."""
    return tally(rows, "m", block=2)


def test_every_metric_is_the_one_that_is_scored() -> None:
    """errors.json says of the whole period what card.json says."""
    rows, found = table(), made(table())
    scores = score(rows["target"], rows["m"], naive_error=1.0)

    for name, sums in found.metrics.items():
        assert sums.value == pytest.approx(getattr(scores, name), rel=1e-12)
    assert found.rows.count == scores.rows == len(rows) - 1
    assert found.block == 2


def test_days_are_those_of_the_comparison_of_candidates() -> None:
    """One definition of a day's error."""
    days, found = daily(table(), ["m"]), made(table())

    assert list(found.periods) == [day.date() for day in days.days]
    assert found.metrics["wape"].errors == pytest.approx(days.errors["m"].tolist())
    assert found.metrics["wape"].weights == tuple(days.weight.tolist())


def test_the_order_and_form_of_rows_change_no_byte() -> None:
    """Categories, other columns and rows without an outcome do not matter either."""
    rows = table()
    other = rows.sample(frac=1, random_state=3).assign(
        segment=lambda f: pd.Categorical(f["segment"], ["None", "Loop", "Café"]),
        origin=lambda f: f["origin"].astype("datetime64[us]"),
        horizon=lambda f: f["horizon"].astype(np.int16),
        scale=1.0,
    )

    assert made(other).to_json() == made(rows).to_json()
    assert made(rows.drop(index=7)).to_json() == made(rows).to_json()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("segment", "Ost"),
        ("origin", pd.Timestamp("2020-02-01")),
        ("horizon", 9),
        ("target", 3.0),
    ],
)
def test_other_rows_have_another_fingerprint(column: str, value: Any) -> None:
    """Segment, origin, horizon and actual value are what makes a row."""
    other = table()
    other.loc[3, column] = value

    assert made(other).rows.sha256 != made(table()).rows.sha256


def test_another_forecast_has_the_same_fingerprint() -> None:
    """It says what was asked, not what was answered."""
    other = table().assign(m=1.0)

    assert made(other).rows == made(table()).rows
    assert made(other).metrics != made(table()).metrics


def test_zero_has_one_sign() -> None:
    """A zero that was made by subtracting is the same outcome."""
    plus, minus = table().assign(target=0.0), table().assign(target=-0.0)

    assert made(plus).rows == made(minus).rows


def test_a_missing_forecast_is_refused() -> None:
    """A model that gives no number cannot be judged on the rest."""
    with pytest.raises(UnusableForecastError, match="no finite forecast"):
        made(table().assign(m=np.nan))


def test_a_period_without_outcomes_is_refused() -> None:
    """There is nothing to compare by."""
    with pytest.raises(InvalidErrorsError, match="it has no periods"):
        made(table().assign(target=np.nan))


def test_the_fingerprint_is_documented_and_stays() -> None:
    """Files of old versions must compare with those of new ones."""
    rows = pd.DataFrame(
        {
            "segment": ["a"],
            "origin": [pd.Timestamp("2020-01-01")],
            "horizon": [1],
            "target": [2.0],
            "m": [3.0],
        }
    )

    assert made(rows).rows.sha256 == (
        "e528ad5d0cd3bafdeb740eb9489c8903c536165e41455b8b125af3d7b9a44a15"
    )
