"""`lineal gc`: remove the bytes that no version that is kept needs."""

import sys
from typing import TYPE_CHECKING, Any

import click

from lineal.cli.app import App
from lineal.cli.reading import open_here
from lineal.cli.terminal import columns, wants_colour
from lineal.cli.writing import note
from lineal.errors import BadInputError
from lineal.reporting.signs import visible

if TYPE_CHECKING:
    from lineal.bootstrap.retention import Planned, Wish

_LAST, _DAYS = 3, 365
_LONGEST = 100_000  # days; more than there are


class UnconfirmedError(BadInputError):
    """Nobody can be asked."""

    def __init__(self) -> None:
        super().__init__(
            "nobody is at a terminal to confirm this: look with --dry-run, and pass --yes"
        )


@click.command()
@click.option(
    "--keep-stages",
    is_flag=True,
    default=True,
    help="Keep what stages hold, held within --keep-days, or may go back to. This is "
    "always so; the option says it aloud.",
)
@click.option(
    "--keep-last",
    type=click.IntRange(min=0),
    default=_LAST,
    show_default=True,
    metavar="N",
    help="Keep the newest N versions of each model.",
)
@click.option(
    "--keep-days",
    type=click.IntRange(0, _LONGEST),
    default=_DAYS,
    show_default=True,
    metavar="D",
    help="The audit window: keep what held a stage or was registered in the last D days.",
)
@click.option(
    "--archive-to",
    "archive",
    metavar="REMOTE",
    help="Copy what goes to this DVC remote first; where that fails, nothing goes.",
)
@click.option(
    "--remote", metavar="REMOTE", help="Clean this DVC remote, not the default one."
)
@click.option("--cache-only", is_flag=True, help="Clean the cache, and no remote.")
@click.option(
    "--offline",
    is_flag=True,
    help="Do not ask the Git remote what others registered; with --cache-only.",
)
@click.option(
    "--ignore-lost",
    is_flag=True,
    help="Go on though a folder that is kept has lost its list of files.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Show what would go, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def gc(app: App, /, **options: Any) -> None:
    """Remove the bytes of versions that nothing needs any more.

    Looks at the DVC cache and the default DVC remote. Kept are the bytes of versions
    that a stage holds, held within the audit window, or may go back to, of the newest
    and of young versions, and of all branches, stashes, other tags and working trees.
    Of the rest, exactly those objects go that a commit of this repository names.
    """
    from lineal.bootstrap import retention  # noqa: PLC0415 - not for --help

    wish = _wish(options)
    open_here(app)
    planned = retention.plan(app.folder, wish)
    for each in planned.notes:
        note(visible(each))
    empty = not any(part.objects for part in planned.seen.parts)
    if wish.dry_run or empty:
        _show(planned, wish, done=False, as_json=options["as_json"])
        return
    if not options["yes"]:
        planned = _confirmed(app, planned, wish)
    retention.carry_out(planned, wish)
    _show(planned, wish, done=True, as_json=options["as_json"])


def _wish(options: dict[str, Any]) -> "Wish":
    from lineal.bootstrap.retention import Wish  # noqa: PLC0415 - not for --help

    if options["cache_only"] and options["remote"]:
        said = "--cache-only and --remote exclude each other: leave one out"
        raise click.UsageError(said, click.get_current_context())
    return Wish(
        last=options["keep_last"],
        days=options["keep_days"],
        remote=None if options["cache_only"] else options["remote"] or "",
        archive=options["archive"],
        offline=options["offline"],
        ignore_lost=options["ignore_lost"],
        dry_run=options["dry_run"],
    )


def _confirmed(app: App, planned: "Planned", wish: "Wish") -> "Planned":
    """Ask, and look once more: meanwhile somebody may have promoted what would go."""
    from lineal.bootstrap import retention  # noqa: PLC0415 - not for --help

    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        raise UnconfirmedError
    _show(planned, wish, done=False, as_json=False)
    click.confirm("remove them?", abort=True, err=True)
    return retention.unchanged(planned, retention.plan(app.folder, wish))


def _show(planned: "Planned", wish: "Wish", *, done: bool, as_json: bool) -> None:
    from lineal.doors.clock import Clock  # noqa: PLC0415 - not for --help
    from lineal.reporting import retention as views  # noqa: PLC0415 - as above

    parts = planned.seen.parts
    amounts = [
        views.Amount(
            place,
            sum(len(part.objects) for part in parts if part.place == place),
            sum(sum(part.objects.values()) for part in parts if part.place == place),
        )
        for place in dict.fromkeys(part.place for part in parts)
    ]
    made = views.Cleaning(
        kept=planned.kept,
        released=planned.released,
        others=[(each.commit, each.why) for each in planned.anchors],
        amounts=amounts,
        last=wish.last,
        days=wish.days,
        archive=wish.archive,
        done=done,
    )
    if as_json:
        click.echo(views.as_json(made, cache=planned.seen.cache, notes=planned.notes))
        return
    zone, colour = Clock.of_environment().zone(), wants_colour()
    click.echo(views.as_text(made, zone, width=columns(), colour=colour), color=colour)
