"""Tests of what `lineal get` warns of and refuses."""

from pathlib import Path

import pytest

from helpers import shelf as shelves
from helpers.getting import get, left
from helpers.shelf import LATER, Shelf, clock, deprecate

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Share the repository with all tests that only read."""
    return shelves.pattern(tmp_path_factory)


@pytest.fixture
def shelf(pattern: Shelf, tmp_path: Path) -> Shelf:
    """Return a copy that a test may spoil."""
    return pattern.copy(tmp_path / "copy")


def test_a_withdrawn_version_is_refused_with_who_and_why(
    shelf: Shelf, tmp_path: Path
) -> None:
    """The newest is then the one before."""
    message = "Withdraw\n\nReason: it learned from the future"
    shelf.repo.tag("flat@v3.0.0!", commit="v3", message=message)

    done = get(shelf, "flat@v3.0.0", cwd=tmp_path)
    newest = get(shelf, "flat", "-o", "newest", cwd=tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith(
        "error: flat v3.0.0 was withdrawn by Ann <ann@example.org> on 2023-11-14 "
    )
    assert "(it learned from the future): choose another" in done.stderr
    assert "v2.0.0" in newest.stdout
    assert left(tmp_path) == ["copy", "newest"]


@pytest.mark.parametrize("target", ["flat@v2.0.0", "flat"])
def test_a_life_that_ends_is_warned_of_and_then_refused(
    shelf: Shelf, tmp_path: Path, target: str
) -> None:
    """Of one version, and of the whole model; the clock decides."""
    deprecate(shelf, target, LATER)
    words = ("flat@v2.0.0", "--force")

    before = get(shelf, *words, cwd=tmp_path, env=clock(LATER - 1))
    after = get(shelf, *words, cwd=tmp_path, env=clock(LATER))
    other = get(shelf, "flat@v1.0.0", "-o", "x", cwd=tmp_path, env=clock(LATER))

    assert before.returncode == 0
    assert before.stderr.startswith("warning: flat ")
    assert "(it drifts): its life ends on 2023-11-26 12:00:" in before.stderr
    assert after.returncode == 1
    assert "ended on 2023-11-26" in after.stderr
    assert "by Ann <ann@example.org> on " in after.stderr
    assert other.returncode == (0 if "@" in target else 1)


def test_a_deprecation_without_a_date_only_warns(shelf: Shelf, tmp_path: Path) -> None:
    """Nobody said when it ends."""
    deprecate(shelf, "flat", None)

    done = get(shelf, "flat@v2.0.0", cwd=tmp_path)

    assert done.returncode == 0
    assert done.stderr.startswith("warning: flat was deprecated by Ann <ann@")


@pytest.mark.parametrize(
    ("target", "code", "said"),
    [
        ("flat#dev", 1, "flat#dev holds no version; of its stages, prod do"),
        ("flat@v9.0.0", 1, "flat has no version v9.0.0; its newest are: v3.0.0"),
        ("none@v1.0.0", 1, "the registry has no model 'none'"),
        ("flat@", 2, "'flat@' names no version: write MODEL@VERSION"),
        ("flat@1", 2, "'1' is not a version such as"),
        ("flat@1.0.0", 2, "did you mean v1.0.0?"),
        ("flat@prod", 2, "for a stage write flat#prod"),
        ("flat@v1.0.0#prod", 2, "'v1.0.0#prod' is not a version"),
        ("-d", 2, "No such option"),
        ("--", 2, "Missing argument"),
        ("pointer", 1, "pointer.bin is kept by Git LFS"),
    ],
)
def test_what_cannot_be_got_is_said(
    pattern: Shelf, tmp_path: Path, target: str, code: int, said: str
) -> None:
    """No file is left behind."""
    done = get(pattern, target, cwd=tmp_path)

    assert done.returncode == code
    assert said in done.stderr
    assert done.stdout == ""
    assert left(tmp_path) == []


def test_a_version_without_a_declared_model_says_so(
    shelf: Shelf, tmp_path: Path
) -> None:
    """Neither at its commit nor, with a path that nobody has, elsewhere."""
    shelf.repo.tag("stray@v1.0.0")
    shelf.repo.commit("declare", {"artifacts.yaml": "gone: {path: gone.bin}\n"})
    shelf.repo.tag("gone@v1.0.0")

    stray = get(shelf, "stray", cwd=tmp_path)
    gone = get(shelf, "gone", cwd=tmp_path)

    assert (stray.returncode, gone.returncode) == (1, 1)
    assert "neither dvc.yaml nor artifacts.yaml says where" in stray.stderr
    assert "neither Git nor DVC has gone.bin" in gone.stderr
