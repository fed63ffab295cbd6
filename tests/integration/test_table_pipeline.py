"""The stages of classification and regression on small tables, from raw to card."""

import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pandas as pd
import pytest
import yaml
from threadpoolctl import threadpool_limits

from helpers.stages import STAGES
from helpers.table_runs import OWN, TASKS, made, prepare, run
from helpers.trips import document
from lineal.modeling import storage
from lineal.modeling.errors_by_day import Errors
from lineal.modeling.leaks import LeakError
from lineal.modeling.own import OwnLeakError
from lineal.modeling.tables.calibration import Calibrator
from lineal.modeling.tables.card import TableCard
from lineal.modeling.tables.intervals import Intervals
from lineal.modeling.tables.predictor import Predictor

TOP = Path(__file__).parents[2]
COLUMNS = document()["models"]["trips"]["data"]["columns"]
Runs = dict[str, Path]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Run every stage once for each task."""
    found = {}
    for task, changes in TASKS.items():
        root = prepare(tmp_path_factory.mktemp("tables") / "work", **changes)
        run(root, *STAGES)
        found[task] = root
    return found


def card(root: Path) -> TableCard:
    """Read the card of a run."""
    content = (root / "models/trips/card.json").read_bytes()
    return msgspec.json.decode(content, type=TableCard)


def predictor(root: Path) -> Predictor:
    """Load the bundle of a run."""
    facts, folder = card(root), root / "models/trips"
    content = (folder / facts.stored.file).read_bytes()
    kind = Intervals if facts.classing is None else Calibrator
    return Predictor(
        facts,
        storage.load(content, facts.stored.md5, facts.stored.format, name="trips"),
        kind.from_json((folder / "calibration.json").read_bytes()),
        pd.read_parquet(folder / "history.parquet"),
    )


@pytest.mark.parametrize("task", TASKS)
def test_every_task_makes_what_dvc_yaml_declares(runs: Runs, task: str) -> None:
    """One pipeline serves every task, so outputs have the same names."""
    form = card(runs[task]).stored.format
    declared = set()
    for stage in yaml.safe_load((TOP / "dvc.yaml").read_text())["stages"].values():
        parts = [*stage["do"].get("outs", ()), *stage["do"].get("metrics", ())]
        for part in parts:
            path = part if isinstance(part, str) else next(iter(part))
            path = path.replace("${key}", "trips").replace("${item.model}", "trips")
            path = path.replace("${item.bundle.format}", form)
            declared |= {path.replace("${item.candidate}", c) for c in ("prior",)}
    files = made(runs[task])
    missing = {path for path in declared if not (runs[task] / path).exists()}
    covered = {each for each in files for path in declared if each.startswith(path)}

    assert missing == set()
    assert {each for each in set(files) - covered if "boosting" not in each} == set()


@pytest.mark.parametrize("task", TASKS)
def test_the_bundle_answers_its_history(runs: Runs, task: str) -> None:
    """What evaluate stores is all that an answer needs."""
    root = runs[task]
    model, facts = predictor(root), card(root)
    answers = model.predict(model.history)
    outputs = [field.name for field in facts.signature.outputs]

    assert len(answers) == 20
    assert answers.notna().all()
    assert outputs[0] == "prediction"
    if facts.classing is None:
        assert outputs[1:] == list(model.intervals(model.history).columns)
    else:
        assert outputs[1:] == list(model.predict_proba(model.history).columns)


@pytest.mark.parametrize("task", TASKS)
def test_predictions_of_the_test_period_are_what_the_bundle_answers(
    runs: Runs, task: str
) -> None:
    """The rows that were scored were answered by the very model that ships."""
    root = runs[task]
    facts, model = card(root), predictor(root)
    found = pd.read_parquet(root / "data/evaluation/trips/test.parquet")
    table = pd.read_parquet(root / "data/ingested/trips.parquet")
    answers = model.predict(table.iloc[found["_row"].to_numpy()])
    if facts.classing is None:
        expected = found[facts.champion].to_numpy()
    else:
        labels = np.array(facts.classing.classes, dtype=object)
        expected = labels[found["chosen"].to_numpy().astype(int)]

    assert answers.tolist() == expected.tolist()


@pytest.mark.parametrize("task", TASKS)
def test_metrics_are_those_of_the_card(runs: Runs, task: str) -> None:
    """`dvc metrics` shows the champion's scores, and errors.json adds up to them."""
    facts = card(runs[task])
    metrics = json.loads((runs[task] / "reports/trips/metrics.json").read_text())
    scores = facts.test[facts.champion]
    errors = Errors.parse((runs[task] / "models/trips/errors.json").read_bytes())

    assert metrics["test"] == {k: v for k, v in scores.items() if k != "rows"}
    assert set(metrics["candidates"]) == {"prior", "boosting"}
    for name in errors.metrics.keys() & scores.keys():
        assert errors.metrics[name].value == pytest.approx(scores[name], rel=1e-9)


def test_the_model_card_has_every_part_of_its_task(runs: Runs) -> None:
    """Its images are there, and its chapters are those that the task has."""
    texts = {
        task: (runs[task] / "models/trips/README.md").read_text() for task in TASKS
    }
    for task, text in texts.items():
        folder = runs[task] / "models/trips"
        images = [part.split(")")[0] for part in text.split("](plots/")[1:]]

        assert images
        assert all((folder / "plots" / image).is_file() for image in images)
    assert "(`delay >= 5`)" in texts["two classes"]
    assert "Threshold, for the objective `f1`" in texts["two classes"]
    assert "each of the 3 classes" in texts["three classes"]
    assert "Threshold" not in texts["three classes"]
    assert "## Intervals" in texts["numbers"]
    assert "Leak guard" in texts["numbers"]


def test_the_callers_threads_change_no_byte(tmp_path: Path, runs: Runs) -> None:
    """Threads come from params.yaml, whatever the caller has."""
    root = prepare(tmp_path / "work")
    with threadpool_limits(4):
        run(root, *STAGES)

    assert made(root) == made(runs["two classes"])


def leaking(**changes: Any) -> dict[str, Any]:
    """Return changes with which what is known afterwards is no longer excluded."""
    return {"data__exclude": ["note"], **changes}


def test_what_is_known_afterwards_is_refused(tmp_path: Path) -> None:
    """The refusal names the column, and leaks.json keeps it."""
    root = prepare(tmp_path / "work", **leaking())
    run(root, "ingest")
    with pytest.raises(LeakError, match=r"'left' is made of 'left', which is declared"):
        run(root, "features")
    found = json.loads((root / "reports/trips/leaks.json").read_text())

    assert [(leak["feature"], leak["rule"]) for leak in found] == [("left", "after")]


def test_a_leak_may_be_warned_of_or_allowed(tmp_path: Path) -> None:
    """Who looked at it may go on; a warning stays in leaks.json."""
    told = {}
    for name, leaks in (
        ("warned", {"action": "warn"}),
        ("allowed", {"allow": ["left"]}),
    ):
        root = prepare(tmp_path / name, **leaking(leaks=leaks))
        run(root, "ingest", "features")
        told[name] = len(json.loads((root / "reports/trips/leaks.json").read_text()))

    assert told == {"warned": 1, "allowed": 0}


def test_the_users_features_ship_with_the_model(tmp_path: Path) -> None:
    """The card has their source, so that an answer needs no file beside it."""
    root = prepare(
        tmp_path / "work",
        data__path="data/raw/trips/trips.csv",
        data__table=None,
        data__joins=[],
        predict={"event": {"at_most": 5}},
        features={"own": "features.py"},
    )
    run(root, *STAGES)
    facts, model = card(root), predictor(root)

    assert facts.own == OWN
    assert facts.event == "delay <= 5"
    assert "half" in facts.features
    assert "joined" not in facts.data
    assert len(model.predict(model.history)) == 20


def test_users_features_that_look_at_other_rows_are_refused(tmp_path: Path) -> None:
    """Each row is answered by itself."""
    root = prepare(tmp_path / "work", features={"own": "features.py"})
    text = OWN.replace("/ 2", "- table['stops'].mean()")
    (root / "features.py").write_text(text)
    run(root, "ingest")

    with pytest.raises(OwnLeakError, match="'half'"):
        run(root, "features")
