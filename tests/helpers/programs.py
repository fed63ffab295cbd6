"""Programs that tests run: Python, and Git without the machine's configuration."""

import os
import subprocess
import sys
from pathlib import Path


def python(
    *words: str, cwd: Path | None = None, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run Python in a process of its own."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )


def python_unread(*words: str, cwd: Path) -> tuple[int, str]:
    """Run Python with a reader that leaves at once; return the code and stderr."""
    with subprocess.Popen(
        [sys.executable, *words],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as running:
        if running.stdout is not None:
            running.stdout.close()
        said = running.stderr.read() if running.stderr else ""
    return running.returncode, said


def git(root: Path, *words: str) -> str:
    """Run git as nobody in particular, whatever the machine's configuration says."""
    done = subprocess.run(
        ["git", "-C", root, *words],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(root),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A",
            "GIT_COMMITTER_EMAIL": "a@example.org",
        },
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    return done.stdout
