"""Tests of dates as words."""

from datetime import date, datetime

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.cli.dates import DateType, MomentType


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


@given(st.dates())
def test_a_moment_may_be_a_day(day: date) -> None:
    """Series of days, weeks and months know no hours."""
    assert MomentType().convert(day.isoformat(), None, None) == day


@given(st.datetimes().map(lambda at: at.replace(second=0, microsecond=0)))
def test_an_hour_reads_back_as_it_prints(at: datetime) -> None:
    """With its minutes, and nothing after them."""
    text = at.isoformat(timespec="minutes")

    assert MomentType().convert(text, None, None) == at


@pytest.mark.parametrize("text", ["2016-06-30T1", "2016-06-30T13:00:00", "T", "xT"])
def test_other_ways_to_write_an_hour_are_refused(text: str) -> None:
    """The refusal shows how it is written."""
    with pytest.raises(click.BadParameter, match="no time such as 2016-06-30T13:00"):
        MomentType().convert(text, None, None)
