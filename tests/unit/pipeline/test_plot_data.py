"""Tables for plots: every row of the card, in its order, and a week-ahead sum."""

import pandas as pd
import pytest

from helpers.cards import card, scores
from lineal.pipeline.plot_data import plot_tables


def predictions(horizons: int = 2) -> pd.DataFrame:
    """Return two days of two stops, forecast some days before."""
    rows = [
        (segment, day, ahead, 10.04 * number, 100.0 * ahead + number)
        for number, segment in enumerate(("Clark_Lake", "O'Hare"), start=1)
        for day in pd.to_datetime(["2023-07-02", "2023-07-01"])
        for ahead in range(1, horizons + 1)
    ]
    columns = ["segment", "date", "horizon", "target", "xgboost"]
    return pd.DataFrame(rows, columns=columns)


def test_there_is_a_table_for_each_plot() -> None:
    """The names are those of the files."""
    found = plot_tables(card(), predictions())

    assert list(found) == [
        "candidates",
        "horizons",
        "segments",
        "coverage",
        "test_period",
    ]


def test_candidates_show_both_metrics() -> None:
    """Cross-validated mean with its error, beside the test, in the card's order."""
    found = plot_tables(card(), predictions())["candidates"]

    assert found.to_dict("split", index=False) == {
        "columns": ["candidate", "cross_validated", "standard_error", "test"],
        "data": [
            ["seasonal_naive", 0.0801, 0.0031, 0.0803],
            ["ridge", 0.0512, 0.0021, 0.0577],
            ["xgboost", 0.0438, 0.0025, 0.05523],
        ],
    }


def test_horizons_are_numbers() -> None:
    """The card's labels become days, so that plots can sort them."""
    found = plot_tables(card(), predictions())["horizons"]

    assert found.to_dict("split", index=False) == {
        "columns": ["horizon", "wape", "bias"],
        "data": [[2, 0.0561, -0.0042], [1, 0.0541, -0.0042]],
    }


def test_segments_keep_their_labels() -> None:
    """A segment without demand has no WAPE, and stays."""
    facts = card(by_segment={"Clark_Lake": scores(0.04), "O'Hare": scores(None)})
    found = plot_tables(facts, predictions())["segments"]

    assert list(found) == ["segment", "wape", "bias"]
    assert found["segment"].tolist() == ["Clark_Lake", "O'Hare"]
    assert found["wape"].isna().tolist() == [False, True]


def test_coverage_has_a_row_for_each_level_and_horizon() -> None:
    """Levels are in percent, as the card writes them."""
    found = plot_tables(card(), predictions())["coverage"]

    assert found.to_dict("split", index=False) == {
        "columns": ["horizon", "level", "coverage"],
        "data": [
            [1, "80", 0.8124],
            [2, "80", 0.8122],
            [1, "95", 0.9463],
            [2, "95", 0.9461],
        ],
    }


@pytest.mark.parametrize(("longest", "shown"), [(2, 2), (7, 7), (9, 7)])
def test_the_test_period_is_summed_by_day_a_week_ahead(
    longest: int, shown: int
) -> None:
    """All segments of a day, by date, seven days ahead or as far as there is."""
    found = plot_tables(card(horizon=longest), predictions(longest))["test_period"]

    assert list(found) == ["date", "actual", "forecast"]
    assert found["date"].tolist() == [*pd.to_datetime(["2023-07-01", "2023-07-02"])]
    assert found["actual"].tolist() == [30.1, 30.1]
    assert found["forecast"].tolist() == [200.0 * shown + 3] * 2


def test_days_of_few_segments_are_not_shown() -> None:
    """Where one segment reports on after the others, the sum did not collapse."""
    late = predictions().assign(date=pd.Timestamp("2023-07-03"))
    alone = late["segment"] == "Clark_Lake"
    other = predictions()[predictions()["segment"] == "O'Hare"].assign(segment="Loop")
    rows = pd.concat([predictions(), other, late[alone]])
    stops = ("Clark_Lake", "O'Hare", "Loop", *"those that ended before")
    found = plot_tables(card(segments=stops), rows)["test_period"]

    assert found["date"].max() == pd.Timestamp("2023-07-02")


@pytest.mark.parametrize(
    ("factor", "wanted"), [(1.0, 30.1), (1e-6, 3.01e-5), (0.0, 0.0)]
)
def test_small_targets_keep_their_digits(factor: float, wanted: float) -> None:
    """A sum of 0.00003 is not drawn as nothing."""
    table = predictions(7)
    table[["target", "xgboost"]] *= factor

    found = plot_tables(card(), table)["test_period"]

    assert found["actual"].tolist() == pytest.approx([wanted, wanted])
