"""`lineal check-ref`: whether tags that are there may be."""

from typing import TYPE_CHECKING

import click

from lineal.cli.app import App
from lineal.cli.reading import open_here
from lineal.cli.terminal import wants_colour
from lineal.errors import BadInputError, OutsideError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lineal.actions.checking.checked import Checked


class LoneReasonError(BadInputError):
    """Nobody can tell what somebody's refusal is about, or what to do about it."""

    def __init__(self) -> None:
        super().__init__("--refused is about one tag, and says why to --enforce on it")


@click.command("check-ref")
@click.argument("refs", nargs=-1, required=True, metavar="REF...")
@click.option(
    "--rematch",
    is_flag=True,
    help="Where two versions were tested on different rows, let both forecast the "
    "newest ones: that runs the models, so their makers' code.",
)
@click.option(
    "--enforce",
    is_flag=True,
    help="Where the policy says `on_violation: revert`, put the previous holder of the "
    "stage back, and push that.",
)
@click.option(
    "--refused",
    metavar="REASON",
    help="With --enforce: why another job, which ran the models, refused the tag. It "
    "counts only where nothing but running models could tell.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def check_ref(  # noqa: PLR0913 - an option each
    app: App,
    /,
    refs: tuple[str, ...],
    *,
    rematch: bool,
    enforce: bool,
    refused: str | None,
    as_json: bool,
) -> int:
    """Judge tags that exist as if they were being made now.

    For CI, and for tags that git or gto made. The trusted branch's policy judges, and
    nothing that a tag says of itself is believed. Exit code 1 where one is refused,
    also if that was reverted; 3 where models should have been run to tell, and could
    not be.
    """
    from lineal.actions.checking import deployed  # noqa: PLC0415 - not for --help
    from lineal.bootstrap import checking  # noqa: PLC0415 - not for --help
    from lineal.reporting import checked as views  # noqa: PLC0415 - not for --help

    if refused is not None and not (enforce and len(refs) == 1):
        raise LoneReasonError
    enforces = checking.Enforcement(refused or "") if enforce else None
    reader = open_here(app)
    found = checking.judge(
        reader,
        refs,
        plays=rematch,
        enforces=enforces,
        said=lambda text: click.echo(f"note: {text}", err=True),
    )
    if as_json:
        told = [
            (one.checked, one.enforced, deployed.find(reader, one.checked))
            for one in found
        ]
        click.echo(views.as_json(told))
    else:
        for one in found:
            said = views.as_text(one.checked, one.enforced, colour=wants_colour())
            click.echo(said)
    unjudged = [one.checked for one in found if rematch and one.checked.undecided]
    for checked in unjudged:
        click.echo(f"error: {views.undecided(checked)}", err=True)
    return _code([one.checked for one in found], unjudged)


def _code(found: "Sequence[Checked]", unjudged: "Sequence[Checked]") -> int:
    """Return what the command answers by; unjudged is what no models could tell of."""
    if any(not one.allowed and one not in unjudged for one in found):
        return RefusedError.exit_code
    return OutsideError.exit_code if unjudged else 0
