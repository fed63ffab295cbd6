"""The files of a new repository, against each other and against ours."""

import ast
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpers.inspections import customers, sales
from lineal.bootstrap.starting.asked import Asked
from lineal.bootstrap.starting.forecasts import forecast
from lineal.bootstrap.starting.papers import Papers
from lineal.bootstrap.starting.plots import plots
from lineal.bootstrap.starting.tables import table
from lineal.modeling.own import OwnFeatures
from lineal.policy.reading import read as read_policy

TOP = Path(__file__).parents[4]
ASKED = Asked(Path("x.csv"))
SALES = Papers("sales", forecast(sales(), ASKED, "data/x.csv"), "data/x.csv", "1.2.3")
CLASSES = Papers("shop", table(customers(), ASKED, "x.csv"), "x.csv", "1.2.3")


def _ours() -> Any:
    """Return our own stages as a user would have them: without our code."""
    stages = yaml.safe_load((TOP / "dvc.yaml").read_text())["stages"]
    for name, stage in stages.items():
        do = stage["do"]
        do["deps"] = [dep for dep in do["deps"] if not dep.startswith("src/")]
        place = do["deps"].index("requirements/run.txt")
        own = ["features.py"] if name in {"features", "evaluate"} else []
        do["deps"][place : place + 1] = [*own, "requirements.txt"]
    return stages


def test_the_stages_are_ours() -> None:
    """Whoever changes dvc.yaml changes starting/texts/dvc.yaml too."""
    made = yaml.safe_load(SALES.texts()["dvc.yaml"])["stages"]
    names = list(SALES.plain["candidates"])

    assert made["train"].pop("foreach") == {
        f"sales-{name}": {"model": "sales", "candidate": name} for name in names
    }
    ours = _ours()
    ours["train"].pop("foreach")
    assert made == ours


@pytest.mark.parametrize("papers", [SALES, CLASSES])
def test_no_mark_is_left(papers: Papers) -> None:
    """Every word of a template is filled in."""
    assert not [name for name, text in papers.texts().items() if "@@" in text]


def test_gto_and_dvc_name_the_same_model() -> None:
    """With the path that the stages write."""
    texts = CLASSES.texts()
    gto = yaml.safe_load(texts["artifacts.yaml"])["shop"]
    dvc = yaml.safe_load(texts["dvc.yaml"])["artifacts"]["shop"]

    assert gto["path"] == dvc["path"] == "models/shop/model.joblib"
    assert gto["description"] == dvc["desc"] == "Whether bought."
    assert gto["labels"] == ["classification"]


def test_the_policy_is_one() -> None:
    """Its gates speak of the metric that the champion is chosen by."""
    text = CLASSES.texts()["policy.yaml"]

    read_policy(text.encode())
    assert "metric: log_loss, versus: prod" in text


def test_lineal_is_pinned() -> None:
    """To the version that wrote the repository."""
    assert SALES.texts()["requirements.txt"] == "lineal==1.2.3\n"


@pytest.mark.parametrize("papers", [SALES, CLASSES])
def test_the_file_of_own_features_works_and_makes_none(papers: Papers) -> None:
    """It is checked like any other, though it says nothing yet."""
    import pandas as pd  # noqa: PLC0415 - one test needs it

    rows = pd.DataFrame({"x": [1.0, 2.0]})
    own = OwnFeatures.of(papers.texts()["features.py"])
    own.check(rows)

    assert own.make(rows).shape == (2, 0)


def test_the_example_of_own_features_works_with_odd_names() -> None:
    """A column may have quotes and backslashes in its name."""
    part = forecast(sales(), ASKED, "x.csv")
    part["data"] = part["data"] | {"target": 'a "b" \\', "time": "the day"}
    source = Papers("sales", part, "x.csv", "1").texts()["features.py"]
    [function] = [n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef)]
    example = (ast.get_docstring(function) or "").split("a month.\n\n")[1]

    code = ast.parse("\n".join(line.strip() for line in example.splitlines()[:-1]))
    words = {n.value for n in ast.walk(code) if isinstance(n, ast.Constant)}
    assert {'a "b" \\', "the day", "segment"} <= words


def test_plots_are_of_what_a_task_has() -> None:
    """Segments only where there are some."""
    drawn = [Path(next(iter(each))).stem for each in plots("shop", CLASSES.plain)]
    values = {**CLASSES.plain, "task": "regression"}

    assert drawn == [
        *("candidates", "roc", "precision_recall", "calibration"),
        *("importance", "shap"),
    ]
    assert "reports/shop/plots/residuals.csv" in str(plots("shop", values))
    assert "reports/sales/plots/segments.csv" in str(plots("sales", SALES.plain))
