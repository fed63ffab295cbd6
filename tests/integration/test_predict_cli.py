"""Tests of `lineal predict` as a program, on models that are really trained."""

import csv
import io
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml

from helpers import answering, table_projects
from helpers.projects import Project

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def delays(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Make a repository of a classifier, which no test changes."""
    return table_projects.create(tmp_path_factory.mktemp("delays") / "a répo")


@pytest.fixture(scope="module")
def fares(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Make a repository of a regressor, which no test changes."""
    return table_projects.create(tmp_path_factory.mktemp("fares") / "repo", "numbers")


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Write five flights as params.yaml says that text files are written."""
    return table_projects.csv(tmp_path / "flights.csv")


def read(text: str) -> list[dict[str, str]]:
    """Read CSV."""
    return list(csv.DictReader(io.StringIO(text)))


def test_rows_of_a_text_file_are_answered_as_csv(delays: Project, rows: Path) -> None:
    """The way through files, hashes and CSV changes no bit; a summary is on stderr."""
    done = delays.program("predict", "delays", "--data", str(rows), "--proba")

    assert done.returncode == 0, done.stderr
    model, asked = answering.predictor(), answering.flights()
    found = read(done.stdout)
    assert [each["prediction"] for each in found] == model.predict(asked).tolist()
    shares = model.predict_proba(asked)["yes"].tolist()
    assert [float(each["yes"]) for each in found] == shares
    assert done.stderr.startswith("delays (xgboost, md5 ")
    assert done.stderr.count("\n") == 1
    assert ": 5 rows, " in done.stderr


def test_answers_go_to_a_file(fares: Project, tmp_path: Path) -> None:
    """Those of a regressor come with the ends of their intervals."""
    table, out = tmp_path / "flights.parquet", tmp_path / "answers.csv"
    answering.flights().to_parquet(table)

    done = fares.lineal("predict", "fares", "--data", str(table), "--out", str(out))

    assert (done.returncode, done.stdout) == (0, "")
    found = pd.read_csv(out)
    assert list(found.columns) == ["row", "prediction", "low_80", "high_80"]
    assert found["row"].tolist() == [0, 1, 2, 3, 4]
    assert f"wrote {out}\n" in done.stderr
    assert "5 rows, delay " in done.stderr


def test_json_tells_which_model_answered(delays: Project, rows: Path) -> None:
    """With its hash, and null where something is missing."""
    words = ("predict", "delays", "--data", str(rows), "--json")

    found = json.loads(delays.lineal(*words).stdout)

    assert (found["model"], found["task"]) == ("delays", "classification")
    assert len(found["md5"]) == 32
    assert found["rows"][0].keys() == {"row", "prediction"}


def test_a_row_is_explained(delays: Project, rows: Path) -> None:
    """Contributions lead from the base to the prediction, as text and as JSON."""
    words = ("predict", "delays", "--data", str(rows), "--explain", "2")

    text = delays.lineal(*words).stdout
    found = json.loads(delays.lineal(*words, "--json").stdout)

    assert text.startswith("delays answers row 2 with ")
    assert "feature" in text
    parts = [each["contribution"] for each in found["contributions"]]
    assert sum(parts) == pytest.approx(found["prediction"] - found["base"])
    assert found["answer"] in {"no", "yes"}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--explain", "5"], "the table has no row 5 to explain: it has 0 to 4"),
        (["--explain", "-1"], "see `lineal predict --help`"),
    ],
)
def test_a_row_that_is_not_there_is_refused(
    delays: Project, rows: Path, words: list[str], reason: str
) -> None:
    """The refusal says which there are."""
    done = delays.lineal("predict", "delays", "--data", str(rows), *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert reason in done.stderr


def test_a_column_that_is_missing_is_named(delays: Project, tmp_path: Path) -> None:
    """In one sentence."""
    table = tmp_path / "flights.csv"
    answering.flights().rename(columns={"wind": "Wind"}).to_csv(table, sep=";")

    done = delays.lineal("predict", "delays", "--data", str(table))

    assert (done.returncode, done.stdout) == (2, "")
    assert "lacks the column 'wind' (it has 'Wind')" in done.stderr


def test_what_the_model_never_saw_is_noted(delays: Project, tmp_path: Path) -> None:
    """Once, on standard error."""
    table = tmp_path / "flights.parquet"
    answering.flights().assign(carrier="ZZ").to_parquet(table)
    words = ("predict", "delays", "--data", str(table), "--proba")

    done = delays.lineal(*words)

    assert done.returncode == 0
    assert done.stderr.count("note: column 'carrier' has words") == 1


def test_the_other_command_is_named(delays: Project) -> None:
    """Rows cannot be forecast."""
    done = delays.lineal("forecast", "delays")

    assert (done.returncode, done.stdout) == (2, "")
    assert "is a model of classification: ask it with `lineal predict`" in done.stderr


def test_a_regressor_has_no_probabilities(fares: Project, rows: Path) -> None:
    """The refusal says what there is."""
    done = fares.lineal("predict", "fares", "--data", str(rows), "--proba")

    assert (done.returncode, done.stdout) == (2, "")
    assert "which has no probabilities: ask for predict" in done.stderr


def test_a_file_with_another_byte_is_refused(
    delays: Project, rows: Path, tmp_path: Path
) -> None:
    """The card too: its own features are code."""
    project = Project(Path(shutil.copytree(delays.root, tmp_path / "copy")), "delays")
    for name in ("card.json", "model.joblib"):
        kept = project.part(name).read_bytes()
        project.part(name).write_bytes(kept.replace(b"0", b"1", 1))

        done = project.lineal("predict", "delays", "--data", str(rows))
        project.part(name).write_bytes(kept)

        assert (done.returncode, done.stdout) == (1, "")
        assert f"models/delays/{name} has md5 " in done.stderr


def test_a_model_can_be_measured(delays: Project) -> None:
    """By answering rows of its history one by one."""
    words = ("register", "delays", "--measure", "--dry-run", "--json")

    done = delays.lineal(*words, "--allow-missing")

    assert done.returncode == 0, done.stderr
    facts = dict(json.loads(done.stdout)["trailers"])
    assert 0 < float(facts["Latency-P50-Ms"]) <= float(facts["Latency-P95-Ms"])


def folder(project: Project, where: Path) -> Path:
    """Write flights and wind apart, and declare how they are joined, each its way."""
    params = project.root / "params.yaml"
    said = yaml.safe_load(params.read_text(encoding="utf-8"))
    data = said["models"][project.model]["data"]
    wind = {name: data["columns"][name] for name in ("day", "wind")}
    join = {"table": "wind.csv", "keys": ["day"], "columns": wind, "unmatched": 0.1}
    del data["columns"]["wind"]
    data |= {"path": "raw", "table": "flights.csv", "joins": [join]}
    params.write_text(yaml.safe_dump(said), encoding="utf-8")
    table_projects.csv(where / "flights.csv")
    first = pd.read_csv(where / "flights.csv", sep=";").drop(columns="wind")
    first.to_csv(where / "flights.csv", sep=";", index=False)
    answering.flights()[["day", "wind"]][1:].to_csv(where / "wind.csv", index=False)
    return where


def test_tables_of_a_folder_are_joined(delays: Project, tmp_path: Path) -> None:
    """As ingest does; a row that finds none is answered all the same, and noted."""
    project = Project(Path(shutil.copytree(delays.root, tmp_path / "copy")), "delays")
    (tmp_path / "raw").mkdir()
    raw = folder(project, tmp_path / "raw")

    done = project.lineal("predict", "delays", "--data", str(raw), "--proba")

    asked = answering.flights()
    asked.loc[0, "wind"] = None
    expected = answering.predictor().predict_proba(asked)["yes"]
    assert done.returncode == 0, done.stderr
    assert [float(each["yes"]) for each in read(done.stdout)] == expected.tolist()
    assert "note: wind.csv has no row for 1 of 5 rows" in done.stderr


def test_a_folder_without_joins_is_refused(delays: Project, tmp_path: Path) -> None:
    """The refusal says what to give."""
    done = delays.lineal("predict", "delays", "--data", str(tmp_path))

    assert (done.returncode, done.stdout) == (2, "")
    assert "no params.yaml of delays says which of its tables has the" in done.stderr


def test_words_that_look_like_numbers_stay_words(
    delays: Project, tmp_path: Path
) -> None:
    """As in the whole table that the model learned from."""
    table = tmp_path / "flights.csv"
    rows = answering.flights().assign(carrier=["7", "8", "7", "8", "9"])
    rows["heavy"] = rows["heavy"].astype(int)
    rows["day"] = "31.12.2024"
    rows.to_csv(table, sep=";", decimal=",", index=False)

    done = delays.lineal("predict", "delays", "--data", str(table))

    assert done.returncode == 0, done.stderr
    assert "'carrier' has words that the model never saw, which count as" in done.stderr
