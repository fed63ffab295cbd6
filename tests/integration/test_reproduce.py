"""Tests of `lineal reproduce`: a version is made again in a real DVC repository."""

import json
import shutil
import signal
from collections.abc import Mapping
from pathlib import Path

import pytest

import lineal
from helpers import remakable
from helpers.dvc_models import object_in, spoil
from helpers.remakable import TARGET, Remakable
from helpers.sandbox import Sandbox
from helpers.verbs import trailers

pytestmark = pytest.mark.slow

MAKERS = ["clean", "train@one", "train@two", "choose"]


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Remakable:
    """Make the repository that all tests copy."""
    return remakable.pattern(tmp_path_factory)


@pytest.fixture
def made(pattern: Remakable, tmp_path: Path) -> Remakable:
    """Return a copy that a test may spoil."""
    return pattern.copy(tmp_path / "copy")


@pytest.fixture
def temp(tmp_path: Path) -> Path:
    """Make a folder for temporary files, with a space in its name."""
    folder = tmp_path / "temporary files"
    folder.mkdir()
    return folder


def run(made: Remakable, temp: Path, *words: str, **env: str) -> tuple[int, str, str]:
    """Reproduce the version."""
    variables = {"TMPDIR": str(temp), **env}
    done = made.repo.lineal("reproduce", TARGET, *words, ok=False, env=variables)
    return done.returncode, done.stdout, done.stderr


def state(repo: Sandbox) -> Mapping[str, object]:
    """Return all that a reproduction must leave alone."""
    root = repo.root
    cache = root / ".dvc" / "cache"
    return {
        "refs": repo.git("for-each-ref"),
        "head": (root / ".git" / "HEAD").read_bytes(),
        "index": (root / ".git" / "index").read_bytes(),
        "config": (root / ".git" / "config").read_bytes(),
        "worktrees": repo.git("worktree", "list"),
        "files": {p: p.read_bytes() for p in root.rglob("*") if _is_own(p, root)},
        "cache": sorted(cache.rglob("*")),
    }


def _is_own(path: Path, root: Path) -> bool:
    inside = path.relative_to(root).parts[0] not in {".git", ".dvc"}
    return inside and path.is_file()


def test_what_is_made_from_committed_files_is_identical(
    made: Remakable, temp: Path
) -> None:
    """The stages of the model run, no other, and the user's files are left alone."""
    made.write({"train.py": "never committed", "clean.py": "staged", "new file": "x"})
    made.repo.git("add", "clean.py")
    before = state(made.repo)
    code, out, said = run(made, temp, "--json")
    facts = json.loads(out)

    assert code == 0, said
    assert facts["verdict"] == "identical"
    assert facts["stages"] == MAKERS
    assert facts["reason"] == "6 outputs of 4 stages"
    assert facts["first"] is facts["tag"] is None
    assert facts["dvc_lock"] == made.repo.id(f"{TARGET}:dvc.lock")
    assert [line for line in said.splitlines() if line.startswith("[")] == [
        f"[{number}/4] {stage}" for number, stage in enumerate(MAKERS, start=1)
    ]
    assert facts["environment"]["used"] == "running"
    assert facts["notes"] == []
    assert state(made.repo) == before
    assert list(temp.iterdir()) == []


def test_the_first_stage_that_makes_other_bytes_is_named(
    made: Remakable, temp: Path
) -> None:
    """Both hashes are told, and of all outputs that differ; the cache gets none."""
    before = state(made.repo)
    code, out, said = run(made, temp, NOISE="1")

    assert code == 1, said
    assert "is different: stage train@one is the first that made other" in out
    assert "(made/parts/one); 2 of 6 outputs of 4 stages differ" in out
    assert "train@two" in out
    assert "clean.csv" not in out
    assert "the model itself, models/model.bin, has the recorded bytes" in said
    assert state(made.repo) == before
    assert list(temp.iterdir()) == []


@pytest.mark.measured
def test_a_stage_that_fails_is_named_with_its_last_words(
    made: Remakable, temp: Path
) -> None:
    """It is no verdict; --keep leaves the checkout, which no later run takes away."""
    code, out, said = run(made, temp, "--keep", FAIL="1")
    kept = next(temp.iterdir())

    assert code == 3
    assert out == ""
    assert "stage train@one failed" in said
    assert "it said last: the disk of the cluster is full" in said
    assert "\x1b" not in said
    assert str(kept / "checkout") in said
    assert (kept / "checkout" / "made" / "clean.csv").read_text() == "A,B\n"


def raw(made: Remakable) -> str:
    """Return the hash of the raw data."""
    pointer = (made.repo.root / "data/raw table.csv.dvc").read_text()
    return pointer.partition("md5: ")[2].split()[0]


@pytest.mark.measured
def test_data_that_nobody_has_is_named(made: Remakable, temp: Path) -> None:
    """Without its raw data a version cannot be made, and that is no verdict."""
    object_in(made.remote, raw(made)).unlink()
    object_in(made.cache, raw(made)).unlink()
    code, _, said = run(made, temp)

    assert code == 3
    assert "data/raw table.csv is in neither the DVC cache nor a DVC remote" in said
    assert list(temp.iterdir()) == []


@pytest.mark.measured
def test_damaged_data_is_no_verdict(made: Remakable, temp: Path) -> None:
    """DVC trusts what is write-protected in its cache; a proof must not."""
    path = object_in(made.cache, raw(made))
    spoil(path)
    path.chmod(0o444)
    code, out, said = run(made, temp)

    assert code == 3
    assert out == ""
    assert "data/raw table.csv has other bytes than its .dvc file records" in said


def test_data_is_fetched_with_the_settings_of_the_clone(
    made: Remakable, temp: Path
) -> None:
    """What .dvc/config.local says of the remote counts, and the cache keeps the data."""
    shutil.rmtree(made.cache)
    made.remote.rename(made.remote.with_name("elsewhere ü"))
    local = "['remote \"store\"']\n    url = ../../elsewhere ü\n"
    (made.repo.root / ".dvc" / "config.local").write_text(local, encoding="utf-8")
    code, _, said = run(made, temp)

    assert code == 0, said
    assert "fetching data/raw table.csv" in said
    assert len([p for p in made.cache.rglob("*") if p.is_file()]) == 1


@pytest.mark.measured
def test_what_no_stage_made_cannot_be_made_again(made: Remakable) -> None:
    """A model that was added by hand has no recipe."""
    made.write({"artifacts.yaml": 'table: {path: "data/raw table.csv"}\n'})
    made.repo.git("add", "artifacts.yaml")
    made.repo.commit("by hand")
    made.repo.tag("table@v1.0.0")
    done = made.repo.lineal("reproduce", "table@v1.0.0", ok=False)

    assert done.returncode == 3
    assert "no stage makes data/raw table.csv at that commit" in done.stderr


@pytest.mark.measured
def test_where_to_push_is_only_for_what_is_recorded(made: Remakable) -> None:
    """So nobody waits for hours, and has no tag then."""
    done = made.repo.lineal("reproduce", TARGET, "--no-push", ok=False)

    assert done.returncode == 2
    assert "--no-push is for what --record writes" in done.stderr


@pytest.mark.measured
def test_a_lock_that_was_not_committed_proves_nothing(made: Remakable) -> None:
    """Without recorded hashes nothing runs, since nothing could be compared."""
    made.repo.git("rm", "--quiet", "--cached", "dvc.lock")
    made.repo.commit("forgotten")
    made.repo.tag("demand@v2.0.0")
    done = made.repo.lineal("reproduce", "demand@v2.0.0", ok=False)

    assert done.returncode == 3
    assert "has no hash of made/clean.csv, which stage clean makes" in done.stderr
    assert "[1/" not in done.stderr


def test_a_killed_run_ends_its_stages_and_is_swept(
    made: Remakable, temp: Path, tmp_path: Path
) -> None:
    """Nothing goes on when lineal is gone, and the next run clears up, when ended too."""
    before = state(made.repo)
    made.ended(temp, tmp_path / "first", signal.SIGKILL)
    left = list(temp.iterdir())
    code = made.ended(temp, tmp_path / "second", signal.SIGTERM)

    assert len(left) == 1
    assert code == 128 + signal.SIGTERM
    assert list(temp.iterdir()) == []
    assert state(made.repo) == before


def test_python_gets_what_the_command_line_says(made: Remakable) -> None:
    """The result is a value; recorded, it has its tag."""
    made.repo.git("config", "user.name", "Ann")
    made.repo.git("config", "user.email", "Ann@example.org")
    with lineal.open(made.repo.root) as registry:
        found = registry.reproduce(TARGET, record=True, environment="here")

    assert found.verdict == "identical"
    assert found.stages == tuple(MAKERS)
    assert found.tag == "reproduction/demand/v1.0.0/ann@example.org/1"
    assert trailers(made.repo, found.tag) == [
        "Verdict: identical",
        "Version: v1.0.0",
        "Reason: 6 outputs of 4 stages",
        f"Dvc-Lock: {found.lock}",
        f"Environment: {found.environment}",
    ]
