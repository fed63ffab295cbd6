"""Tests of what `lineal.open` writes, into folders and into the registry."""

import hashlib
from collections.abc import Iterator
from contextlib import chdir
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import lineal
from helpers import bundles
from helpers import shelf as shelves
from helpers.dvc_models import object_in, spoil
from helpers.projects import Project
from helpers.shelf import Shelf, url
from lineal.bootstrap.delivery import ExistsError
from lineal.bootstrap.loading import (
    UntrustedError,
)
from lineal.bootstrap.retrieval import NowhereError
from lineal.bootstrap.verbs import NoVersionNamedError, ReadOnlyError
from lineal.doors.dvc.bytes import WrongBytesError
from lineal.errors import RefusedError

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Share the repository with all tests that only read."""
    return shelves.pattern(tmp_path_factory)


@pytest.fixture
def shelf(pattern: Shelf, tmp_path: Path) -> Shelf:
    """Return a copy that a test may spoil."""
    return pattern.copy(tmp_path / "copy")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """Go to a folder in no repository, where wicked models leave their traces."""
    place = tmp_path / "elsewhere"
    place.mkdir()
    with chdir(place):
        yield place


def test_get_writes_and_says_what(pattern: Shelf, elsewhere: Path) -> None:
    """Into the current folder, under the file's own name, once."""
    registry = lineal.open(pattern.repo.root)

    got = registry.get("flat@v2.0.0")
    other = registry.get("folder@v2.0.0", elsewhere / "other")

    content = pattern.content("flat", 2)
    assert (elsewhere / got.path).read_bytes() == content
    assert got.md5 == hashlib.md5(content, usedforsecurity=False).hexdigest()
    assert got.size == len(content)
    assert other.size == len("weights 2") + len("{}")
    assert (other.md5 or "").endswith(".dir")
    with pytest.raises(ExistsError):
        registry.get("flat@v1.0.0")
    assert registry.get("flat@v1.0.0", force=True).size > 0


def test_a_spoilt_file_is_not_written(shelf: Shelf, elsewhere: Path) -> None:
    """Nor is a folder of which one file is spoilt."""
    listing = shelf.cache / "files" / "md5"
    for path in listing.rglob("*"):
        if path.is_file() and path.suffix != ".dir":
            spoil(path)
    registry = lineal.open(shelf.repo.root)

    for target in ("flat", "folder"):
        with pytest.raises(WrongBytesError):
            registry.get(target)
    assert list(elsewhere.iterdir()) == []


def test_a_version_that_is_no_bundle_says_so(pattern: Shelf) -> None:
    """It has no card."""
    registry = lineal.open(pattern.repo.root)

    with pytest.raises(NowhereError, match=r"there is no modèls/card\.json"):
        registry.bundle("flat")


def test_a_bundle_is_the_one_of_its_version(tmp_path: Path) -> None:
    """All of its files, from the cache and from Git, and its forecasts."""
    project = Project.create(tmp_path / "a répo")
    model = project.part("model.joblib")
    place = model.relative_to(project.root).as_posix()
    (project.root / "artifacts.yaml").write_text(f"stops: {{path: {place}}}\n")
    for part in (model, project.part("history.parquet")):
        content = part.read_bytes()
        md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
        kept = object_in(project.root / ".dvc" / "cache", md5)
        kept.parent.mkdir(parents=True)
        kept.write_bytes(content)
        part.write_bytes(b"on the desk")
    project.git("add", "artifacts.yaml")
    project.git("commit", "--quiet", "--message", "declare")
    project.git("tag", "--annotate", "stops@v1.0.0", "--message", "x")
    project.part("card.json").write_text("{}")
    registry = lineal.open(project.root)

    found = registry.bundle("stops@v1.0.0").forecast().rows

    expected = bundles.bundle().forecast().rows
    pd.testing.assert_frame_equal(found, expected)
    with pytest.raises(UntrustedError):
        lineal.open(project.root.as_uri()).bundle("stops")


def test_every_verb_writes(shelf: Shelf) -> None:
    """And the next question knows of it."""
    registry = lineal.open(shelf.repo.root)

    made = registry.register("flat", "HEAD~1", version="v2.1.0", allow_missing=True)
    registry.promote("flat@v2.0.0", "prod", reason="because")
    assert registry.which("flat", "prod") == "v2.0.0"
    registry.rollback("flat", "prod", reason="because")
    assert registry.which("flat", "prod") == "v1.0.0"
    registry.unassign("flat", "prod", force=True, reason="because")
    assert registry.which("flat", "prod") == "v2.0.0"  # superseded, not ended
    registry.withdraw("flat@v3.0.0", reason="because")
    registry.deprecate("flat@v1.0.0", eol=date(2998, 12, 31), reason="because")
    first, *_, last = registry.versions("flat")

    assert made.plan.tag == "flat@v2.1.0"
    assert not last.active
    assert first.deprecated is not None
    assert first.deprecated.end is not None
    assert registry.history("flat")[0].reason == "because"


def test_verbs_need_a_version_and_a_folder(pattern: Shelf) -> None:
    """A URL can only be read."""
    registry = lineal.open(pattern.repo.root)

    for target in ("flat", "flat#prod"):
        with pytest.raises(NoVersionNamedError):
            registry.promote(target, "prod", reason="x")
    with pytest.raises(NoVersionNamedError):
        registry.deprecate("flat#prod", reason="x")
    with pytest.raises(RefusedError):
        registry.promote("flat@v1.0.0", "prod", reason="it is there already")
    with lineal.open(url(pattern)) as foreign, pytest.raises(ReadOnlyError):
        foreign.withdraw("flat@v1.0.0", reason="x")
