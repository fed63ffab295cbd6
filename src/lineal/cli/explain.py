"""`lineal policy explain`: what the rules say of a promotion, before anybody asks."""

import click

from lineal.actions import governing, stages
from lineal.actions.judging import court
from lineal.actions.question import Question
from lineal.actions.subject import Subject
from lineal.bootstrap.rematches import Rematches
from lineal.cli import writing
from lineal.cli.app import App
from lineal.cli.reading import open_here
from lineal.cli.terminal import columns, wants_colour
from lineal.cli.words import ModelVersionType, StageType
from lineal.doors import branches, numerics
from lineal.doors.clock import Clock
from lineal.registry.reader import Reader
from lineal.registry.version import Version
from lineal.reporting import decision as views
from lineal.reporting.decision import Explained
from lineal.reporting.screen import Screen


@click.command()
@click.argument("target", type=ModelVersionType(), metavar="MODEL@VERSION")
@click.option("--to", "stage", type=StageType(), required=True, help="The stage.")
@click.option(
    "--rematch/--no-rematch",
    default=True,
    show_default=True,
    help="Let two versions that were tested on different rows forecast the newest days "
    "again, which takes a while; without that, such a rule cannot be judged.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def explain(
    app: App,
    /,
    target: tuple[str, Version],
    stage: str,
    *,
    rematch: bool,
    as_json: bool,
) -> int:
    """Ask each rule whether a version may enter a stage.

    Shows the evidence and the verdict of each, who approved, what is missing, and who
    could bypass it. Changes nothing, and asks this clone only: `git fetch` first for
    what others did. Exit code 0 where the rules allow it, 1 where they do not.
    """
    numerics.fix(threads=1)  # as `lineal promote` does
    reader, now = open_here(app), Clock.of_environment().now()
    again = Rematches(reader, writing.note) if rematch else None
    model, version = target
    found = _explained(reader, model, Question(version, stage, now, again))
    if as_json:
        click.echo(views.as_json(found), nl=False)
    else:
        shown = views.as_text(found, Screen(columns(), wants_colour()))
        click.echo(shown, nl=False, color=True)
    return int(not found.allowed)


def _explained(reader: Reader, model: str, asked: Question) -> Explained:
    """Ask the rules in force.

    Raises:
        RefusedError: There is no such version, or nobody may use it.
        BadInputError: There can be no such stage, or the rules cannot be read.
    """
    subject, force = Subject.of(reader, model), governing.load(reader.store)
    stages.allowed(force, asked.stage)
    subject.find(asked.version)
    if not force.written:
        subject.version(asked.version)
    rules = force.policy.rules(model, asked.stage)
    return Explained(
        model=model,
        version=str(asked.version),
        stage=asked.stage,
        branch=branches.called(reader.store.place.git, force.branch),
        decision=court.decide(reader, subject, force, asked),
        ruled=rules is not None,
        bypass=rules.bypass if rules else None,
    )
