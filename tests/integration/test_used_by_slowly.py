"""Where something went, held against the same worked out slowly, version by version."""

from pathlib import Path

import pytest

from helpers.sandbox import Sandbox
from helpers.used import QUESTIONS, digest, everything, histories, slowly
from lineal.bootstrap.reading import open_reader
from lineal.bootstrap.usage import UnusedError, search
from lineal.lineage.asked import Asked
from lineal.lineage.usage import Match

HASHES = tuple(
    Asked("hash", f"{digest(n)}{end}") for n in (0, 5) for end in ("", ".dir")
)


def quickly(repo: Sandbox, asked: Asked) -> dict[tuple[str, str], list[Match]]:
    """Return what the search finds, by model and version."""
    try:
        found = search(open_reader(repo.root), [asked])
    except UnusedError:
        return {}
    return {(use.model, str(use.version)): list(use.matches) for use in found.uses}


@pytest.mark.parametrize("seed", range(5))
def test_the_quick_way_finds_what_the_slow_way_finds(tmp_path: Path, seed: int) -> None:
    """Whatever is asked: the first answer fills the index, and the rest use it."""
    repo = Sandbox.create(tmp_path / "repo")
    histories(repo, seed)
    asked = (*QUESTIONS, *HASHES)
    known = everything(repo)
    found = [quickly(repo, each) for each in asked]

    assert found == [slowly(known, each) for each in asked]
    assert sum(map(bool, found)) > len(asked) // 3
