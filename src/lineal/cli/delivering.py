"""What commands print or, where somebody asks for it, write to a file."""

from pathlib import Path

import click


def deliver(text: str, output: Path | None) -> None:
    """Print a text, or put it in place of what a file holds: whole, or not at all.

    Raises:
        DiskError: The file cannot be written.
    """
    if output is None:
        click.echo(text, nl=False)
        return
    from lineal.bootstrap.delivery import delivered  # noqa: PLC0415 - not to a screen

    with delivered(output, force=True) as place:
        place.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    click.echo(f"wrote {output}", err=True)
