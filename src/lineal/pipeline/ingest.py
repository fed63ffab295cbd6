"""The stage that turns a raw table into one that every other stage can trust."""

from collections.abc import Sequence

import pandas as pd

from lineal.modeling.config import Data
from lineal.modeling.quality import Quality, describe
from lineal.modeling.rhythm import RHYTHMS
from lineal.modeling.schema import in_order, typed
from lineal.pipeline.files import (
    load_params,
    write_json,
    write_table,
    write_text,
)
from lineal.pipeline.paths import Paths
from lineal.pipeline.progress import say
from lineal.pipeline.raw import read_raw
from lineal.reporting.quality import as_markdown


def ingest(
    frame: pd.DataFrame, data: Data, others: Sequence[pd.DataFrame] = ()
) -> tuple[pd.DataFrame, Quality]:
    """Return the table in its ingested form, and what it is like.

    Raises:
        SchemaViolatedError: A table is not what is declared.
        JoinRefusedError: The tables do not fit together.
    """
    ready = typed(frame, data, others)
    rhythm = RHYTHMS[data.frequency]
    return ready, describe(ready, was_sorted=in_order(frame, data), rhythm=rhythm)


def partly(ready: pd.DataFrame, data: Data) -> list[str]:
    """Say at which end rows do not fill a step that they were put together to."""
    rhythm, dates = RHYTHMS[data.frequency], ready["date"]
    ends = {"first": dates.min(), "last": dates.max()}
    return [
        f"the {end} {rhythm.step}, {rhythm.text(date.to_datetime64())}, is not full: its "
        "target is taken for unknown"
        for end, date in ends.items()
        if data.aggregate is not None and ready["target"][dates == date].isna().all()
    ]


def main(model: str) -> None:
    """Read, ingest, write: the only lines of this stage that touch the disk."""
    data, paths = load_params().forecast(model).data, Paths(model)
    steps = RHYTHMS[data.frequency].steps
    say(f"ingest {model}: reading {data.path}")
    ready, quality = ingest_raw(data)
    say(
        f"ingest {model}: {quality.rows:,} rows, {len(quality.segments):,} segments,"
        f" {quality.first} to {quality.last}"
    )
    say(
        f"ingest {model}: {quality.gaps:,} {steps} without a row,"
        f" {quality.zero_targets:,} targets of zero,"
        f" {quality.missing_targets:,} missing"
    )
    for text in partly(ready, data):
        say(f"ingest {model}: {text}")
    write_table(ready, paths.ingested)
    write_json(quality, paths.report("quality.json"))
    report = as_markdown(quality, f"Data quality of {model}", steps)
    write_text(report, paths.report("quality.md"))


def ingest_raw(data: Data) -> tuple[pd.DataFrame, Quality]:
    """Read the raw tables from where they lie, and ingest them.

    Raises:
        UnreadableTableError: One is not there, or is damaged.
        SchemaViolatedError: A table is not what is declared.
        JoinRefusedError: The tables do not fit together.
    """
    frame, others = read_raw(data)
    return ingest(frame, data, others)
