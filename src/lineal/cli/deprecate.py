"""`lineal deprecate`: a model or a version of it should no longer be used."""

from datetime import datetime, tzinfo

import click

from lineal.actions.deprecate import Deprecation
from lineal.cli import writing
from lineal.cli.app import App
from lineal.cli.words import MaybeVersionType
from lineal.doors.clock import Clock
from lineal.registry import instants
from lineal.registry.version import Version


@click.command()
@click.argument("target", type=MaybeVersionType(), metavar="MODEL[@VERSION]")
@click.option(
    "--eol",
    metavar="DATE",
    help="End of life: who gets it is warned until the end of that day, and refused "
    "afterwards; by default there is only the warning.",
)
@writing.reason
@writing.force("Do it though the end of life is over.")
@writing.options
@click.pass_obj
def deprecate(
    app: App,
    /,
    target: tuple[str, Version | None],
    eol: str | None,
    reason: str,
    *,
    force: bool,
    **options: bool,
) -> None:
    """Say that a model or a version should no longer be used.

    A day ends by your clock; `2027-03-31T12:00Z` is understood too. Asked again, the
    new end of life replaces the old one. Exit code 1 if that is recorded already, or
    the end is over.
    """
    clock, (model, version) = Clock.of_environment(), target
    now, zone = clock.now(), clock.zone()
    end = None if eol is None else _end(eol, now, zone)
    offset = 0 if end is None else _offset(end, zone)
    request = Deprecation(model, version, reason, now, end, offset, force)
    writing.carry_out(app, request, **options)


def _end(eol: str, now: int, zone: tzinfo) -> int:
    return instants.parse(eol, now, zone, end_of_day=True, ahead=True)


def _offset(seconds: int, zone: tzinfo) -> int:
    """Return what the clocks of a zone are ahead of UTC at an instant, in minutes."""
    try:
        ahead = datetime.fromtimestamp(seconds, zone).utcoffset()
    except (OverflowError, ValueError, OSError):  # beyond the calendar
        return 0
    return int(ahead.total_seconds()) // 60 if ahead else 0
