"""Tests that a recorded reproduction is what the policy asks for."""

from pathlib import Path

import pytest

from helpers import remakable
from helpers.remakable import TARGET, Remakable
from helpers.signers import Signer, allowed

pytestmark = pytest.mark.slow

_POLICY = """\
stages: [staging, prod]
signers: .lineal/allowed_signers
models:
  demand:
    prod:
      gates:
        - {reproduction: proven, signed: true}
"""
_PROMOTE = ("promote", TARGET, "--to", "prod", "--reason", "it is proven")
_TAGS = "reproduction/demand/v1.0.0/bob@x.org"


@pytest.fixture
def made(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Remakable:
    """Return a clone of a server, whose trusted branch asks for a signed proof."""
    found = remakable.pattern(tmp_path_factory).copy(tmp_path / "copy")
    bob = Signer.create(tmp_path / "keys", "bob@x.org")
    signers = {".lineal/allowed_signers": allowed(bob)}
    found.repo.commit("rules", {"policy.yaml": _POLICY, **signers})
    bare = found.repo.clone(tmp_path / "server.git", bare=True)
    found.repo.git("remote", "add", "origin", bare.root.resolve().as_uri())
    found.repo.git("fetch", "--quiet", "origin")
    bob.configure(found.repo)
    return found


def reproduce(made: Remakable, **env: str) -> tuple[int, str, str]:
    """Record a reproduction as bob."""
    words = ("reproduce", TARGET, "--record")
    done = made.repo.lineal(*words, ok=False, env=env)
    return done.returncode, done.stdout, done.stderr


def test_a_signed_proof_opens_the_stage_and_a_later_no_closes_it(
    made: Remakable,
) -> None:
    """Refused without a proof, allowed with one, refused when it fails for the same."""
    before = made.repo.lineal(*_PROMOTE, ok=False)
    first = reproduce(made)
    dry = made.repo.lineal(*_PROMOTE, "--dry-run", ok=False)
    second = reproduce(made, NOISE="1")
    after = made.repo.lineal(*_PROMOTE, ok=False)
    there = made.repo.git("ls-remote", "origin", "refs/tags/reproduction/*")

    assert before.returncode == 1
    assert "none is recorded" in before.stderr
    assert first[0] == 0, first[2]
    assert f"tag: {_TAGS}/1 (pushed to origin)" in first[1]
    assert "does not count" not in first[2]
    assert dry.returncode == 0, dry.stderr
    assert second[0] == 1, second[2]
    assert f"tag: {_TAGS}/2 (pushed to origin)" in second[1]
    assert after.returncode == 1
    assert "got other bytes" in after.stderr
    assert [line.split("\t")[1] for line in there.splitlines()][::2] == [
        f"refs/tags/{_TAGS}/1",
        f"refs/tags/{_TAGS}/2",
    ]


def test_who_cannot_record_is_told_before_anything_runs(made: Remakable) -> None:
    """Hours of work are not thrown away for lack of a name."""
    made.repo.git("config", "--unset", "user.email")
    (made.repo.home / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n")
    code, out, said = reproduce(made)

    assert code != 0
    assert out == ""
    assert "[1/" not in said
    assert "user.email" in said
