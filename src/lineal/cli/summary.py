"""`lineal summary`: how good the models are, and where to read on."""

import click

from lineal.cli.app import App


@click.command()
@click.argument("model", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def summary(app: App, model: str | None, *, as_json: bool) -> None:
    """Show the candidates, the champion and its test of MODEL, or of all models."""
    from lineal.reporting import summary as views  # noqa: PLC0415 - not for --help

    root = app.root
    cards = sorted(root.glob("models/*/card.json"))
    chosen = [path for path in cards if model in {None, path.parent.name}]
    if not chosen:
        raise views.NothingToSumUpError(model, [path.parent.name for path in cards])
    found = [
        views.read(path.read_bytes(), path.relative_to(root).as_posix())
        for path in chosen
    ]
    click.echo(views.as_json(found) if as_json else views.as_text(found), nl=False)
