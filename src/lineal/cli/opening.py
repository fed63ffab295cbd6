"""What commands that ask a model have in common: which one, and what is trusted."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import click

from lineal.cli.app import App
from lineal.cli.reading import open_reader
from lineal.registry.retrieval import Target

if TYPE_CHECKING:
    from lineal.bootstrap.retrieval import Artifact

S_co = TypeVar("S_co", covariant=True)

model_argument = click.argument("target", metavar="MODEL|MODEL@VERSION|MODEL#STAGE")
uncommitted_option = click.option(
    "--uncommitted",
    is_flag=True,
    help="Trust the dvc.lock of the working tree, for a model you trained yourself.",
)


class Opener(Protocol[S_co]):
    """How what a command needs of a model is put together."""

    def of_working_tree(self, root: Path, model: str, *, uncommitted: bool) -> S_co:
        """Open the model that the working tree has."""

    def of_version(self, artifact: "Artifact", *, trust: bool) -> S_co:
        """Open the model of a version."""


def open_model(
    app: App, target: str, opener: Opener[S_co], *, uncommitted: bool, trust: bool
) -> S_co:
    """Open the working tree's model, or that of a version.

    Args:
        app: Where the registry is.
        target: What the user wrote.
        opener: What is made of it.
        uncommitted: Trust the dvc.lock of the working tree.
        trust: Load what runs its maker's code, also from a URL.
    """
    from lineal.bootstrap import retrieval  # noqa: PLC0415 - heavy

    if not app.is_url and "@" not in target and "#" not in target:
        return opener.of_working_tree(app.root, target, uncommitted=uncommitted)
    wanted = Target.parse(target)
    found = retrieval.find(open_reader(app, wanted.model), wanted)
    for warning in found.picked.warnings:
        click.echo(f"warning: {warning}", err=True)
    return opener.of_version(found, trust=trust)
