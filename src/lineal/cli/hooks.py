"""`lineal hooks`: git's hooks that judge tags."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lineal.actions.checking.checked import Checked
from lineal.cli.app import App
from lineal.reporting.signs import visible

if TYPE_CHECKING:
    from lineal.doors.git import Git

_HELP = {"help_option_names": ["-h", "--help"]}
_FILE = click.Path(path_type=Path)


@click.group(context_settings=_HELP)
def hooks() -> None:
    """Let git refuse to push tags that break the policy."""


@hooks.command()
@click.option(
    "--force",
    is_flag=True,
    help="Do it though somebody else's hook is there; it is kept under another name.",
)
@click.pass_obj
def install(app: App, /, *, force: bool) -> None:
    """Let this clone refuse to push tags that break the policy.

    Writes a pre-push hook where git looks for it. Also lets git merge dvc.lock stage by
    stage, by a merge driver in this clone's configuration.
    """
    from lineal.bootstrap import hooks as ours  # noqa: PLC0415 - not for --help
    from lineal.bootstrap import lockmerge  # noqa: PLC0415 - as above

    if lockmerge.install(_git(app)):
        click.echo("note: git merges dvc.lock stage by stage from now on", err=True)
    click.echo(f"installed {ours.install(app.folder, force=force)}")


@hooks.command()
@click.pass_obj
def uninstall(app: App, /) -> None:
    """Take the hook of this clone away, and the merge driver of dvc.lock.

    A hook that `install --force` set aside is put back.
    """
    from lineal.bootstrap import hooks as ours  # noqa: PLC0415 - not for --help
    from lineal.bootstrap import lockmerge  # noqa: PLC0415 - as above

    taken = lockmerge.uninstall(_git(app))
    if taken:
        click.echo("note: git merges dvc.lock as any text again", err=True)
    try:
        path, kept = ours.uninstall(app.folder)
    except ours.NoHookError:
        if taken:
            return
        raise
    click.echo(f"removed {path}")
    if kept is not None:
        click.echo(f"put back the hook that was kept as {kept}")


@hooks.command()
@click.option(
    "--defer",
    is_flag=True,
    help="Let through what only running models could tell, because the workflow does "
    "that afterwards; a hook runs none, so otherwise it refuses such tags.",
)
def server(*, defer: bool) -> None:
    """Print a hook for the repository that all push to.

    On the server: `lineal hooks server > hooks/update && chmod +x hooks/update`.
    """
    from lineal.bootstrap import hooks as ours  # noqa: PLC0415 - not for --help

    click.echo(ours.server(defers=defer), nl=False)


@hooks.group(hidden=True)
def run() -> None:
    """Do what a hook does."""


@run.command("pre-push")
@click.argument("words", nargs=-1)
@click.pass_obj
def pre_push(app: App, /, words: tuple[str, ...]) -> int:
    """Judge the tags that git tells on standard input."""
    del words  # where to; the rules are the same for all
    from lineal.bootstrap import hooks as ours  # noqa: PLC0415 - not for --help

    lines = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
    return _answer(ours.before_push(app.folder, lines))


@run.command()
@click.option("--defer", is_flag=True)
@click.argument("words", nargs=3)
@click.pass_obj
def update(app: App, /, words: tuple[str, str, str], *, defer: bool) -> int:
    """Judge a ref that somebody pushes."""
    from lineal.bootstrap import hooks as ours  # noqa: PLC0415 - not for --help

    return _answer(ours.before_update(app.folder, words, defers=defer))


@run.command("merge-lock")
@click.option("--ancestors", is_flag=True)
@click.argument("files", type=_FILE, nargs=3)
@click.argument("path")
@click.pass_obj
def merge_lock(
    app: App, /, files: tuple[Path, Path, Path], path: str, *, ancestors: bool
) -> int:
    """Merge two sides of a dvc.lock into the file that has ours."""
    from lineal.bootstrap import lockmerge  # noqa: PLC0415 - not for --help

    said = lockmerge.merge(_git(app), files, path, inner=ancestors)
    for line in said:
        click.echo(f"lineal: {visible(line)}", err=True)
    return int(any(not line.startswith("note: ") for line in said))


def _git(app: App) -> "Git":
    from lineal.doors.location import locate  # noqa: PLC0415 - not for --help

    return locate(app.folder).git


def _answer(found: tuple[Checked, ...]) -> int:
    """Say what is refused, on standard error: git shows that to whoever pushes."""
    from lineal.reporting import checked as views  # noqa: PLC0415 - not for --help

    for one in found:
        for said in views.briefly(one):
            click.echo(said, err=True)
    return int(any(not one.allowed for one in found))
