"""Dates as words of the command line."""

from datetime import date, datetime
from typing import Any

import click


class DateType(click.ParamType[date]):
    """A day, written as 2016-06-30 and in no other way."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read a day, refusing what would not print back the same."""
        try:
            found = date.fromisoformat(value)
        except ValueError:
            found = None
        if found is None or found.isoformat() != value:
            self.fail(f"{value!r} is no date such as 2016-06-30", param, ctx)
        return found


class MomentType(click.ParamType[date]):
    """A day, or an hour of it, written as 2016-06-30T13:00 and in no other way."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read a time, refusing what would not print back the same."""
        if "T" not in str(value):
            return DateType().convert(value, param, ctx)
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            found = None
        if found is None or found.isoformat(timespec="minutes") != value:
            self.fail(f"{value!r} is no time such as 2016-06-30T13:00", param, ctx)
        return found
