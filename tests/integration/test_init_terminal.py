"""`lineal init --data` on a terminal: what is unclear is asked."""

from pathlib import Path

import pytest

from helpers.sandbox import environment
from helpers.terminals import python_on_terminal

DAYS = [f"{day:02}/{month:02}/2023" for month in range(1, 13) for day in range(1, 13)]


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """Return an empty folder beside a table with two rows a moment."""
    rows = [f"{day},{n}\n{day},{2 * n + 1}\n" for n, day in enumerate(DAYS)]
    (tmp_path / "sold.csv").write_text("day,units\n" + "".join(rows))
    (tmp_path / "box").mkdir()
    return tmp_path / "box"


def _typed(box: Path, *keys: str) -> tuple[int, str]:
    """Ask for a forecast, and type answers."""
    words = ("--data", str(box.parent / "sold.csv"), "--task", "forecast")
    return python_on_terminal(
        *("-m", "lineal.cli.main", "--repo", str(box), "init", *words),
        keys="".join(f"{key}\n" for key in keys).encode(),
        environment=environment(box.parent),
    )


def test_answers_take_the_place_of_options(box: Path) -> None:
    """How rows become one, the dates, the target; but what is there may stay."""
    (box / "dvc.yaml").write_text("stages: {}\n")

    code, shown = _typed(box, "max", "y", "units", "n")

    assert "Is that right? [Y/n]" in shown
    assert "Column to predict (day, units)" in shown
    assert "How do several rows become one" in shown
    assert "model sold: forecast" in shown
    assert "Replace dvc.yaml? [y/N]" in shown
    assert "error: dvc.yaml is there already, so nothing was written" in shown
    assert code == 1
    assert [path.name for path in box.iterdir()] == ["dvc.yaml"]


def test_a_guess_that_is_wrong_ends_it(box: Path) -> None:
    """The question says which option corrects it."""
    code, shown = _typed(box, "max", "n")

    assert code == 130
    assert "say --dates" in shown
    assert list(box.iterdir()) == []
