"""Tests of `lineal verify` on real repositories, tampered with in every way."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from helpers import registries
from helpers.sandbox import ANN, START, Sandbox

if TYPE_CHECKING:
    import subprocess  # noqa: TID251 - the type of what a helper returns

BOB = "Bob <bob@example.org>"


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Start a registry: m has v1.0.0 and v2.0.0, which went to prod one by one."""
    made = Sandbox.create(tmp_path / "repo")
    previous = None
    for number, version in enumerate(("v1.0.0", "v2.0.0"), start=1):
        made.commit()
        made.tag(f"m@{version}")
        previous = promote(made, version, number, previous)
    return made


def promote(made: Sandbox, version: str, serial: int, previous: str | None) -> str:
    """Tag HEAD as lineal does; return the tag's id."""
    trailers = [f"Version: {version}", "Reason: better"]
    trailers += [f"Previous: {previous}"] if previous else []
    message = "\n".join(("Promote", "", *trailers))
    return made.tag(f"m#prod#{serial}", message=message)


def verify(
    made: Sandbox, *words: str, code: int = 0
) -> "subprocess.CompletedProcess[str]":
    """Run the command and check its exit code."""
    done = made.lineal("verify", *words, ok=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done


def findings(made: Sandbox, *words: str, code: int = 1) -> list[dict[str, Any]]:
    """Return what it finds."""
    found: list[dict[str, Any]] = json.loads(
        verify(made, "--json", *words, code=code).stdout
    )["findings"]
    return found


def brief(found: list[dict[str, Any]]) -> list[tuple[str, str, str | None]]:
    """Return rule, severity and tag of each."""
    return [(each["rule"], each["severity"], each["tag"]) for each in found]


def test_an_untouched_registry_is_clean(sandbox: Sandbox) -> None:
    """It says how much was looked at."""
    assert verify(sandbox).stdout == "no findings: 4 tags of 1 model\n"
    assert verify(sandbox, "m", "--strict").stdout.endswith("1 note\n")


def test_what_lineal_and_gto_write_is_clean(sandbox: Sandbox) -> None:
    """A real promotion continues the chain, and so does a real `gto assign`."""
    sandbox.lineal("promote", "m@v1.0.0", "--to", "prod", "--reason", "back")
    sandbox.run("gto", "assign", "m", "--version", "v2.0.0", "--stage", "dev")

    assert verify(sandbox).stdout == "no findings: 6 tags of 1 model\n"


def test_a_deleted_tag_is_named_with_its_maker(sandbox: Sandbox) -> None:
    """The object is still there; in a fresh clone, what followed it tells."""
    sandbox.git("tag", "-d", "m#prod#1")

    found = findings(sandbox)
    clone = sandbox.clone(sandbox.root.with_name("clone"))

    assert brief(found) == [("deleted", "problem", "m#prod#1")]
    assert (found[0]["who"], found[0]["when"]) == (ANN, "2023-11-14T22:13:22+00:00")
    assert brief(findings(clone)) == [("deleted", "problem", "m#prod#1")]


@pytest.mark.parametrize("cloned", [False, True])
def test_a_recreated_tag_is_named_with_who_did_it(
    sandbox: Sandbox, *, cloned: bool
) -> None:
    """It has a follower that follows another object."""
    sandbox.tag("m#prod#1", commit="HEAD~1", actor=BOB, at=START + 99)
    place = sandbox.clone(sandbox.root.with_name("clone")) if cloned else sandbox

    found = [each for each in findings(place) if each["rule"] == "moved"]

    assert [(each["tag"], each["who"]) for each in found] == [("m#prod#1", BOB)]


def test_a_backdated_tag_is_named(sandbox: Sandbox) -> None:
    """It says that it follows a tag, and is dated before it."""
    last = sandbox.id("refs/tags/m#prod#2")
    message = f"Promote\n\nVersion: v2.0.0\nReason: x\nPrevious: {last}\n"
    sandbox.tag("m#prod#3", message=message, at=START - 5, actor=BOB)

    found = findings(sandbox)

    assert [(e["rule"], e["tag"], e["who"]) for e in found] == [
        ("backdated", "m#prod#3", BOB),
        ("clock", "m#prod#3", BOB),
        ("early", "m#prod#3", BOB),
    ]


def test_a_gap_is_explained_by_what_git_still_has(sandbox: Sandbox) -> None:
    """Nothing follows a tag of plain gto, but its object says who made it."""
    sandbox.tag("m#dev#3", actor=BOB)
    sandbox.tag("m#dev#4")
    sandbox.delete("m#dev#3")

    found = findings(sandbox)

    assert [(e["rule"], e["tag"], e["who"]) for e in found] == [
        ("deleted", "m#dev#3", BOB)
    ]
    clone = sandbox.clone(sandbox.root.with_name("clone"))
    assert brief(findings(clone, code=0)) == [("gap", "warning", "m#dev#4")]
    assert verify(clone, "--strict", code=1).stdout.startswith("warning: serial 3 of m")


def test_the_newest_tag_is_missed_by_who_saw_it(sandbox: Sandbox) -> None:
    """Nothing follows it, but this clone remembers, until it is told otherwise."""
    verify(sandbox)
    sandbox.delete("m#prod#2")

    for _ in range(2):
        assert brief(findings(sandbox)) == [("deleted", "problem", "m#prod#2")]
    assert verify(sandbox, "--accept").stdout.startswith("no findings: 3 tags")
    assert verify(sandbox).stdout.startswith("no findings: 3 tags")


def test_a_look_at_one_model_remembers_the_others(sandbox: Sandbox) -> None:
    """And does not speak of them."""
    sandbox.tag("n@v1.0.0")
    verify(sandbox)
    sandbox.delete("n@v1.0.0")

    assert verify(sandbox, "m", "--accept").stdout.startswith("no findings: 4 tags")
    assert brief(findings(sandbox)) == [("deleted", "problem", "n@v1.0.0")]


def test_where_nothing_can_be_written_nothing_is_remembered(sandbox: Sandbox) -> None:
    """That is no failure."""
    (sandbox.root / ".git" / "lineal").write_text("", encoding="utf-8")

    assert verify(sandbox).stdout.startswith("no findings")


@pytest.mark.parametrize("content", ["", "x", "lineal seen 1\n", "lineal seen 1\nx y"])
def test_a_damaged_memory_is_none(sandbox: Sandbox, content: str) -> None:
    """It is written anew."""
    own = sandbox.root / ".git" / "lineal"
    own.mkdir()
    (own / "seen").write_text(content, encoding="ascii")

    assert verify(sandbox).stdout.startswith("no findings")
    assert (own / "seen").read_text(encoding="ascii").count("m#prod#") == 2


def test_a_leftover_object_is_a_note_for_the_strict(sandbox: Sandbox) -> None:
    """Of a simple tag of plain gto, nothing else is left."""
    sandbox.tag("n@v1.0.0", actor=BOB)
    sandbox.delete("n@v1.0.0")

    found = findings(sandbox, "--strict", code=0)

    assert ("leftover", "note", "n@v1.0.0") in brief(found)


@pytest.fixture
def clone(sandbox: Sandbox) -> Sandbox:
    """Clone the registry."""
    return sandbox.clone(sandbox.root.with_name("clone"))


def test_phantoms_are_named(sandbox: Sandbox, clone: Sandbox) -> None:
    """What is only here, only there, and another one there."""
    sandbox.tag("m#prod#3")
    sandbox.tag("m#dev#4")
    clone.tag("m#prod#3", commit="HEAD~1")
    clone.tag("m@v3.0.0", commit="HEAD~1")

    found = findings(clone)

    assert {each for each in brief(found) if each[0] != "shared"} == {
        ("differs", "problem", "m#prod#3"),
        ("phantom", "problem", "m@v3.0.0"),
        ("unfetched", "warning", "m#dev#4"),
    }
    assert brief(findings(clone, "--offline", code=0)) == [
        ("shared", "note", "m@v3.0.0")
    ]


def test_a_phantom_may_be_dropped_and_what_is_pushed_may_not(
    sandbox: Sandbox, clone: Sandbox
) -> None:
    """Only what the remote has is remembered."""
    clone.tag("m#prod#3")
    verify(clone, code=1)
    clone.delete("m#prod#3")
    assert verify(clone).stdout == "no findings: 4 tags of 1 model, as on origin\n"

    for place in (sandbox, clone):
        place.delete("m#prod#2")

    assert brief(findings(clone)) == [("deleted", "problem", "m#prod#2")]


def test_a_remote_that_is_gone_is_no_clean_answer(
    sandbox: Sandbox, clone: Sandbox
) -> None:
    """The outside failed; offline, there is an answer."""
    sandbox.root.rename(sandbox.root.with_name("moved"))

    assert "asking origin failed" in verify(clone, code=3).stderr
    assert verify(clone, "--offline").stdout.startswith("no findings")


def test_a_shallow_clone_is_refused(sandbox: Sandbox) -> None:
    """Its tags may be missing, which would look like deletion."""
    shallow = sandbox.clone(sandbox.root.with_name("clone"), "--depth=1")

    assert "--unshallow" in verify(shallow, code=3).stderr


def test_what_is_no_tag_of_the_registry_is_named(sandbox: Sandbox) -> None:
    """GTO ignores some of these in silence, and believes others."""
    sandbox.lightweight("m@v3.0.0")
    sandbox.nested("m@v4.0.0", of="m@v2.0.0")
    sandbox.tag("m@v5.0.0", commit="HEAD^{tree}")
    sandbox.tag("m@v6.0")
    sandbox.git("update-ref", "refs/tags/m#dev#3", "refs/tags/m#prod#2")
    sandbox.git("symbolic-ref", "refs/tags/m#dev#4", "refs/tags/m#prod#2")
    broken = sandbox.root / ".git/refs/tags/m#dev#5"
    broken.write_text("garbage\n", encoding="utf-8")

    found = brief(findings(sandbox))

    assert found == [
        ("object", "problem", "m@v4.0.0"),
        ("object", "problem", "m@v5.0.0"),
        ("ref", "problem", "m#dev#4"),
        ("ref", "problem", "m#dev#5"),
        ("renamed", "problem", "m#dev#3"),
        ("lightweight", "warning", "m@v3.0.0"),
        ("name", "warning", "m@v6.0"),
    ]


def test_signatures_are_checked_where_there_are_any(sandbox: Sandbox) -> None:
    """A good one, one of a key that is not known, and one that was tampered with."""
    allowed = make_keys(sandbox)
    sign(sandbox, "m#dev#3", "ann")
    sign(sandbox, "m#dev#4", "bob")
    assert brief(findings(sandbox, code=0)) == [
        ("signature", "warning", "m#dev#3"),
        ("signature", "warning", "m#dev#4"),
    ]

    sandbox.git("config", "gpg.ssh.allowedSignersFile", str(allowed))
    signed = sandbox.git("cat-file", "tag", "refs/tags/m#dev#3")
    sandbox.tag("m#dev#5", message=signed.split("\n\n", 1)[1])
    found = brief(findings(sandbox, "--strict"))

    assert [each for each in found if each[0] == "signature"] == [
        ("signature", "problem", "m#dev#5"),
        ("signature", "warning", "m#dev#4"),
    ]
    unsigned = [tag for rule, _, tag in found if rule == "unsigned"]
    assert unsigned == ["m#prod#1", "m#prod#2", "m@v1.0.0", "m@v2.0.0"]


def make_keys(made: Sandbox) -> Path:
    """Make keys of Ann and Bob; return the file that allows only Ann's."""
    for name in ("ann", "bob"):
        key = str(made.home / name)
        made.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key)
    made.git("config", "gpg.format", "ssh")
    public = (made.home / "ann.pub").read_text(encoding="ascii")
    allowed = made.home / "allowed"
    allowed.write_text(f"ann@example.org {public}", encoding="ascii")
    return allowed


def sign(made: Sandbox, name: str, key: str) -> None:
    """Write a signed tag."""
    chosen = f"user.signingkey={made.home / key}.pub"
    words = ("-c", chosen, "tag", "--sign", "--message", "x", name)
    made.git(*words, at=made.now())


def test_an_unknown_model_is_refused(sandbox: Sandbox) -> None:
    """A clean answer about nothing would mislead."""
    assert "has no model 'x'; there are: m" in verify(sandbox, "x", code=1).stderr


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_an_empty_repository_is_clean(tmp_path: Path, form: str) -> None:
    """There is nothing to be wrong."""
    empty = Sandbox.create(tmp_path / "empty", object_format=form)

    assert verify(empty).stdout == "no findings: 0 tags of 0 models\n"


def test_many_loose_tags_are_a_note(tmp_path: Path) -> None:
    """Each costs a file to read."""
    made = Sandbox.create(tmp_path / "many")
    registries.build(made, 26, 10, packed=False)

    said = verify(made).stdout

    assert (
        "1040 tags are loose, which makes reading slow: `git pack-refs --all`" in said
    )


def test_the_names_of_strangers_cannot_drive_the_terminal(sandbox: Sandbox) -> None:
    """Whoever tags may call themselves what they like."""
    sandbox.tag("m#dev#9", actor="\x1b[31mEve <e@x>")

    said = verify(sandbox).stdout

    assert "\x1b" not in said
    assert "Eve" in said
