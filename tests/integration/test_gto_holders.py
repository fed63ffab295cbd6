"""Whom gto 1.10 takes for the holder of a stage, where one would not expect it.

Nothing of ours is tested here: these answers are what our own are compared with, and
the exceptions among them are documented. A new gto that mends one of them fails here.
"""

from pathlib import Path

import pytest

from helpers import gto_oracle
from helpers.sandbox import Sandbox

LATE = 1_800_000_000


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


def holder(sandbox: Sandbox, stage: str = "prod") -> str | None:
    """Return what gto shows in a stage of m."""
    return gto_oracle.show(sandbox.root).holders.get(("m", stage))


@pytest.mark.parametrize("serials", [(1, 2), (2, 1), (9, 10)])
def test_of_one_second_the_lower_version_wins(
    sandbox: Sandbox, two: tuple[str, str], serials: tuple[int, int]
) -> None:
    """Neither serial nor tag name breaks the tie; the API for a stage disagrees."""
    for serial, commit in zip(serials, two, strict=True):
        sandbox.tag(f"m#prod#{serial}", commit=commit, at=LATE)

    assert holder(sandbox) == "v1.0.0"
    assert gto_oracle.in_stage(sandbox.root, "m", "prod") == "v2.0.0"


def test_of_one_second_an_end_beats_what_follows_it(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """Unassigned as #2 and assigned again as #3, the version is out."""
    sandbox.tag("m#prod#1", commit=two[0], at=LATE - 1)
    sandbox.tag("m#prod!#2", commit=two[0], at=LATE)
    sandbox.tag("m#prod#3", commit=two[0], at=LATE)

    assert holder(sandbox) is None


def test_the_clock_beats_the_serial(sandbox: Sandbox, two: tuple[str, str]) -> None:
    """Assigned as #2 by a machine that is an hour behind, v2.0.0 is not in."""
    sandbox.tag("m#prod#1", commit=two[0], at=LATE)
    sandbox.tag("m#prod#2", commit=two[1], at=LATE - 3600)

    assert holder(sandbox) == "v1.0.0"


def test_the_apis_disagree_after_a_rollback(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """One takes the last assigned, the other the greatest that was not unassigned."""
    for serial, commit in enumerate((two[0], two[1], two[0]), start=1):
        sandbox.tag(f"m#prod#{serial}", commit=commit)

    assert holder(sandbox) == "v1.0.0"
    assert gto_oracle.in_stage(sandbox.root, "m", "prod") == "v2.0.0"


def test_unassigning_brings_back_the_one_before(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """What was superseded was not ended; of two assignments the last one counts."""
    for serial, commit in enumerate((two[0], two[1], two[0]), start=1):
        sandbox.tag(f"m#prod#{serial}", commit=commit)
    sandbox.tag("m#prod!#4", commit=two[0])
    between = holder(sandbox)
    sandbox.tag("m#prod!#5", commit=two[1])

    assert between == "v2.0.0"
    assert holder(sandbox) is None


def test_a_withdrawn_version_steps_aside_until_it_is_registered_again(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """Its assignment sleeps: the one before holds the stage, then it is back."""
    sandbox.tag("m#prod#1", commit=two[0])
    sandbox.tag("m#prod#2", commit=two[1])
    sandbox.tag("m@v2.0.0!", commit=two[1])
    without = holder(sandbox)
    sandbox.tag("m@v2.0.0#3", commit=two[1])

    assert without == "v1.0.0"
    assert holder(sandbox) == "v2.0.0"


def test_a_commit_without_version_holds_a_stage(sandbox: Sandbox) -> None:
    """Its id stands for the version, and an unassignment is without effect."""
    commit = sandbox.commit()
    sandbox.tag("m#prod#1")
    sandbox.tag("m#prod!#2")

    assert holder(sandbox) == commit


def test_a_tag_of_a_tag_is_a_phantom_version(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """What holds the stage is the id of a tag object, which is no commit."""
    sandbox.nested("m#prod#1", "m@v1.0.0")

    assert holder(sandbox) == sandbox.id("refs/tags/m@v1.0.0")
    assert holder(sandbox) not in two


def test_lightweight_tags_are_passed_over_but_count(sandbox: Sandbox) -> None:
    """They are not mentioned, and gto takes the next serial after theirs."""
    sandbox.commit()
    sandbox.tag("m@v1.0.0")
    sandbox.lightweight("m#prod#5")
    before = holder(sandbox)
    sandbox.run("gto", "assign", "m", "--version", "v1.0.0", "--stage", "prod")

    assert before is None
    assert "m#prod#6" in sandbox.git("tag").splitlines()


def test_stages_that_the_working_tree_does_not_list_are_not_shown(
    sandbox: Sandbox,
) -> None:
    """An uncommitted .gto hides what is in production."""
    sandbox.commit()
    sandbox.tag("m@v1.0.0")
    sandbox.tag("m#prod#1")
    before = holder(sandbox)
    (sandbox.root / ".gto").write_text("stages: [dev]\n", encoding="utf-8")

    assert before == "v1.0.0"
    assert holder(sandbox) is None
