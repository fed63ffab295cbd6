"""A repository to be read from a URL, and the command line that reads it."""

import os
from functools import cache
from pathlib import Path

import pytest

from helpers.sandbox import Sandbox, lineal

HISTORY = 40  # commits, each with a file that does not compress


def pattern(factory: pytest.TempPathFactory) -> Sandbox:
    """Return a bare repository with a long history and few tags, to be read only."""
    return _made(factory.getbasetemp() / "faraway")


def ask(repo: Sandbox, url: str, *words: str, **env: str) -> tuple[int, str, str]:
    """Run a command on a URL, from a folder in no repository."""
    told = ("--repo", url, *words)
    done = lineal(repo.home, *told, env={**repo.env, **env})
    return done.returncode, done.stdout, done.stderr


@cache
def _made(base: Path) -> Sandbox:
    repo = Sandbox.create(base / "my répo")
    for number in range(HISTORY):
        repo.commit(f"c{number}", {"data.txt": os.urandom(10_000).hex()})
        if number % 10 == 5:
            repo.tag(f"m@v0.{number}.0")
            repo.tag(f"other@v0.{number}.0")
    repo.tag("m#prod#1", commit="m@v0.15.0^{commit}")
    repo.tag("release-1")
    bare = repo.clone(repo.root.with_name("bare.git"), "--mirror", bare=True)
    bare.git("config", "uploadpack.allowFilter", "true")
    return bare
