"""Five million rows are looked at in little memory."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import csv, parquet

from helpers.programs import python

_DAYS, _SERIES, _GIGABYTE = 100, 50_000, 1e9
_SCRIPT = """
import json, sys
from lineal.bootstrap.inspecting import inspect
from lineal.doors.stopwatch import peak_memory
seen = inspect(sys.argv[1], target="units", time="day", segments=["store"])
print(json.dumps([seen.rows, seen.time.series, seen.time.frequency, peak_memory()]))
"""


def _table() -> pa.Table:
    start = np.datetime64("2024-01-01")
    when = np.tile(start + np.arange(_DAYS), _SERIES)
    units = np.random.default_rng(0).poisson(5, _DAYS * _SERIES)
    store = np.repeat(np.arange(_SERIES, dtype="int32"), _DAYS)
    return pa.table({"day": when, "store": store, "units": units})


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_five_million_rows_take_less_than_four_gigabytes(
    tmp_path: Path, suffix: str
) -> None:
    """The file is read in batches, and only its keys are kept."""
    path = tmp_path / f"large.{suffix}"
    write = csv.write_csv if suffix == "csv" else parquet.write_table
    write(_table(), path)

    done = python("-c", _SCRIPT, str(path))

    rows, series, frequency, peak = json.loads(done.stdout)
    assert (rows, series, frequency) == (5_000_000, 50_000, "day")
    assert peak * 1e6 < 2 * _GIGABYTE
