"""`lineal summary`: how good the models are, and where to read on."""

from pathlib import Path

import click

from lineal.cli.app import App
from lineal.errors import BadInputError


class NoPipelineError(BadInputError):
    """The repository's models are made in another way."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            f"{root} has no models made by lineal's pipeline (params.yaml and the "
            "stages of dvc.yaml), and only those have a summary: `lineal show` lists "
            "what is registered"
        )


@click.command()
@click.argument("model", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def summary(app: App, model: str | None, *, as_json: bool) -> None:
    """Show the candidates, the champion and its test.

    Of MODEL, or of all models.
    """
    from lineal.reporting import summary as views  # noqa: PLC0415 - not for --help
    from lineal.reporting import summary_facts as facts  # noqa: PLC0415 - as above

    root = app.root
    cards = sorted(root.glob("models/*/card.json"))
    chosen = [path for path in cards if model in {None, path.parent.name}]
    if not cards and not _has_pipeline(root):
        raise NoPipelineError(root)
    if not chosen:
        raise facts.NothingToSumUpError(model, [path.parent.name for path in cards])
    found = [
        facts.read(path.read_bytes(), path.relative_to(root).as_posix())
        for path in chosen
    ]
    click.echo(views.as_json(found) if as_json else views.as_text(found), nl=False)


def _has_pipeline(root: Path) -> bool:
    """Tell whether DVC runs our stages; others have a params.yaml too."""
    try:
        return b"lineal.pipeline" in (root / "dvc.yaml").read_bytes()
    except OSError:
        return False
