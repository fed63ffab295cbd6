"""Tests of docs/predict.md: what it shows is what happens."""

import doctest
import re
import shlex
from contextlib import chdir
from pathlib import Path

import pytest

from helpers import table_projects
from helpers.projects import Project

pytestmark = pytest.mark.slow
GUIDE = Path(__file__).parents[2] / "docs" / "predict.md"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Release a classifier that holds production."""
    made = table_projects.create(tmp_path_factory.mktemp("guide") / "repo")
    table_projects.released(made, 1, "linear", "2024-10-01")
    made.git("tag", "--annotate", "--message", "Promote", "delays#prod#1")
    table_projects.csv(made.root / "flights.csv")
    return made


def test_the_examples_run(project: Project) -> None:
    """In Python."""
    with chdir(project.root):
        failed, tried = doctest.testfile(
            str(GUIDE), module_relative=False, encoding="utf-8"
        )

    assert failed == 0
    assert tried >= 10


def test_every_command_works(project: Project) -> None:
    """On the command line."""
    text = GUIDE.read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]

    with chdir(project.root):
        for line in lines:
            done = project.lineal(*shlex.split(line)[1:])
            assert done.returncode == 0, f"{line}: {done.stderr}"

    assert len(lines) == 4
