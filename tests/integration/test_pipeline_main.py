"""`python -m lineal.pipeline`: wrong words end in one sentence and an exit code."""

from pathlib import Path

import pytest
import yaml

from helpers.params import COLUMNS, OTHERS
from helpers.workshop import Workshop

PARAMS = yaml.safe_dump(
    {
        "runtime": {"threads": 1, "seed": 0},
        "models": {
            "stops": OTHERS
            | {
                "data": {
                    "path": "data/raw/stops.parquet",
                    "time": "day",
                    "segments": ["stop"],
                    "target": "entries",
                    "columns": COLUMNS,
                }
            }
        },
    }
)


def refused(folder: Path, params: str | None, *words: str) -> tuple[int, str]:
    """Run a stage that cannot run; return its exit code and what it said."""
    if params is not None:
        (folder / "params.yaml").write_text(params)
    done = Workshop(folder, folder).run(
        "python", "-m", "lineal.pipeline", *words, ok=False
    )
    assert not done.stdout
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(
            "", "say STAGE MODEL, with STAGE one of ingest, fea", id="nothing"
        ),
        pytest.param("digest stops", "say STAGE MODEL, with STAGE one", id="stage"),
        pytest.param("train stops", "wants MODEL and CANDIDATE after", id="too few"),
        pytest.param("ingest stops a", "'ingest' wants MODEL after", id="too many"),
        pytest.param("report ../up", "'../up' is no name", id="path"),
        pytest.param("ingest bikes", "no model 'bikes'; it has: stops", id="model"),
        pytest.param(
            "train stops prophet", "no candidate 'prophet'; it has: ", id="candidate"
        ),
        pytest.param("ingest stops", "stops.parquet is not there", id="raw table"),
        pytest.param("features stops", "stops.parquet is not there", id="ingested"),
        pytest.param("train stops naive", "learn.parquet is not there", id="rows"),
    ],
)
def test_wrong_words_end_in_one_sentence(
    tmp_path: Path, words: str, message: str
) -> None:
    """Exit code 2, the sentence on standard error, and no traceback."""
    code, said = refused(tmp_path, PARAMS, *words.split())

    assert code == 2
    *progress, last = said.splitlines()
    assert last.startswith("error: ")
    assert message in last
    assert progress in ([], ["ingest stops: reading data/raw/stops.parquet"])


@pytest.mark.parametrize(
    ("params", "message"),
    [
        pytest.param(None, "params.yaml is not there", id="missing"),
        pytest.param("a: [", "params.yaml is not YAML", id="no YAML"),
        pytest.param("- 1", "params.yaml must map", id="a list"),
        pytest.param("runtime: {seed: 1}", "missing required field", id="no threads"),
        pytest.param(
            "runtime: {threads: many, seed: 1}\nmodels: {}", "got `str`", id="a word"
        ),
        pytest.param(
            "models: {stops: {task: ranking}}",
            "models.stops.task is 'ranking': choose one of forecast, classification, reg",
            id="task",
        ),
        pytest.param(
            "models: {stops: {task: [forecast]}}",
            "models.stops.task is ['forecast']: choose one of forecast",
            id="no word",
        ),
        pytest.param(
            "models: {stops: {task: classification}}",
            "missing required field",
            id="rows",
        ),
    ],
)
def test_params_that_cannot_be_used_end_in_one_sentence(
    tmp_path: Path, params: str | None, message: str
) -> None:
    """The thread count is read before the whole file is checked: both may fail."""
    code, said = refused(tmp_path, params, "ingest", "stops")

    assert code == 2
    assert said.startswith("error: params.yaml")
    assert said.count("\n") == 1
    assert message in said
