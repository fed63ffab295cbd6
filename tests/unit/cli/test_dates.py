"""Tests of dates as words."""

from datetime import date

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.cli.dates import DateType


@given(st.dates())
def test_a_date_reads_back_as_it_prints(day: date) -> None:
    """Any day of the calendar can be named."""
    assert DateType().convert(day.isoformat(), None, None) == day


@pytest.mark.parametrize(
    "text", ["20160630", "2016-W26-4", "2016-6-30", "2016-02-30", "", " 2016-06-30"]
)
def test_other_ways_to_write_a_day_are_refused(text: str) -> None:
    """The refusal shows how it is written."""
    with pytest.raises(click.BadParameter, match="no date such as 2016-06-30"):
        DateType().convert(text, None, None)
