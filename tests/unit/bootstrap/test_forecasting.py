"""Tests of what a forecast needs."""

from pathlib import Path

import pytest

from helpers import bundles
from lineal.bootstrap.ahead import Forecasts, NoParamsError, NoTableError
from lineal.bootstrap.forecasting import Source


def test_covariates_cannot_be_read_where_nothing_declares_them(tmp_path: Path) -> None:
    """Other teams' versions have no params.yaml; without --future there is no need."""
    table = tmp_path / "future.csv"
    table.write_text("day,stop,game\n2023-01-05,Loop,0\n", encoding="utf-8")
    source = Source(bundles.bundle(), None, "stops v1.0.0")

    with pytest.raises(NoParamsError, match=r"stops v1\.0\.0 .*: leave --future out"):
        source.read_future(table)


def test_what_is_no_table_of_covariates_is_named() -> None:
    """As of models that answer rows; and the model shows itself in a line."""
    model = Forecasts(bundles.bundle(), b"", "stops v1.0.0")

    with pytest.raises(NoTableError, match="must be a pandas DataFrame, not dict"):
        model.known({"day": []})  # type: ignore[arg-type] # what a caller may do
    assert repr(model) == "<stops v1.0.0: forecast of entries by linear>"
