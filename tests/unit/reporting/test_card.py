"""Tests of the model card's words and tables."""

import re
from typing import Any

import pytest

from helpers.cards import PRUNING, QUALITY, WEIGHTS, card, scores
from lineal.modeling.card import Card
from lineal.modeling.selection import Validated
from lineal.reporting.card import model_card
from lineal.reporting.card_tables import Weight, importance


def worded(shown: Card, pruning: Any = PRUNING, leaks: Any = ()) -> str:
    """Return the card of a model, with the usual reports beside it."""
    return model_card(
        shown,
        quality=QUALITY,
        importance=WEIGHTS,
        pruning=pruning,
        leaks=leaks,
        about="data/README.md",
    )


def section(text: str, title: str) -> str:
    """Return what stands under a heading."""
    below = text.partition(f"\n{title}\n")[2]
    return re.split(rf"\n#{{1,{title.count('#')}}} ", below, maxsplit=1)[0]


def rows(text: str) -> list[str]:
    """Return a section's table rows, without header and rule."""
    return [line for line in text.splitlines() if line.startswith("| ")][2:]


def test_sections_come_in_the_order_in_which_a_reader_asks() -> None:
    """What it is, whether it is good, what it cannot do, how to use it."""
    headings = [line for line in worded(card()).splitlines() if line.startswith("#")]

    assert headings == [
        "# stops: model card",
        "## Use",
        "## Data",
        "## Champion",
        "## Accuracy on the test period",
        "### By days ahead",
        "### By segment",
        "## Intervals",
        "## What the forecasts rest on",
        "## Closures, gaps and missing values",
        "## Limits",
        "## How to reproduce",
        "## How to forecast",
        "## Parameters",
        "## Periods",
        "## Libraries",
    ]


def test_the_candidates_are_ranked_and_the_champion_is_bold() -> None:
    """The best cross-validated one is first, whatever the order of the facts."""
    table = rows(section(worded(card()), "## Champion"))

    assert table == [
        "| **xgboost** | **4.38 % ± 0.25 %** | **5.52 %** | **189** | **0.9877** | **0.6512** |",
        "| ridge | 5.12 % ± 0.21 % | 5.77 % | 189 | 0.9877 | 0.6512 |",
        r"| seasonal\_naive | 8.01 % ± 0.31 % | 8.03 % | 301 | 0.9877 | 0.6512 |",
    ]


def test_why_it_is_the_champion_is_said_in_sentences() -> None:
    """The reason of the choice, and what the bootstrap says of the difference."""
    text = section(worded(card()), "## Champion")

    assert "xgboost has the best cross-validated WAPE (0.0438)." in text
    assert r"- xgboost's WAPE is 2.5 points lower than seasonal\_naive's." in text


def test_a_lone_candidate_is_compared_with_nobody() -> None:
    """A champion without rivals needs no bootstrap."""
    assert "bootstrap" not in worded(card(compared=()))


def test_a_metric_in_units_of_the_target_is_no_percentage() -> None:
    """MAE may choose the champion too."""
    found = {"xgboost": Validated(mean=150.2, standard_error=12.0)}
    table = section(worded(card(candidates=found, metric="mae")), "## Champion")

    assert "| MAE, cross-validated ± standard error |" in table
    assert "**150 ± 12**" in table


def test_horizons_count_upwards_with_the_coverage_of_each_level() -> None:
    """The order of the facts is that of text, not of numbers."""
    ten = {str(h): scores(0.05 + h / 1000) for h in (1, 10, 2)}
    text = section(worded(card(by_horizon=ten)), "### By days ahead")

    assert "| days ahead | WAPE | MAE | bias | inside 80 % | inside 95 % |" in text
    assert rows(text) == [
        "| 1 | 5.10 % | 189 | -0.42 % | 81.24 % | 94.63 % |",
        "| 2 | 5.20 % | 189 | -0.42 % | 81.22 % | 94.61 % |",
        "| 10 | 6.00 % | 189 | -0.42 % | n/a | n/a |",
    ]


def test_segments_come_worst_first_and_unscored_ones_last() -> None:
    """Whoever reads the table looks for trouble."""
    found = {"a": scores(0.04), "closed": scores(None), "b": scores(0.09)}
    table = rows(section(worded(card(by_segment=found)), "### By segment"))

    assert [line.split(" | ")[0] for line in table] == ["| b", "| a", "| closed"]
    assert table[2] == "| closed | 1,234 | n/a | 189 | -0.42 % |"


def test_intervals_show_promise_and_measure() -> None:
    """The narrow interval is first, the difference has its sign."""
    assert rows(section(worded(card()), "## Intervals")) == [
        "| 80 % | 81.23 % | +1.23 |",
        "| 95 % | 94.62 % | -0.38 |",
    ]


def test_importance_joins_both_methods() -> None:
    """Each feature has its rise of WAPE and its SHAP size."""
    assert rows(section(worded(card()), "## What the forecasts rest on")) == [
        "| `weekday_lag_0` | weekday | +3.12 ± 0.04 | 189 |",
        "| `lag_7` | lag | 0.00 ± 0.02 | 3.4 |",
    ]


def test_importance_ends_after_fifteen_features() -> None:
    """The rest is in the files."""
    many = [Weight(f"lag_{i}", "lag", 0.1, 0.0, 1.0) for i in range(20)]

    assert len(rows(importance(many, "entries"))) == 15


def test_data_names_its_counts_and_what_was_pruned() -> None:
    """Rows, zeros, gaps, and why features were left out."""
    text = section(worded(card()), "## Data")

    assert "`data/raw/stops.parquet`: 2,900 rows, 2020-01-01 to 2023-12-31" in text
    assert "242 targets of zero, 7 days without a row, 0 targets missing" in text
    assert "2 of 160 made" in text
    assert "1 constant, 2 low gain" in text


@pytest.mark.parametrize(
    "link",
    [
        "../../data/README.md",
        "../../reports/stops/quality.md",
        "../../reports/stops/pruning.json",
        "features.json",
        "plots/test_period.svg",
        "plots/candidates.svg",
        "plots/horizons.svg",
        "plots/segments.svg",
        "plots/coverage.svg",
        "plots/importance.svg",
        "plots/shap.svg",
    ],
)
def test_links_are_relative_to_the_bundle(link: str) -> None:
    """GitHub resolves them from models/<model>/README.md."""
    assert f"]({link})" in worded(card())


def test_target_days_follow_the_origins() -> None:
    """A period's forecasts are about the days after its first origin."""
    text = section(worded(card()), "## Accuracy on the test period")

    assert "Days from 2023-07-02 to 2023-12-31" in text


def test_limits_name_the_covariates_that_the_model_has() -> None:
    """What is only observed is unknown ahead; what is known must be given."""
    text = section(worded(card()), "## Limits")

    assert "no forecast of `rain`" in text
    assert "wants `game` of the days ahead" in text


def test_a_model_without_covariates_says_so() -> None:
    """No sentence speaks of an empty list."""
    text = worded(card(known=(), observed=()))

    assert "- Known ahead, for the day itself: nothing." in text
    assert "no forecast of" not in text
    assert "of the days ahead." not in section(text, "## Limits")


def test_nothing_pruned_is_said() -> None:
    """An empty list of reasons reads as a word."""
    text = worded(card(), {"candidates": 2, "kept": 2, "dropped": []})

    assert "alone: none (" in text


def test_a_warning_of_the_leak_guard_is_told() -> None:
    """Whoever trusts the forecasts must know that it was gone past."""
    text = worded(card(), leaks=[{"message": "'game' alone tells the target"}])

    assert "**Warnings**: 'game' alone tells the target ([leaks.json]" in text


def test_settings_are_sorted_and_short() -> None:
    """Parameters and libraries read like params.yaml and requirements.txt."""
    text = worded(card())

    assert rows(section(text, "## Parameters")) == [
        "| `learning_rate` | 0.0522237 |",
        "| `max_depth` | 7 |",
        "| `objective` | reg |",
    ]
    assert rows(section(text, "## Libraries")) == [
        "| `numpy` | 2.4.0 |",
        "| `xgboost` | 3.2.0 |",
    ]


def test_a_champion_without_parameters_has_no_table_of_them() -> None:
    """The baseline has nothing to set."""
    text = section(worded(card(params={})), "## Parameters")

    assert text.strip().startswith("Seed 7, 2 OpenMP threads")


def test_periods_name_every_split_and_fold() -> None:
    """One table says which origins belong where."""
    table = rows(section(worded(card()), "## Periods"))

    assert [line.split(" | ")[0] for line in table] == [
        *("| train", "| validation", "| test", "| learn", "| fold 1"),
    ]


def test_names_do_not_become_markup() -> None:
    """A segment is called what it is called, and its table stays a table."""
    text = worded(card(by_segment={"a|b*c": scores(0.1)}))

    assert r"| a\|b\*c | 1,234 |" in text
