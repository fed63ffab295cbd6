"""A registry whose versions were all promoted, and what is said of it."""

from pathlib import Path

from helpers import gto_oracle
from helpers.sandbox import START, Sandbox

DAY = 86_400


def promoted(root: Path) -> Sandbox:
    """Return a repository with versions 1 to 3 of a model, all of them promoted."""
    made = Sandbox.create(root)
    for number in (1, 2, 3):
        made.commit(f"model {number}")
        made.tag(f"churn@v{number}.0.0")
    for number in (1, 2, 3):
        made.tag(f"churn#prod#{number}", commit=f"churn@v{number}.0.0^{{commit}}")
    return made


def run(sandbox: Sandbox, *words: str, at: int = START + DAY) -> tuple[int, str, str]:
    """Run lineal at some instant, and return its code and what it said."""
    env = {"GIT_COMMITTER_DATE": f"@{at} +0000"}
    done = sandbox.lineal(*words, "--reason", "because", ok=False, env=env)
    return done.returncode, done.stdout, done.stderr


def prod(sandbox: Sandbox) -> str | None:
    """Return what `gto show --json` says holds prod."""
    return gto_oracle.by_cli(sandbox).holders.get(("churn", "prod"))


def trailers(sandbox: Sandbox, tag: str) -> list[str]:
    """Return what git itself reads from a tag's message."""
    said = sandbox.git("cat-file", "tag", tag).partition("\n\n")[2]
    words = ("interpret-trailers", "--parse")
    return sandbox.git(*words, stdin=said.encode()).splitlines()
