"""A registry to tamper with, and what `lineal verify` says of it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.sandbox import Sandbox

if TYPE_CHECKING:
    import subprocess

BOB = "Bob <bob@example.org>"


def registered(root: Path) -> Sandbox:
    """Start a registry: m has v1.0.0 and v2.0.0, which went to prod one by one."""
    made = Sandbox.create(root)
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
