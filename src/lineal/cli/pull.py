"""`lineal pull`: bring here what a DVC remote has, and check it."""

from shlex import quote

import click

from lineal.cli.app import App
from lineal.cli.carrying import limited, shown, told
from lineal.reporting.signs import visible


@click.command()
@click.argument("ref", required=False)
@limited
@click.option(
    "--allow-missing",
    "partial",
    is_flag=True,
    help="Bring what there is, where some is nowhere.",
)
@click.pass_obj
def pull(
    app: App, /, ref: str | None, remote: str | None, *, limit: float, partial: bool
) -> None:
    """Pull all that DVC keeps, and check every byte of it.

    Of the working tree, which gets its files, those that `dvc import` names too; or of
    the commit REF, whose objects go to the cache only. Unlike `dvc pull` it refuses bytes that have another hash than was
    committed, in the cache too, and cannot wait for ever. Exit code 1 where the remote
    holds such bytes, 3 where it cannot be used or an object is nowhere.
    """
    from lineal.bootstrap import storage  # noqa: PLC0415 - not for --help

    wish = storage.Wish(ref, remote, limit, partial=partial)
    with shown("pulling from") as said:
        done = storage.pull(app.folder, wish, said)
    told(done.moved, "brought", "all are right")
    for each in done.absent:
        path = visible(each.path)
        if each.is_in_git:
            why = f"{path} is not here, but Git has it: `git restore {quote(path)}`"
        else:
            why = f"no remote has {path}, so it is not here: `dvc repro` makes it"
        click.echo(f"note: {why}", err=True)
