"""Tests of naming promotions that the policy had refused."""

from dataclasses import replace

import pytest

from helpers.links import ANN, Registry


def told(kind: str, text: str) -> list[tuple[str, str, str]]:
    """Return what is said of a tag with a text: severity, who and sentence."""
    made = Registry()
    made.gto("registration", "v1.0.0")
    written = made.gto(kind, "v1.0.0", "prod")  # type: ignore[arg-type]
    made.tags[-1] = replace(written, tag=replace(written.tag, text=text))
    found = [each for each in made.judge() if each.rule == "bypass"]
    return [(each.severity, each.who, each.sentence) for each in found]


def test_a_bypass_is_a_warning_that_says_who_and_why() -> None:
    """Whoever may do it, it should be known."""
    ((severity, who, sentence),) = told(
        "assignment", "Promote\n\nReason: x\nBypass: ann, the shop is down\n"
    )

    assert (severity, who) == ("warning", str(ANN))
    assert sentence.endswith("bypassed the policy: ann, the shop is down")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("assignment", "Promote\n\nReason: the Bypass: was closed\n"),
        ("assignment", "Bypass: in the subject"),
        ("unassignment", "Promote\n\nBypass: ann, nothing was refused\n"),
    ],
)
def test_what_is_no_bypass_is_not_named(kind: str, text: str) -> None:
    """Only an assignment's trailer is one."""
    assert told(kind, text) == []
