"""A repository that lost a tag's object, though the index still knows it."""

from pathlib import Path

import pytest

from helpers.sandbox import Sandbox


@pytest.fixture
def damaged(tmp_path: Path) -> Sandbox:
    """Read everything once, then lose the object of the newest version's tag."""
    sandbox = Sandbox.create(tmp_path / "repo")
    for version in ("v1.0.0", "v1.1.0"):
        sandbox.commit()
        sandbox.tag(f"m@{version}")
    sandbox.tag("m#prod#1")
    sandbox.lineal("show")
    oid = sandbox.id("refs/tags/m@v1.1.0")
    (sandbox.root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    return sandbox


def test_verify_names_the_tag(damaged: Sandbox) -> None:
    """It looks at the objects themselves, not at what was kept of them."""
    done = damaged.lineal("verify", ok=False)

    assert done.returncode == 1
    assert "m@v1.1.0" in done.stdout
    assert "its object is missing" in done.stdout


@pytest.mark.parametrize(
    "words", [("history",), ("sql", "select version from versions")]
)
def test_who_needs_the_object_says_that_it_is_missing(
    damaged: Sandbox, words: tuple[str, ...]
) -> None:
    """One sentence that names the tag and the way out."""
    done = damaged.lineal(*words, ok=False)

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("error: the object of tag m@v1.1.0 is missing")
    assert "git fsck" in done.stderr
    assert len(done.stderr.splitlines()) == 1
