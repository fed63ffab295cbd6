"""Stage `ingest` of tables: check and join the raw tables, and describe the result."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from lineal.modeling.tables.config import Table
from lineal.modeling.tables.quality import TableQuality, describe
from lineal.modeling.tables.schema import typed
from lineal.modeling.tables.targets import targets
from lineal.pipeline.files import load_params, write_json, write_table, write_text
from lineal.pipeline.paths import Paths
from lineal.pipeline.progress import say
from lineal.pipeline.raw import read_raw
from lineal.reporting.table_quality import as_markdown


def ingest(
    first: pd.DataFrame, others: Sequence[pd.DataFrame], model: Table
) -> tuple[pd.DataFrame, TableQuality]:
    """Return the table in its ingested form, and what it is like.

    Raises:
        SchemaViolatedError: A table is not what is declared.
        JoinRefusedError: The tables do not fit together.
    """
    found = typed(first, others, model.data)
    return found.table, describe(found, model.data, _classes(found.table, model))


def _classes(table: pd.DataFrame, model: Table) -> "pd.Series[Any] | None":
    """Return the label of each row's class; None where the target is a number."""
    read = targets(table, model)
    if read.classes is None:
        return None
    return pd.Series(read.numbers).map(dict(enumerate(read.classes)))


def main(name: str) -> None:
    """Read, ingest, write: the only lines of this stage that touch the disk."""
    model, paths = load_params().table(name), Paths(name)
    say(f"ingest {name}: reading {model.data.path}")
    table, quality = ingest(*read_raw(model.data), model)
    span = "" if quality.first is None else f", {quality.first} to {quality.last}"
    say(
        f"ingest {name}: {quality.rows:,} rows{span},"
        f" {quality.missing_targets:,} targets missing"
    )
    for join in quality.joins:
        say(
            f"ingest {name}: {join.table} joined: {join.rows_before:,} rows before,"
            f" {join.rows_after:,} after, {join.unmatched:,} without a match"
        )
    write_table(table, paths.ingested)
    write_json(quality, paths.report("quality.json"))
    write_text(
        as_markdown(quality, f"Data quality of {name}"), paths.report("quality.md")
    )
