"""Tests of the report stage on real files."""

from contextlib import chdir
from pathlib import Path

import pandas as pd
import pytest

from helpers.cards import PRUNING, QUALITY, card
from lineal.pipeline.files import UnreadableFileError, write_json, write_text
from lineal.pipeline.paths import Paths
from lineal.pipeline.plot_data import plot_tables
from lineal.pipeline.report import main

PLOTS = {
    "candidates.svg",
    "coverage.svg",
    "horizons.svg",
    "importance.svg",
    "segments.svg",
    "shap.svg",
    "test_period.svg",
}


def predictions() -> pd.DataFrame:
    """Return a fortnight of forecasts of one stop."""
    days = pd.date_range("2023-07-02", periods=14).astype(str)
    return pd.DataFrame(
        {
            "segment": "Clark_Lake",
            "horizon": 2,
            "date": days,
            "target": range(14),
            "xgboost": range(1, 15),
        }
    )


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    """Return a folder with all that the stages before leave."""
    paths = Paths("stops")
    features = pd.DataFrame(
        {"feature": ["weekday_lag_0", "lag_7"], "group": ["weekday", "lag"]}
    )
    importance = features.assign(mean=[0.03, 0.0], std=[0.001, 0.0])
    shap = features.assign(mean_abs=[188.5, 3.0], mean=[1.0, 0.0]).iloc[::-1]
    with chdir(tmp_path):
        write_json(card(), paths.bundle("card.json"))
        write_json(QUALITY, paths.report("quality.json"))
        write_json(PRUNING, paths.report("pruning.json"))
        write_json([], paths.report("leaks.json"))
        write_text(importance.to_csv(index=False), paths.report("importance.csv"))
        write_text(shap.to_csv(index=False), paths.report("shap.csv"))
        for file, table in plot_tables(card(), predictions()).items():
            text = table.to_csv(index=False)
            write_text(text, paths.report(f"plots/{file}.csv"))
    return tmp_path


def report(folder: Path) -> dict[str, bytes]:
    """Run the stage and return what it made, by path within the bundle."""
    bundle = folder / "models/stops"
    with chdir(folder):
        main("stops")
    return {
        str(path.relative_to(bundle)): path.read_bytes()
        for path in sorted(bundle.rglob("*"))
        if path.is_file() and path.name != "card.json"
    }


def test_a_report_is_a_page_and_its_plots(ready: Path) -> None:
    """Every picture of the page is there, and no other."""
    made = report(ready)
    page = made.pop("README.md").decode()

    assert set(made) == {f"plots/{name}" for name in PLOTS}
    assert all(f"]({name})" in page for name in made)


def test_a_report_again_is_the_same_bytes(ready: Path) -> None:
    """Nothing in it knows when it was made."""
    assert report(ready) == report(ready)


def test_features_are_joined_by_name(ready: Path) -> None:
    """The two tables of importance need not have the same order."""
    page = report(ready)["README.md"].decode()

    assert "| `weekday_lag_0` | weekday | +3.00 ± 0.10 | 188 |" in page


def test_a_missing_card_says_what_to_run(ready: Path) -> None:
    """Whoever runs the stage alone learns which file lacks and the way out."""
    (ready / "models/stops/card.json").unlink()

    with pytest.raises(UnreadableFileError, match=r"card\.json .*dvc repro"):
        report(ready)
