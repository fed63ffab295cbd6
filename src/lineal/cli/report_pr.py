"""`lineal report pr`: what a pull request does to every model, as one comment."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lineal.cli.app import App
from lineal.cli.delivering import deliver
from lineal.reporting.signs import visible

if TYPE_CHECKING:
    from lineal.reporting.pull_request import PullRequest

_UNCOMMITTED = (
    "note: what is not committed is not in the report; `lineal compare MODEL#STAGE .` "
    "compares the working tree"
)


@click.command()
@click.option(
    "--base",
    required=True,
    metavar="REF",
    help="What it is to be merged into, such as main; of the remote, where there is no "
    "such branch here.",
)
@click.option(
    "--head",
    default="HEAD",
    show_default=True,
    metavar="REF",
    help="The commit in question.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the Markdown there, in place of what is there; by default to standard "
    "output.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--check",
    is_flag=True,
    help="End with 1 where a gate of the lowest stage that has rules refuses a model "
    "that changed. Approvals, and what only running models could tell, do not count.",
)
@click.pass_obj
def pr(  # noqa: PLR0913 - an option each
    app: App,
    /,
    base: str,
    head: str,
    output: Path | None,
    *,
    as_json: bool,
    check: bool,
) -> int:
    """Write one comment on all that a pull request does to the models.

    Compares with where it parts from the base, and with what production holds: metrics
    with intervals, segments, data, parameters, code, features and libraries; asks the
    trusted branch's rules as if it were registered and promoted; and tells whether
    dvc.lock is up to date. Runs no model and changes nothing. The same commits and tags
    give the same bytes.
    """
    from lineal.bootstrap import pull_request  # noqa: PLC0415 - not for --help
    from lineal.doors import numerics  # noqa: PLC0415 - the same

    numerics.fix(threads=1)
    gc.disable()  # nearly all that is made here is kept until it is printed
    found = pull_request.gather(app.folder, base, head)
    if head == "HEAD" and pull_request.is_uncommitted(app.folder):
        click.echo(_UNCOMMITTED, err=True)
    if output is not None or not as_json:
        from lineal.reporting import pull_request_markdown  # noqa: PLC0415 - one of two

        deliver(pull_request_markdown.as_markdown(found), output)
    if as_json:
        from lineal.reporting import pull_request_json  # noqa: PLC0415 - one of two

        click.echo(pull_request_json.as_json(found), nl=False)
    return _judged(found) if check else 0


def _judged(found: "PullRequest") -> int:
    """Say what the lowest stages say, and return the exit code."""
    if found.rules.unusable and found.touched:
        why = " ".join(found.rules.unusable.split())
        said = f"no gate could be judged: {why}"
        click.echo(visible(said), err=True)
    for model in found.models:
        if model.refused:
            stage = model.gates[0].stage if model.gates else ""
            said = f"the rules of {stage} would refuse it" if stage else model.reason
            click.echo(visible(f"{model.name}: {said}"), err=True)
    for name in found.undecided:
        said = f"note: {name}: only a contest could tell; `lineal promote` holds one"
        click.echo(visible(said), err=True)
    return int(found.refused)
