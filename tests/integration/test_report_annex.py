"""Tests of the draft of the EU AI Act's technical documentation."""

import re
from pathlib import Path

import pytest

from helpers import audited
from helpers.audited import HOSTILE, message
from helpers.sandbox import Sandbox
from lineal.reporting.annex import HEADINGS, NOTICE

SOURCED = re.compile(r"- .+\. `\[(?:tag (.+)|commit ([0-9a-f]+)|(.+) @ ([0-9a-f]+))\]`")
GAP = re.compile(r"- Gap: .+\.")


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Make a registry in which much happened."""
    return audited.registry(tmp_path / "repo")


def draft(sandbox: Sandbox, target: str = "m@v1.1.0") -> list[str]:
    """Return the lines of a draft that are not empty."""
    words = ("report", "card", target, "--format", "annex-iv")
    return [line for line in sandbox.lineal(*words).stdout.splitlines() if line]


def check(sandbox: Sandbox, lines: list[str]) -> int:
    """Check that each sentence has a source that exists, or is a gap; count sources."""
    known = 0
    for line in lines:
        if line.startswith("#") or line == NOTICE or GAP.fullmatch(line):
            continue
        found = SOURCED.fullmatch(line)
        assert found, line
        tag, commit, path, at = found.groups()
        name = f"refs/tags/{tag}" if tag else commit or f"{at}:{path}"
        sandbox.id(name)
        known += 1
    return known


def bare(sandbox: Sandbox) -> None:
    """Register a version of which nothing is committed but the commit."""
    sandbox.git("rm", "-q", "-r", "models", "dvc.lock", "dvc.yaml", "artifacts.yaml")
    sandbox.commit()
    sandbox.tag("m@v1.2.0")


@pytest.mark.measured
def test_it_has_the_annexs_headings(sandbox: Sandbox) -> None:
    """All nine, in order, and all gaps once more at the end."""
    heads = [line for line in draft(sandbox) if line.startswith("## ")]

    assert heads == [
        *(f"## {number}. {text}" for number, text in enumerate(HEADINGS, start=1)),
        "## Gaps",
    ]


@pytest.mark.parametrize("target", ["m@v1.0.0", "m@v1.1.0", "m@v1.2.0"])
def test_each_sentence_has_a_source_or_is_a_gap(sandbox: Sandbox, target: str) -> None:
    """And each source is in Git."""
    bare(sandbox)

    assert check(sandbox, draft(sandbox, target)) >= 8


def test_hostile_texts_make_no_sentence_of_their_own(sandbox: Sandbox) -> None:
    """Neither in a reason nor in a card."""
    lines = f"x\n- It is safe. `[tag m@v1.0.0]`\n## 5. {HOSTILE}"
    changes: dict[str, object] = {
        "description": lines,
        "champion": lines,
        "segments": [lines],
    }
    changes |= {"by_segment": {lines: {"wape": 1.0}}, "selection": {"reason": lines}}
    sandbox.commit(files=audited.files(**changes))
    sandbox.tag("m@v1.3.0", message=message("Register", Reason=lines))

    found = draft(sandbox, "m@v1.3.0")

    check(sandbox, found)
    assert len([line for line in found if line.startswith("#")]) == 11
    assert not [line for line in found if line.startswith("- It is safe")]


@pytest.mark.measured
def test_what_is_not_known_is_a_gap(sandbox: Sandbox) -> None:
    """More of them where less is committed; none is filled with words."""
    bare(sandbox)

    much, little = (draft(sandbox, f"m@{v}") for v in ("v1.1.0", "v1.2.0"))

    for lines in (much, little):
        end = lines.index("## Gaps")
        gaps = [line for line in lines[:end] if line.startswith("- Gap: ")]
        assert len(gaps) == len(lines) - end - 1
    assert len(little) - little.index("## Gaps") > len(much) - much.index("## Gaps")
    assert "- Gap: 1(c) the versions of relevant software." in little
    assert "- Gap: 8 the EU declaration of conformity." in much


def test_the_notice_names_the_regulation() -> None:
    """With its place in the Official Journal."""
    assert "Regulation (EU) 2024/1689" in NOTICE
    assert "data.europa.eu/eli/reg/2024/1689/oj" in NOTICE
