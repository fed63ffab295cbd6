"""`lineal sql`: any question to the registry, in SQL."""

from pathlib import Path

import click

from lineal.cli.app import App
from lineal.cli.reading import open_reader
from lineal.cli.terminal import columns
from lineal.errors import BadInputError
from lineal.registry.schema import SCHEMA


class NothingAskedError(BadInputError):
    """Neither a query nor a file was named."""

    def __init__(self) -> None:
        super().__init__(
            "say what to ask: a query, --to FILE for all tables, or --schema for their "
            "columns"
        )


@click.command()
@click.argument("query", required=False)
@click.option(
    "--to",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write all tables to an SQLite file, in place of what it was.",
)
@click.option("--schema", is_flag=True, help="Print the tables and their columns.")
@click.option("--json", "form", flag_value="json", help="Print a list of objects.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.pass_obj
def sql(
    app: App, /, query: str | None, file: Path | None, form: str | None, *, schema: bool
) -> None:
    """Ask the registry in SQL: tables made from Git for this one QUERY, read only."""
    if schema:
        click.echo(_schema())
        return
    if query is None and file is None:
        raise NothingAskedError
    from lineal.bootstrap.query import source  # noqa: PLC0415 - not for --help
    from lineal.registry import database  # noqa: PLC0415 - as above
    from lineal.reporting import query as views  # noqa: PLC0415 - as above

    tables = source(open_reader(app))
    if file is not None:
        database.write(tables, file)
        click.echo(f"wrote {', '.join(SCHEMA)} to {file}", err=True)
    if query is not None:
        found = database.ask(tables, query)
        if form == "json":
            text = views.as_json(found.columns, found.rows)
        elif form == "csv":
            text = views.as_csv(found.columns, found.rows)
        else:
            text = views.as_text(found.columns, found.rows, columns())
        click.echo(text, nl=False)


def _schema() -> str:
    return "\n".join(
        f"{name}({' '.join(held.split())})" for name, held in SCHEMA.items()
    )
