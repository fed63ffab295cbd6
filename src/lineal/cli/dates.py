"""Dates as words of the command line."""

from datetime import date
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
