"""Is dvc.lock up to date? We say what `dvc status` says, without DVC."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from helpers.sandbox import Sandbox
from lineal.bootstrap.freshness import check
from lineal.doors import tree
from lineal.doors.git import Git
from lineal.lineage.freshness import Freshness

PIPELINE = """\
stages:
  clean:
    cmd: cp raw.csv clean.csv
    deps: [raw.csv]
    outs: [clean.csv]
  train:
    foreach: [a, b]
    do:
      cmd: cat src/x.py clean.csv > model-${item}.bin
      deps: [clean.csv, src]
      params: ["${item}", {more.json: [deep]}]
      outs:
        - model-${item}.bin:
            cache: false
"""
FILES = {
    "dvc.yaml": PIPELINE,
    "params.yaml": "a: {rate: 1e-2, sizes: [1, 2]}\nb: 1_000\n",
    "more.json": '{"deep": true}',
    "src/x.py": "one\r\n",
    "src/y/z.py": "two\n",
}


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """Run a small pipeline with DVC, and commit all that it says."""
    made = Sandbox.create(tmp_path_factory.mktemp("fresh") / "r")
    made.commit("code", FILES)
    (made.root / "raw.csv").write_text("1\n", encoding="utf-8")
    made.run("dvc", "init", "--quiet")
    made.run("dvc", "add", "--quiet", "raw.csv")
    made.run("dvc", "repro", "--quiet")
    made.git("add", "--all")
    made.commit("run")
    return made


def checked(box: Sandbox, files: Mapping[str, str] | None = None) -> Freshness:
    """Commit some files, judge the commit, and go back."""
    head = box.id("HEAD")
    commit = box.commit("change", files)
    found = check(tree.files(Git(box.root, box.env), commit))
    box.git("reset", "--quiet", "--hard", head)
    return found


def test_what_dvc_ran_is_fresh(box: Sandbox) -> None:
    """Folders, parameters of several files, and imports of data are understood."""
    assert checked(box) == Freshness()


def test_says_what_dvc_says(box: Sandbox) -> None:
    """Parameters, code in folders and edited outputs: the same stages, by DVC."""
    changes = {
        "params.yaml": "a: {rate: 0.01, sizes: [1, 2]}\nb: 1001\n",
        "model-a.bin": "edited\n",
    }
    for path, text in changes.items():
        (box.root / path).write_text(text, encoding="utf-8")
    status = json.loads(box.run("dvc", "status", "--json").stdout)
    found = checked(box, changes)

    assert {each.stage for each in found.stale} == status.keys()
    assert [each.reasons for each in found.stale] == [
        ("model-a.bin is not what the stage made",),
        ("parameter b changed",),
    ]


def test_says_what_dvc_says_of_dvc_yaml(box: Sandbox) -> None:
    """Commands, inputs and stages that are new there: the same stages, by DVC."""
    changed = (
        PIPELINE.replace("cp raw.csv", "cp -f raw.csv")
        .replace("[a, b]", "[a, b, c]")
        .replace("[clean.csv, src]", "[clean.csv, src, more.json]")
        .replace("deps: [raw.csv]", "deps: [raw.csv]\n    params: [c]")
    )
    params = FILES["params.yaml"] + "c: 1\n"
    changes = {"dvc.yaml": changed, "params.yaml": params}
    for path, text in changes.items():
        (box.root / path).write_text(text, encoding="utf-8")
    status = json.loads(box.run("dvc", "status", "--json").stdout)
    found = checked(box, changes)

    assert {each.stage for each in found.stale} == status.keys()
    assert [each.reasons for each in found.stale] == [
        ("its command changed", "parameter c is new"),
        ("more.json is a new input",),
        ("more.json is a new input",),
        ("it never ran",),
    ]


@pytest.mark.parametrize(
    ("path", "text", "reasons"),
    [
        ("src/x.py", "one\n", ("src changed",)),
        ("src/y/new.py", "", ("src changed",)),
        ("more.json", '{"deep": 1}', ("parameter more.json:deep changed",)),
        ("params.yaml", "a: {rate: 0.01, sizes: [1, 2]}\n", ("parameter b is gone",)),
        ("params.yaml", "a: {rate: 0.01}\nb: 1000\n", ("parameter a changed",)),
    ],
)
def test_says_why(box: Sandbox, path: str, text: str, reasons: tuple[str, ...]) -> None:
    """Each reason names the path or the parameter."""
    found = checked(box, {path: text})

    assert reasons in [each.reasons for each in found.stale]


def test_data_that_was_added_anew_is_a_reason(box: Sandbox) -> None:
    """A new .dvc file asks for the stage that reads it."""
    text = (box.root / "raw.csv.dvc").read_text(encoding="utf-8")
    old = text.split("md5: ")[1].split("\n")[0]
    found = checked(box, {"raw.csv.dvc": text.replace(old, "0" * 32)})

    assert [each.reasons for each in found.stale] == [("raw.csv changed",)]


def test_a_missing_lock_is_named(box: Sandbox) -> None:
    """A dvc.yaml whose stages never ran has no dvc.lock beside it."""
    found = checked(box, {"sub/dvc.yaml": PIPELINE})

    assert found.lockless == ("sub/dvc.yaml",)
    assert not found.is_fresh


def test_ignored_files_make_a_folder_unclear(box: Sandbox) -> None:
    """What DVC would leave out of a folder is not guessed at."""
    found = checked(box, {".dvcignore": "*.py\n"})

    assert (found.stale, found.unchecked) == ((), ("src",))


def test_the_results_of_this_repository_are_fresh() -> None:
    """What is committed here is what the committed code and parameters make."""
    here = Git.at(Path(__file__).parent)
    found = check(tree.files(here, tree.resolve(here, "HEAD")))

    assert (found.stale, found.lockless, found.faults) == ((), (), ())
