"""`lineal init`: what a repository needs, written into it."""

import difflib
from typing import TYPE_CHECKING, Any

import click
from click.exceptions import NoArgsIsHelpError

from lineal.cli.app import App
from lineal.cli.asking import AGGREGATES, FREQUENCIES
from lineal.errors import BadInputError
from lineal.reporting.signs import visible

if TYPE_CHECKING:
    from lineal.bootstrap.ci import Change, Proposal

_HELP = {"help_option_names": ["-h", "--help"]}


class NoDataError(BadInputError):
    """Nobody said which table it is about."""

    def __init__(self) -> None:
        super().__init__("--data: name the table (CSV or Parquet) to make a model of")


@click.group(context_settings=_HELP, invoke_without_command=True)
@click.option(
    "--data",
    metavar="FILE",
    help="Make a repository for this table (CSV or Parquet): look at it, and write what "
    "trains a model of it.",
)
@click.option("--target", metavar="COLUMN", help="What is to be predicted.")
@click.option("--time", metavar="COLUMN", help="Dates or moments.  [default: found]")
@click.option(
    "--segments",
    multiple=True,
    metavar="COLUMNS",
    help="What tells series apart, such as store,sku.  [default: found]",
)
@click.option(
    "--task",
    type=click.Choice(["forecast", "classification", "regression"]),
    help="What kind of question it is.  [default: by the target and the time]",
)
@click.option(
    "--horizon",
    type=click.IntRange(1, 300),
    metavar="N",
    help="Hours, days, weeks or months that a forecast reaches ahead.",
)
@click.option(
    "--frequency",
    type=click.Choice(FREQUENCIES),
    help="How far apart the rows of a series are.  [default: found]",
)
@click.option(
    "--aggregate",
    type=click.Choice(AGGREGATES),
    help="How several rows of one series and period become one.",
)
@click.option(
    "--exclude",
    multiple=True,
    metavar="COLUMNS",
    help="What no feature is made of, such as what is known only afterwards.",
)
@click.option(
    "--dates",
    metavar="FORMAT",
    help="How dates are written, such as %d/%m/%Y or epoch.  [default: found]",
)
@click.option(
    "--decimal",
    type=click.Choice([".", ","]),
    help="What stands before the fraction of a number.  [default: found]",
)
@click.option("--model", metavar="NAME", help="Its name.  [default: the file's]")
@click.option("--force", is_flag=True, help="Replace files that are there.")
@click.option("--yes", is_flag=True, help="Take guesses for answers; ask nothing.")
@click.option("--dry-run", "dry", is_flag=True, help="Only show what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def init(ctx: click.Context, /, **said: Any) -> None:
    """Write what a repository needs into it.

    With --data, all of it: in an empty folder, or at the top of a Git repository.
    """
    if ctx.invoked_subcommand:
        return
    if said["data"] is None:
        if not any(said.values()):
            raise NoArgsIsHelpError(ctx)
        raise NoDataError
    from lineal.cli.starting import start  # noqa: PLC0415 - heavy, and not for --help

    start(ctx.ensure_object(App), said)


@init.command()
@click.option(
    "--setup",
    metavar="COMMAND",
    help="What installs lineal and all that the stages need, such as 'make setup'; a "
    ".venv that it makes is used. By default pip: requirements.txt, and this lineal.",
)
@click.option(
    "--tests",
    metavar="COMMAND",
    help="What tests a change; '' for nothing. By default `make test` if there is that "
    "target, else pytest if there is a folder tests.",
)
@click.option("--python", metavar="VERSION", help="Of Python.  [default: 3.11]")
@click.option(
    "--schedule",
    metavar="CRON",
    help="When train.yml trains, in UTC.  [default: 17 4 * * 1, Monday mornings]",
)
@click.option(
    "--remote-secret",
    "remote",
    multiple=True,
    metavar="NAME",
    help="A secret of GitHub that DVC needs for its remote, as a variable of that name; "
    "once for each. By default, where the remote is S3, the two of AWS.",
)
@click.option(
    "--deploy-secret",
    "deploy",
    multiple=True,
    metavar="NAME",
    help="One that only .github/deploy needs; once for each.",
)
@click.option(
    "--allow-missing",
    "partly",
    is_flag=True,
    help="Let a change pass though DVC's remote lacks what its stages made, where it is "
    "only to have the raw data.",
)
@click.option("--force", is_flag=True, help="Replace files that differ.")
@click.option(
    "--diff", "--dry-run", "dry", is_flag=True, help="Only show what would change."
)
@click.pass_obj
def ci(  # noqa: PLR0913 - an option each
    app: App,
    /,
    *,
    setup: str | None,
    tests: str | None,
    python: str | None,
    schedule: str | None,
    remote: tuple[str, ...],
    deploy: tuple[str, ...],
    partly: bool,
    force: bool,
    dry: bool,
) -> None:
    """Write the three workflows for GitHub Actions.

    pull-request.yml reports on a change, registry.yml judges the registry's tags and
    deploys, train.yml trains on a schedule. A file that is there and differs stays,
    unless --force says otherwise; then nothing is written at all.
    """
    from lineal.bootstrap import ci as ours  # noqa: PLC0415 - not for --help

    wanted = ours.Wanted(setup, tests, python, schedule, remote, deploy, partly)
    proposal = ours.propose(app.folder, wanted)
    if dry:
        for change in proposal.changes:
            click.echo(_difference(change), nl=False)
        return
    proposal.write(force=force)
    for change in proposal.changes:
        click.echo(f"{'unchanged' if change.same else 'wrote'} {change.path}")
    _advise(proposal)


def _difference(change: "Change") -> str:
    """Return what would change, as `diff -u` prints it."""
    before, after = (change.before or "").splitlines(), change.after.splitlines()
    old = "/dev/null" if change.before is None else f"a/{change.path}"
    lines = difflib.unified_diff(before, after, old, f"b/{change.path}", lineterm="")
    return "".join(f"{line}\n" for line in lines)


def _advise(proposal: "Proposal") -> None:
    """Say what is left to do."""
    names = dict.fromkeys((*proposal.choices.remote, *proposal.choices.deploy))
    if names:
        said = " ".join(f"`gh secret set {name}`" for name in names)
        click.echo(f"next: give GitHub the secrets: {said}")
    if not proposal.has_dvc:
        click.echo("note: there is no .dvc at the top: `dvc init`, or training fails")
    if folders := proposal.out_of_reach:
        click.echo(
            "note: GitHub's runners have no folder of this machine, such as the DVC "
            f"remote {visible(folders[0])}: `dvc remote add -d NAME URL` adds another"
        )
    if any(not change.same for change in proposal.changes):
        click.echo(
            "next: commit and push .github/workflows; docs/ci.md of lineal has the rest"
        )
