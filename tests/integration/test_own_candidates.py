"""Stages with a candidate that params.yaml names by the path of its class."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpers.stages import STAGES
from helpers.table_runs import prepare, run
from helpers.trips import document
from lineal.modeling.sections import InvalidParamsError
from lineal.modeling.storage import UnstorableError

_FIXED = {"n_estimators": 30, "min_samples_leaf": 5}
_OWN: dict[str, Any] = {"kind": "helpers.estimators.OwnTrees", "fixed": _FIXED}
_NOT_INSTALLED = "from sklearn.ensemble import ExtraTreesClassifier as Trees\n"


def asked(root: Path, form: str = "joblib", **candidate: Any) -> None:
    """Write params.yaml with another candidate."""
    candidates = {"prior": {"kind": "baseline"}, "boosting": candidate}
    said = document(candidates=candidates, bundle__format=form)
    (root / "params.yaml").write_text(yaml.safe_dump(said), encoding="utf-8")


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the rows that candidates learn from."""
    root = prepare(tmp_path_factory.mktemp("own") / "work")
    run(root, "ingest", "features")
    return root


def test_an_estimator_of_somebodys_own_wins_and_ships(
    rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through all stages; skops is refused where the bundle is made."""
    monkeypatch.syspath_prepend(str(rows))  # as a stage; tests' modules are installed
    asked(rows, "skops", **_OWN, search={"max_depth": [3, 6]})
    run(rows, "train")
    with pytest.raises(UnstorableError, match=r"helpers\.estimators\.OwnTrees: say"):
        run(rows, "evaluate")
    asked(rows, **_OWN)
    run(rows, *STAGES[3:])
    card = json.loads((rows / "models/trips/card.json").read_bytes())
    shap = (rows / "reports/trips/shap.csv").read_text(encoding="utf-8")

    assert card["champion"] == "boosting"
    assert card["params"].keys() == {*_FIXED, "max_depth"}
    assert shap.count(",probability\n") == len(card["features"])


def test_a_module_that_only_lies_there_is_refused(rows: Path) -> None:
    """Stages run in the folder of params.yaml, but other places would not have it."""
    (rows / "beside.py").write_text(_NOT_INSTALLED, encoding="utf-8")
    asked(rows, kind="beside.Trees")
    sys.path.insert(0, str(rows))  # as `python -m` does
    try:
        with pytest.raises(
            InvalidParamsError, match=r"beside lies in .* not installed"
        ):
            run(rows, "train")
    finally:
        sys.path.remove(str(rows))

    assert "beside" not in sys.modules
