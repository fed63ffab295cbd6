"""`lineal policy`: the rules that a team wrote."""

import click

from lineal.cli.app import App
from lineal.cli.explain import explain

_MOST = 2_000_000  # bytes that are read; a policy may have half as many


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def policy() -> None:
    """Check the team's rules, policy.yaml, or describe them."""


@policy.command()
@click.argument(
    "file",
    required=False,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def check(app: App, /, file: str | None, *, as_json: bool) -> int:
    """Look for faults in policy.yaml, and name their lines.

    Looks at the trusted branch's, and at the working tree's where that is another one;
    or at FILE, or at standard input if that is `-`. Also tells what does not fit the
    repository: keys, models, stages. Exit code 1 where there are faults, 2 where there
    is no policy.
    """
    from lineal.bootstrap import policies  # noqa: PLC0415 - not for --help
    from lineal.reporting import policy_check  # noqa: PLC0415 - not for --help

    if file is None:
        checks = policies.check(app.folder)
    else:
        with click.open_file(file, "rb") as stream:
            content = stream.read(_MOST)
        name = "(standard input)" if file == "-" else file
        checks = (policies.check_content(app.folder, content, name),)
    shown = policy_check.as_json(checks) if as_json else policy_check.as_text(checks)
    click.echo(shown)
    return int(any(each.faults for each in checks))


@policy.command()
def schema() -> None:
    """Print the JSON Schema of policy.yaml, for editors.

    `lineal policy schema > .lineal/policy.schema.json`, and as the first line of
    policy.yaml: `# yaml-language-server: $schema=.lineal/policy.schema.json`.
    """
    from lineal.policy import schema as shipped  # noqa: PLC0415 - not for --help

    click.echo(shipped.text(), nl=False)


policy.add_command(explain)
