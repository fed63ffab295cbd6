"""Tests of models that `lineal.open` loads, with real Git and real DVC."""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

import lineal
from helpers import shelf as shelves
from helpers.dvc_models import object_in
from helpers.shelf import LATER, TRACE, Shelf, deprecate, url
from lineal.bootstrap.api import DeprecatedModelWarning
from lineal.bootstrap.loading import (
    MalformedModelError,
    UnknownFormatError,
    UntrustedError,
)
from lineal.doors.dvc.bytes import WrongBytesError
from lineal.registry.retrieval import EmptyStageError, EndedError, WithdrawnError

pytestmark = pytest.mark.slow

TABLE = pd.DataFrame({"x": [0.0, 1.0]})


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


@pytest.mark.parametrize("model", ["flat", "safe", "boosted"])
def test_a_model_of_each_version_predicts(pattern: Shelf, model: str) -> None:
    """Whatever lies on the desk."""
    registry = lineal.open(pattern.repo.root)

    for number in (1, 2, 3):
        found = registry.model(f"{model}@v{number}.0.0").predict(TABLE)
        assert found.tolist() == [float(number)] * 2
    assert registry.model("flat#prod").predict(TABLE).tolist() == [1.0, 1.0]


def test_joblib_from_a_url_asks_for_trust(pattern: Shelf, elsewhere: Path) -> None:
    """Nothing is unpickled before; skops and xgboost need no trust."""
    with lineal.open(url(pattern)) as registry:
        with pytest.raises(UntrustedError, match="trust=True"):
            registry.model("wicked")
        assert not (elsewhere / TRACE).exists()
        registry.model("wicked", trust=True)
        assert (elsewhere / TRACE).exists()
        assert registry.model("safe@v2.0.0").predict(TABLE).tolist() == [2.0, 2.0]
        assert registry.model("boosted@v2.0.0").predict(TABLE).tolist() == [2.0, 2.0]


def test_wrong_bytes_are_never_unpickled(shelf: Shelf, elsewhere: Path) -> None:
    """Not even from the own cache, where somebody put a wicked model."""
    wicked = shelf.content("wicked", 1)
    for folder in (shelf.cache, shelf.remote):
        path = object_in(folder, shelf.md5("flat", 1))
        path.chmod(0o644)
        path.write_bytes(wicked)
    registry = lineal.open(shelf.repo.root)

    with pytest.raises(WrongBytesError):
        registry.model("flat@v1.0.0", trust=True)
    shutil.rmtree(shelf.cache)
    with pytest.raises(WrongBytesError):
        registry.model("flat@v1.0.0", trust=True)
    assert list(elsewhere.iterdir()) == []


def test_unknown_types_of_skops_are_named_unless_trusted(pattern: Shelf) -> None:
    """In a folder as at a URL."""
    registry = lineal.open(pattern.repo.root)

    with pytest.raises(UntrustedError, match=r"helpers\.shelf\.Strange.*trust=True"):
        registry.model("strange")
    assert registry.model("strange", trust=True).answer == 42


def test_other_files_are_not_loaded(shelf: Shelf) -> None:
    """A plain pickle, a folder, a file of Git's that is no booster."""
    registry = lineal.open(shelf.repo.root)

    with pytest.raises(UnknownFormatError, match=r"model\.pkl is none of the files"):
        registry.model("pickled", trust=True)
    with pytest.raises(UnknownFormatError):
        registry.model("folder")
    with pytest.raises(MalformedModelError, match="xgboost says"):
        registry.model("plain")


def test_a_deprecated_model_warns_and_an_ended_one_is_refused(shelf: Shelf) -> None:
    """So does loading it."""
    end = int(datetime(2999, 1, 1, tzinfo=UTC).timestamp())
    deprecate(shelf, "flat@v2.0.0", end)
    deprecate(shelf, "flat@v1.0.0", LATER)
    registry = lineal.open(shelf.repo.root)

    with pytest.warns(DeprecatedModelWarning, match="life ends on 2999-01-01") as found:
        registry.model("flat@v2.0.0")
    assert found[0].filename == __file__
    with pytest.raises(EndedError, match="it drifts"):
        registry.model("flat#prod")
    with warnings.catch_warnings(action="error"):
        registry.model("flat@v3.0.0")


def test_what_is_withdrawn_or_empty_is_refused(shelf: Shelf) -> None:
    """As on the command line."""
    shelf.repo.tag("flat@v3.0.0!", commit="v3", message="Oops")
    registry = lineal.open(shelf.repo.root)

    with pytest.raises(WithdrawnError, match=r"by Ann <.*\(Oops\)"):
        registry.model("flat@v3.0.0")
    with pytest.raises(EmptyStageError):
        registry.model("flat#dev")


def test_recorded_bytes_that_are_no_model_say_so(shelf: Shelf) -> None:
    """The hash is right, and the file was never a model; trust does not help."""
    torn = {"torn.joblib": "no joblib", "bent.skops": "no zip"}
    declared = "torn: {path: torn.joblib}\nbent: {path: bent.skops}\n"
    shelf.repo.commit("declare", {"artifacts.yaml": declared, **torn})
    for model in ("torn", "bent"):
        shelf.repo.tag(f"{model}@v1.0.0")
    registry = lineal.open(shelf.repo.root)

    with pytest.raises(MalformedModelError, match=r"torn\.joblib .*: joblib says "):
        registry.model("torn")
    for trust in (False, True):
        with pytest.raises(MalformedModelError, match=r"bent\.skops .*: skops says "):
            registry.model("bent", trust=trust)
