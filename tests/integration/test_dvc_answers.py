"""What DVC 3.67 delivers where one would not expect it, each in its smallest form.

Nothing of ours is tested here; a new DVC that mends one of them fails here.
"""

from pathlib import Path

import pytest

from helpers import gto_oracle
from helpers.dvc_oracle import delivered
from helpers.sandbox import Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start an empty repository."""
    return Sandbox.create(tmp_path / "repo")


@pytest.fixture
def two(sandbox: Sandbox) -> tuple[str, str]:
    """Register v1.0.0 and v2.0.0 of m, each on a commit of its own."""
    one = sandbox.commit()
    sandbox.tag("m@v1.0.0")
    other = sandbox.commit()
    sandbox.tag("m@v2.0.0")
    return one, other


def test_dvc_delivers_what_was_unassigned(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """The tag that ends an assignment is the stage's newest tag."""
    sandbox.tag("m#prod#1", commit=two[0])
    sandbox.tag("m#prod#2", commit=two[1])
    sandbox.tag("m#prod!#3", commit=two[1])

    assert gto_oracle.show(sandbox.root).holders == {("m", "prod"): "v1.0.0"}
    assert delivered(sandbox.root, "m", "prod") == two[1]


def test_dvc_delivers_from_an_empty_stage(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """Nothing holds it any more."""
    sandbox.tag("m#prod#1", commit=two[0])
    sandbox.tag("m#prod!#2", commit=two[0])

    assert gto_oracle.show(sandbox.root).holders == {}
    assert delivered(sandbox.root, "m", "prod") == two[0]


def test_dvc_delivers_what_was_withdrawn_and_deprecated(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """Neither tag is looked at when a stage is asked for."""
    sandbox.tag("m#prod#1", commit=two[1])
    sandbox.tag("m@v2.0.0!", commit=two[1])
    sandbox.tag("m@deprecated")

    shown = gto_oracle.show(sandbox.root)

    assert not shown.holders
    assert shown.deprecated == {"m"}
    assert delivered(sandbox.root, "m", "prod") == two[1]


def test_dvc_delivers_the_newest_even_when_it_was_withdrawn(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """Without a stage the greatest version counts, by its withdrawal too."""
    sandbox.tag("m@v2.0.0!", commit=two[1])

    assert gto_oracle.show(sandbox.root).newest == {"m": "v1.0.0"}
    assert delivered(sandbox.root, "m") == two[1]
