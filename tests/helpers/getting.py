"""`lineal get`, run on a shelf of models."""

from pathlib import Path

from helpers.fleet import Done
from helpers.sandbox import lineal
from helpers.shelf import Shelf


def get(
    shelf: Shelf, *words: str, cwd: Path, env: dict[str, str] | None = None
) -> Done:
    """Run `lineal get` in some folder, on the repository."""
    repo = shelf.repo
    told = ("--repo", str(repo.root), "get", *words)
    return lineal(cwd, *told, env={**repo.env, **(env or {})})


def left(folder: Path) -> list[str]:
    """Return what is in a folder."""
    return sorted(each.name for each in folder.iterdir())
