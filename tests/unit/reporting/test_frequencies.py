"""Words and plots of hours, weeks and months."""

from datetime import date, datetime

import pandas as pd
import pytest

from helpers import cards
from lineal.modeling.bundle import Forecast
from lineal.modeling.quality import ColumnQuality, Quality, SegmentQuality
from lineal.modeling.rhythm import HOUR, MONTH
from lineal.reporting import plots
from lineal.reporting.card import model_card
from lineal.reporting.forecast import Answer, Row, as_csv, as_text, notes
from lineal.reporting.quality import as_markdown


def answer(when: date, expected: float, *, hours: bool) -> Answer:
    """Return one forecast of one series."""
    return Answer(
        model="m",
        champion="ridge",
        md5="0" * 32,
        origin=when,
        horizon=1,
        levels=(),
        rows=(Row("all", 1, when, expected, ()),),
        rhythm=HOUR if hours else MONTH,
    )


def test_hours_have_minutes_and_a_weekday() -> None:
    """In text and in CSV."""
    found = answer(datetime(2024, 2, 3, 4), 1.25, hours=True)  # noqa: DTZ001 - no zone

    assert "  2024-02-03T04:00  Sat      1.25\n" in as_text(found)
    assert "all,2024-02-03T04:00,1,2024-02-03T04:00,1.25\n" in as_csv(found)


@pytest.mark.parametrize(
    ("expected", "shown"),
    [(123.4, "123"), (12.34, "12.3"), (-1.234, "-1.23"), (0.12345, "0.1235")],
)
def test_small_forecasts_have_decimals(expected: float, shown: str) -> None:
    """As many as tell them apart; months have no weekday."""
    text = as_text(answer(date(2024, 2, 1), expected, hours=False))

    assert text.split("\n")[-2].split() == ["2024-02-01", shown]


def test_notes_name_a_few_of_many() -> None:
    """And say what lies ahead in its own words."""
    skipped = tuple(f"s{n}" for n in range(33))
    lines = notes(Forecast(pd.DataFrame(), ("promo",), skipped), "weeks")

    assert lines[0].startswith("not known for some of the weeks ahead: promo")
    assert lines[1].endswith("s29 and 3 more")


def text_of(**changes: object) -> str:
    """Return a model card."""
    return model_card(
        cards.card(**changes),
        quality=cards.QUALITY,
        importance=cards.WEIGHTS,
        pruning=cards.PRUNING,
        leaks=(),
        about="data/README.md",
    )


def test_a_card_of_weeks_speaks_of_weeks() -> None:
    """Zeros that count are no closures."""
    text = text_of(frequency="week", sign="counted", segment_columns=())

    assert "for each of the 2 weeks after the week on which" in text
    assert "## Zeros, gaps and missing values" in text
    assert "2 series. Source" in text
    assert "mean relative error of weeks above zero" in text
    assert "open" not in text
    assert " days" not in text


def test_a_card_of_many_series_shows_the_worst() -> None:
    """And says how many it leaves out."""
    names = tuple(f"s{n}" for n in range(300))
    scores = {name: cards.scores(0.1) for name in names}

    assert "The worst first. 100 others" in text_of(segments=names, by_segment=scores)


def test_a_quality_report_of_many_series_is_short() -> None:
    """The rest is in quality.json."""
    one = SegmentQuality("s", 1, "2024-01-01", "2024-01-01", 0, 0, 0)
    column = ColumnQuality("target", 0, 0.0, 1.0, 1.0, 1.0)
    found = Quality(
        *(300, "2024-01-01", "2024-01-01"),
        was_sorted=True,
        duplicates=0,
        negative_targets=0,
        zero_targets=0,
        missing_targets=0,
        gaps=0,
        segments=(one,) * 300,
        columns=(column,),
    )
    text = as_markdown(found, "T", "weeks")

    assert "100 more are in quality.json." in text
    assert "| weeks without a row (gaps) |" in text


@pytest.mark.parametrize("frequency", ["hour", "week", "month"])
def test_every_frequency_has_a_test_period(frequency: str) -> None:
    """Hours as daily means, the others as they are."""
    table = pd.DataFrame(
        {
            "date": pd.date_range("2024-01-01", periods=9, freq="31D"),
            "actual": range(9),
            "forecast": range(9),
        }
    )

    assert plots.test_period(table, "sales", frequency).startswith(b"<?xml")
