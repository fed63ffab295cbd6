"""Instants as Python programs have them."""

import math
from datetime import date, datetime

from lineal.doors.clock import Clock
from lineal.registry import instants

Moment = datetime | date | str


def seconds(moment: Moment, *, end_of_day: bool = True, ahead: bool = False) -> int:
    """Return an instant in seconds since 1970, as the command line reads it.

    Args:
        moment: A datetime (without a zone: in the local one), a day, or a text such as
            `2 weeks ago`.
        end_of_day: What a day or minute stands for: its last second, else its first.
        ahead: It is a deadline (see `instants.parse`).

    Raises:
        InvalidInstantError: The text is none.
        SkippedTimeError: The clocks of the local zone never showed that time.
    """
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return math.floor(moment.timestamp())
    if isinstance(moment, datetime):
        text = moment.isoformat(sep=" ", timespec="seconds")
    else:
        text = str(moment)
    clock = Clock.of_environment()
    return instants.parse(
        text, clock.now(), clock.zone(), end_of_day=end_of_day, ahead=ahead
    )


def offset(instant: int) -> int:
    """Return what local clocks are ahead of UTC at an instant, in minutes."""
    try:
        local = datetime.fromtimestamp(instant, Clock.of_environment().zone())
    except (OverflowError, ValueError, OSError):  # beyond the calendar
        return 0
    ahead = local.utcoffset()
    return int(ahead.total_seconds()) // 60 if ahead else 0
