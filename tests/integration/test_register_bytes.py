"""Tests that `lineal register` knows where DVC's bytes are, with DVC's own files."""

import shutil
from pathlib import Path

import pytest

from helpers.dvc_models import BUNDLE, Models, object_in
from helpers.sandbox import Sandbox

NAMES = ("flat", "piped", "folder", "member", "part", "plain", "tree", "team:own")


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Models:
    """Make the repository once."""
    return Models.create(tmp_path_factory.mktemp("pattern"))


@pytest.fixture
def models(pattern: Models, tmp_path: Path) -> Models:
    """Return a copy that a test may spoil."""
    return pattern.copy(tmp_path)


def refused(repo: Sandbox, *words: str) -> str:
    """Run `lineal register`, which must say no, and return its words."""
    done = repo.lineal("register", *words, ok=False)
    assert done.returncode == 1, done.stderr
    assert repo.git("tag") == ""
    return done.stderr


def trailers(repo: Sandbox, tag: str) -> str:
    """Return a tag's message."""
    return repo.git("tag", "--list", "--format=%(contents)", tag)


def test_cached_bytes_will_do(models: Models) -> None:
    """Whatever their kind, and though the remote is gone."""
    shutil.rmtree(models.remote)

    for name in NAMES:
        models.repo.lineal("register", name)
    assert len(models.repo.git("tag").split()) == len(NAMES)
    assert "Model-Size: 5" in trailers(models.repo, "piped@v0.1.0")
    total = sum(map(len, BUNDLE.values()))
    assert f"Model-Size: {total}" in trailers(models.repo, "folder@v0.1.0")
    # DVC records the size of the folder around it only.
    assert "Model-Size" not in trailers(models.repo, "member@v0.1.0")


def test_bytes_that_only_this_machine_has_are_noted(models: Models) -> None:
    """Of a folder, one file that was not pushed is enough."""
    object_in(models.remote, models.tracked("flat").md5).unlink()
    object_in(models.remote, "d41d8cd98f00b204e9800998ecf8427e").unlink()

    flat, folder, piped = (
        models.repo.lineal("register", name).stderr
        for name in ("flat", "folder", "piped")
    )
    said = "note: the bytes are only in this machine's DVC cache: run dvc push"
    assert said in flat
    assert said in folder
    assert "DVC cache" not in piped


def test_a_remote_that_cannot_be_asked_is_noted(models: Models) -> None:
    """The cache has them, so nothing stands in the way; without a remote, nothing."""
    config = models.repo.root / ".dvc" / "config"
    config.write_text("[core]\n remote = x\n['remote \"x\"']\n url = nowhere://x\n")
    unreachable = models.repo.lineal("register", "flat").stderr
    config.write_text("")
    none = models.repo.lineal("register", "piped").stderr

    assert "note: whether others can get the bytes is not known: " in unreachable
    assert "note" not in none


def test_bytes_on_the_remote_will_do(models: Models) -> None:
    """As in a fresh clone in CI."""
    models.uncache()

    for name in ("flat", "folder"):
        models.repo.lineal("register", name)
    assert models.repo.git("tag").split() == ["flat@v0.1.0", "folder@v0.1.0"]


def test_bytes_that_nobody_has_are_refused(models: Models) -> None:
    """Unless that is allowed, which is said."""
    models.uncache()
    object_in(models.remote, models.tracked("flat").md5).unlink()

    said = refused(models.repo, "flat")
    done = models.repo.lineal("register", "flat", "--allow-missing")
    assert "neither the DVC cache nor the DVC remote has them" in said
    assert "--allow-missing" in said
    assert "was not checked" in done.stderr


def test_a_folder_that_lost_a_file_is_refused(models: Models) -> None:
    """Though its list is there."""
    for place in (models.cache, models.remote):
        path = next((place / "files" / "md5").glob("99/914b932bd37a50b983c5e7c90ae93b"))
        path.unlink()  # the bytes of {}

    assert "neither the DVC cache nor the DVC remote" in refused(models.repo, "folder")


@pytest.mark.measured
def test_a_folder_in_two_halves_will_do(models: Models) -> None:
    """One file is only in the cache, another only on the remote."""
    object_in(models.cache, "99914b932bd37a50b983c5e7c90ae93b").unlink()
    object_in(models.remote, "d41d8cd98f00b204e9800998ecf8427e").unlink()

    models.repo.lineal("register", "folder")
    assert models.repo.git("tag") == "folder@v0.1.0"


@pytest.mark.measured
def test_without_a_remote_the_cache_must_have_them(models: Models) -> None:
    """It is said that there is none."""
    models.uncache()
    (models.repo.root / ".dvc" / "config").write_text("")

    assert "there is no default DVC remote" in refused(models.repo, "piped")


@pytest.mark.measured
@pytest.mark.parametrize("lock", ["schema: '2.0'\n", "<<<<<<< HEAD\n"])
def test_a_path_without_an_output_is_refused(models: Models, lock: str) -> None:
    """It was declared, and never made, as far as the working tree can tell."""
    (models.repo.root / "dvc.lock").write_text(lock)

    assert "none.bin, the path of gone," in refused(models.repo, "gone")


@pytest.mark.measured
def test_an_output_that_was_made_again_must_be_committed(models: Models) -> None:
    """Naming the commit registers what that has."""
    lock = models.repo.root / "dvc.lock"
    md5 = models.tracked("piped").md5
    lock.write_text(lock.read_text().replace(md5, "0" * 32))

    said = refused(models.repo, "piped")
    models.repo.lineal("register", "piped", models.repo.id("HEAD"))
    assert "out/piped.bin in the working tree is not the committed one" in said
    assert "(dvc.lock differs)" in said
    assert models.repo.git("tag") == "piped@v0.1.0"


@pytest.mark.measured
@pytest.mark.parametrize("text", ["<<<<<<< HEAD\n", "", "schema: '2.0'\n"])
def test_a_lock_in_the_middle_of_something_is_refused(
    models: Models, text: str
) -> None:
    """A merge, or a stage that is being renamed."""
    (models.repo.root / "dvc.lock").write_text(text)

    assert "commit first" in refused(models.repo, "piped")


def test_a_file_added_again_must_be_committed(models: Models) -> None:
    """Its .dvc file is the record."""
    file = models.repo.root / "modèls/model one.bin"
    file.unlink()
    file.write_bytes(b"new")
    models.repo.run(
        "dvc", "add", "--quiet", "modèls/model one.bin", env={"LC_ALL": "C.UTF-8"}
    )

    assert "model one.bin.dvc differs" in refused(models.repo, "flat")


@pytest.mark.measured
def test_an_output_that_was_never_committed_is_named(models: Models) -> None:
    """It was made, and its .dvc file forgotten."""
    (models.repo.root / "none.bin").write_bytes(b"made")
    models.repo.run("dvc", "add", "--quiet", "none.bin")

    assert "(none.bin.dvc differs): commit first" in refused(models.repo, "gone")


@pytest.mark.measured
def test_other_changes_of_the_lock_are_noted(models: Models) -> None:
    """Another model's stage may be at work."""
    lock = models.repo.root / "dvc.lock"
    lock.write_text(f"{lock.read_text()}# more\n")

    done = models.repo.lineal("register", "piped")
    assert "note: dvc.lock has other changes that are not committed" in done.stderr


def test_the_same_output_asks_for_force(models: Models) -> None:
    """By its hash; the next model of another name may have the same."""
    repo = models.repo
    repo.lineal("register", "piped")
    repo.commit(files={"dvc.yaml": repo.git("show", "HEAD:dvc.yaml") + "\n# more\n"})

    done = repo.lineal("register", "piped", ok=False)
    assert done.returncode == 1
    assert "out/piped.bin has the same bytes as piped v0.1.0" in done.stderr
    assert "piped@v0.1.1" in repo.lineal("register", "piped", "--force").stdout


def test_a_bare_repository_asks_the_remote(models: Models, tmp_path: Path) -> None:
    """By the configuration of the commit; there is no cache."""
    bare = models.repo.clone(tmp_path / "bare.git", bare=True)

    bare.lineal("register", "piped", "--no-push")
    object_in(models.remote, models.tracked("flat").md5).unlink()
    done = bare.lineal("register", "flat", "--no-push", ok=False)
    assert bare.git("tag") == "piped@v0.1.0"
    assert done.returncode == 1
    assert "are not to be had" in done.stderr


def test_a_linked_work_tree_has_the_cache_of_its_main_one(
    models: Models, tmp_path: Path
) -> None:
    """DVC's objects are beside the first working tree."""
    shutil.rmtree(models.remote)
    models.repo.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"))
    linked = Sandbox(
        tmp_path / "linked", models.repo.home, bare=False, _seconds=iter(())
    )

    linked.lineal("register", "piped")
    assert models.repo.git("tag") == "piped@v0.1.0"
