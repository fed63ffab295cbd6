"""GitHub, as far as a machine without it can: act runs the workflows on this host.

Third-party actions and `gh` are stubs. What GitHub itself does (who may push, what a token
may do, environments, concurrency) happens nowhere here.

hub = GitHub.create(tmp_path, origin="file:///...")
done = hub.run(box, "push", {"ref": "refs/tags/churn#prod#2", ...}, "registry.yml")
"""

import json
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from helpers.sandbox import Sandbox

TOP = Path(__file__).parents[2]
FOLDER = ".github/workflows"
NAMES = ("pull-request.yml", "registry.yml", "train.yml")
REPOSITORY = "us/churn"
_INPUTS = """\
name: stub
inputs:
  {names}
runs:
  using: composite
  steps:
    - shell: bash
      env:
        {env}
      run: |
        {run}
"""
_CHECKOUT = """\
rm -rf ./* .git .github .dvc .gitignore
git clone --quiet "$ORIGIN" .
git checkout --quiet "${IN_REF:-$HEAD_REF}"
"""
_STUBS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "actions/checkout": (
        ("ref", "fetch-depth", "persist-credentials", "token"),
        _CHECKOUT,
    ),
    "actions/setup-python": (("python-version",), "true"),
    "actions/cache": (("path", "key", "restore-keys"), 'test -n "$IN_KEY"'),
    "actions/upload-artifact": (
        ("name", "path", "overwrite"),
        'mkdir -p "$SHELF/$IN_NAME" && cp -R "$IN_PATH/." "$SHELF/$IN_NAME/"',
    ),
    "actions/download-artifact": (
        ("name", "path"),
        'mkdir -p "$IN_PATH" && cp -R "$SHELF/$IN_NAME/." "$IN_PATH/"',
    ),
}


def workflow(name: str) -> str:
    """Return the text of a workflow of this repository."""
    return (TOP / FOLDER / name).read_text("utf-8")


def jobs(name: str) -> Mapping[str, Any]:
    """Return the jobs of a workflow of this repository."""
    found: Mapping[str, Any] = yaml.safe_load(workflow(name))["jobs"]
    return found


def actions(name: str) -> set[str]:
    """Return the third-party actions that a workflow uses, with their commits."""
    steps = (step for job in jobs(name).values() for step in job["steps"])
    return {step["uses"] for step in steps if "uses" in step}


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of running a workflow.

    Attributes:
        code: Of act: 0 where every job succeeded.
        log: All that was printed.
    """

    code: int
    log: str

    def job(self, name: str) -> str:
        """Return what one job printed."""
        lines = self.log.splitlines()
        return "\n".join(line for line in lines if f"/{name}" in line.partition("]")[0])


@dataclass(frozen=True, slots=True)
class GitHub:
    """A place that runs workflows, and remembers comments and pull requests.

    Attributes:
        folder: Where all of it is.
        origin: The URL of the repository.
    """

    folder: Path
    origin: str

    @classmethod
    def create(cls, folder: Path, origin: str) -> "GitHub":
        """Write the stubs."""
        made = cls(folder / "github", origin)
        (made.folder / "bin").mkdir(parents=True)
        stub = Path(__file__).with_name("gh_stub.py")
        program = made.folder / "bin" / "gh"
        shell = f'#!/bin/sh\nexec "{sys.executable}" -S "{stub}" "$@"\n'
        program.write_text(shell, encoding="utf-8")
        program.chmod(0o755)
        return made

    @property
    def state(self) -> dict[str, Any]:
        """What gh made: `comments`, `pulls`, and `calls` with their words."""
        path = self.folder / "state.json"
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return found

    def run(
        self,
        box: Sandbox,
        kind: str,
        event: Mapping[str, Any],
        name: str,
        *,
        head: str = "main",
    ) -> Ran:
        """Run a workflow as GitHub would after an event.

        Args:
            box: A clone.
            kind: The event's.
            event: What it says.
            name: The workflow's file.
            head: What is checked out where the workflow names nothing.
        """
        told = self.folder / "event.json"
        whole = {
            "repository": {"default_branch": "main", "full_name": REPOSITORY},
            **event,
        }
        told.write_text(json.dumps(whole), encoding="utf-8")
        shelf = self.folder / "shelf"
        shutil.rmtree(shelf, ignore_errors=True)
        variables = {
            "ORIGIN": self.origin,
            "HEAD_REF": head,
            "SHELF": str(shelf),
            "GH_STATE": str(self.folder / "state.json"),
            "GITHUB_REPOSITORY": REPOSITORY,
        }
        done = box.run(
            "act",
            kind,
            f"--workflows={FOLDER}/{name}",
            "-P=ubuntu-latest=-self-hosted",
            f"-e={told}",
            *(self._stub(uses) for uses in actions(name)),
            *(f"--env={key}={value}" for key, value in variables.items()),
            f"--action-cache-path={self.folder / 'cache'}",
            "--no-cache-server",
            "--defaultbranch=main",
            ok=False,
            env={"PATH": self._path(box)},
        )
        return Ran(done.returncode, done.stdout + done.stderr)

    def step(self, box: Sandbox, script: str, env: Mapping[str, str]) -> Ran:
        """Run one script of a workflow by itself, as GitHub runs it."""
        variables = {**env, "GH_STATE": str(self.folder / "state.json")}
        words = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
        path = {"PATH": self._path(box)}
        done = box.run(*words, ok=False, env={**variables, **path})
        return Ran(done.returncode, done.stdout + done.stderr)

    def _path(self, box: Sandbox) -> str:
        return f"{self.folder / 'bin'}{os.pathsep}{box.env['PATH']}"

    def _stub(self, uses: str) -> str:
        """Write an action in place of somebody else's; return what act is told."""
        action = uses.partition("@")[0]
        names, run = _STUBS[action]
        made = self.folder / "stubs" / action
        made.mkdir(parents=True, exist_ok=True)
        env = (
            f"IN_{n.upper().replace('-', '_')}: ${{{{ inputs.{n} }}}}" for n in names
        )
        text = _INPUTS.format(
            names="\n  ".join(f"{name}: {{default: ''}}" for name in names),
            env="\n        ".join(env),
            run="\n        ".join(run.splitlines()),
        )
        (made / "action.yml").write_text(text, encoding="utf-8")
        return f"--local-repository={uses}={made}"
