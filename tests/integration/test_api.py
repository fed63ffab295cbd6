"""Tests of `lineal.open` and its questions, with real Git."""

from collections.abc import Iterator
from contextlib import chdir
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import lineal
from helpers import shelf as shelves
from helpers.programs import python
from helpers.sandbox import START, Sandbox
from helpers.shelf import Shelf, url
from lineal.bootstrap.api import NoSuchRepositoryError
from lineal.errors import BadInputError
from lineal.registry.reader import UnknownModelError

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Share the repository with all tests that only read."""
    return shelves.pattern(tmp_path_factory)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """Go to a folder in no repository, where wicked models leave their traces."""
    place = tmp_path / "elsewhere"
    place.mkdir()
    with chdir(place):
        yield place


def test_importing_lineal_imports_nothing_heavy() -> None:
    """Not even Python's own typing."""
    code = "import sys; old = set(sys.modules); import lineal; print(sys.modules.keys() - old)"

    assert python("-c", code).stdout == "{'lineal'}\n"


def test_asking_imports_no_data_science(pattern: Shelf) -> None:
    """Only loading a model does."""
    code = (
        "import lineal, sys; r = lineal.open(sys.argv[1]); r.which('flat', 'prod');"
        "print([m for m in ('numpy', 'pandas', 'dvc', 'gto') if m in sys.modules])"
    )

    assert python("-c", code, str(pattern.repo.root)).stdout == "[]\n"


@pytest.mark.parametrize("foreign", [False, True])
def test_it_answers_what_the_command_line_answers(
    pattern: Shelf, elsewhere: Path, *, foreign: bool
) -> None:
    """From a folder in no repository, about a folder and about a URL."""
    with lineal.open(url(pattern) if foreign else pattern.repo.root) as registry:
        assert registry.which("flat", "prod") == "v1.0.0"
        assert registry.which("flat", "dev") is None
        assert "team:own" in registry.models()
        assert [str(each.version) for each in registry.versions("flat")] == [
            "v1.0.0",
            "v2.0.0",
            "v3.0.0",
        ]
        state = registry.model_state("flat")
        assert state in registry.show()
        assert state.held_by(state.versions[0].version) == ("prod",)
        tags = [entry.event.stamp.tag for entry in registry.history("flat")]
        assert tags == ["flat#prod#1", "flat@v3.0.0", "flat@v2.0.0", "flat@v1.0.0"]
        assert len(registry.history("flat", "prod")) == 1
        query = "select version from versions where model = 'flat' order by 1 limit 1"
        assert registry.sql(query) == [{"version": "v1.0.0"}]
        with pytest.raises(UnknownModelError):
            registry.which("flta", "prod")
    assert list(elsewhere.iterdir()) == []


def test_a_relative_folder_stays_what_it_was(pattern: Shelf, tmp_path: Path) -> None:
    """The program may go elsewhere afterwards."""
    with chdir(pattern.repo.root):
        registry = lineal.open()
    with chdir(tmp_path):
        assert registry.which("flat", "prod") == "v1.0.0"


def test_it_answers_from_inside_another_repository(
    pattern: Shelf, tmp_path: Path
) -> None:
    """Each registry keeps to its own repository."""
    other = Sandbox.create(tmp_path / "other")
    other.commit()
    other.tag("flat@v9.0.0")
    with chdir(other.root):
        there, here = lineal.open(pattern.repo.root), lineal.open()

        assert there.which("flat", "prod") == "v1.0.0"
        assert here.which("flat", "prod") is None


@pytest.mark.parametrize(
    "at",
    [
        datetime.fromtimestamp(START + 3, UTC),
        datetime.fromtimestamp(START + 3, UTC).isoformat(sep=" ", timespec="seconds"),
        f"@{START + 3}",
    ],
)
def test_the_past_is_named_by_datetimes_and_texts(pattern: Shelf, at: Any) -> None:
    """Of the first commit's models, the first one was registered then."""
    registry = lineal.open(pattern.repo.root)

    assert len(registry.models(at)) == 2
    assert registry.which("flat", "prod", at) is None
    assert len(registry.history(at=at)) == 2


def test_a_day_counts_with_all_of_it(pattern: Shelf) -> None:
    """As on the command line."""
    registry = lineal.open(pattern.repo.root)

    assert registry.models(date(2023, 11, 13)) == ()
    assert registry.which("flat", "prod", date(2023, 11, 16)) == "v1.0.0"
    assert registry.which("flat", "prod", datetime(2023, 11, 16)) == "v1.0.0"  # noqa: DTZ001 - local time is meant


def test_what_is_no_repository_is_refused(tmp_path: Path) -> None:
    """A folder that does not exist, a folder that is none, a URL that cannot be."""
    with pytest.raises(NoSuchRepositoryError, match="neither a folder"):
        lineal.open(tmp_path / "none")
    with pytest.raises(BadInputError, match="is in no Git repository"):
        lineal.open(tmp_path)
    with pytest.raises(BadInputError, match="is no URL"):
        lineal.open("ext::sh -c x")


def test_a_registry_takes_its_temporary_folder_away(pattern: Shelf) -> None:
    """When it is closed, and when nobody holds it any more."""
    closed, dropped = lineal.open(url(pattern)), lineal.open(url(pattern))
    folders = [Path(repr(each).split()[-1][:-1]) for each in (closed, dropped)]
    there = [each.is_dir() for each in folders]
    closed.close()
    closed.close()
    del dropped

    assert there == [True, True]
    assert [each.exists() for each in folders] == [False, False]
