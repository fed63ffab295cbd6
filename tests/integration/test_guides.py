"""Every command of the guides, run in order on a real repository."""

import json
import re
import shlex
from pathlib import Path

import pytest

from helpers.sandbox import Sandbox

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def lived_in(tmp_path: Path) -> Sandbox:
    """Make a registry of one model, as GTO would, and two commits with newer models."""
    sandbox = Sandbox.create(tmp_path / "team répo")
    sandbox.git("remote", "add", "origin", str(tmp_path / "remote"))
    Sandbox.create(tmp_path / "remote", bare=True)
    for number, version in enumerate(("v1.0.0", "v1.1.0", "v1.2.0", None, None)):
        card = {"features": {"lag": "number"}, "metrics": {"wape": 0.08 - number / 100}}
        sandbox.commit(
            files={
                "artifacts.yaml": "ridership:\n  type: model\n  path: models/m.bin\n",
                "models/m.bin": f"bytes {number}",
                "models/card.json": json.dumps(card),
            }
        )
        if version:
            sandbox.tag(f"ridership@{version}")
    sandbox.tag("ridership#staging#1", commit="refs/tags/ridership@v1.0.0^{}")
    sandbox.tag("ridership#prod#2", commit="refs/tags/ridership@v1.1.0^{}")
    sandbox.git("push", "--quiet", "--tags", "origin", "main")
    return sandbox


@pytest.mark.slow
@pytest.mark.parametrize(("guide", "least"), [("registry.md", 16), ("audit.md", 8)])
def test_every_command_of_a_guide_works(
    lived_in: Sandbox, guide: str, least: int
) -> None:
    """A reader can type them in the order in which they stand."""
    text = (DOCS / guide).read_text("utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]

    failed = {}
    for line in commands:
        program, *words = shlex.split(line)
        done = lived_in.run(program, *words, ok=False)
        if done.returncode:
            failed[line] = done.stderr

    assert len(commands) >= least
    assert failed == {}
