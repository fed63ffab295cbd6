"""What gto 1.10 answers where one would not expect it, each in its smallest form.

Nothing of ours is tested here: these answers are what our own are compared with, and
the exceptions among them are documented. A new gto that mends one of them fails here.
"""

from pathlib import Path

import pytest
from gto.exceptions import ArtifactNotFound

from helpers import gto_oracle
from helpers.sandbox import Sandbox

LATE = 1_800_000_000
INDEX = {"artifacts.yaml": "m:\n  path: m.pkl\n"}


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start an empty repository."""
    return Sandbox.create(tmp_path / "repo")


@pytest.fixture
def two(sandbox: Sandbox) -> tuple[str, str]:
    """Register v1.0.0 and v2.0.0 of m, each on a commit of its own."""
    one = sandbox.commit()
    sandbox.tag("m@v1.0.0")
    other = sandbox.commit()
    sandbox.tag("m@v2.0.0")
    return one, other


def test_of_one_second_a_deprecation_is_lost(sandbox: Sandbox) -> None:
    """It comes before a registration of that second, which brings the model back."""
    sandbox.commit()
    sandbox.tag("m@v1.0.0", at=LATE)
    sandbox.tag("m@deprecated#1", at=LATE)

    assert not gto_oracle.show(sandbox.root).deprecated


def test_a_withdrawal_on_another_commit_withdraws_nothing(
    sandbox: Sandbox, two: tuple[str, str]
) -> None:
    """A version is its name and its commit, so this is another v1.0.0."""
    sandbox.tag("m@v1.0.0!", commit=two[1])

    listed = gto_oracle.versions(sandbox.root, "m")

    assert [(one.version, one.active) for one in listed] == [
        ("v2.0.0", True),
        ("v1.0.0", False),
        ("v1.0.0", True),
    ]


def test_a_later_version_is_read_into_an_earlier_assignment(sandbox: Sandbox) -> None:
    """The history then says that a version was assigned before it was registered."""
    sandbox.commit()
    sandbox.tag("m#prod#1")
    sandbox.tag("m@v1.0.0")

    rows = gto_oracle.history(sandbox.root)

    assert [(row.event, row.version) for row in rows] == [
        ("assignment", "v1.0.0"),
        ("registration", "v1.0.0"),
    ]


def test_any_later_event_brings_a_deprecated_model_back(sandbox: Sandbox) -> None:
    """An assignment is enough."""
    sandbox.commit()
    sandbox.tag("m@v1.0.0")
    sandbox.tag("m@deprecated")
    between = gto_oracle.show(sandbox.root).deprecated
    sandbox.tag("m#prod#1")

    assert between == {"m"}
    assert not gto_oracle.show(sandbox.root).deprecated


def test_a_commit_brings_a_deprecated_model_back(sandbox: Sandbox) -> None:
    """HEAD's artifacts.yaml names it, and HEAD is younger than the deprecation."""
    sandbox.commit(files=INDEX)
    sandbox.tag("m@v1.0.0")
    sandbox.tag("m@deprecated")
    between = gto_oracle.show(sandbox.root).deprecated
    sandbox.commit("unrelated")

    assert between == {"m"}
    assert not gto_oracle.show(sandbox.root).deprecated


def test_a_young_commit_undoes_an_older_deprecation(sandbox: Sandbox) -> None:
    """The date of a version's commit counts as an event, with no artifacts.yaml."""
    sandbox.commit(at=LATE)
    sandbox.tag("m@v1.0.0", at=LATE - 100)
    sandbox.tag("m@deprecated", at=LATE - 50)

    assert not gto_oracle.show(sandbox.root).deprecated


def test_a_second_name_of_a_tag_is_not_seen(sandbox: Sandbox) -> None:
    """`git tag m@v1.0.0 m@v1.0.0-rc.1`: the name inside the object counts."""
    sandbox.commit()
    sandbox.tag("m@v1.0.0-rc.1")
    sandbox.git("tag", "m@v1.0.0", "m@v1.0.0-rc.1")

    assert gto_oracle.show(sandbox.root).newest == {"m": "v1.0.0-rc.1"}


def test_of_versions_equal_in_order_the_last_registered_is_newest(
    sandbox: Sandbox,
) -> None:
    """Build metadata does not count, so the release is not newer than its builds."""
    for version in ("v1.0.0", "v1.0.0+b", "v1.0.0+a"):
        sandbox.commit()
        sandbox.tag(f"m@{version}")

    assert gto_oracle.show(sandbox.root).newest == {"m": "v1.0.0+a"}


def test_a_prerelease_can_be_the_newest(sandbox: Sandbox) -> None:
    """The greatest version counts, whatever follows its hyphen."""
    for version in ("v1.0.0", "v2.0.0-rc.1"):
        sandbox.commit()
        sandbox.tag(f"m@{version}")

    assert gto_oracle.show(sandbox.root).newest == {"m": "v2.0.0-rc.1"}


def test_a_shallow_clone_is_an_empty_registry(
    sandbox: Sandbox, two: tuple[str, str], tmp_path: Path
) -> None:
    """It says so with success; only asking for a model by name fails."""
    clone = sandbox.clone(tmp_path / "clone", "--depth=1", "--no-tags")

    assert len(two) == 2
    assert gto_oracle.show(clone.root).newest == {}
    with pytest.raises(ArtifactNotFound):
        gto_oracle.versions(clone.root, "m")


def test_a_message_is_shown_without_its_ends_and_its_signature(
    sandbox: Sandbox,
) -> None:
    """White space goes, a carriage return at the end of a line inside stays."""
    sandbox.commit()
    sandbox.tag(
        "m@v1.0.0",
        message=b"\n  one\r\n\r\nReason: x\r\n-----BEGIN SSH SIGNATURE-----\nabc\n"
        b"-----END SSH SIGNATURE-----\n",
    )

    (row,) = gto_oracle.history(sandbox.root)

    assert row.message == "one\r\n\r\nReason: x"
