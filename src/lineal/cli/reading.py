"""What all commands that read the registry have in common."""

import click

from lineal.bootstrap import reading
from lineal.cli.app import App
from lineal.registry.reader import Reader


def open_reader(app: App, model: str | None = None) -> Reader:
    """Open the registry, after saying what became of writes that were cut off.

    Args:
        app: Where it is: a folder, or a URL, which is open until the command ends.
        model: The only model that will be asked about; by default all may be.
    """
    if app.is_url:
        from lineal.bootstrap import foreign  # noqa: PLC0415 - mostly it is a folder

        opened = foreign.open_reader(app.repo, model)
        return click.get_current_context().with_resource(opened)
    return open_here(app)


def open_here(app: App) -> Reader:
    """Open a registry that can be written to: one on this machine."""
    reader = reading.open_reader(app.folder)
    if reading.is_cut_off(reader):
        _settle(reader)
    return reader


def note_ignored(count: int) -> None:
    """Say that there are tags which look like a registry's and are no events."""
    if count:
        tags = "1 tag is" if count == 1 else f"{count} tags are"
        click.echo(f"note: {tags} ignored; `lineal verify` tells which", err=True)


def _settle(reader: Reader) -> None:
    from lineal.bootstrap import registry  # noqa: PLC0415 - brings all that writes

    for settled in registry.settled(reader):
        match settled.happened:
            case True:
                said = "was cut off after it was recorded"
            case False:
                said = "was cut off before it was recorded, so nothing happened"
            case _:
                said = f"was cut off, and what became of it is unknown: {settled.why}"
        click.echo(f"note: writing {settled.tag} {said}", err=True)
