"""Tests of the rules about a clone and its remotes."""

import pytest

from lineal.registry.setup.clone import Clone, Remotes, judge_clone, judge_remotes

FINE = {"git": (2, 39), "hooks": ("pre-push",)}


@pytest.mark.parametrize(
    ("facts", "rule", "severity", "way"),
    [
        ({"git": (2, 20)}, "git", "problem", "2.30 is the least"),
        ({"git": (2, 30), "signs": "ssh"}, "git", "problem", "2.34 is the least"),
        ({"shallow": True}, "shallow", "problem", "git fetch --unshallow --tags"),
        ({"known": False}, "identity", "problem", "git config user.name NAME"),
        ({"signs": "ssh", "lacks": "x"}, "key", "problem", "set user.signingKey"),
        ({"pending": ("m#prod#1",)}, "pending", "warning", "lineal show"),
        ({"leftovers": ("write-x",)}, "leftovers", "note", "write-x"),
        ({"loose": 1001}, "loose", "note", "git pack-refs --all"),
        ({"hooks": ()}, "hooks", "note", "`lineal hooks install`"),
        ({"ruled": True}, "hooks", "warning", "`lineal hooks install`"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_each_fault_of_a_clone_has_a_way_out(
    facts: dict[str, object], rule: str, severity: str, way: str
) -> None:
    """And is found alone."""
    found = list(judge_clone(Clone(**{**FINE, **facts})))  # type: ignore[arg-type]

    assert [(each.rule, each.severity) for each in found] == [(rule, severity)]
    assert way in found[0].sentence


def test_a_fit_clone_has_no_findings() -> None:
    """A key that is missing where nothing is signed is no fault."""
    clone = Clone((2, 39), signs="", lacks="x", hooks=("pre-push",), loose=1000)

    assert list(judge_clone(clone)) == []


@pytest.mark.parametrize(
    ("remotes", "rule", "severity", "way"),
    [
        (Remotes(), "remote", "note", "git remote add origin URL"),
        (Remotes(("a", "b")), "remote", "problem", "git config lineal.remote NAME"),
        (Remotes(("o",), "o", failed="no"), "unreachable", "problem", "no"),
        (Remotes(("o",), "o", ("o",)), "tagless", "warning", "remote.o.tagOpt"),
        (Remotes(("o", "p"), "o", ("p",)), "tagless", "note", "remote.p.tagOpt"),
        (
            Remotes(("o",), "o", unfetched=("m@v1.0.0",)),
            "unfetched",
            "problem",
            "git fetch o --tags",
        ),
    ],
    ids=["none", "several", "unreachable", "tagless", "tagless-other", "unfetched"],
)
def test_each_fault_of_the_remotes_has_a_way_out(
    remotes: Remotes, rule: str, severity: str, way: str
) -> None:
    """And is found alone."""
    found = list(judge_remotes(remotes))

    assert [(each.rule, each.severity) for each in found] == [(rule, severity)]
    assert way in found[0].sentence


def test_one_remote_that_answers_is_fine() -> None:
    """There is nothing to say."""
    assert list(judge_remotes(Remotes(("origin",), "origin"))) == []
