"""Repositories at which gto 1.10 stops with an error, and lineal answers.

docs/gto.md lists these beside the exceptions of test_gto_exceptions.py.
"""

from pathlib import Path

import pytest
from dulwich.errors import ObjectFormatException
from gto.exceptions import (
    InvalidTagName,
    ManyVersions,
    ValidationError,
    WrongArtifactsYaml,
)
from pygit2 import InvalidError
from scmrepo.exceptions import SCMError

from helpers import gto_oracle, lineal_answers
from helpers.sandbox import Sandbox

PROD = ("m", "prod")


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start an empty repository."""
    return Sandbox.create(tmp_path / "repo")


def assert_gto_stops(sandbox: Sandbox, error: type[Exception]) -> None:
    """Expect an error from gto whatever it is asked."""
    with pytest.raises(error):
        gto_oracle.show(sandbox.root)
    with pytest.raises(error):
        gto_oracle.history(sandbox.root)


@pytest.mark.parametrize(
    ("message", "version"),
    [
        ("Assign", "v1.0.0"),
        ("Assign\n\nVersion: v1.0.0-rc.1", "v1.0.0-rc.1"),
        ("Assign\n\nVersion: v9.9.9", "v1.0.0"),
    ],
)
def test_of_two_versions_of_a_commit_the_named_or_the_highest_is_assigned(
    sandbox: Sandbox, message: str, version: str
) -> None:
    """Gto cannot tell which of them is meant."""
    sandbox.commit()
    sandbox.tag("m@v1.0.0-rc.1")
    sandbox.tag("m@v1.0.0")
    sandbox.tag("m#prod#1", message=message)

    assert_gto_stops(sandbox, ManyVersions)
    assert lineal_answers.show(sandbox.root).holders == {PROD: version}


def test_one_of_two_versions_of_a_commit_is_unassigned_alone(sandbox: Sandbox) -> None:
    """The end names it; an end that names none is meant for both."""
    sandbox.commit()
    sandbox.tag("m@v1.0.0-rc.1")
    sandbox.tag("m@v1.0.0")
    for serial, version in enumerate(("v1.0.0-rc.1", "v1.0.0"), start=1):
        sandbox.tag(f"m#prod#{serial}", message=f"x\n\nVersion: {version}")
    sandbox.tag("m#prod!#3", message="x\n\nVersion: v1.0.0")
    between = lineal_answers.show(sandbox.root).holders
    sandbox.tag("m#prod!#4")

    assert_gto_stops(sandbox, ManyVersions)
    assert between == {PROD: "v1.0.0-rc.1"}
    assert lineal_answers.show(sandbox.root).holders == {}


@pytest.mark.parametrize("lightweight", [False, True])
def test_a_created_tag_says_nothing(sandbox: Sandbox, *, lightweight: bool) -> None:
    """The grammar of gto knows the word, its reader does not."""
    sandbox.commit()
    sandbox.tag("m@v1.0.0")
    if lightweight:
        sandbox.lightweight("m@created")
    else:
        sandbox.tag("m@created")

    assert_gto_stops(sandbox, KeyError)
    assert lineal_answers.show(sandbox.root).newest == {"m": "v1.0.0"}


def test_a_foreign_object_under_a_registrys_name_is_no_event(sandbox: Sandbox) -> None:
    """Gto reads the name inside the object, and refuses it."""
    sandbox.commit()
    sandbox.tag("m@v1.0.0")
    made = sandbox.tag("release")
    sandbox.git("update-ref", "refs/tags/m@v2.0.0", made)

    assert_gto_stops(sandbox, InvalidTagName)
    assert lineal_answers.show(sandbox.root).newest == {"m": "v1.0.0"}
    assert lineal_answers.ignored(sandbox.root) == {"m@v2.0.0": "renamed"}


@pytest.mark.parametrize(
    ("content", "error", "read"),
    [
        (
            b"tagger Ann <a@example.org> 1800000000 +0000\n\ncaf\xe9\n",
            UnicodeDecodeError,
            (1_800_000_000, "Ann", "a@example.org", "caf\ufffd"),
        ),
        (
            b"tagger Ren\xe9 <r@example.org> 1800000000 +0000\n\nx\n",
            UnicodeDecodeError,
            (1_800_000_000, "Ren\ufffd", "r@example.org", "x"),
        ),
        (
            b"tagger <> 1800000000 +0000\n\nx\n",
            SCMError,
            (1_800_000_000, "", "", "x"),
        ),
        (
            b"tagger Ann <a@x.org> " + b"9" * 5000 + b" +0000\n\nx\n",
            ObjectFormatException,
            (0, "Ann", "a@x.org", "x"),
        ),
        (
            b"tagger Ann <a@x.org> 5 +99999\n\nx\n",
            ValueError,
            (5, "Ann", "a@x.org", "x"),
        ),
        (b"\nwithout a tagger\n", AttributeError, (0, "", "", "without a tagger")),
    ],
)
def test_an_odd_tag_object_is_an_event_all_the_same(
    sandbox: Sandbox,
    content: bytes,
    error: type[Exception],
    read: tuple[int, str, str, str],
) -> None:
    """What cannot be read of it is replaced or empty."""
    head = f"object {sandbox.commit()}\ntype commit\ntag m@v1.0.0\n".encode()
    words = ("hash-object", "-t", "tag", "-w", "--literally", "--stdin")
    made = sandbox.git(*words, stdin=head + content)
    sandbox.git("update-ref", "refs/tags/m@v1.0.0", made)

    (row,) = lineal_answers.history(sandbox.root)

    assert_gto_stops(sandbox, error)
    assert (row.at, row.author, row.author_email, row.message) == read
    assert lineal_answers.show(sandbox.root).newest == {"m": "v1.0.0"}


@pytest.mark.parametrize("target", ["HEAD^{tree}", "HEAD:a"])
def test_a_tag_of_no_commit_is_no_event(sandbox: Sandbox, target: str) -> None:
    """Git lets one tag a folder or a file."""
    sandbox.commit(files={"a": "x"})
    sandbox.tag("m@v1.0.0")
    sandbox.tag("m@v2.0.0", commit=target)

    assert_gto_stops(sandbox, AttributeError)
    assert lineal_answers.show(sandbox.root).newest == {"m": "v1.0.0"}
    assert lineal_answers.ignored(sandbox.root) == {"m@v2.0.0": "no-commit"}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", WrongArtifactsYaml),
        ("a: [\n", WrongArtifactsYaml),
        ("bad_:\n  path: x\n", ValidationError),
    ],
)
def test_a_bad_artifacts_yaml_in_the_past_is_not_asked(
    sandbox: Sandbox, text: str, error: type[Exception]
) -> None:
    """Gto opens it at every version's commit, where nobody can mend it."""
    sandbox.commit(files={"artifacts.yaml": text})
    sandbox.tag("m@v1.0.0")
    sandbox.commit(files={"artifacts.yaml": "m:\n  path: m.pkl\n"})

    with pytest.raises(error):
        gto_oracle.show(sandbox.root)
    assert lineal_answers.show(sandbox.root).newest == {"m": "v1.0.0"}


def test_a_repository_with_long_ids_is_read(tmp_path: Path) -> None:
    """What gto reads repositories with knows SHA-1 alone."""
    sandbox = Sandbox.create(tmp_path / "repo", object_format="sha256")
    commit = sandbox.commit()
    sandbox.tag("m@v1.0.0")
    sandbox.tag("m#prod#1")

    assert_gto_stops(sandbox, InvalidError)
    assert lineal_answers.show(sandbox.root).holders == {PROD: "v1.0.0"}
    assert lineal_answers.versions(sandbox.root, "m")[0].commit == commit


def test_a_trailer_of_absurd_size_says_nothing(sandbox: Sandbox) -> None:
    """Gto reads no trailers, so that only lineal could stop here."""
    sandbox.commit()
    sandbox.tag("m@v1.0.0")
    huge = "9" * 5000
    message = f"x\n\nVersion: v{huge}.0.0\nEnd-Of-Life: {huge}"
    sandbox.tag("m#prod#1", message=message)

    assert lineal_answers.show(sandbox.root) == gto_oracle.show(sandbox.root)
    assert lineal_answers.show(sandbox.root).holders == {PROD: "v1.0.0"}
