"""`lineal reviews`: who said what of a version."""

import click

from lineal.actions.judging import panel
from lineal.cli.app import App
from lineal.cli.reading import open_here
from lineal.cli.terminal import columns, page, wants_colour
from lineal.cli.words import ModelVersionType, StageType
from lineal.doors.clock import Clock
from lineal.registry.version import Version
from lineal.reporting import reviews as views
from lineal.reporting.screen import Screen


@click.command()
@click.argument("target", type=ModelVersionType(), metavar="MODEL@VERSION")
@click.option("--stage", type=StageType(), help="Only reviews for this stage.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def reviews(
    app: App, /, target: tuple[str, Version], stage: str | None, *, as_json: bool
) -> None:
    """Show who approved or rejected a version, and what counts.

    Names are what the reviewers' Git says of them: "(unverified)", unless a signature
    by a key that the trusted branch lists proves it. What does not count is shown with
    why, and for each stage with such a rule how many of how many approvals there are.
    """
    found = panel.reviews(open_here(app), *target, stage)
    if as_json:
        click.echo(views.as_json(found), nl=False)
        return
    zone = Clock.of_environment().zone()
    page(views.as_text(found, zone, Screen(columns(), wants_colour())))
