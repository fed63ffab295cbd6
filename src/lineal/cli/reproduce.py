"""`lineal reproduce`: make a version again, and compare."""

from typing import TYPE_CHECKING

import click

from lineal.cli.app import App
from lineal.cli.reading import open_here
from lineal.cli.terminal import columns, wants_colour
from lineal.cli.words import ModelVersionType
from lineal.registry.version import Version
from lineal.reporting.signs import visible

if TYPE_CHECKING:
    from lineal.actions.recorder import Recorded
    from lineal.bootstrap.pinned import Wanted
    from lineal.registry.reproduced import Reproduced


@click.command()
@click.argument("target", type=ModelVersionType(), metavar="MODEL@VERSION")
@click.option(
    "--record",
    is_flag=True,
    help="Record what came of it as a tag of the version, which the policy can ask for.",
)
@click.option(
    "--no-push",
    is_flag=True,
    help="With --record: in this clone only; `git push` the tag later.",
)
@click.option(
    "--keep",
    is_flag=True,
    help="Leave the checkout and its log there, and say where, to look at what differs. "
    "Settings of DVC's remotes, passwords too, are in it.",
)
@click.option(
    "--environment",
    type=click.Choice(("auto", "here", "pinned")),
    default="auto",
    show_default=True,
    help="Run the stages with the packages installed here, or with those that the "
    "commit pins, in an environment made for them. auto makes one where they differ, "
    "and goes on here where it cannot be had.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print JSON: model, version, commit, dvc_lock, verdict, reason, stages, outputs "
    "(stage, path, recorded, made), first, different, notes, environment (used, python, "
    "file, differing), tag, id and pushed; the last three are null where nothing was "
    "recorded or pushed.",
)
@click.pass_obj
def reproduce(
    app: App,
    /,
    target: tuple[str, Version],
    *,
    keep: bool,
    as_json: bool,
    environment: "Wanted",
    **options: bool,
) -> int:
    """Make a version again from its raw data, and compare.

    All stages that made the model run anew in a clean checkout of the version's commit,
    with the packages that the commit pins, and every output's hash is compared with the
    committed dvc.lock. Exit code 0 where all are identical, 1 where one is different,
    3 where they could not be made.
    """
    if options["no_push"] and not options["record"]:
        said = "--no-push is for what --record writes: add --record, or leave it out"
        raise click.UsageError(said, click.get_current_context())
    from lineal.actions import reproduction  # noqa: PLC0415 - not for --help
    from lineal.bootstrap import registry, reproducing  # noqa: PLC0415 - as above

    reader, done = open_here(app), None
    if options["record"]:
        reproduction.prospect(reader, *target)
    made = reproducing.reproduce(
        reader, target, keep=keep, environment=environment, said=_say
    )
    try:
        if options["record"]:
            push = not options["no_push"]
            recorder = registry.open_recorder(reader, push=push, said=_note)
            done = recorder.carry_out(reproduction.Reproduction(made))
    finally:
        # Hours may have gone into it, so it is told though it could not be recorded.
        _report(made, done, as_json=as_json)
    return int(bool(made.different))


def _report(made: "Reproduced", done: "Recorded | None", *, as_json: bool) -> None:
    from lineal.reporting import reproduction  # noqa: PLC0415 - not for --help

    for note in done.plan.notes if done else ():
        _note(note)
    if as_json:
        click.echo(reproduction.as_json(made, **_facts(done)))
        return
    width, colour = columns(), wants_colour()
    click.echo(reproduction.as_text(made, width=width, colour=colour), color=colour)
    if done:
        where = f"pushed to {done.remote}" if done.remote else "in this clone only"
        click.echo(f"tag: {done.plan.tag} ({where})")


def _facts(done: "Recorded | None") -> dict[str, str | None]:
    return {
        "tag": done.plan.tag if done else None,
        "id": done.id if done else None,
        "pushed": done.remote if done else None,
    }


def _note(text: str) -> None:
    _say(f"note: {text}")


def _say(text: str) -> None:
    click.echo(visible(text), err=True)
