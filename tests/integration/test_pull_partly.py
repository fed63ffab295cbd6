"""`lineal pull` where the remote alone is not enough, and many versions at once."""

import shutil
from pathlib import Path

import pytest

from helpers.dvc_models import FLAT, Models, dvc_each
from helpers.sandbox import Sandbox
from lineal.bootstrap.scopes import of_commits, scopes
from lineal.doors.location import locate

pytestmark = pytest.mark.slow
STAGES = """\
stages:
  make:
    cmd: printf a > a.bin; printf b > b.bin; printf c > 'in git.txt'
    outs: [a.bin, {b.bin: {push: false}}, {in git.txt: {cache: false}}]
"""
A_MD5 = "0cc175b9c0f1b6a831c399e269772661"


@pytest.fixture
def far(tmp_path: Path) -> Path:
    """Return the folder that is the remote."""
    return tmp_path / "far"


@pytest.fixture
def clone(s3_pattern: Models, tmp_path: Path, far: Path) -> Sandbox:
    """Return a fresh clone of a repository with an import and a result for nobody."""
    lender = s3_pattern.copy(tmp_path / "lender").repo.root
    ours = Sandbox.create(tmp_path / "ours")
    (ours.root / "dvc.yaml").write_text(STAGES, encoding="utf-8")
    lent = (
        "import",
        "--quiet",
        str(lender),
        "modèls/model one.bin",
        "-o",
        "lent 1.bin",
    )
    dvc_each(
        ours,
        [
            ("init", "--quiet"),
            ("remote", "add", "--quiet", "--default", "far", str(far)),
            lent,
            ("repro", "--quiet"),
            ("push", "--quiet"),
        ],
    )
    ours.git("add", "--all")
    ours.commit("all")
    return ours.clone(tmp_path / "a clone")


@pytest.mark.measured
def test_imports_come_too_and_what_nobody_stores_is_named(
    clone: Sandbox, far: Path
) -> None:
    """With --allow-missing all comes that is somewhere, else nothing does."""
    pulled = clone.lineal("pull")
    for name in ("a.bin", "in git.txt"):
        (clone.root / name).unlink()
    shutil.rmtree(clone.root / ".dvc" / "cache")
    (far / "files" / "md5" / A_MD5[:2] / A_MD5[2:]).unlink()
    refused = clone.lineal("pull", ok=False)
    partly = clone.lineal("pull", "--allow-missing")
    shutil.rmtree(far)
    unmounted = clone.lineal("pull", ok=False)

    assert "1 of 1 objects brought; all are right" in pulled.stdout
    assert "no remote has b.bin, so it is not here: `dvc repro`" in pulled.stderr
    assert (clone.root / "lent 1.bin").read_bytes() == FLAT
    assert refused.returncode == 3
    assert "a.bin" in refused.stderr
    assert "`lineal pull --allow-missing` brings all others" in refused.stderr
    assert "0 of 1 objects brought; 1 are in neither the cache nor" in partly.stdout
    assert "in git.txt" not in pulled.stderr
    assert "Git has it: `git restore 'in git.txt'`" in partly.stderr
    assert not (clone.root / "a.bin").exists()
    assert unmounted.returncode == 3
    assert "does not exist): mount it, or name another remote" in unmounted.stderr


@pytest.mark.measured
def test_what_cannot_be_lent_any_more_is_named(clone: Sandbox, tmp_path: Path) -> None:
    """All else is there, and the way out is DVC's own command."""
    shutil.rmtree(tmp_path / "lender")
    done = clone.lineal("pull", ok=False)

    assert done.returncode == 3
    assert "`dvc pull 'lent 1.bin.dvc'`" in done.stderr
    assert (clone.root / "a.bin").read_bytes() == b"a"


@pytest.mark.measured
def test_nothing_to_carry_needs_no_remote(tmp_path: Path) -> None:
    """A pipeline that never ran, or whose results are in Git, has none."""
    repo = Sandbox.create(tmp_path / "repo")
    dvc_each(repo, [("init", "--quiet")])
    repo.commit("first", {"dvc.yaml": STAGES})

    assert "nothing" in repo.lineal("pull").stdout
    assert "nothing" in repo.lineal("push").stdout


@pytest.mark.measured
def test_many_versions_are_read_in_as_many_processes_as_few(
    s3_pattern: Models, tmp_path: Path
) -> None:
    """And what is read of each is what is read of it alone."""
    repo = s3_pattern.copy(tmp_path).repo
    asked = []
    counts = []
    for minor in range(1, 7):
        commit = repo.commit(f"{minor}", {"flat.txt": f"{minor}"})
        repo.tag(f"piped@v1.{minor}.0")
        asked.append(commit)
        if minor in {1, 6}:
            trace = tmp_path / f"trace{minor}"
            repo.lineal("doctor", "--remote=quick", env={"GIT_TRACE": str(trace)})
            counts.append(trace.read_text("utf-8").count("trace: built-in"))
    place = locate(repo.root)

    assert counts[0] == counts[1] > 0
    assert dict(of_commits(place, asked)) == {c: scopes(place, c) for c in asked}
