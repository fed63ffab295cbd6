"""`lineal check-ref`: whether tags that are there may be."""

import click

from lineal.cli.app import App
from lineal.cli.reading import open_here
from lineal.cli.terminal import wants_colour


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
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def check_ref(
    app: App, /, refs: tuple[str, ...], *, rematch: bool, enforce: bool, as_json: bool
) -> int:
    """Judge tags that exist as if they were being made now.

    For CI, and for tags that git or gto made. The trusted branch's policy judges, and
    nothing that a tag says of itself is believed. Exit code 1 where one is refused,
    also if that was reverted.
    """
    from lineal.bootstrap import checking  # noqa: PLC0415 - not for --help
    from lineal.reporting import checked as views  # noqa: PLC0415 - not for --help

    found = checking.judge(
        open_here(app),
        refs,
        plays=rematch,
        enforces=enforce,
        said=lambda text: click.echo(f"note: {text}", err=True),
    )
    if as_json:
        click.echo(views.as_json([(one.checked, one.enforced) for one in found]))
    else:
        for one in found:
            said = views.as_text(one.checked, one.enforced, colour=wants_colour())
            click.echo(said)
    return int(any(not one.checked.allowed for one in found))
