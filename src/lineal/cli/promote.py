"""`lineal promote`: a version enters a stage."""

import click

from lineal.actions.judging.court import BYPASS, RefusedByPolicyError
from lineal.actions.plan import Plan
from lineal.actions.promote import Promotion
from lineal.bootstrap.rematches import Rematches
from lineal.cli import writing
from lineal.cli.app import App
from lineal.cli.reading import open_here
from lineal.cli.terminal import columns, wants_colour
from lineal.cli.words import ModelVersionType, StageType
from lineal.cli.writing import Extra, How
from lineal.doors import numerics
from lineal.doors.clock import Clock
from lineal.registry.reader import Reader
from lineal.registry.version import Version
from lineal.reporting import decision as views
from lineal.reporting import documents
from lineal.reporting.screen import Screen
from lineal.reporting.signs import visible


@click.command()
@click.argument("target", type=ModelVersionType(), metavar="MODEL@VERSION")
@click.option("--to", "stage", type=StageType(), required=True, help="The stage.")
@writing.reason
@writing.force(
    "Do it though the stage holds it already, the stage is new and has a name close to "
    "another's, or its life has ended and there is no policy."
)
@click.option(
    "--bypass",
    is_flag=True,
    help="Do it though the team's rules refuse it, if they name you as one who may. "
    "The tag records it.",
)
@writing.options
@click.pass_obj
def promote(
    app: App,
    /,
    target: tuple[str, Version],
    stage: str,
    reason: str,
    **options: bool,
) -> None:
    """Let a version enter a stage, instead of what is there.

    The rules in policy.yaml of the trusted branch must hold, if there is one; with
    --json, also: allowed, policy (its object id), gates (rule, evidence, verdict),
    approved_by and bypassed. Exit code 1 where they refuse it; `lineal policy explain`
    asks them without changing anything.
    """
    # A rule may bring NumPy: it should say the same on every machine, and no thread
    # of its should spin.
    numerics.fix(threads=1)
    force, bypass = options.pop("force"), options.pop("bypass")
    how, reader = How(**options), open_here(app)
    now, rematch = Clock.of_environment().now(), Rematches(reader, writing.note)
    request = Promotion(*target, stage, reason, now, force, bypass, rematch)
    try:
        writing.write(reader, request, how, _decided)
    except RefusedByPolicyError as refused:
        _show(refused, how)
        raise


def _decided(_: Reader, plan: Plan) -> Extra:
    """Say what the rules said."""
    bypassed = plan.message.get(BYPASS) if plan.decision else None
    return Extra(_table(plan), views.facts(plan.decision, bypassed))


def _table(what: Plan | RefusedByPolicyError) -> str:
    return views.as_table(what.decision, Screen(columns(), wants_colour()))


def _show(refused: RefusedByPolicyError, how: How) -> None:
    """Print on standard output what was judged, before the refusal itself."""
    for each in refused.decision.notes:
        writing.note(visible(each))
    if not how.as_json:
        if how.dry_run:
            click.echo(_table(refused), nl=False, color=True)
        return
    asked = refused.asked
    said = {
        "model": refused.model,
        "event": "assignment",
        "version": str(asked.version),
        "stage": asked.stage,
        "tag": None,
        "id": None,
        "pushed": None,
        **views.facts(refused.decision),
    }
    click.echo(documents.write(said), nl=False)
