"""`lineal audit`: who did what, when, why, and on whose word."""

from typing import Any

import click

from lineal.cli.app import App
from lineal.cli.instants import since, spelled, until
from lineal.cli.progress import progress
from lineal.cli.reading import note_ignored, open_reader
from lineal.cli.terminal import columns, page, wants_colour
from lineal.cli.words import ModelType, only_form
from lineal.doors.clock import Clock
from lineal.registry.audit import Audit
from lineal.registry.journal import Asked, BackwardsError, NothingHappenedError
from lineal.reporting.screen import Screen


@click.command()
@click.argument("model", type=ModelType(), required=False)
@since
@until
@click.option(
    "--json", is_flag=True, help="Print JSON; docs/audit.md lists its fields."
)
@click.option("--markdown", is_flag=True, help="Print Markdown.")
@click.option("--csv", is_flag=True, help="Print CSV, a row an event.")
@click.pass_obj
def audit(app: App, /, model: str | None, **asked: Any) -> None:
    """Tell who did what to all models, or to MODEL, and why.

    The oldest event comes first. Each has who made it and whether a signature proves
    that, the reason, what its tag records of the policy (gates, approvals, a bypass),
    the review tags that stand now, and the metrics, data and commit of the version.
    Each model has the verdict of `lineal verify --offline`.
    """
    from lineal.bootstrap import audit as auditing  # noqa: PLC0415 - not for --help

    form = only_form(**{name: asked.pop(name) for name in ("json", "markdown", "csv")})
    question = Asked(model, **asked)
    since, until = question.since, question.until
    if since is not None and until is not None and since > until:
        raise BackwardsError(spelled(since), spelled(until))
    reader = open_reader(app, model)
    with progress("checking signatures") as said:
        found = auditing.audit(reader, question, said)
    note_ignored(found.ignored)
    if not found.events:
        raise NothingHappenedError(question, spelled)
    _print(found, form)


def _print(found: Audit, form: str) -> None:
    match form:
        case "json":
            from lineal.reporting import audit_json  # noqa: PLC0415 - one of four

            click.echo(audit_json.as_json(found), nl=False)
        case "markdown":
            from lineal.reporting import audit_markdown  # noqa: PLC0415 - one of four

            click.echo(audit_markdown.as_markdown(found), nl=False)
        case "csv":
            from lineal.reporting import audit_csv  # noqa: PLC0415 - one of four

            click.echo(audit_csv.as_csv(found), nl=False)
        case _:
            from lineal.reporting import audit_text  # noqa: PLC0415 - one of four

            zone = Clock.of_environment().zone()
            screen = Screen(columns(), wants_colour())
            page(audit_text.as_text(found, zone, screen))
