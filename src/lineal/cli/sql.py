"""`lineal sql`: any question to the registry, in SQL."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lineal.cli.app import App
from lineal.cli.reading import open_reader
from lineal.cli.terminal import columns
from lineal.cli.words import only_form
from lineal.errors import BadInputError
from lineal.registry.schema import SCHEMA, columns_of

if TYPE_CHECKING:
    from lineal.registry.database import Answer


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
@click.option("--force", is_flag=True, help="Replace FILE whatever it is.")
@click.option("--schema", is_flag=True, help="Print the tables and their columns.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@click.pass_obj
def sql(
    app: App, /, query: str | None, file: Path | None, *, schema: bool, **how: bool
) -> None:
    """Ask the registry in SQL: tables made for this one QUERY.

    They are made from Git, and can only be read. With --to they are kept in a file, for
    other programs.
    """
    only_form(json=how["as_json"], csv=how["as_csv"])
    if schema:
        click.echo(_schema())
        return
    if query is None and file is None:
        raise NothingAskedError
    from lineal.registry import database  # noqa: PLC0415 - not for --help

    if file is not None and not how["force"]:
        database.check(file)
    from lineal.bootstrap.query import source  # noqa: PLC0415 - as above

    tables = source(open_reader(app))
    if file is not None:
        database.write(tables, file)
        click.echo(f"wrote {', '.join(SCHEMA)} to {file}", err=True)
    if query is not None:
        _print(database.ask(tables, query), **how)


def _print(found: "Answer", *, as_json: bool, as_csv: bool, **_: bool) -> None:
    from lineal.reporting import query as views  # noqa: PLC0415 - not for --help

    if not found.rows:
        click.echo("no rows", err=True)
    if as_json:
        text = views.as_json(found.columns, found.rows)
    elif as_csv:
        text = views.as_csv(found.columns, found.rows)
    else:
        text = views.as_text(found.columns, found.rows, columns())
    click.echo(text, nl=False)


def _schema() -> str:
    """Return a paragraph a table, and a line a column."""
    return "\n\n".join(
        "\n".join((table, *(f"  {name:<13}  {kind}" for name, kind in held.items())))
        for table, held in ((table, columns_of(table)) for table in SCHEMA)
    )
