"""Tests of comparing what is broken, missing, or kept in unusual places."""

from pathlib import Path

import pytest

from helpers import committing
from helpers.committing import promoted, registered
from helpers.compared import USUAL, card, wrong
from helpers.sandbox import Sandbox
from lineal.bootstrap.comparing import compare
from lineal.bootstrap.sides import NoWorkingTreeError

BROKEN = "{broken"


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Make one good version, in a repository of the other object format."""
    made = Sandbox.create(tmp_path / "repo", object_format="sha256")
    registered(made, "m", "v1.0.0", committing.files("m", card(USUAL), USUAL))
    return made


def test_a_card_that_is_broken_is_named(box: Sandbox) -> None:
    """Scores come from the errors by day then, and others are unknown."""
    broken = committing.files("m", BROKEN, wrong(1.1))
    registered(box, "m", "v1.1.0", broken)
    found = compare(box.root, "m@v1.0.0", "m@v1.1.0")

    assert "models/m/card.json of m@v1.1.0 is no JSON object" in found.notes
    verdicts = {one.metric: one.verdict for one in found.measures}
    assert (verdicts["wape"], verdicts["auc"]) == ("worse", "unknown")


def test_errors_that_are_broken_tell_nothing(box: Sandbox) -> None:
    """The reason says which file to mend, and how."""
    files = committing.files("m", card(wrong(1.1)))
    registered(box, "m", "v1.1.0", {**files, "models/m/errors.json": BROKEN})
    found = compare(box.root, "m@v1.0.0", "m@v1.1.0")

    assert found.main is not None
    assert found.main.verdict == "changed"
    assert "errors.json is not what the evaluate stage writes" in found.main.why


def test_a_withdrawn_version_can_be_compared(box: Sandbox) -> None:
    """It is only noted."""
    registered(box, "m", "v1.1.0", committing.files("m", card(USUAL), wrong(1.1)))
    box.tag("m@v1.1.0!", commit="m@v1.1.0^{commit}")
    found = compare(box.root, "m@v1.0.0", "m@v1.1.0")

    assert "m v1.1.0 was withdrawn" in found.notes


@pytest.mark.parametrize("path", ["dvc.lock", "dvc.yaml", "artifacts.yaml"])
def test_what_cannot_be_read_leaves_it_open(box: Sandbox, path: str) -> None:
    """A working tree whose records are broken is not said to be the same."""
    (box.root / path).write_text(": [broken", encoding="utf-8")
    found = compare(box.root, "m@v1.0.0", ".")

    assert found.recommendation.verdict == "unclear"
    assert any(f"{path} cannot be read" in note for note in found.notes)


def test_the_working_tree_has_what_is_not_committed(box: Sandbox) -> None:
    """Also where lineal is asked in a folder of it, and for a part of a monorepo."""
    for path, text in committing.files("m", card(wrong(1.1)), wrong(1.1)).items():
        placed = box.root / "part" / path
        placed.parent.mkdir(parents=True, exist_ok=True)
        placed.write_text(text, encoding="utf-8")
    found = compare(box.root / "part", "HEAD", ".", model="part:m")
    registered(box, "m", "v1.1.0", committing.files("m", card(wrong(1.1)), wrong(1.1)))
    (box.root / "models/m/card.json").unlink()
    gone = compare(box.root / "part", "m@v1.1.0", ".")

    assert found.after.pedigree is not None
    assert found.after.pedigree.path == "part/models/m/model.joblib"
    assert found.after.errors is not None
    assert "the working tree has no models/m/card.json" in gone.notes


def test_a_bare_repository_has_versions_only(box: Sandbox, tmp_path: Path) -> None:
    """And no working tree."""
    promoted(box, "m", "v1.0.0", "prod", 1)
    bare = box.clone(tmp_path / "bare", bare=True)

    same = compare(bare.root, "m@v1.0.0", "m#prod")
    assert same.recommendation.reason == "every metric is the same"
    with pytest.raises(NoWorkingTreeError):
        compare(bare.root, "m@v1.0.0", ".")
