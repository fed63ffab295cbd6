"""`lineal init ci`: the workflows, written into a repository."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from helpers.github import FOLDER, NAMES, TOP, workflow
from helpers.sandbox import Sandbox
from lineal import __version__
from lineal.bootstrap.ci import BareError, OthersError, Wanted, propose
from lineal.bootstrap.templates import Choices

OWN = f"lineal=={__version__}"


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Return a repository without any commit."""
    return Sandbox.create(tmp_path / "box")


def chosen(
    box: Sandbox, wanted: Wanted | None = None, files: Mapping[str, str] | None = None
) -> Choices:
    """Return what is filled in, in a repository with some files."""
    for name, text in (files or {}).items():
        path = box.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return propose(box.root, wanted or Wanted()).choices


def there(box: Sandbox) -> dict[str, str]:
    """Return the workflows of a repository."""
    files = (box.root / FOLDER).glob("*")
    return {path.name: path.read_text("utf-8") for path in files}


@pytest.mark.measured
def test_the_workflows_of_this_repository_are_what_it_writes(box: Sandbox) -> None:
    """From a folder further down, on a branch without a commit; and a second time."""
    makefile = (TOP / "Makefile").read_text("utf-8")
    (box.root / "Makefile").write_text(makefile, encoding="utf-8")
    (box.root / "down").mkdir()
    words = ("--repo", "down", "init", "ci", "--setup", "make setup", "--allow-missing")
    first, again = box.lineal(*words), box.lineal(*words)

    assert there(box) == {name: workflow(name) for name in NAMES}
    assert first.stdout.splitlines() == [
        *(f"wrote {FOLDER}/{name}" for name in NAMES),
        "note: there is no .dvc at the top: `dvc init`, or training fails",
        "next: commit and push .github/workflows; docs/ci.md of lineal has the rest",
    ]
    assert again.stdout.splitlines()[:3] == [f"unchanged {FOLDER}/{n}" for n in NAMES]


@pytest.mark.measured
def test_what_somebody_changed_stays_unless_forced(box: Sandbox) -> None:
    """Then nothing at all is written, and the message says how to look and go on."""
    (box.root / FOLDER).mkdir(parents=True)
    mine = box.root / FOLDER / "train.yml"
    mine.write_text("mine\n", encoding="utf-8")
    refused = box.lineal("init", "ci", ok=False)
    shown = box.lineal("init", "ci", "--diff")

    assert refused.returncode == 1
    assert refused.stderr == (
        f"error: {FOLDER}/train.yml differs from what would be written, so nothing was: "
        "see how with --diff, and replace with --force\n"
    )
    assert f"--- a/{FOLDER}/train.yml\n" in shown.stdout
    assert "\n-mine\n" in shown.stdout
    assert f"--- /dev/null\n+++ b/{FOLDER}/registry.yml\n" in shown.stdout
    assert there(box) == {"train.yml": "mine\n"}
    propose(box.root, Wanted()).write(force=True)
    assert set(there(box)) == set(NAMES)
    assert mine.read_text("utf-8") != "mine\n"


@pytest.mark.measured
def test_the_secrets_that_are_needed_are_named(box: Sandbox) -> None:
    """Once each, with the command that gives them to GitHub."""
    words = ("--remote-secret", "KEY", "--deploy-secret", "TOKEN", "--tests", "")
    done = box.lineal("init", "ci", *words, "--deploy-secret", "KEY")

    assert "`gh secret set KEY` `gh secret set TOKEN`\n" in done.stdout
    assert there(box)["registry.yml"].count("TOKEN: ${{ secrets.TOKEN }}") == 1


@pytest.mark.parametrize(
    ("urls", "told"),
    [
        (("../../store",), ("../../store",)),
        (("../data/remote",), ()),
        (("../../store", "s3://bucket"), ()),
        ((), ()),
    ],
)
def test_a_remote_that_no_runner_has_is_told(
    box: Sandbox, urls: tuple[str, ...], told: tuple[str, ...]
) -> None:
    """A folder beside the clone; one in the repository comes with it."""
    (box.root / ".dvc").mkdir()
    text = "".join(f"['remote \"r{i}\"']\n    url = {u}\n" for i, u in enumerate(urls))
    (box.root / ".dvc/config").write_text(text, encoding="utf-8")

    assert propose(box.root, Wanted()).out_of_reach == told


@pytest.mark.measured
def test_outside_of_git_and_without_files_it_is_refused(
    box: Sandbox, tmp_path: Path
) -> None:
    """Each says what to do instead."""
    bare = box.clone(tmp_path / "bare", bare=True)
    (tmp_path / "none").mkdir()
    outside = box.lineal("--repo", str(tmp_path / "none"), "init", "ci", ok=False)

    assert outside.returncode == 2
    assert "none is in no Git repository" in outside.stderr
    with pytest.raises(BareError, match="run this in a clone of it"):
        propose(bare.root, Wanted())


@pytest.mark.measured
def test_a_file_in_the_way_of_the_folder_is_named(box: Sandbox) -> None:
    """As what the disk said."""
    (box.root / ".github").write_text("no folder", encoding="utf-8")
    done = box.lineal("init", "ci", ok=False)

    assert done.returncode == 3
    assert ".github" in done.stderr


def test_several_that_differ_are_all_named(box: Sandbox) -> None:
    """So that nobody has to ask twice."""
    (box.root / FOLDER).mkdir(parents=True)
    for name in NAMES[:2]:
        (box.root / FOLDER / name).write_text("mine\n", encoding="utf-8")

    with pytest.raises(OthersError, match=r"request\.yml and .*registry\.yml differ "):
        propose(box.root, Wanted()).write()


@pytest.mark.parametrize(
    ("listed", "more"),
    [
        ("lineal==0.1\nnumpy\n", ""),
        ("numpy\nLineal[s3] >= 0.1\n", ""),
        ("numpy\n", f" {OWN}"),
        ("lineal-extra\nlineal.more\n# lineal\n", f" {OWN}"),
    ],
)
def test_pip_installs_what_is_listed_and_lineal(
    box: Sandbox, listed: str, more: str
) -> None:
    """What the stages need must be there too."""
    assert chosen(box).setup == (f"python -m pip install {OWN}",)
    assert chosen(box, files={"requirements.txt": listed}).setup == (
        f"python -m pip install -r requirements.txt{more}",
    )


def test_what_tests_is_found(box: Sandbox) -> None:
    """`make test` before pytest; nothing where there is neither, or who says so."""
    none = chosen(box)
    pytests = chosen(box, files={"tests/test_one.py": ""})
    made = chosen(box, files={"Makefile": "all:\ntest: all\n"})
    own = chosen(box, Wanted(tests="tox\nnox"))

    assert (none.tests, made.tests, own.tests) == ((), ("make test",), ("tox", "nox"))
    assert pytests.tests[-1] == "python -m pytest"
    assert chosen(box, Wanted(tests=" ")).tests == ()


def test_a_remote_at_s3_asks_for_its_keys(box: Sandbox) -> None:
    """Unless others are named."""
    config = "['remote \"far\"']\n    url = s3://bucket/us\n"
    found = chosen(box, files={".dvc/config": config})
    named = chosen(box, Wanted(remote=["KEY"], schedule="1 2 * * *", python="3.13"))

    assert found.remote == ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    assert (named.remote, named.schedule, named.python) == (
        ["KEY"],
        "1 2 * * *",
        "3.13",
    )
