"""Where gto 1.10 is wrong and lineal answers otherwise, both side by side.

docs/gto.md lists these; elsewhere the two agree, as test_differential.py shows. What
DVC delivers is in test_gto_exceptions_dvc.py, and what stops gto altogether in
test_gto_exceptions_stops.py.
"""

from pathlib import Path

import pytest

from helpers import gto_oracle, lineal_answers
from helpers.beside import deprecated, holders, two_versions
from helpers.sandbox import Sandbox
from lineal.registry.store import ShallowCloneError

LATE = 1_800_000_000

INDEX = {"artifacts.yaml": "m:\n  path: m.pkl\n"}


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start an empty repository."""
    return Sandbox.create(tmp_path / "repo")


@pytest.fixture
def two(sandbox: Sandbox) -> tuple[str, str]:
    """Register v1.0.0 and v2.0.0 of m, each on a commit of its own."""
    return two_versions(sandbox)


@pytest.mark.parametrize("serials", [(1, 2), (9, 10)])
def test_of_one_second_the_later_serial_holds(
    sandbox: Sandbox, two: tuple[str, str], serials: tuple[int, int]
) -> None:
    """Gto takes the lower version, whatever the serials say."""
    for serial, commit in zip(serials, two, strict=True):
        sandbox.tag(f"m#prod#{serial}", commit=commit, at=LATE)

    assert holders(sandbox) == ("v1.0.0", "v2.0.0")


def test_of_one_second_an_assignment_after_an_end_counts(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """Gto lets the end win."""
    sandbox.tag("m#prod#1", commit=two[0], at=LATE - 1)
    sandbox.tag("m#prod!#2", commit=two[0], at=LATE)
    sandbox.tag("m#prod#3", commit=two[0], at=LATE)

    assert holders(sandbox) == (None, "v1.0.0")


def test_of_one_second_a_deprecation_is_not_lost(sandbox: Sandbox) -> None:
    """Gto puts it before the registration, which then revives the model."""
    sandbox.commit()
    sandbox.tag("m@v1.0.0", at=LATE)
    sandbox.tag("m@deprecated#1", at=LATE)

    assert deprecated(sandbox) == (False, True)


def test_the_serial_beats_a_clock_that_is_behind(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """Gto follows the clock of the machine that was an hour behind."""
    sandbox.tag("m#prod#1", commit=two[0], at=LATE)
    sandbox.tag("m#prod#2", commit=two[1], at=LATE - 3600)

    assert holders(sandbox) == ("v1.0.0", "v2.0.0")


def test_an_end_counts_that_is_stamped_before_its_assignment(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """Gto keeps in production what was taken out."""
    sandbox.tag("m#prod#1", commit=two[0], at=LATE)
    sandbox.tag("m#prod!#2", commit=two[0], at=LATE - 3600)

    assert holders(sandbox) == ("v1.0.0", None)


def test_a_rollback_is_the_same_to_every_question(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """Gto's API for one stage answers otherwise than gto's table."""
    for serial, commit in enumerate((two[0], two[1], two[0]), start=1):
        sandbox.tag(f"m#prod#{serial}", commit=commit)
    one = lineal_answers.reader(sandbox.root).holder("m", "prod")

    assert gto_oracle.in_stage(sandbox.root, "m", "prod") == "v2.0.0"
    assert one is not None
    assert one.name == "v1.0.0"
    assert holders(sandbox) == ("v1.0.0", "v1.0.0")


def test_a_tag_of_a_tag_is_no_event(sandbox: Sandbox, two: tuple[str, str]) -> None:
    """Gto shows the id of a tag object as what is in production."""
    sandbox.tag("m#prod#1", commit=two[0])
    sandbox.nested("m#prod#2", "m@v2.0.0")

    assert holders(sandbox) == (sandbox.id("refs/tags/m@v2.0.0"), "v1.0.0")
    assert lineal_answers.ignored(sandbox.root) == {"m#prod#2": "nested"}


def test_a_renamed_ref_is_no_event(sandbox: Sandbox) -> None:
    """Gto reads the name inside the object, which no ref has any more."""
    sandbox.commit()
    made = sandbox.tag("m@v1.0.0")
    sandbox.git("update-ref", "refs/tags/m@v2.0.0", made)
    sandbox.delete("m@v1.0.0")

    assert gto_oracle.show(sandbox.root).newest == {"m": "v1.0.0"}
    assert lineal_answers.show(sandbox.root).newest == {}
    assert lineal_answers.ignored(sandbox.root) == {"m@v2.0.0": "renamed"}


def test_a_lightweight_tag_is_counted_and_named(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """Both pass it over and take the next serial; gto says nothing of it."""
    sandbox.lightweight("m#prod#5", commit=two[0])
    serial = lineal_answers.reader(sandbox.root).store.serial("m")
    words = ("--version", "v1.0.0", "--stage", "dev")
    sandbox.run("gto", "assign", "m", *words)

    assert serial == 6
    assert "m#dev#6" in sandbox.git("tag").splitlines()
    assert holders(sandbox) == (None, None)
    assert lineal_answers.ignored(sandbox.root) == {"m#prod#5": "lightweight"}


def test_a_commit_without_version_can_be_unassigned(sandbox: Sandbox) -> None:
    """In gto it then holds the stage for ever."""
    commit = sandbox.commit()
    sandbox.tag("m#prod#1")
    between = holders(sandbox)
    sandbox.tag("m#prod!#2")

    assert between == (commit, commit)
    assert holders(sandbox) == (commit, None)


def test_an_uncommitted_file_hides_no_stage(sandbox: Sandbox) -> None:
    """Gto shows the stages that .gto of the working tree lists."""
    sandbox.commit()
    sandbox.tag("m@v1.0.0")
    sandbox.tag("m#prod#1")
    (sandbox.root / ".gto").write_text("stages: [dev]\n", encoding="utf-8")

    assert holders(sandbox) == (None, "v1.0.0")


def test_a_stage_that_is_no_longer_listed_is_shown(sandbox: Sandbox) -> None:
    """Gto forgets what it holds as soon as the file is edited, committed or not."""
    sandbox.commit(files={".gto": "stages: [dev, prod]\n"})
    sandbox.tag("m@v1.0.0")
    sandbox.tag("m#prod#1")
    sandbox.commit(files={".gto": "stages: [dev]\n"})

    assert holders(sandbox) == (None, "v1.0.0")


def test_a_later_commit_revives_no_deprecated_model(sandbox: Sandbox) -> None:
    """In gto any commit does, where artifacts.yaml names the model."""
    sandbox.commit(files=INDEX)
    sandbox.tag("m@v1.0.0")
    sandbox.tag("m@deprecated")
    between = deprecated(sandbox)
    sandbox.commit("unrelated")

    assert between == (True, True)
    assert deprecated(sandbox) == (False, True)


def test_a_young_commit_undoes_no_older_deprecation(sandbox: Sandbox) -> None:
    """Gto takes the date of a version's commit for an event."""
    sandbox.commit(at=LATE)
    sandbox.tag("m@v1.0.0", at=LATE - 100)
    sandbox.tag("m@deprecated", at=LATE - 50)

    assert deprecated(sandbox) == (False, True)


def test_a_shallow_clone_is_refused(
    sandbox: Sandbox, two: tuple[str, str], tmp_path: Path
) -> None:
    """Gto shows an empty registry, with success."""
    clone = sandbox.clone(tmp_path / "clone", "--depth=1", "--no-tags")

    assert len(two) == 2
    assert gto_oracle.show(clone.root).newest == {}
    with pytest.raises(ShallowCloneError, match="fetch --unshallow --tags"):
        lineal_answers.show(clone.root)


def test_an_unborn_branch_hides_nothing(sandbox: Sandbox) -> None:
    """Tags need no branch: here the two agree."""
    empty = lineal_answers.show(sandbox.root), gto_oracle.show(sandbox.root)
    sandbox.commit()
    sandbox.tag("m@v1.0.0")
    sandbox.git("checkout", "--quiet", "--orphan", "new")

    assert empty[0] == empty[1]
    assert lineal_answers.show(sandbox.root) == gto_oracle.show(sandbox.root)
    assert lineal_answers.show(sandbox.root).newest == {"m": "v1.0.0"}


def test_digits_of_other_scripts_make_no_version(sandbox: Sandbox) -> None:
    r"""Gto's \d takes them, so that a stage holds what no one can register."""
    sandbox.commit()
    sandbox.tag("m@v1.0.0")
    other = sandbox.commit()
    sandbox.tag("m@v1.0.1\u0662")
    sandbox.tag("m#prod#1")

    assert holders(sandbox) == ("v1.0.1\u0662", other)
    assert lineal_answers.show(sandbox.root).newest == {"m": "v1.0.0"}
