"""Tests of docs/python.md: what it shows is what happens."""

import doctest
from contextlib import chdir
from pathlib import Path

import pytest

from helpers.shelf import PATHS, Shelf

DOCS = Path(__file__).parents[2] / "docs" / "python.md"


@pytest.mark.slow
def test_the_examples_run(tmp_path: Path) -> None:
    """In a repository with three versions, the middle one in production."""
    repo = Shelf.create(tmp_path / "docs").repo
    for name in repo.git("tag").splitlines():
        repo.delete(name)
    declared = {"artifacts.yaml": f'ridership: {{path: "{PATHS["flat"]}"}}\n'}
    for number in (1, 2, 3):
        repo.git("checkout", "--quiet", "--force", f"v{number}")
        repo.commit("declare", declared)
        repo.tag(f"ridership@v1.{number - 1}.0")
    repo.tag("ridership#prod#1", commit="ridership@v1.1.0^{commit}")
    names = {"url": repo.root.resolve().as_uri()}

    with chdir(repo.root):
        failed, tried = doctest.testfile(
            str(DOCS), module_relative=False, globs=names, encoding="utf-8"
        )

    assert failed == 0
    assert tried > 15
