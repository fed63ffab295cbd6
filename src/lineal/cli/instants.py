"""Instants as words of the command line."""

from typing import Any

import click

from lineal.doors.clock import Clock
from lineal.errors import BadInputError
from lineal.registry import instants


class InstantType(click.ParamType[int]):
    """A date, a time or a span ago; inside, seconds since 1970.

    Attributes:
        end_of_day: What a day stands for: its last second, else its first.
    """

    name = "date"

    def __init__(self, *, end_of_day: bool) -> None:
        self.end_of_day = end_of_day

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Read an instant by our clock and in our time zone."""
        if isinstance(value, int):
            return value
        clock = Clock.of_environment()
        try:
            return instants.parse(
                value, clock.now(), clock.zone(), end_of_day=self.end_of_day
            )
        except BadInputError as error:
            self.fail(str(error), param, ctx)


at = click.option(
    "--at",
    type=InstantType(end_of_day=True),
    metavar="DATE",
    help="As it was then: 2026-03-03 (that day included), 2026-03-03 14:05, with Z or "
    "+01:00 for another zone, '2 weeks ago', yesterday.",
)
as_json = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON; docs/json.md lists its fields."
)
