"""`lineal history`: what happened, and why."""

from typing import Any

import click

from lineal.bootstrap.proven import makers
from lineal.cli.app import App
from lineal.cli.instants import as_json, at, since, spelled, until
from lineal.cli.progress import progress
from lineal.cli.reading import note_ignored, open_reader
from lineal.cli.terminal import columns, page, wants_colour
from lineal.cli.words import ModelType, StageType
from lineal.doors.clock import Clock
from lineal.registry.journal import Asked, BackwardsError, NothingHappenedError
from lineal.registry.reader import Reader
from lineal.reporting import registry_history as views
from lineal.reporting.screen import Screen


@click.command()
@click.argument("model", type=ModelType(), required=False)
@click.option("--stage", type=StageType(), help="Only what entered or left this stage.")
@since
@until
@at
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="Only so many events, the newest.",
)
@as_json
@click.pass_obj
def history(app: App, /, model: str | None, *, as_json: bool, **asked: Any) -> None:
    """Show what happened to all models, or to MODEL.

    The newest comes first. Each event has the time from which it counts, in your time zone, its tag, who made
    it, and why, where somebody said so. Who made it is (unverified) unless a signature
    proves it, of a key that the trusted branch lists. Where the tagger's clock
    disagrees with the serials, the serials decide, and the line says what the clock
    said.
    """
    question = Asked(model, **asked)
    _check(question)
    reader = open_reader(app, model)
    found = reader.chronicle(question)
    note_ignored(found.ignored)
    if not found.entries:
        raise _nothing(reader, question)
    tags = {entry.event.stamp.id: entry.tag for entry in found.entries}
    with progress("checking signatures") as said:
        told = views.Told(found.entries, makers(reader.store, tags, said))
    if as_json:
        click.echo(views.as_json(told, at=question.at), nl=False)
    else:
        screen = Screen(columns(), wants_colour())
        zone = Clock.of_environment().zone()
        page(views.as_text(told, zone, screen))


def _check(asked: Asked) -> None:
    if asked.since is None or asked.until is None or asked.since <= asked.until:
        return
    raise BackwardsError(spelled(asked.since), spelled(asked.until))


def _nothing(reader: Reader, asked: Asked) -> Exception:
    """Return why nothing is shown: the stage may be one that no model has."""
    from lineal.registry.overview import overview  # noqa: PLC0415 - mostly not needed
    from lineal.registry.selection import UnknownStageError  # noqa: PLC0415 - as above

    found = overview(reader.store)
    now = found.models.get(asked.model) if asked.model else None
    known = sorted(now.stages) if now else found.stages
    if asked.stage is not None and asked.stage not in known:
        return UnknownStageError(asked.stage, known, asked.model)
    return NothingHappenedError(asked, spelled)
