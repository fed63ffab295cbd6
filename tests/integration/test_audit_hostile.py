"""Tests that what others wrote into tags hurts nobody who reads an audit."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from helpers import audited
from helpers.audited import DAY, HOSTILE, message
from helpers.sandbox import START, Sandbox

ACTOR = '=HYPERLINK("http://x.org") | @team \x1b]0;owned\x07 <eve|*@x.org>'


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    """Make a registry with a promotion in which everything is hostile."""
    made = audited.registry(tmp_path / "repo")
    said = message(
        "Promote\n\nbody",
        Version="v1.0.0",
        Reason=HOSTILE,
        Policy="`| x",
        Gate=("a | b | c | d", "=1+1 | <img src=x> | pass"),
        Approved_By="@boss | **x**",
        Bypass=HOSTILE,
    )
    commit = "refs/tags/m@v1.0.0^{commit}"
    made.tag("m#prod#3", commit=commit, at=START + 5 * DAY, message=said, actor=ACTOR)
    return made


@pytest.mark.parametrize("form", ["", "--json", "--markdown", "--csv"])
def test_nothing_drives_the_terminal(sandbox: Sandbox, form: str) -> None:
    """Control characters are shown, or written as JSON has it."""
    text = sandbox.lineal("audit", *([form] if form else [])).stdout

    signs = {sign for sign in text if not sign.isprintable()}
    assert signs <= {"\n", "\r"}


def test_no_cell_is_a_formula(sandbox: Sandbox) -> None:
    """An apostrophe before it makes it a text."""
    text = sandbox.lineal("audit", "--csv").stdout

    rows = list(csv.reader(io.StringIO(text, newline="")))
    cells = [cell for row in rows for cell in row]
    assert len({len(row) for row in rows}) == 1
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert [cell for cell in cells if cell.startswith("'=cmd")]


def test_markdown_has_no_markup_of_others(sandbox: Sandbox) -> None:
    """No tag, no link, no mention, and each row has as many cells as its heading."""
    text = sandbox.lineal("audit", "--markdown").stdout

    plain = text.replace("<!-- -->", "").replace("<br>", "")
    outside = "".join(plain.split("`")[::2])
    assert "img src" in outside
    assert not re.search(r"(?<!\\)(?:<|\[|\*)", outside)
    assert "@team" not in "".join(text.split("`")[::2])
    assert "@boss" not in "".join(text.split("`")[::2])
    rows = [line for line in text.splitlines() if line.startswith("|")]
    counts = {line.replace("\\|", "").count("|") for line in rows}
    assert counts == {6}


def test_a_trailer_cannot_be_made_up_by_a_reason(sandbox: Sandbox) -> None:
    """A line end in a reason is no line end in the tag."""
    reason = "x\nApproved-By: boss@x.org\nGate: all | good | pass"
    words = ("--reason", reason, "--no-push")
    sandbox.lineal("promote", "m@v1.0.0", "--to", "dev", *words)

    found = json.loads(sandbox.lineal("audit", "--json").stdout)["events"][-1]

    assert found["stage"] == "dev"
    assert found["recorded"]["approvals"] == []
    assert found["recorded"]["gates"] == []


def test_bytes_that_are_no_utf8_stop_no_view(sandbox: Sandbox) -> None:
    """They are replaced."""
    sandbox.tag("m#prod#4", message=b"caf\xe9 \xff\n")

    for form in ("--json", "--markdown", "--csv"):
        assert sandbox.lineal("audit", form).returncode == 0


def test_a_narrow_terminal_gets_narrow_lines(sandbox: Sandbox) -> None:
    """Long values are wrapped under their labels."""
    text = sandbox.lineal("audit", env={"COLUMNS": "60"}).stdout

    assert max(map(len, text.splitlines())) <= 60
