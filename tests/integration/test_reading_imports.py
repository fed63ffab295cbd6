"""Tests of what commands wait for before they can answer."""

from pathlib import Path

import pytest

from helpers.programs import python
from helpers.sandbox import Sandbox

HEAVY = {"numpy", "pandas", "msgspec", "yaml", "sklearn", "xgboost", "dvc", "gto"}
# What costs most of the time of a program that does next to nothing.
SLOW = {"click", "dataclasses", "inspect", "pathlib", "subprocess", "tempfile"}
SLOW |= {"shutil", "typing", "json", "datetime", "difflib", "lineal.cli.main"}


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Make a registry of one model."""
    made = Sandbox.create(tmp_path / "repo")
    made.commit()
    made.tag("m@v1.0.0")
    made.tag("m#prod#1")
    return made


def test_which_asked_again_imports_almost_nothing(sandbox: Sandbox) -> None:
    """Scripts ask it in loops."""
    sandbox.lineal("which", "m", "prod")
    script = (
        "import sys; sys.path[:0] = sys.argv.pop().split(':'); before = {*sys.modules}\n"
        "from lineal.cli.entry import main\n"
        "assert main() == 0; print(*sorted({*sys.modules} - before))"
    )
    source = Path(__file__).parents[2] / "src"

    done = python(
        "-S", "-c", script, "which", "m", "prod", str(source), cwd=sandbox.root
    )

    first, modules = done.stdout.splitlines()
    assert (first, done.stderr) == ("v1.0.0", "")
    assert not (SLOW | HEAVY).intersection(modules.split())
    ours = {name for name in modules.split() if name.startswith("lineal.")}
    assert ours == {
        "lineal.cli",
        "lineal.cli.entry",
        "lineal.cli.pipes",
        "lineal.cli.quick",
        "lineal.doors",
        "lineal.doors.environment",
        "lineal.doors.reffiles",
        "lineal.doors.whereabouts",
        "lineal.registry",
        "lineal.registry.memo",
    }


@pytest.mark.parametrize(
    "words",
    [
        ("which", "m", "prod"),
        ("which", "m", "prod", "--at", "now"),
        ("show",),
        ("show", "m"),
        ("history", "m"),
    ],
    ids=" ".join,
)
def test_reading_imports_nothing_heavy(
    sandbox: Sandbox, words: tuple[str, ...]
) -> None:
    """Nor anything that writes."""
    script = (
        "import sys; from lineal.cli.entry import main\n"
        "assert main() == 0; print(*sys.modules)"
    )

    done = python("-c", script, *words, cwd=sandbox.root)

    modules = done.stdout.splitlines()[-1].split()
    assert not HEAVY.intersection(modules)
    assert not [name for name in modules if name.startswith("lineal.actions")]
    assert "difflib" not in modules
