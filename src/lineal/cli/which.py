"""`lineal which`: what a stage holds, alone on a line.

`lineal.cli.quick` answers the plainest question before this is imported.
"""

import click

from lineal.cli.app import App
from lineal.cli.instants import as_json, at, spelled
from lineal.cli.reading import note_ignored, open_reader
from lineal.cli.words import ModelType, StageType
from lineal.errors import BadInputError
from lineal.registry.overview import EmptyStageError, look_up
from lineal.registry.reader import Reader


class SwappedError(BadInputError):
    """The stage was named first, and the model second."""

    def __init__(self, model: str, stage: str) -> None:
        super().__init__(
            f"{model!r} is no model and {stage!r} is one; arguments swapped? write "
            f"MODEL STAGE: `lineal which {stage} {model}`"
        )


@click.command()
@click.argument("model", type=ModelType())
@click.argument("stage", type=StageType())
@at
@as_json
@click.pass_obj
def which(
    app: App, /, model: str, stage: str, *, at: int | None, as_json: bool
) -> None:
    """Print only the version that STAGE of MODEL holds.

    It is the commit's id where a commit without a version was assigned. Exit code 1,
    and nothing on standard output, when the stage is empty.
    """
    reader = open_reader(app, model)
    found = look_up(reader.store, model, at)
    note_ignored(found.ignored)
    if found.moment is None:
        raise _unknown(reader, model, stage, at)
    held = found.moment.stages.get(stage)
    if held is None:
        then = None if at is None else spelled(at)
        raise EmptyStageError(model, stage, found.moment, then)
    if as_json:
        from lineal.reporting import registry_show  # noqa: PLC0415 - only for JSON

        held = registry_show.which_json(model, stage, found.moment, at)
    click.echo(held)


def _unknown(reader: Reader, model: str, stage: str, at: int | None) -> Exception:
    """Return why there is nothing to be said of a model."""
    known = reader.store.models()
    if stage in known and model not in known:
        return SwappedError(model, stage)
    return reader.unknown(model, "now" if at is None else spelled(at))
