"""The stage that turns a raw table into one that every other stage can trust."""

import pandas as pd

from lineal.modeling.config import Data
from lineal.modeling.quality import Quality, describe
from lineal.modeling.schema import in_order, typed
from lineal.pipeline.files import (
    load_params,
    read_table,
    write_json,
    write_table,
    write_text,
)
from lineal.pipeline.paths import Paths
from lineal.pipeline.progress import say
from lineal.reporting.quality import as_markdown


def ingest(frame: pd.DataFrame, data: Data) -> tuple[pd.DataFrame, Quality]:
    """Return the table in its ingested form, and what it is like.

    Raises:
        SchemaViolatedError: The table is not what is declared.
    """
    ready = typed(frame, data)
    return ready, describe(ready, was_sorted=in_order(frame, data))


def main(model: str) -> None:
    """Read, ingest, write: the only lines of this stage that touch the disk."""
    data, paths = load_params().model(model).data, Paths(model)
    say(f"ingest {model}: reading {data.path}")
    ready, quality = ingest(read_table(data.path), data)
    say(
        f"ingest {model}: {quality.rows:,} rows, {len(quality.segments):,} segments,"
        f" {quality.first} to {quality.last}"
    )
    say(
        f"ingest {model}: {quality.gaps:,} days without a row,"
        f" {quality.zero_targets:,} targets of zero,"
        f" {quality.missing_targets:,} missing"
    )
    write_table(ready, paths.ingested)
    write_json(quality, paths.report("quality.json"))
    report = as_markdown(quality, f"Data quality of {model}")
    write_text(report, paths.report("quality.md"))
