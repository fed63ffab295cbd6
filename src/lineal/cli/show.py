"""`lineal show`: what there is."""

from collections.abc import Mapping

import click

from lineal.cli.app import App
from lineal.cli.instants import as_json, at, spelled
from lineal.cli.progress import progress
from lineal.cli.reading import note_ignored, open_reader
from lineal.cli.terminal import columns, page, wants_colour
from lineal.cli.words import GLOB, PatternType, StageType
from lineal.doors.clock import Clock
from lineal.registry import trusted
from lineal.registry.identities import Identity
from lineal.registry.overview import Overview, overview
from lineal.registry.reader import EmptyRegistryError, NothingYetError, Reader
from lineal.registry.selection import UnknownStageError, Wanted, select
from lineal.registry.state import ModelState
from lineal.registry.tagobject import TagObject
from lineal.reporting import registry_show as views
from lineal.reporting.screen import Screen


@click.command()
@click.argument("model", type=PatternType(), required=False, metavar="[MODEL|GLOB]")
@click.option(
    "--stage",
    type=StageType(),
    help="Only models, or versions of MODEL, that this stage holds.",
)
@at
@click.option("--all", "every", is_flag=True, help="Deprecated models too.")
@as_json
@click.pass_obj
def show(  # noqa: PLR0913 - one parameter an option
    app: App,
    /,
    model: str | None,
    stage: str | None,
    at: int | None,
    *,
    every: bool,
    as_json: bool,
) -> None:
    """Show all models and their stages, or one MODEL in detail.

    A GLOB such as 'demand/*' chooses among all models. Deprecated models, and
    versions, have a star.
    """
    then = None if at is None else spelled(at)
    wanted = Wanted(model, stage, every, then)
    if model and not any(sign in model for sign in GLOB):
        _one(open_reader(app, model), wanted, at, as_json=as_json)
    else:
        _all(open_reader(app), wanted, at, as_json=as_json)


def _all(reader: Reader, wanted: Wanted, at: int | None, *, as_json: bool) -> None:
    found = overview(reader.store, at)
    note_ignored(found.ignored)
    if not found.models:
        raise _nothing(found, wanted)
    chosen = select(found, wanted)
    if as_json:
        click.echo(views.as_json(chosen, at=at, ignored=found.ignored), nl=False)
        return
    if wanted.stage is None:
        known = {name for now in chosen.models.values() for name in now.stages}
        stages = views.ordered(known, _declared(reader))
    else:
        stages = (wanted.stage,)
    page(views.as_text(chosen, stages, _screen()))


def _nothing(found: Overview, wanted: Wanted) -> Exception:
    if found.first is None or wanted.then is None:
        return EmptyRegistryError()
    return NothingYetError(wanted.then, f"at {spelled(found.first)}")


def _one(reader: Reader, wanted: Wanted, at: int | None, *, as_json: bool) -> None:
    from lineal.reporting import registry_model  # noqa: PLC0415 - not for the table

    state = _state(reader, wanted, at)
    ignored = len(reader.ignored(state.model))
    note_ignored(ignored)
    clock = Clock.of_environment()
    tags = reader.store.objects(registry_model.ids(state))
    portrait = registry_model.Portrait(
        state=state,
        stages=views.ordered(state.stages, _declared(reader)),
        tags=tags,
        at=at,
        now=clock.now() if at is None else at,
        ignored=ignored,
        only=wanted.stage,
        makers=_makers(reader, tags),
    )
    if as_json:
        click.echo(registry_model.as_json(portrait), nl=False)
    else:
        page(registry_model.as_text(portrait, clock.zone(), _screen()))


def _makers(reader: Reader, tags: Mapping[str, TagObject]) -> Mapping[str, Identity]:
    from lineal.bootstrap.proven import makers  # noqa: PLC0415 - not for the table

    with progress("checking signatures") as said:
        return makers(reader.store, tags, said)


def _state(reader: Reader, wanted: Wanted, at: int | None) -> ModelState:
    model = wanted.pattern or ""
    state = reader.find(model, at)
    if state is None:
        raise reader.unknown(model, wanted.then or "now")
    if wanted.stage is not None and wanted.stage not in state.stages:
        raise UnknownStageError(wanted.stage, sorted(state.stages), model)
    return state


def _declared(reader: Reader) -> tuple[str, ...] | None:
    """Return the team's stages; a file of theirs that is broken orders nothing."""
    try:
        return trusted.stages(reader.store)
    except trusted.UnusableSettingsError as error:
        click.echo(f"note: {error}", err=True)
        return None


def _screen() -> Screen:
    return Screen(columns(), wants_colour())
