"""What `lineal init --data` writes trains, registers and passes for a repository."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from helpers.sandbox import Sandbox

_KEPT = {
    "forecast": ("seasonal_naive", "ridge"),
    "classification": ("baseline", "ridge"),
}
OWN = """
def features(table):
    by = table.groupby("segment")["units"]
    return table.assign(jump=table["units"] - by.transform("cummax"))[["jump"]]
"""


def _weekly() -> pd.DataFrame:
    """Return 120 weeks of two things in two stores."""
    rng = np.random.default_rng(4)
    weeks = pd.date_range("2022-01-03", periods=120, freq="7D")
    wave = 1 + 0.3 * np.sin(np.arange(120) * 2 * np.pi / 52)
    parts = [
        pd.DataFrame(
            {
                "week": weeks,
                "store": store,
                "sku": sku,
                "units": (size * wave * rng.lognormal(0, 0.1, 120)).round(),
                "price €": rng.uniform(1, 2, 120).round(2),
            }
        )
        for store, sku, size in (
            ("Köln", "A", 90),
            ("Köln", "B b", 40),
            ("Bonn", "A", 9),
        )
    ]
    return pd.concat(parts)


def _shop() -> pd.DataFrame:
    """Return 500 customers; who spent much comes back."""
    rng = np.random.default_rng(4)
    spent = rng.gamma(2, 20, 500).round(2)
    back = rng.random(500) < 1 / (1 + np.exp(2 - spent / 20))
    kind = rng.choice(["new", "old", "guest"], 500)
    return pd.DataFrame(
        {"spent": spent, "kind": kind, "back again": np.where(back, "yes", "no")}
    )


def _started(tmp_path: Path, table: pd.DataFrame, *words: str) -> Sandbox:
    """Return the repository of a table, with less to compute."""
    data = tmp_path / "the data.csv"
    table.to_csv(data, index=False, sep=";")
    box = Sandbox.create(tmp_path / "a box")
    box.lineal("init", "--data", str(data), "--model", "m", *words)
    _shrink(box.root)
    return box


def _shrink(root: Path) -> None:
    params = yaml.safe_load((root / "params.yaml").read_text("utf-8"))
    model: dict[str, Any] = params["models"]["m"]
    names = _KEPT[model["task"]]
    model["candidates"] = {name: model["candidates"][name] for name in names}
    model["selection"]["order"] = list(names)
    model["tuning"] = {"budget": 2, "factor": 2, "rows": 300}
    model["explain"] = {"rows": 100, "repeats": 1, "shap_rows": 20}
    (root / "params.yaml").write_text(yaml.safe_dump(params, sort_keys=False))
    stages = yaml.safe_load((root / "dvc.yaml").read_text("utf-8"))
    pairs = {f"m-{name}": {"model": "m", "candidate": name} for name in names}
    stages["stages"]["train"]["foreach"] = pairs
    (root / "dvc.yaml").write_text(yaml.safe_dump(stages, sort_keys=False))


def _trained(box: Sandbox) -> tuple[str, str]:
    """Run the stages, register what they made, and return two views of it."""
    box.run("dvc", "repro", "--quiet")
    summary = box.lineal("summary").stdout
    box.git("add", "--all")
    box.commit()
    box.lineal("register", "m")
    box.lineal("doctor")
    return summary, box.run("gto", "show").stdout


@pytest.mark.slow
def test_weekly_sales_become_a_registered_forecast(tmp_path: Path) -> None:
    """By two columns of segments, with a feature of the user's own."""
    words = ("--target", "units", "--time", "week", "--segments", "store,sku")
    box = _started(tmp_path, _weekly(), *words, "--horizon", "4")
    (box.root / "features.py").write_text(OWN, encoding="utf-8")
    summary, shown = _trained(box)
    features = (box.root / "models/m/features.json").read_text("utf-8")

    assert "units by store and sku, 1 to 4 weeks ahead." in summary
    assert "v0.1.0" in shown
    assert "own_jump" in features
    assert "m      v0.1.0" in box.lineal("show").stdout
    assert "up to date" in box.run("dvc", "status").stdout


@pytest.mark.slow
def test_customers_become_a_registered_classifier(tmp_path: Path) -> None:
    """With unicode and spaces in names, and no time."""
    box = _started(tmp_path, _shop(), "--target", "back again")
    summary, shown = _trained(box)

    assert "Whether back again." in summary
    assert "v0.1.0" in shown
