"""`lineal pull`: bring here what a DVC remote has, and check it."""

import click

from lineal.cli.app import App
from lineal.cli.carrying import limited, shown, told


@click.command()
@click.argument("ref", required=False)
@limited
@click.pass_obj
def pull(app: App, /, ref: str | None, remote: str | None, *, limit: float) -> None:
    """Pull all that DVC keeps, and check every byte of it.

    Of the working tree, which gets its files; or of the commit REF, whose objects go to
    the cache only. Unlike `dvc pull` it refuses bytes that have another hash than was
    committed, in the cache too, and cannot wait for ever. Exit code 1 where the remote
    holds such bytes, 3 where it cannot be used or an object is nowhere.
    """
    from lineal.bootstrap import storage  # noqa: PLC0415 - not for --help

    with shown("pulling from") as said:
        done = storage.pull(app.folder, storage.Wish(ref, remote, limit), said)
    told(done, "brought", "all are right")
