"""Instants as words of the command line."""

from typing import Any

import click

from lineal.doors.clock import Clock
from lineal.errors import BadInputError
from lineal.registry import instants


class InstantType(click.ParamType[int]):
    """A date, a time or a span ago; inside, seconds since 1970.

    Attributes:
        end_of_day: What a day or minute stands for: its last second, else its first.
        ahead: It is a deadline, so what is suggested lies in the future.
    """

    name = "date"

    def __init__(self, *, end_of_day: bool, ahead: bool = False) -> None:
        self.end_of_day = end_of_day
        self.ahead = ahead

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Read an instant by our clock and in our time zone."""
        if isinstance(value, int):
            return value
        clock = Clock.of_environment()
        try:
            return instants.parse(
                value,
                clock.now(),
                clock.zone(),
                end_of_day=self.end_of_day,
                ahead=self.ahead,
            )
        except BadInputError as error:
            self.fail(str(error), param, ctx)


class KnownType(InstantType):
    """An instant as whose knowledge something is shown."""

    def __init__(self) -> None:
        super().__init__(end_of_day=True)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Read an instant, and say so if it is still to come."""
        found = super().convert(value, param, ctx)
        # Today, or the minute that it is, has begun.
        begins = InstantType(end_of_day=False).convert(value, param, ctx)
        if begins > Clock.of_environment().now():
            said = f"{spelled(found)} is in the future; this is what is known now"
            click.echo(f"note: {said}", err=True)
        return found


def spelled(instant: int) -> str:
    """Write an instant as our clocks show it, with their offset from UTC."""
    from lineal.reporting import times  # noqa: PLC0415 - mostly nobody asks

    return times.zoned(instant, Clock.of_environment().zone())


at = click.option(
    "--at",
    type=KnownType(),
    metavar="DATE",
    help="As it was then: 2026-03-03 (that day included), 2026-03-03 14:05, with Z or "
    "+01:00 for another zone, '2 weeks ago', yesterday.",
)
since = click.option(
    "--since",
    type=InstantType(end_of_day=False),
    metavar="DATE",
    help="Only what happened from then on; a day from its start.",
)
until = click.option(
    "--until",
    type=InstantType(end_of_day=True),
    metavar="DATE",
    help="Only what happened up to then, that day included.",
)
as_json = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON; docs/json.md lists its fields."
)
