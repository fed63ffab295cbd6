"""Tests of classifiers of the registry: asked from Python, and judged again."""

import json
from pathlib import Path

import pytest

import lineal
from helpers import answering, table_cards, table_projects
from helpers.projects import Project
from lineal.bootstrap.contest import NoContestError
from lineal.bootstrap.loading import ChangedByHandError, UntrustedError
from lineal.bootstrap.table_contest import contest
from lineal.doors.location import locate
from lineal.modeling.pairing import improvement
from lineal.modeling.tables.predictor import Predictor

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Release versions that were tested later and later, and spoil the working tree."""
    made = table_projects.create(tmp_path_factory.mktemp("released") / "a répo")
    table_projects.released(made, 1, "linear", "2024-10-01")
    table_projects.released(made, 2, "xgboost", "2024-11-01")
    drawn = table_cards.regressor().splits
    table_projects.released(made, 3, "xgboost", "2024-11-01", splits=drawn)
    table_projects.released(made, 4, "xgboost", "2025-02-03")
    table_projects.released(made, 5, "xgboost", "2024-11-01", target="late")
    table_projects.released(made, 6, "linear", "2024-11-01", own=answering.OWN)
    card = made.part("card.json")
    card.write_text(card.read_text("utf-8").replace("miles", "m"), encoding="utf-8")
    made.git("commit", "--quiet", "--message", "by hand", "models/delays/card.json")
    made.git("tag", "--annotate", "--message", "by hand", "delays@v7.0.0")
    for path in made.part(".").iterdir():
        path.write_bytes(b"spoiled")
    return made


def ids(project: Project, *numbers: int) -> list[str]:
    """Return the commits of versions."""
    names = (f"delays@v{number}.0.0^{{commit}}" for number in numbers)
    return [project.git("rev-parse", name).strip() for name in names]


def test_python_asks_a_version_with_raw_columns(project: Project) -> None:
    """`model` and `bundle` are the same object, made of the version's own files."""
    registry = lineal.open(project.root)
    asked = answering.flights()

    model = registry.model("delays@v1.0.0")
    bundle = registry.bundle("delays@v2.0.0")

    assert isinstance(model, Predictor)
    assert isinstance(bundle, Predictor)
    own = answering.predictor("two", "linear")
    assert model.predict_proba(asked).equals(own.predict_proba(asked))
    assert model.predict(asked).tolist() == own.predict(asked).tolist()
    assert len(bundle.explain(asked.iloc[0])) == len(own.card.features)


def test_a_version_answers_whatever_the_working_tree_has(
    project: Project, tmp_path: Path
) -> None:
    """Its params.yaml says how text files are to be read."""
    rows = table_projects.csv(tmp_path / "flights.csv")
    words = ("predict", "delays@v2.0.0", "--data", str(rows), "--json")

    done = project.lineal(*words)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["name"] == "delays v2.0.0"
    assert done.stderr.startswith("delays v2.0.0 (xgboost, md5 ")
    assert project.lineal("predict", "delays", *words[2:]).returncode == 1


def test_a_joblib_file_from_a_url_needs_trust(project: Project) -> None:
    """Whoever made the commits of a URL chose what the file runs."""
    with lineal.open(project.root.resolve().as_uri()) as there:
        with pytest.raises(UntrustedError, match="trust=True"):
            there.model("delays@v1.0.0")

        found = there.model("delays@v1.0.0", trust=True)

    own = answering.predictor("two", "linear").predict(answering.flights())
    assert found.predict(answering.flights()).tolist() == own.tolist()


def test_a_card_that_somebody_edited_is_refused(project: Project) -> None:
    """Its commit's dvc.lock has another hash of it; own features in it are code."""
    registry = lineal.open(project.root)

    with pytest.raises(
        ChangedByHandError, match=r"card\.json .* dvc\.lock of the same"
    ):
        registry.model("delays@v7.0.0")


def test_own_features_from_a_url_need_trust(project: Project) -> None:
    """They are code as well, whatever the model's own format."""
    with (
        lineal.open(project.root.resolve().as_uri()) as there,
        pytest.raises(UntrustedError, match=r"card\.json holds features .*trust=True"),
    ):
        there.model("delays@v6.0.0")


def test_two_versions_answer_the_newest_rows_again(project: Project) -> None:
    """Those that neither learned from, so that they can be compared."""
    new, old = contest(locate(project.root), "delays", *ids(project, 2, 1))

    found = improvement(
        new, old, "log_loss", margin=0.0, relative=False, confidence=None
    )
    assert new.rows == old.rows
    assert str(new.periods[0]) == "2024-11-01"
    assert found.days == len(new.periods)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (3, "were drawn at random, so nobody can tell"),
        (4, "days that neither learned from"),
        (5, "do not answer the same question: target is 'late' and 'delay'"),
    ],
)
def test_versions_that_cannot_be_compared_are_refused(
    project: Project, number: int, reason: str
) -> None:
    """The refusal says why."""
    with pytest.raises(NoContestError, match=reason):
        contest(locate(project.root), "delays", *ids(project, number, 1))
