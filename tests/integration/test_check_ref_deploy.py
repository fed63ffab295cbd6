"""What `lineal check-ref --json` says to whoever deploys."""

import json
from hashlib import md5
from typing import Any

import pytest

from helpers.committing import files, registered
from helpers.enforced import BAD, GOOD, assign, card, put, team
from helpers.lineal_answers import reader
from helpers.sandbox import START, Sandbox
from lineal.actions.checking.check import check
from lineal.actions.checking.deployed import Deployed, find
from lineal.actions.checking.terms import Terms

NOW = START + 1_000_000
MODEL = "models/churn/model.joblib"
DIGEST = "0123456789abcdef0123456789abcdef"
POINTER = (
    f"version https://git-lfs.github.com/spec/v1\noid sha256:{'a' * 64}\nsize 12345\n"
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """Return a clone of a team whose v1.0.0 holds prod."""
    return team(tmp_path_factory.mktemp("team"))


@pytest.fixture
def box(shared: Sandbox) -> Sandbox:
    """Return it without what other tests assigned."""
    for tag in shared.git("tag", "--list", "churn#*", "churn@v9*").splitlines():
        if tag != "churn#prod#1":
            shared.delete(tag)
    return shared


def look(box: Sandbox, tag: str) -> Deployed | None:
    """Return what is to be deployed for a tag."""
    found = reader(box.root)
    return find(found, check(Terms(found, NOW), tag, box.id(f"refs/tags/{tag}")))


def digest(box: Sandbox, more: dict[str, str]) -> str | None:
    """Return the md5 of a version whose commit has some more files."""
    box.git("rm", "-r", "-q", "--cached", "--ignore-unmatch", "models/churn")
    registered(box, "churn", "v9.0.0", {**files("churn", card(0.1)), **more})
    found = look(box, put(box, "v9.0.0"))
    assert found is not None
    return found.md5


def test_the_facts_of_what_enters_are_those_of_that_moment(box: Sandbox) -> None:
    """Though something else entered later; a version is compared with its predecessor."""
    first = put(box, GOOD)
    back = put(box, "v1.0.0")
    commit = box.id(f"churn@{GOOD}^{{commit}}")

    assert look(box, first) == Deployed("churn", GOOD, "prod", "v1.0.0", None, commit)
    found = look(box, back)
    assert found is not None
    assert (found.version, found.previous) == ("v1.0.0", GOOD)


def test_a_stage_that_was_empty_or_held_a_bare_commit_says_so(box: Sandbox) -> None:
    """Nothing, or the commit's id."""
    bare = box.commit("no version")
    box.tag("churn#prod#2", commit=bare)
    box.delete("churn#prod#1")
    after = look(box, put(box, GOOD))
    box.delete("churn#prod#2")
    alone = look(box, "churn#prod#3")
    box.tag("churn#prod#1", commit="churn@v1.0.0^{commit}")

    assert after is not None
    assert alone is not None
    assert (after.previous, alone.previous) == (bare, None)


def test_nothing_is_deployed_but_what_was_accepted(box: Sandbox) -> None:
    """Neither a refused assignment nor any other tag."""
    box.tag("v1")
    box.tag("churn#prod!#7", commit="churn@v1.0.0^{commit}")
    tags = (put(box, BAD), f"churn@{GOOD}", "churn#prod!#7", "v1")

    assert [look(box, tag) for tag in tags] == [None] * 4


def test_the_md5_is_that_of_the_bytes_or_there_is_none(box: Sandbox) -> None:
    """As DVC records it, or of what Git keeps itself."""
    out = {"path": MODEL, "hash": "md5", "md5": DIGEST, "size": 1}
    lock = {"schema": "2.0", "stages": {"s": {"cmd": "x", "outs": [out]}}}
    folder = {**out, "path": "models", "md5": f"{DIGEST}.dir"}
    whole = {"schema": "2.0", "stages": {"s": {"cmd": "x", "outs": [folder]}}}
    tries: list[tuple[dict[str, str], str | None]] = [
        ({"dvc.lock": json.dumps(lock)}, DIGEST),
        ({"dvc.lock": json.dumps(whole)}, None),
        ({MODEL: "bytes"}, md5(b"bytes", usedforsecurity=False).hexdigest()),
        ({MODEL: POINTER}, None),
        ({f"{MODEL}/part": "bytes"}, None),
        ({"artifacts.yaml": "churn: [\n"}, None),
        ({"artifacts.yaml": "other: {path: x}\n"}, None),
    ]
    found = []
    for more, _ in tries:
        found.append(digest(box, more))
        for tag in ("churn@v9.0.0", *box.git("tag", "-l", "churn#prod#[2-9]").split()):
            box.delete(tag)
        box.run("rm", "-rf", str(box.root / "models"))

    assert found == [expected for _, expected in tries]


def test_the_command_prints_them_for_the_workflow(box: Sandbox) -> None:
    """One line a fact is what jq makes of it; null where nothing is to be deployed."""
    good, bad = assign(box, GOOD), put(box, BAD)
    done = box.lineal("check-ref", "--json", good, bad, ok=False)
    tags: list[dict[str, Any]] = json.loads(done.stdout)["tags"]

    assert tags[0]["deploy"] == {
        "model": "churn",
        "version": GOOD,
        "stage": "prod",
        "previous": "v1.0.0",
        "md5": None,
        "commit": box.id(f"churn@{GOOD}^{{commit}}"),
    }
    assert tags[1]["deploy"] is None
