"""What stops gto 1.10 altogether: one such tag or file, and no command answers.

Nothing of ours is tested here: ours must read these repositories, and a new gto that
mends one of them fails here.
"""

from pathlib import Path

import pytest
from gto.exceptions import (
    InvalidTagName,
    ManyVersions,
    ValidationError,
    WrongArtifactsYaml,
)
from scmrepo.exceptions import SCMError

from helpers import gto_oracle
from helpers.sandbox import Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start an empty repository."""
    return Sandbox.create(tmp_path / "repo")


@pytest.mark.parametrize("withdrawn", [False, True])
def test_an_assignment_where_two_versions_are_stops_everything(
    sandbox: Sandbox, *, withdrawn: bool
) -> None:
    """Withdrawn or not; other models too; without an assignment all is well."""
    sandbox.commit()
    sandbox.tag("other@v1.0.0")
    sandbox.tag("m@v1.0.0-rc.1")
    if withdrawn:
        sandbox.tag("m@v1.0.0-rc.1!")
    sandbox.tag("m@v1.0.0")
    before = gto_oracle.show(sandbox.root).newest
    sandbox.tag("m#prod#1")

    assert before == {"other": "v1.0.0", "m": "v1.0.0"}
    with pytest.raises(ManyVersions):
        gto_oracle.versions(sandbox.root, "other")


def test_a_foreign_tag_under_a_name_of_gtos_stops_everything(sandbox: Sandbox) -> None:
    """The name inside the object is read, and refused."""
    sandbox.commit()
    made = sandbox.tag("release")
    sandbox.git("update-ref", "refs/tags/m@v1.0.0", made)

    with pytest.raises(InvalidTagName):
        gto_oracle.show(sandbox.root)


@pytest.mark.parametrize("lightweight", [False, True])
def test_a_created_tag_stops_everything(sandbox: Sandbox, *, lightweight: bool) -> None:
    """The grammar of gto knows the word, its reader does not."""
    sandbox.commit()
    if lightweight:
        sandbox.lightweight("m@created")
    else:
        sandbox.tag("m@created")

    with pytest.raises(KeyError, match="action"):
        gto_oracle.show(sandbox.root)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (
            b"tagger Ann <a@example.org> 1800000000 +0000\n\ncaf\xe9\n",
            UnicodeDecodeError,
        ),
        (b"tagger Ren\xe9 <r@example.org> 1800000000 +0000\n\nx\n", UnicodeDecodeError),
        (b"tagger <> 1800000000 +0000\n\nx\n", SCMError),
        (b"\nwithout a tagger\n", AttributeError),
    ],
)
def test_an_odd_tag_object_stops_everything(
    sandbox: Sandbox, content: bytes, error: type[Exception]
) -> None:
    """One tag that Git itself takes, and no model can be shown."""
    head = f"object {sandbox.commit()}\ntype commit\ntag m@v1.0.0\n".encode()
    words = ("hash-object", "-t", "tag", "-w", "--literally", "--stdin")
    made = sandbox.git(*words, stdin=head + content)
    sandbox.git("update-ref", "refs/tags/m@v1.0.0", made)

    with pytest.raises(error):
        gto_oracle.show(sandbox.root)


@pytest.mark.parametrize("target", ["HEAD^{tree}", "HEAD:a"])
def test_a_tag_of_no_commit_stops_everything(sandbox: Sandbox, target: str) -> None:
    """Git lets one tag a folder or a file."""
    sandbox.commit(files={"a": "x"})
    sandbox.tag("m@v1.0.0", commit=target)

    with pytest.raises(AttributeError, match="commit_time"):
        gto_oracle.show(sandbox.root)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", WrongArtifactsYaml),
        ("a: [\n", WrongArtifactsYaml),
        ("bad_:\n  path: x\n", ValidationError),
    ],
)
def test_one_bad_artifacts_yaml_in_the_past_stops_everything(
    sandbox: Sandbox, text: str, error: type[Exception]
) -> None:
    """It cannot be mended: the version's commit is what it is."""
    sandbox.commit(files={"artifacts.yaml": text})
    sandbox.tag("m@v1.0.0")
    sandbox.commit(files={"artifacts.yaml": "m:\n  path: m.pkl\n"})

    with pytest.raises(error):
        gto_oracle.show(sandbox.root)
