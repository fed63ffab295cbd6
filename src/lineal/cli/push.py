"""`lineal push`: bring a DVC remote all that it lacks."""

import click

from lineal.cli.app import App
from lineal.cli.carrying import limited, shown, told


@click.command()
@click.argument("ref", required=False)
@limited
@click.option(
    "--repair",
    is_flag=True,
    help="Hash what the remote has already, too, which downloads it, and replace what is "
    "wrong.",
)
@click.pass_obj
def push(
    app: App, /, ref: str | None, remote: str | None, *, limit: float, repair: bool
) -> None:
    """Push all that DVC keeps, and look that it arrived.

    Of the working tree, or of the commit REF; the remote is asked for each object. Unlike `dvc push` it finds files of
    folders that the remote has lost, hashes what it sends, takes no lock and cannot
    wait for ever. Exit code 1 where the cache holds other bytes than were committed, 3
    where the remote cannot be used or an object is nowhere.
    """
    from lineal.bootstrap import storage  # noqa: PLC0415 - not for --help

    wish = storage.Wish(ref, remote, limit, repair)
    with shown("pushing to") as said:
        done = storage.push(app.folder, wish, said)
    told(done, "sent", "all are there")
