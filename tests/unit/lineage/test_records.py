"""Tests of what DVC recorded at one commit."""

import pytest

from lineal.lineage.records import File, Origin, Records, is_ours, read

LOCK = b"""\
schema: '2.0'
stages:
  a:
    cmd: x
    deps:
    - path: ../raw.csv
      md5: '1'
    - path: s3://bucket/key.csv
      etag: '"9"'
      size: 4
    - path: remote://store/x
      md5: '2'
    - path: /abs/../y.bin
      md5: '3'
    params:
      params.yaml:
        lr: 1
      ../params.yaml:
        seed: 7
    outs:
    - path: ../../outside.bin
      md5: '4'
    - path: m.bin
      md5: '5'
"""


def test_paths_start_at_the_top_of_the_repository() -> None:
    """What is elsewhere keeps its name."""
    (stage,) = read({"sub/dvc.lock": LOCK}).stages

    assert stage.name == "sub/dvc.yaml:a"
    assert [dep.path for dep in stage.deps] == [
        *("raw.csv", "s3://bucket/key.csv", "remote://store/x", "/y.bin")
    ]
    assert (stage.deps[1].algorithm, stage.deps[1].hash) == ("etag", '"9"')
    assert [out.path for out in stage.outs] == ["../outside.bin", "sub/m.bin"]
    assert stage.params == (("sub/params.yaml:lr", "1"), ("seed", "7"))


@pytest.mark.parametrize(
    ("text", "file"),
    [
        (
            b"outs:\n- md5: '7'\n  path: a.csv\n",
            File("data/a.csv", "7"),
        ),
        (
            b"wdir: ..\nouts:\n- path: a.csv\n  etag: e\n  meta: {rows: 12}\n",
            File("a.csv", "e", "etag", rows=12),
        ),
        (
            b"outs: [{path: a.csv, md5: '7'}]\nmeta: {rows: many}\n",
            File("data/a.csv", "7"),
        ),
        (
            (
                b"deps: [{path: b.csv, repo: {url: 'https://u:p@x.org/d', rev_lock: abc}}]\n"
                b"outs: [{path: a.csv, md5: '7'}]\n"
            ),
            File(
                *("data/a.csv", "7"),
                origin=Origin("https://x.org/d", "b.csv", "", "abc"),
            ),
        ),
        (
            (
                b"deps: [{path: 'https://x.org/a.csv', etag: '\"e\"'}]\n"
                b"outs: [{path: a.csv, md5: '7'}]\n"
            ),
            File("data/a.csv", "7", origin=Origin("https://x.org/a.csv", locked='"e"')),
        ),
    ],
    ids=["added", "wdir", "no number", "imported", "from a url"],
)
def test_dvc_files_say_what_was_added(text: bytes, file: File) -> None:
    """With where it is from, without passwords."""
    found = read({"data/a.csv.dvc": text})

    assert found == Records(tracked={file.path: file})


@pytest.mark.parametrize("name", ["old/train.dvc", "old/Dvcfile"])
def test_old_dvc_files_can_be_stages(name: str) -> None:
    """DVC before 1.0 had no other."""
    text = (
        b"cmd: x\ndeps: [{path: ../raw.csv, md5: '1'}]\nouts: [{path: m, md5: '2'}]\n"
    )

    (stage,) = read({name: text}).stages

    assert (stage.name, stage.command) == (name, "x")
    assert (stage.deps[0].path, stage.outs[0].path) == ("raw.csv", "old/m")


def test_files_that_cannot_be_read_are_named_and_the_rest_is_read() -> None:
    """A broken dvc.yaml leaves what the lock says."""
    lock = b"schema: '2.0'\nstages:\n  a:\n    cmd: x\n"
    found = read({"b.dvc": b"[", "dvc.lock": lock, "dvc.yaml": b"stages: ["})

    assert [stage.name for stage in found.stages] == ["a"]
    assert [fault.split(" ")[0] for fault in found.faults] == ["b.dvc", "dvc.yaml"]


def test_a_folder_that_another_file_sets_is_said_not_to_be_known() -> None:
    """Its paths would be wrong in silence."""
    asked = b"stages: {a: {cmd: x, wdir: '${folder}'}}\n"
    lock = b"schema: '2.0'\nstages:\n  a:\n    cmd: x\n"

    assert read({"dvc.lock": lock, "dvc.yaml": asked}).faults == (
        "where stage a runs is not known: its wdir is ${folder}",
    )


@pytest.mark.parametrize("name", ["dvc.lock", "dvc.yaml", "a.dvc", "Dvcfile"])
def test_dvc_has_four_kinds_of_files(name: str) -> None:
    """Others are somebody else's."""
    assert is_ours(name)
    assert not is_ours(".dvc")
    assert not is_ours(f"{name}.bak")
