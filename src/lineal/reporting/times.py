"""Instants for people and for programs."""

from datetime import UTC, datetime, timedelta, tzinfo

from lineal.registry import instants

_START = datetime(1970, 1, 1, tzinfo=UTC)


def utc(seconds: int | None) -> str | None:
    """Write an instant for programs.

    >>> utc(1772496000)
    '2026-03-03T00:00:00Z'
    """
    if seconds is None:
        return None
    day, clock, _ = instants.show(seconds, 0).rsplit(" ", 2)
    return f"{day}T{clock}Z"


def local(seconds: int, zone: tzinfo) -> str:
    """Write an instant as the clocks of a zone show it.

    >>> local(1772496000, UTC)
    '2026-03-03 00:00:00'
    """
    return zoned(seconds, zone).rsplit(" ", 1)[0]


def zoned(seconds: int, zone: tzinfo) -> str:
    """Write an instant as the clocks of a zone show it, with their offset.

    >>> zoned(1772496000, UTC)
    '2026-03-03 00:00:00 +00:00'
    """
    return instants.show(seconds, _offset(seconds, zone))


def day(seconds: int, zone: tzinfo) -> str:
    """Write the day of an instant in a zone."""
    return local(seconds, zone).rsplit(" ", 1)[0]


def _offset(seconds: int, zone: tzinfo) -> int:
    """Return a zone's offset at an instant, in minutes."""
    try:
        moment = (_START + timedelta(seconds=seconds)).astimezone(zone)
    except OverflowError:  # Git keeps years that no calendar has
        return 0
    offset = moment.utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0
