"""Forecasts of hours, weeks and months, from the raw table to the model card."""

from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers.series import declare, series, write
from lineal.bootstrap.cards import Parts, read_card
from lineal.modeling import storage
from lineal.modeling.bundle import Bundle
from lineal.modeling.card import Stored
from lineal.modeling.leaks import LeakError
from lineal.modeling.own import OwnLeakError
from lineal.pipeline import evaluate, explain, features, ingest, report, train
from lineal.pipeline.files import read_json, read_table
from lineal.pipeline.paths import Paths
from lineal.reporting.forecast import Answer, as_json, as_text

Run = Callable[..., Path]
PATHS = Paths("shops")
OWN = '''
import pandas as pd

KNOWN = ("first_half",)


def features(table):
    """Return one feature of the calendar, and one of what happened."""
    sales = table.groupby("segment")["sales"]
    return pd.DataFrame(
        {"first_half": table["time"].dt.month <= 6, "rise": sales.diff()}
    )
'''


def make(folder: Path, table: pd.DataFrame, model: dict[str, Any]) -> Path:
    """Run every stage in a folder, as DVC would."""
    write(folder, table, model)
    with chdir(folder):
        ingest.main("shops")
        features.main("shops")
        for candidate in model["candidates"]:
            train.main("shops", candidate)
        for stage in (evaluate, explain, report):
            stage.main("shops")
    return folder


def opened(folder: Path) -> Bundle:
    """Load the model that the stages made."""

    def read(name: str) -> bytes:
        return (folder / PATHS.bundle(name)).read_bytes()

    def load(stored: Stored) -> Any:
        content = read(stored.file)
        return storage.load(content, stored.md5, stored.format, name=stored.file)

    return Parts(read, load).bundle()


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of weeks, by two segment columns, with features of its own."""
    names = ("n", "s")
    table = series("week", 150, names).rename(columns={"name": "store"})
    table["sku"] = "x 1"
    model = declare("week", data__segments=["store", "sku"], features__own="own.py")
    columns = model["data"]["columns"]
    columns["store"] = columns["sku"] = columns.pop("name")
    folder = tmp_path_factory.mktemp("weeks")
    (folder / "own.py").write_text(OWN, encoding="utf-8")
    return make(folder, table, model)


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of one series of months that may be negative."""
    table = series("month", 140)
    table["sales"] -= 60
    model = declare("month", data__segments=[], data__known=[], data__observed=[])
    for name in ("name", "promo", "rain"):
        del model["data"]["columns"][name]
    del model["data"]["columns"]["sales"]["min"]
    return make(tmp_path_factory.mktemp("months"), table, model)


@pytest.fixture(scope="module")
def hours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of hours whose rows come at any minute."""
    table = series("hour", 900, ("n",))
    table["time"] += pd.Timedelta(minutes=17)
    twice = pd.concat([table, table.assign(sales=0.0)], ignore_index=True)
    model = declare("hour", data__aggregate="sum")
    return make(tmp_path_factory.mktemp("hours"), twice, model)


def test_weeks_are_forecast_for_each_pair(weeks: Path) -> None:
    """Four weeks ahead, a week apart; the card speaks of weeks."""
    made = opened(weeks)
    rows = made.forecast().rows
    text = (weeks / PATHS.bundle("README.md")).read_text("utf-8")

    assert rows["segment"].unique().tolist() == ["n / x 1", "s / x 1"]
    assert rows["date"].diff().dt.days.dropna().tolist() == [7, 7, 7, -21, 7, 7, 7]
    assert "a weekly number up to 4 weeks ahead" in text
    assert "| weeks ahead |" in text
    assert " days" not in text


def test_features_of_ones_own_travel_in_the_card(weeks: Path) -> None:
    """The file is gone where the bundle forecasts."""
    card = read_card((weeks / PATHS.bundle("card.json")).read_bytes())

    assert card.own == OWN
    assert {"own_first_half", "own_rise"} <= set(card.features)
    assert card.frequency == "week"
    assert card.sign == "counted"


def test_a_future_of_weeks_is_read(weeks: Path) -> None:
    """Where it has every week ahead nothing is missing."""
    made = opened(weeks)
    found = made.forecast()
    ahead = found.rows[["segment", "date"]].assign(promo=1.0)

    assert found.missing == ("promo",)
    assert not made.forecast(future=ahead).missing


def test_one_series_of_months_may_be_negative(months: Path) -> None:
    """Forecasts and intervals go below zero; dates are first days of months."""
    made = opened(months)
    whole = made.forecast(origin=made.first_origin).rows
    answer = Answer.of(made.card, made.forecast())

    assert made.card.sign == "signed"
    assert made.card.segments == ("all",)
    assert read_table(months / PATHS.predictions)["low_50"].min() < 0
    assert whole["date"].dt.day.tolist() == [1, 1, 1]
    assert "2022-09-01" in as_text(answer)
    assert "day" not in as_text(answer).split("\n")[3]


def test_hours_of_any_minute_are_put_together(hours: Path) -> None:
    """Times are written with their minutes, in text and JSON."""
    made = opened(hours)
    answer = Answer.of(made.card, made.forecast())
    quality = read_json(hours / PATHS.report("quality.json"))

    assert quality["rows"] == 900
    assert quality["last"] == "2021-02-10T11:00"
    assert "\n  2021-02-10T12:00  Wed  " in as_text(answer)
    assert '"date": "2021-02-10T12:00"' in as_json(answer)
    assert made.card.splits.test.first.endswith(":00")


def test_a_covariate_that_tells_the_target_is_refused(tmp_path: Path) -> None:
    """The sign is written before the stage ends."""
    table = series("week", 150, ("n",))
    table["promo"] = table["sales"]
    write(tmp_path, table, declare("week"))

    with chdir(tmp_path):
        ingest.main("shops")
        with pytest.raises(LeakError, match="'known_promo' alone tells the target"):
            features.main("shops")

        signs = read_json(PATHS.report("leaks.json"))

    assert [sign["feature"] for sign in signs] == ["known_promo"]


def test_a_leak_may_only_warn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A column declared to be available after its time may not be known ahead."""
    model = declare("week", leaks={"action": "warn"})
    model["data"]["columns"]["promo"]["available"] = "after"
    model["data"]["columns"]["rain"]["available"] = "after"
    write(tmp_path, series("week", 150, ("n",)), model)

    with chdir(tmp_path):
        ingest.main("shops")
        features.main("shops")

    said = capsys.readouterr().err
    assert "warning: 'known_promo' is made of 'promo', which is declared" in said
    assert "rain" not in said.split("warning", 1)[1]


def test_own_features_that_look_ahead_are_refused(tmp_path: Path) -> None:
    """Before anything is made of them."""
    write(tmp_path, series("week", 60, ("n",)), declare("week", features__own="own.py"))
    source = OWN.replace("sales.diff()", "sales.shift(-1)")
    (tmp_path / "own.py").write_text(source, encoding="utf-8")

    with chdir(tmp_path):
        ingest.main("shops")
        with pytest.raises(OwnLeakError, match="'rise'"):
            features.main("shops")
