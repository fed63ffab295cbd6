"""`lineal report`: documents about versions."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lineal.cli.app import App
from lineal.cli.delivering import deliver
from lineal.cli.progress import progress
from lineal.cli.reading import open_reader
from lineal.cli.report_pr import pr
from lineal.registry.retrieval import Target

if TYPE_CHECKING:
    from lineal.registry.dossier import Dossier

FORMATS = ("markdown", "json", "cyclonedx", "annex-iv")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def report() -> None:
    """Write documents about versions."""


report.add_command(pr)


@report.command()
@click.argument("target", metavar="MODEL@VERSION|MODEL#STAGE")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=FORMATS[0],
    show_default=True,
    help="A model card for people, the same facts as JSON, a bill of materials "
    "(CycloneDX 1.6), or a draft of the technical documentation that Annex IV of the "
    "EU AI Act asks for.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it there, in place of what is there; by default to standard output.",
)
@click.pass_obj
def card(app: App, /, target: str, form: str, output: Path | None) -> None:
    """Write the model card of a version.

    It comes from the version's tags and from the files of its commit, whatever the
    working tree holds: README.md, card.json and requirements.txt beside the model, and
    dvc.lock. Withdrawn versions have one too. What is not known is named.
    """
    from lineal.bootstrap import dossier  # noqa: PLC0415 - not for --help

    wanted = Target.parse(target)
    reader = open_reader(app, wanted.model)
    with progress("checking signatures") as said:
        found = dossier.gather(reader, wanted, said)
    deliver(_written(found, form), output)


def _written(found: "Dossier", form: str) -> str:
    match form:
        case "json":
            from lineal.reporting import dossier_json  # noqa: PLC0415 - one of four

            return dossier_json.as_json(found)
        case "cyclonedx":
            from lineal.reporting import dossier_bom  # noqa: PLC0415 - heavy

            return dossier_bom.as_cyclonedx(found)
        case "annex-iv":
            from lineal.reporting import annex  # noqa: PLC0415 - one of four

            return annex.as_markdown(found)
        case _:
            from lineal.reporting import dossier_markdown  # noqa: PLC0415 - one of four

            return dossier_markdown.as_markdown(found)
