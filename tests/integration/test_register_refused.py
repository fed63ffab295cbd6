"""Tests of what `lineal register` refuses, and of the way out that it names."""

from pathlib import Path

import pytest

from helpers.registering import DECLARED, commit, refused, registered
from helpers.sandbox import Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start an empty repository."""
    return Sandbox.create(tmp_path / "repo")


def test_a_commit_gets_one_version(sandbox: Sandbox) -> None:
    """The message offers the empty commit; --share-commit says what gto does."""
    commit(sandbox)
    registered(sandbox, "m", "--version", "v1.0.0-rc.1")

    no = refused(sandbox, "m", "--version", "v1.0.0")
    done = sandbox.lineal("register", "m", "--version", "v1.0.0", "--share-commit")
    assert "m v1.0.0-rc.1 already" in no
    assert "git commit --allow-empty" in no
    assert "GTO 1.10 stops" in no
    assert "GTO 1.10 stops at such a repository" in done.stderr
    assert sandbox.git("tag").split() == ["m@v1.0.0", "m@v1.0.0-rc.1"]


@pytest.mark.measured
def test_a_withdrawn_version_shares_its_commit_too(sandbox: Sandbox) -> None:
    """To gto it is still there, and stops it all the same."""
    commit(sandbox)
    sandbox.tag("m@v0.1.0")
    sandbox.tag("m@v0.1.0!")

    assert "m v0.1.0 (withdrawn) already" in refused(sandbox, "m")


@pytest.mark.measured
def test_the_same_bytes_ask_for_force(sandbox: Sandbox) -> None:
    """Whatever else the commit changed."""
    commit(sandbox)
    registered(sandbox, "m")
    commit(sandbox, metrics={"mae": 1.0})

    no = refused(sandbox, "m")
    done = sandbox.lineal("register", "m", "--force")
    assert "out/m.bin has the same bytes as m v0.1.0" in no
    assert "--force" in no
    assert done.stdout.startswith("Register m v0.2.0 (minor: mae")
    assert "same bytes" in done.stderr


@pytest.mark.parametrize("version", ["v1.0.0", "v2.0.0"])
def test_a_version_is_given_once(sandbox: Sandbox, version: str) -> None:
    """Though it was withdrawn."""
    commit(sandbox)
    sandbox.tag("m@v1.0.0")
    commit(sandbox, "2")
    sandbox.tag("m@v2.0.0")
    sandbox.tag("m@v2.0.0!")
    commit(sandbox, "3")

    assert f"m {version} " in refused(sandbox, "m", "--version", version)


@pytest.mark.measured
def test_a_name_that_a_lightweight_tag_has_is_taken(sandbox: Sandbox) -> None:
    """No retry could help."""
    commit(sandbox)
    sandbox.lightweight("m@v0.1.0")

    said = refused(sandbox, "m")
    assert "m@v0.1.0 that is no registration" in said
    assert "git tag -d 'm@v0.1.0'" in said


@pytest.mark.parametrize(
    "name", ["a b", "-d", "a\nb", "../x", "é", "m@v1", "m#prod", "a//b", "a.lock", ""]
)
def test_a_name_that_gto_refuses_is_refused(sandbox: Sandbox, name: str) -> None:
    """As wrong words."""
    sandbox.commit()

    refused(sandbox, "--", name, code=2)


@pytest.mark.parametrize(
    "ref",
    [
        "--upload-pack=x",
        "-d",
        "nowhere",
        "^HEAD",
        "HEAD..HEAD",
        "HEAD:artifacts.yaml",
        "HEAD^{tree}",
        "a\nb",
        "",
        "f" * 40,
    ],
)
def test_what_names_no_commit_is_refused(sandbox: Sandbox, ref: str) -> None:
    """And becomes no option of git."""
    commit(sandbox)

    assert "names no commit here" in refused(sandbox, "--", "m", ref, code=2)


@pytest.mark.measured
def test_an_unborn_branch_has_nothing_to_register(sandbox: Sandbox) -> None:
    """It says what to do."""
    assert "`git commit` first" in refused(sandbox, "m")


@pytest.mark.measured
def test_a_model_elsewhere_cannot_be_checked(sandbox: Sandbox) -> None:
    """GTO lets artifacts.yaml name a URL."""
    sandbox.commit(files={"artifacts.yaml": "m: {path: 's3://bucket/m.bin'}\n"})

    done = sandbox.lineal("register", "m")
    assert "is in no repository, so no bytes were checked" in done.stderr


def test_a_declared_model_that_is_nowhere_is_refused(sandbox: Sandbox) -> None:
    """Unless missing bytes are fine."""
    sandbox.commit(files={"artifacts.yaml": DECLARED})

    said = refused(sandbox, "m")
    assert "out/m.bin, the path of m, is neither a file of commit" in said
    assert registered(sandbox, "m", "--allow-missing") == "v0.1.0"


def test_a_changed_file_must_be_committed_first(sandbox: Sandbox) -> None:
    """But the commit's own id means what it has."""
    made = commit(sandbox)
    (sandbox.root / "out/m.bin").write_text("changed")

    said = refused(sandbox, "m")
    assert "commit first" in said
    assert made[:12] in said
    assert registered(sandbox, "m", made) == "v0.1.0"


@pytest.mark.parametrize(
    "words",
    [
        ("--fact", "Version=1"),
        ("--fact", "x=1\nVersion: v9"),
        ("--fact", "Model-Size=1"),
        ("--fact", "Rows=1", "--fact", "rows=2"),
        ("--version", "v1.0.0", "--bump", "major"),
        ("--scheme", "calver", "--bump", "major"),
        ("--version", "1.0"),
        ("--bump", "huge"),
    ],
)
def test_wrong_words_are_refused(sandbox: Sandbox, words: tuple[str, ...]) -> None:
    """Before anything is written."""
    commit(sandbox)

    refused(sandbox, "m", *words, code=2)
