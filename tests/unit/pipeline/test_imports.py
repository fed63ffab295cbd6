"""Tests of what stages and commands wait for before they work."""

import pytest

from helpers.programs import python
from helpers.stages import FAMILIES

# What takes long to import, and only some stages, formats or parameters need.
RARE = {"holidays", "shap", "skops"}
LEARNING = {"joblib", "scipy", "sklearn", "xgboost"}
DRAWING = {"matplotlib"}


def of_stages(*stages: str) -> tuple[str, ...]:
    """Return the modules of stages, for models of every task."""
    return tuple(f"{family}.{stage}" for stage in stages for family in FAMILIES)


@pytest.mark.parametrize(
    ("modules", "unneeded"),
    [
        (of_stages("ingest", "features"), RARE | LEARNING | DRAWING),
        (
            (
                *of_stages("train", "evaluate", "explain"),
                "lineal.bootstrap.forecasting",
                "lineal.bootstrap.predicting",
            ),
            RARE | DRAWING,
        ),
        (of_stages("report"), RARE | LEARNING),
    ],
    ids=["data", "models", "drawings"],
)
def test_only_what_is_used_is_imported(
    modules: tuple[str, ...], unneeded: set[str]
) -> None:
    """A pipeline is many processes, and each would wait for all of it."""
    script = f"import sys, {', '.join(modules)}; print(*sys.modules)"

    done = python("-c", script)

    loaded = set(done.stdout.split())
    assert loaded.issuperset(modules), done.stderr
    assert not loaded & unneeded
