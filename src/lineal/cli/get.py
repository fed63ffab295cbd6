"""`lineal get`: the bytes of a version."""

import json
from pathlib import Path
from typing import Any

import click

from lineal.cli.app import App
from lineal.cli.reading import open_reader
from lineal.registry.retrieval import Target


@click.command()
@click.argument("target", metavar="MODEL@VERSION|MODEL#STAGE|MODEL")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Where to write it; in a folder that is there, under its own name. By default "
    "in the current folder.",
)
@click.option("--force", is_flag=True, help="Replace what is there.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def get(
    app: App, /, target: str, output: Path | None, *, force: bool, as_json: bool
) -> None:
    """Write the file or folder of a version, and check it.

    It comes from the DVC cache, its remote or Git: the bytes that the version's commit
    records, whatever the working tree holds; of MODEL alone, those of its newest
    version that stands. One that was withdrawn, or whose life has ended, is refused.
    """
    from lineal.bootstrap import retrieval  # noqa: PLC0415 - not for --help

    wanted = Target.parse(target)
    found = retrieval.find(open_reader(app, wanted.model), wanted)
    if wanted.is_newest:
        newest = f"{found.picked.name} is the newest version of {wanted.model}"
        click.echo(f"note: {newest} that stands", err=True)
    for warning in found.picked.warnings:
        click.echo(f"warning: {warning}", err=True)
    got = found.write(output, force=force)
    facts = {
        "path": str(got.path),
        "model": found.picked.model,
        "version": str(found.picked.version) if found.picked.version else None,
        "commit": found.picked.commit,
        "md5": got.md5,
        "size": got.size,
    }
    click.echo(json.dumps(facts, indent=2) if as_json else _text(facts))


def _text(facts: dict[str, Any]) -> str:
    """Return a line a fact; what is not known is left out."""
    known = ((name, value) for name, value in facts.items() if value is not None)
    return "\n".join(f"{name + ':':<8} {value}" for name, value in known)
