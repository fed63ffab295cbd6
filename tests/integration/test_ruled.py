"""A version that rules of every kind are asked about, as the benchmark does."""

import json
from pathlib import Path

import pytest

from helpers.ruled import TARGET, rule
from helpers.sandbox import Sandbox

ASKED = ("promote", TARGET, "--to", "prod", "-m", "it is time", "--dry-run", "--json")


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """Make a registry with such rules and such a version."""
    made = Sandbox.create(tmp_path / "repo")
    rule(made, tmp_path / "keys")
    return made


def test_every_kind_of_rule_is_kept_by_something(box: Sandbox) -> None:
    """And each is told, with its evidence."""
    found = json.loads(box.lineal(*ASKED).stdout)

    told = [value for name, value in found["trailers"] if name == "Gate"]
    assert len(told) == 14
    assert all(line.endswith("| pass") for line in told), told
    assert [v for n, v in found["trailers"] if n == "Approved-By"] == [
        *("bob@x.org", "eve@x.org")
    ]


def test_asking_changes_nothing(box: Sandbox) -> None:
    """Nor does it leave anything behind in the working tree."""
    before = (box.git("for-each-ref"), box.git("status", "--porcelain"))

    box.lineal(*ASKED)

    assert (box.git("for-each-ref"), box.git("status", "--porcelain")) == before


def test_what_is_asked_takes_few_programs(box: Sandbox, tmp_path: Path) -> None:
    """Each costs milliseconds, and a registry may have many rules."""
    box.lineal(*ASKED)  # after this, signatures are known
    log = tmp_path / "log"
    shim = tmp_path / "bin/git"
    shim.parent.mkdir()
    real = box.run("which", "git").stdout.strip()
    shim.write_text(f'#!/bin/sh\necho "$*" >> "{log}"\nexec "{real}" "$@"\n', "utf-8")
    shim.chmod(0o755)

    box.lineal(*ASKED, env={"PATH": f"{shim.parent}:{box.env['PATH']}"})

    calls = log.read_text("utf-8").splitlines()
    assert 5 < len(calls) <= 24, calls
