"""`lineal verify`: whether the tags are what was once written."""

import click

from lineal.bootstrap.verify import Look
from lineal.bootstrap.verify import verify as look_over
from lineal.cli.app import App
from lineal.cli.progress import progress
from lineal.cli.reading import open_reader
from lineal.cli.terminal import wants_colour
from lineal.cli.words import ModelType
from lineal.registry.chain.finding import Finding
from lineal.reporting import findings


@click.command()
@click.argument("model", type=ModelType(), required=False)
@click.option(
    "--strict",
    is_flag=True,
    help="Take warnings for problems, name tags without a signature, and look for "
    "deleted tags among the objects that nothing points to.",
)
@click.option("--offline", is_flag=True, help="Do not compare with the remote.")
@click.option(
    "--accept",
    is_flag=True,
    help="Take the tags that are there now for what should be there, and forget those "
    "that earlier runs saw and that are gone.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def verify(app: App, /, model: str | None, *, as_json: bool, **options: bool) -> int:
    """Look for deleted, moved, back-dated and badly signed tags.

    Each finding names the tag, and who made it and when, as far as Git knows. Exit
    code 1 where there are problems; warnings are allowed without --strict.
    """
    with progress("checking signatures") as said:
        found = look_over(open_reader(app), Look(model, **options), said)
    if as_json:
        facts = {"models": found.models, "tags": found.tags, "remote": found.remote}
        click.echo(findings.as_json(found.findings, **facts))
    else:
        where = f", as on {found.remote}" if found.remote else ""
        models = f"{found.models} model{'' if found.models == 1 else 's'}"
        clean = f"no findings: {found.tags} tags of {models}{where}"
        click.echo(findings.as_text(found.findings, clean, colour=wants_colour()))
    return judged(found.findings, strict=options["strict"])


def judged(found: tuple[Finding, ...], *, strict: bool = False) -> int:
    """Return the exit code that findings come to."""
    bad = {"problem", "warning"} if strict else {"problem"}
    return int(any(each.severity in bad for each in found))
