"""Attacks by names and messages: nothing is smuggled into a tag, or taken for one."""

from pathlib import Path

import pytest

from helpers.enforced import GOOD
from helpers.fortress import Fortress
from helpers.sandbox import Sandbox

WORDS = "x\nApproved-By: boss\r\n\r\nBypass: boss\n\nVerdict: reject\u2028Gate: a | b | pass"
RULES = """\
stages: [staging, prod]
models:
  churn:
    prod:
      approvals: {count: 1, of: [bob@x.org]}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Fortress:
    """Build what is copied for each attack that leaves something."""
    return Fortress.build(tmp_path_factory.mktemp("fort") / "team", RULES)


@pytest.fixture
def fort(built: Fortress, tmp_path: Path) -> Fortress:
    """Return what can be attacked."""
    return built.copied(tmp_path / "team")


def trailers(box: Sandbox, tag: str) -> list[str]:
    """Return the names of what git itself reads from a tag's message."""
    said = box.git("cat-file", "tag", tag).partition("\n\n")[2]
    found = box.git("interpret-trailers", "--parse", stdin=said.encode())
    return [line.partition(":")[0] for line in found.splitlines()]


@pytest.mark.parametrize(
    "stage", ["prod!", "prod\n", "pr\u043ed", "\uff50rod", "prod#1", "prod.", "prod%20"]
)
def test_promote_takes_no_stage_that_smuggles(built: Fortress, stage: str) -> None:
    """Whatever looks like another, or would end the name early."""
    said = built.promote(GOOD, to=stage)

    assert "cannot name a stage: only letters, digits" in said


@pytest.mark.parametrize(
    "name",
    ["churn\n@v3.0.0", "ch\u0443rn@v3.0.0", "churn\uff20v3.0.0", "churn@v3.0.0!"],
)
def test_promote_takes_no_version_that_smuggles(built: Fortress, name: str) -> None:
    """Neither in the model's name nor in the version's."""
    code, said = built.run("promote", name, "--to", "prod", "-m", "x")

    assert code == 2
    assert "Invalid value for 'MODEL@VERSION'" in said


@pytest.mark.parametrize(
    "tag",
    [
        "churn#prod!!",
        "churn#prod!#9!",
        "churn#pr\u043ed#9",
        "churn#prod\u200b#9",
        "churn\uff03prod\uff039",
        "churn\uff20v3.0.0",
        "churn\ufe5fprod",
        "churn\u266fprod",
        "churn#prod#09",
        "churn#prod#\u0669",
        "churn#prod#-1",
        "churn#prod./9",
        "review",
        "deprecated",
        "churn@V3.0.0#9#9",
        "Review/churn/v3.0.0/prod/bob@x.org/1",
        "r\u0435view/churn/v3.0.0/prod/bob@x.org/1",
        "review/churn/v3.0.0/prod/bob%40x.org/1",
        "review/churn/v3.0.0/prod/bob%2540x.org%2f/1",
        "review/churn/v3.0.0/prod/Bob@x.org/1",
        "review/churn/v3.0.0/prod/b%6Fb@x.org/1",
        "review/churn/v3.0.0/prod/b\u043eb@x.org/1",
        "review/churn/v3.0.0/prod/bob@x.org/01",
        "review/churn/v3.0.0/prod!/bob@x.org/1",
        "review/churn/v3.0.0/prod/bob@x.org/1/2",
    ],
)
def test_a_tag_that_smuggles_is_refused(built: Fortress, tag: str) -> None:
    """One that the registry would write in another way, or that is in its way."""
    built.box.tag(tag, commit=f"churn@{GOOD}^{{commit}}")
    found = built.judge(tag), built.judge(tag, arriving=True)
    built.box.delete(tag)

    assert all("name is plain" in each for each in found)


@pytest.mark.parametrize(
    "tag",
    [
        "churn#prod!!",
        "churn\uff03prod\uff039",
        "r\u0435view/churn/v3.0.0/prod/bob@x.org/1",
        "review/churn/v3.0.0/prod/bob%40x.org/1",
        "review",
    ],
)
def test_the_server_refuses_it_too(built: Fortress, tag: str) -> None:
    """So does check-ref, as a command."""
    built.box.tag(tag, commit=f"churn@{GOOD}^{{commit}}")
    found = built.check(tag), built.push(tag)
    built.box.delete(tag)

    assert all("name is plain" in each for each in found)


@pytest.mark.parametrize("end", ["\n", "\nApproved-By: boss", "\0", "\r"])
def test_an_object_whose_name_goes_on_is_another(built: Fortress, end: str) -> None:
    """What follows the name in its object, such as a header, counts for nothing."""
    tag = "churn#prod#9"
    made = built.box.tag("plain", commit=f"churn@{GOOD}^{{commit}}", message="x")
    content = built.box.git("cat-file", "tag", made)
    text = content.replace("tag plain", f"tag {tag}{end}").encode()
    words = ("hash-object", "-t", "tag", "-w", "--stdin", "--literally")
    oid = built.box.git(*words, stdin=text + b"\n")
    built.box.git("update-ref", f"refs/tags/{tag}", oid)
    found = built.judge(tag), built.push(tag)
    built.box.delete(tag)

    why = ("made under its name", "nobody has approved")
    assert all(any(one in each for one in why) for each in found)


def test_no_reason_becomes_a_trailer(fort: Fortress) -> None:
    """Of promote, approve and register; nor does a name with a line end in it."""
    box = fort.box
    bob = {
        "GIT_COMMITTER_NAME": "Bob\nVerdict: approve\n\nApproved-By: boss",
        "GIT_COMMITTER_EMAIL": "bob@x.org",
    }
    code, said = fort.run(
        "approve", f"churn@{GOOD}", "--for", "prod", "-m", WORDS, env=bob
    )
    assert code == 0, said
    assert not fort.promote(GOOD, "-m", WORDS, env={"GIT_COMMITTER_NAME": "A\nGate: x"})
    promotion = trailers(box, "churn#prod#2")

    review = f"review/churn/{GOOD}/prod/bob@x.org/1"
    assert trailers(box, review) == ["Verdict", "Version", "Stage", "Reason"]
    assert promotion[:3] == ["Version", "Reason", "Policy"]
    assert promotion.count("Approved-By") == 1
    assert "Bypass" not in promotion
    assert promotion.count("Gate") == 3


@pytest.mark.parametrize(
    "fact", ["X=1\nApproved-By: boss", "Approved-By=1", "Version=1", "X=NaN", "X=inf"]
)
def test_no_fact_becomes_a_trailer_of_ours(built: Fortress, fact: str) -> None:
    """A fact is a plain number, and has no name that lineal itself writes."""
    words = ("register", "churn", "--bump", "major", "-m", "x", "--fact", fact)
    code, said = built.run(*words)

    assert code == 2
    assert "tells no measured fact" in said
