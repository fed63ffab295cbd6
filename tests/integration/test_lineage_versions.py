"""Tests of what a lineage says of versions, in repositories without DVC."""

import hashlib
from pathlib import Path

import pytest

import lineal
from helpers.openlineage import events
from helpers.sandbox import Sandbox
from lineal.bootstrap.lineage import namespace
from lineal.bootstrap.reading import open_reader
from lineal.lineage.records import File

LFS = (
    "version https://git-lfs.github.com/spec/v1\noid sha256:"
    + "a" * 64
    + "\nsize 123\n"
)
FILES = {
    "artifacts.yaml": "m: {path: m.bin}\nfolder: {path: parts}\nbig: {path: big.bin}\n",
    "m.bin": "abc",
    "parts/a": "a",
    "big.bin": LFS,
}


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Make models that Git itself keeps."""
    made = Sandbox.create(tmp_path / "repo")
    made.commit(files=FILES)
    for model in ("m", "folder", "big"):
        made.tag(f"{model}@v1.0.0")
    return made


def test_what_was_taken_back_is_told_too(sandbox: Sandbox) -> None:
    """An auditor asks for just that."""
    sandbox.tag("m#prod#1")
    sandbox.tag("m@deprecated")
    sandbox.tag("m@v1.0.0!", message="It was wrong")
    found = lineal.open(sandbox.root).lineage("m@v1.0.0")

    assert found.name == "m@v1.0.0"
    assert found.endings[0].event.stamp.tag == "m@v1.0.0!"
    assert found.endings[0].reason == "It was wrong"
    text = sandbox.lineal("lineage", "m@v1.0.0").stdout
    assert "withdrawn 2023-11-14 22:13:26 by Ann" in text


def test_a_stage_may_hold_a_commit_without_a_version(sandbox: Sandbox) -> None:
    """Only what holds that commit is told of it."""
    sandbox.tag("m#prod#1")
    commit = sandbox.commit()
    sandbox.tag("m#dev#2")
    registry = lineal.open(sandbox.root)
    found, other = registry.lineage("m#dev"), registry.lineage("m#prod")

    assert (found.version, found.commit) == (None, commit)
    assert ([h.stage for h in found.held], [h.stage for h in other.held]) == (
        *(["dev"], ["prod"]),
    )
    assert "no version: nobody registered" in sandbox.lineal("lineage", "m#dev").stdout


def test_a_model_in_git_has_the_hash_that_is_known(sandbox: Sandbox) -> None:
    """Of a file its md5, of one in Git LFS what the pointer says."""
    registry = lineal.open(sandbox.root)
    md5 = hashlib.md5(b"abc", usedforsecurity=False).hexdigest()

    assert registry.lineage("m").made == File("m.bin", md5, size=3)
    assert registry.lineage("big").made == File("big.bin", "a" * 64, "sha256", 123)
    tree = sandbox.id("HEAD:parts")
    assert registry.lineage("folder").made == File("parts", tree, "git tree")


def test_a_version_without_stages_has_no_events(sandbox: Sandbox) -> None:
    """What did not run is no run; the note says so beside it."""
    done = sandbox.lineal("lineage", "m", "--openlineage")

    assert events(done.stdout) == []
    assert done.stderr == "note: no stage in a dvc.lock made m.bin\n"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://ann:secret@example.org/a.git", "https://example.org/a.git"),
        ("git@example.org:a.git", "git@example.org:a.git"),
        ("/somewhere/on/this/disk", "repo"),
        (None, "repo"),
    ],
)
def test_a_repository_is_called_as_the_world_calls_it(
    sandbox: Sandbox, url: str | None, name: str
) -> None:
    """Without passwords, and without places on one disk."""
    if url is not None:
        sandbox.git("config", "remote.origin.url", url)

    assert namespace(open_reader(sandbox.root)) == name


def test_files_that_cannot_be_read_are_named(sandbox: Sandbox) -> None:
    """What else is known is told all the same."""
    sandbox.commit(files={"artifacts.yaml": "m: [", "dvc.lock": "\t", "x.dvc": "["})
    sandbox.tag("m@v2.0.0")
    found = lineal.open(sandbox.root).lineage("m")

    assert (found.name, found.path) == ("m@v2.0.0", None)
    assert found.notes[0].startswith("artifacts.yaml cannot be read")
