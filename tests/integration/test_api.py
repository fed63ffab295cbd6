"""Tests of `lineal.open` and what it gives, with real Git and real DVC."""

import hashlib
import shutil
import warnings
from collections.abc import Iterator
from contextlib import chdir
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import lineal
from helpers import bundles
from helpers.dvc_models import object_in, spoil
from helpers.programs import python
from helpers.projects import Project
from helpers.sandbox import START, Sandbox
from helpers.shelf import LATER, TRACE, Shelf, deprecate
from lineal.bootstrap.api import DeprecatedModelWarning, NoSuchRepositoryError
from lineal.bootstrap.delivery import ExistsError
from lineal.bootstrap.loading import (
    MalformedModelError,
    UnknownFormatError,
    UntrustedError,
)
from lineal.bootstrap.retrieval import NowhereError
from lineal.bootstrap.verbs import NoVersionNamedError, ReadOnlyError
from lineal.doors.dvc.bytes import WrongBytesError
from lineal.errors import BadInputError, RefusedError
from lineal.registry.reader import UnknownModelError
from lineal.registry.retrieval import EmptyStageError, EndedError, WithdrawnError

pytestmark = pytest.mark.slow
TABLE = pd.DataFrame({"x": [0.0, 1.0]})


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Make the repository once; tests that only read share it."""
    return Shelf.create(tmp_path_factory.mktemp("pattern"))


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


def url(shelf: Shelf) -> str:
    """Return a URL of the repository."""
    return shelf.repo.root.resolve().as_uri()


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
