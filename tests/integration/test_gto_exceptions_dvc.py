"""Where DVC delivers another version than lineal, both side by side.

docs/gto.md lists these beside the exceptions of test_gto_exceptions.py.
"""

from pathlib import Path

import pytest

from helpers import lineal_answers
from helpers.beside import deprecated, two_versions
from helpers.dvc_oracle import delivered
from helpers.sandbox import Sandbox
from lineal.registry.retrieval import EmptyStageError, EndedError, WithdrawnError

LATE = 1_800_000_000


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start an empty repository."""
    return Sandbox.create(tmp_path / "repo")


@pytest.fixture
def two(sandbox: Sandbox) -> tuple[str, str]:
    """Register v1.0.0 and v2.0.0 of m, each on a commit of its own."""
    return two_versions(sandbox)


def test_what_was_rolled_back_is_not_delivered(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """DVC takes the tag that ended it for the stage's newest assignment."""
    sandbox.tag("m#prod#1", commit=two[0])
    sandbox.tag("m#prod#2", commit=two[1])
    sandbox.tag("m#prod!#3", commit=two[1])

    assert delivered(sandbox.root, "m", "prod") == two[1]
    assert lineal_answers.delivered(sandbox.root, "m#prod") == two[0]


def test_nothing_is_delivered_from_an_empty_stage(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """DVC goes on delivering what was unassigned."""
    sandbox.tag("m#prod#1", commit=two[0])
    sandbox.tag("m#prod!#2", commit=two[0])

    assert delivered(sandbox.root, "m", "prod") == two[0]
    with pytest.raises(EmptyStageError):
        lineal_answers.delivered(sandbox.root, "m#prod")


def test_what_was_withdrawn_is_not_delivered(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """DVC looks at withdrawals neither for a stage nor for the newest."""
    sandbox.tag("m#prod#1", commit=two[1])
    sandbox.tag("m@v2.0.0!", commit=two[1])

    assert delivered(sandbox.root, "m", "prod") == two[1]
    assert delivered(sandbox.root, "m") == two[1]
    assert lineal_answers.delivered(sandbox.root, "m") == two[0]
    with pytest.raises(EmptyStageError):
        lineal_answers.delivered(sandbox.root, "m#prod")
    with pytest.raises(WithdrawnError):
        lineal_answers.delivered(sandbox.root, "m@v2.0.0")


def test_what_is_deprecated_is_refused_after_its_end(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """DVC delivers it in silence; gto hides the whole model at once."""
    sandbox.tag("m#prod#1", commit=two[1])
    sandbox.tag("m@deprecated", message=f"x\n\nEnd-Of-Life: {LATE} (2027-01-15)")

    assert delivered(sandbox.root, "m", "prod") == two[1]
    assert deprecated(sandbox) == (True, True)
    assert lineal_answers.delivered(sandbox.root, "m#prod", LATE - 1) == two[1]
    with pytest.raises(EndedError):
        lineal_answers.delivered(sandbox.root, "m#prod", LATE)
