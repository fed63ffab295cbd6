"""Tests of `lineal forecast` as a program, on a model that is really trained."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from helpers import bundles
from helpers.programs import python_unread
from helpers.projects import Project

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Make one repository, which no test changes."""
    return Project.create(tmp_path_factory.mktemp("made") / "a répo")


@pytest.fixture
def project(made: Project, tmp_path: Path) -> Project:
    """Return a copy that a test may change."""
    return Project(Path(shutil.copytree(made.root, tmp_path / "copy")))


def test_json_is_what_the_bundle_forecasts(made: Project) -> None:
    """The whole way through files, hashes and JSON changes no bit."""
    found = json.loads(made.program("forecast", "stops", "--json").stdout)

    expected = bundles.bundle().forecast().rows
    assert found["model"] == "stops"
    assert found["origin"] == "2023-01-04"
    assert [row["forecast"] for row in found["rows"]] == expected["forecast"].tolist()
    assert found["rows"][5]["intervals"]["95"] == [
        expected["low_95"][5],
        expected["high_95"][5],
    ]


def test_text_is_for_people_and_notes_are_on_stderr(made: Project) -> None:
    """From a folder below, it finds the repository above."""
    inside = made.root / "models"

    done = made.program("forecast", "stops", "--segment", "Café / Nord", cwd=inside)

    assert done.returncode == 0
    assert done.stdout.startswith("stops (linear, md5 ")
    assert "\n\nCafé / Nord\n  date        day  forecast" in done.stdout
    assert len(done.stdout.splitlines()) == 8
    assert done.stderr == (
        "note: not known for some of the days ahead: game; give them with --future\n"
    )


def test_csv_of_a_part_is_plain(made: Project) -> None:
    """Segments, horizon and origin choose what is forecast."""
    words = ["--segment", "Ost", "--segment", "Loop", "--horizon", "2"]

    done = made.lineal("forecast", "stops", "--csv", *words, "--from", "2022-12-01")

    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["segment"], row["date"]) for row in rows] == [
        ("Loop", "2022-12-02"),
        ("Loop", "2022-12-03"),
        ("Ost", "2022-12-02"),
        ("Ost", "2022-12-03"),
    ]
    assert done.stderr == ""


def test_games_ahead_are_read_from_a_table(made: Project, tmp_path: Path) -> None:
    """A game lifts the forecast of its day, and nothing is missing any more."""
    table = tmp_path / "future.csv"
    days = ["2023-01-05,Loop,0", "2023-01-06,Loop,1", "2023-01-07,Loop,0"]
    table.write_text("\n".join(["day,stop,game", *days]), encoding="utf-8")
    words = ["--segment", "Loop", "--horizon", "3"]
    without = made.answer(*words)["rows"]

    found = made.answer(*words, "--future", str(table))["rows"]

    assert found[1]["forecast"] > without[1]["forecast"] + 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("day,stop,game\n2023-01-05,West,0\n", "West"),
        ("day,stop\n2023-01-05,Loop\n", "'game'"),
        ("", "0 bytes"),
    ],
)
def test_a_wrong_table_of_the_future_is_refused(
    made: Project, tmp_path: Path, content: str, reason: str
) -> None:
    """The refusal names the file and what is wrong with it."""
    table = tmp_path / "future.csv"
    table.write_text(content, encoding="utf-8")

    done = made.lineal("forecast", "stops", "--future", str(table))

    assert (done.returncode in {1, 2}, done.stdout) == (True, "")
    assert done.stderr.startswith(f"error: {table}")
    assert reason in done.stderr


@pytest.mark.parametrize(
    "part", ["model.joblib", "history.parquet", "card.json", "calibration.json"]
)
def test_a_file_with_another_byte_is_refused(project: Project, part: str) -> None:
    """One bit anywhere in the bundle is enough."""
    content = bytearray(project.part(part).read_bytes())
    content[len(content) // 2] ^= 1
    project.part(part).write_bytes(content)

    done = project.lineal("forecast", "stops")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"error: models/stops/{part} has md5 ")
    assert "the committed dvc.lock records " in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_retrained_model_needs_a_commit_or_a_word(project: Project) -> None:
    """Its hash is in dvc.lock, but nobody committed that yet."""
    text = project.part("calibration.json").read_text(encoding="utf-8")
    project.part("calibration.json").write_text(f"{text}\n", encoding="utf-8")
    project.lock()

    refused = project.lineal("forecast", "stops")
    trusted = project.lineal("forecast", "stops", "--uncommitted")
    project.commit()
    committed = project.lineal("forecast", "stops")

    assert refused.returncode == 1
    assert "calibration.json is the one in your dvc.lock" in refused.stderr
    assert "commit dvc.lock; for a model that you trained yourself" in refused.stderr
    assert (trusted.returncode, committed.returncode) == (0, 0)
    assert trusted.stdout == committed.stdout


def test_a_wrong_byte_is_refused_of_an_uncommitted_model_too(project: Project) -> None:
    """--uncommitted trusts the working tree's dvc.lock, not any bytes."""
    project.part("model.joblib").write_bytes(b"tampered")

    done = project.lineal("forecast", "stops", "--uncommitted")

    assert done.returncode == 1
    assert "but dvc.lock records" in done.stderr


def test_a_lock_that_was_never_committed_is_trusted_only_when_said(
    project: Project,
) -> None:
    """Without any lock at all, there is nothing to trust."""
    project.git("rm", "--quiet", "--cached", "dvc.lock")
    project.git("commit", "--quiet", "--message", "forget")

    refused = project.lineal("forecast", "stops")
    trusted = project.lineal("forecast", "stops", "--uncommitted")
    (project.root / "dvc.lock").unlink()
    gone = project.lineal("forecast", "stops", "--uncommitted")

    assert (refused.returncode, trusted.returncode, gone.returncode) == (1, 0, 1)
    assert "dvc.lock is not committed" in refused.stderr
    assert "dvc.lock is not there: run `dvc repro`" in gone.stderr


def test_a_model_that_no_stage_made_is_refused(project: Project) -> None:
    """A bundle that was copied in by hand is in no dvc.lock."""
    shutil.copytree(project.part("."), project.root / "models" / "copied")

    done = project.lineal("forecast", "copied")

    assert done.returncode == 1
    assert "has no md5 of models/copied/card.json" in done.stderr


def test_a_model_that_was_not_fetched_says_how_to_get_it(project: Project) -> None:
    """A fresh clone has the small files only."""
    project.part("model.joblib").unlink()

    done = project.lineal("forecast", "stops")

    assert done.returncode == 2
    assert "run `dvc pull models/stops/model.joblib` or `dvc repro`" in done.stderr


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["west"], "models/ holds no model 'west'; it holds: stops"),
        (["../stops"], "models/ holds no model '../stops'"),
        (["stops", "--segment", "West"], "knows no segment 'West'; it knows: Café"),
        (["stops", "--from", "31.12.2022"], "no date such as 2016-06-30"),
        (["stops", "--from", "20221231"], "no date such as 2016-06-30"),
        (["stops", "--from", "2019-01-01"], "its history allows 2022-10-05 to 2023"),
        (["stops", "--horizon", "5"], "forecasts 1 to 4 days ahead, not 5"),
        (["stops", "--horizon", "0"], "(see `lineal forecast --help`)"),
        (["stops", "--future", "none.csv"], "'none.csv' does not exist"),
        (["stops", "--json", "--csv"], "--json and --csv cannot both be printed"),
        ([], "Missing argument 'MODEL"),
    ],
)
def test_wrong_words_are_one_sentence_and_exit_2(
    made: Project, words: list[str], reason: str
) -> None:
    """It goes to standard error, and says what would be right."""
    done = made.lineal("forecast", *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert reason in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_outside_of_git_is_refused(project: Project) -> None:
    """Without Git there is nothing that a hash could be trusted from."""
    shutil.rmtree(project.root / ".git")

    done = project.lineal("forecast", "stops")

    assert done.returncode == 2
    assert "is in no Git repository" in done.stderr


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{}", "card.json is not what this version writes"),
        (b'"version": 2', "card.json has version 2, and only 1 is known"),
    ],
)
def test_a_card_of_another_version_is_refused(
    project: Project, content: bytes, reason: str
) -> None:
    """Its hash is right, but its words are not ours."""
    card = project.part("card.json")
    text = card.read_bytes().replace(b'"version": 1', content)
    card.write_bytes(text if text.count(content) == 1 else content)
    project.lock()

    done = project.lineal("forecast", "stops", "--uncommitted")

    assert (done.returncode, reason in done.stderr) == (2, True)


@pytest.mark.measured
def test_a_reader_that_leaves_early_is_no_failure(made: Project) -> None:
    """`lineal forecast | head` ends without a word of a broken pipe."""
    words = ("-m", "lineal.cli.main", "forecast", "stops", "--json")

    code, said = python_unread(*words, cwd=made.root)

    assert (code, said) == (141, "")


def test_the_callers_threads_change_no_bit(made: Project) -> None:
    """Numbers are fixed before NumPy is imported."""
    words = ("forecast", "stops", "--json")

    done = made.program(*words, OMP_NUM_THREADS="8", OPENBLAS_NUM_THREADS="8")

    assert json.loads(done.stdout) == made.answer()
