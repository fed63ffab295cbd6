"""`lineal which`: what a stage holds, alone on a line.

`lineal.cli.quick` answers the plainest question before this is imported.
"""

import click

from lineal.cli.app import App
from lineal.cli.instants import as_json, at
from lineal.cli.reading import note_ignored, open_reader
from lineal.cli.words import ModelType, StageType
from lineal.registry.overview import EmptyStageError, look_up


@click.command()
@click.argument("model", type=ModelType())
@click.argument("stage", type=StageType())
@at
@as_json
@click.pass_obj
def which(
    app: App, /, model: str, stage: str, *, at: int | None, as_json: bool
) -> None:
    """Print the version that STAGE of MODEL holds, and nothing else.

    It is the commit's id where a commit without a version was assigned. Exit code 1,
    and nothing on standard output, when the stage is empty.
    """
    reader = open_reader(app, model)
    found = look_up(reader.store, model, at)
    note_ignored(found.ignored)
    if found.moment is None:
        raise reader.unknown(model)
    held = found.moment.stages.get(stage)
    if held is None:
        raise EmptyStageError(model, stage, found.moment)
    if as_json:
        from lineal.reporting import registry_show  # noqa: PLC0415 - only for JSON

        held = registry_show.which_json(model, stage, found.moment, at)
    click.echo(held)
