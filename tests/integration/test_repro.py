"""The whole pipeline as people run it: real DVC, real Git, a small table."""

import json
import re
import shlex
from dataclasses import replace

import pytest

from helpers.workshop import TOP, Workshop, make
from lineal.modeling.errors_by_day import Errors

pytestmark = pytest.mark.slow

CANDIDATES = ("seasonal_naive", "ridge", "boosting", "xgboost", "forest")
OF_ROWS = ("prior", "boosting")


@pytest.fixture(scope="module")
def reproduced(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Run the pipeline once, and commit what it made."""
    workshop = make(tmp_path_factory.mktemp("repro"), CANDIDATES, OF_ROWS)
    workshop.run("dvc", "repro")
    workshop.run("git", "add", "--all")
    workshop.run("git", "commit", "--quiet", "--message", "reproduced")
    # What is run again was measured when it was run first.
    return replace(workshop, measured=False)


def test_reproducing_again_has_nothing_to_do(reproduced: Workshop) -> None:
    """A second `dvc repro` runs no stage and changes no file."""
    done = reproduced.run("dvc", "repro")

    assert "Running stage" not in done.stdout
    assert reproduced.run("git", "status", "--porcelain").stdout == ""


def test_the_callers_threads_change_no_byte(reproduced: Workshop) -> None:
    """Threads come from params.yaml; the first run had no OMP_NUM_THREADS."""
    before = reproduced.lock
    stages = [f"train@ridership-{name}" for name in CANDIDATES[1:]]
    stages += ["features@ridership", "evaluate@ridership"]
    stages += ["train@delays-boosting", "evaluate@delays"]
    env = {"OMP_NUM_THREADS": "8"}
    reproduced.run("dvc", "repro", "--force", "--single-item", *stages, env=env)

    assert reproduced.lock == before
    assert reproduced.run("git", "status", "--porcelain").stdout == ""


@pytest.mark.parametrize("model", ["ridership", "delays"])
def test_errors_by_day_add_up_to_the_scores_of_the_card(
    reproduced: Workshop, model: str
) -> None:
    """Git keeps them, so that versions are compared without running a model."""
    folder = reproduced.root / "models" / model
    card = json.loads((folder / "card.json").read_text())
    errors = Errors.parse((folder / "errors.json").read_bytes())
    tracked = reproduced.run("git", "ls-files", f"models/{model}").stdout
    scored = card["test"][card["champion"]]
    scored["error_rate"] = 1 - scored.get("accuracy", 0)

    for name, sums in errors.metrics.items():
        assert sums.value == pytest.approx(scored[name], rel=1e-12)
    assert errors.rows.count == card["rows"]["test"]
    assert errors.block == 7
    assert f"models/{model}/errors.json" in tracked.splitlines()


def test_only_what_depends_on_a_parameter_runs_again(reproduced: Workshop) -> None:
    """A candidate's grid concerns that candidate and what looks at all of them."""
    path = reproduced.root / "params.yaml"
    before = path.read_text()
    path.write_text(before.replace("high: 100\n", "high: 99\n"))
    status = json.loads(reproduced.run("dvc", "status", "--json").stdout)
    path.write_text(before)

    assert set(status) == {"train@ridership-ridge", "evaluate@ridership"}


def test_dvc_shows_metrics_params_and_plots(reproduced: Workshop) -> None:
    """Outputs are declared as what they are, so that DVC's own commands find them."""
    metrics = json.loads(reproduced.run("dvc", "metrics", "show", "--json").stdout)
    params = reproduced.run("dvc", "params", "diff", "HEAD~1", "HEAD")
    plots = json.loads(reproduced.run("dvc", "plots", "show", "--json").stdout)

    assert "reports/ridership/metrics.json" in metrics[""]["data"]
    assert "reports/delays/metrics.json" in metrics[""]["data"]
    assert params.returncode == 0
    assert any("ridership/plots/horizons.csv" in name for name in plots["data"])
    assert any("delays/plots/roc.csv" in name for name in plots["data"])


def test_every_command_of_the_readme_works(reproduced: Workshop) -> None:
    """Those for the real model, `dvc exp run -S` and `dvc exp show` among them."""
    commands = typed()
    printed = {" ".join(words): reproduced.run(*words).stdout for words in commands}
    reproduced.run("git", "checkout", "--quiet", "--", ".")
    reproduced.run("dvc", "checkout", "--quiet")
    for tag in ("ridership@v0.1.0", "ridership#staging#1"):
        reproduced.run("git", "tag", "--delete", tag)

    assert len(commands) >= 11
    assert "v0.1.0" in printed["lineal show"]
    assert "narrower" in printed["dvc exp show --only-changed --md"]
    assert reproduced.run("git", "status", "--porcelain").stdout == ""


def typed() -> list[list[str]]:
    """Return the README's commands for the real model, but for the shell's own."""
    text = (TOP / "README.md").read_text().partition("## With the real model")[2]
    blocks = re.findall(
        r"```console\n(.*?)```", text.partition("## More")[0], re.DOTALL
    )
    lines = (shlex.split(line, comments=True) for line in "".join(blocks).splitlines())
    return [words for words in lines if words and words[0] != "source"]


def test_gto_registers_and_shows_the_model(reproduced: Workshop) -> None:
    """The model is an artifact that gto knows by name."""
    reproduced.run("gto", "register", "ridership", "--version", "v0.1.0")
    shown = json.loads(reproduced.run("gto", "show", "--json").stdout)

    assert shown["ridership"]["version"] == "v0.1.0"


def test_the_bundle_forecasts_without_the_raw_data(reproduced: Workshop) -> None:
    """The history that a forecast needs ships with the model."""
    raw = reproduced.root / "data/raw/ridership.parquet"
    content = raw.read_bytes()
    raw.unlink()
    done = reproduced.run("lineal", "forecast", "ridership", "--json")
    raw.write_bytes(content)
    rows = json.loads(done.stdout)["rows"]

    assert {row["segment"] for row in rows} == {"Addison", "Clark_Lake", "Öst & West"}
    assert {row["horizon"] for row in rows} == set(range(1, 8))


def test_the_bundle_answers_rows_without_the_raw_data(reproduced: Workshop) -> None:
    """Rows have the columns that joins add; nothing is joined again."""
    rows = "models/delays/history.parquet"
    words = ("lineal", "predict", "delays", "--data", rows, "--proba", "--json")
    found = json.loads(reproduced.run(*words).stdout)["rows"]

    assert len(found) == 30
    assert {row["prediction"] for row in found} <= {"no", "yes"}


@pytest.mark.parametrize("model", ["ridership", "delays"])
def test_a_parameter_that_an_estimator_refuses_is_explained(
    reproduced: Workshop, model: str
) -> None:
    """The candidate is named in one sentence, without a traceback."""
    path = reproduced.root / "params.yaml"
    before = path.read_text()
    path.write_text(before.replace("max_iter: 5", "max_iter: -1"))
    words = ("python", "-m", "lineal.pipeline", "train", model, "boosting")
    done = reproduced.run(*words, ok=False)
    path.write_text(before)

    assert done.returncode == 2
    assert f"models.{model}.candidates.boosting: The 'max_iter'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_table_that_breaks_its_schema_stops_the_pipeline(
    reproduced: Workshop,
) -> None:
    """The refusal names column, count and rows, and no output is left behind."""
    path = reproduced.root / "params.yaml"
    path.write_text(path.read_text().replace("max: 100000", "max: 5000"))
    done = reproduced.run("dvc", "repro", "ingest@ridership", ok=False)
    is_left = (reproduced.root / "data/ingested/ridership.parquet").exists()
    reproduced.run("git", "checkout", "--quiet", "--", ".")
    reproduced.run("dvc", "checkout", "--quiet")

    assert done.returncode != 0
    assert "entries" in done.stderr
    assert "Traceback" not in done.stderr
    assert not is_left
    assert reproduced.run("git", "status", "--porcelain").stdout == ""
