"""Two versions on the same days: real DVC, real stages, each tested on other data."""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from helpers.dvc_models import object_in, spoil
from helpers.workshop import Workshop, make
from lineal.bootstrap import foreign, rematch
from lineal.bootstrap.contest import contest
from lineal.bootstrap.rematch import CannotRematchError
from lineal.doors import objects
from lineal.doors.location import Location, locate
from lineal.errors import LinealError
from lineal.modeling import storage
from lineal.modeling.errors_by_day import Errors
from lineal.modeling.pairing import DifferentRowsError, improvement

pytestmark = pytest.mark.slow

MODEL = "ridership"
RAW = "data/raw/ridership.parquet"
INGESTED = "data/ingested/ridership.parquet"
JOBLIB = "models/ridership/model.joblib"
CARD = "models/ridership/card.json"


@dataclass(frozen=True, slots=True)
class Pair:
    """A repository with two versions; the newer one has a hundred days more.

    Attributes:
        workshop: The repository.
        old: Commit of the one version.
        new: Commit of the other.
    """

    workshop: Workshop
    old: str
    new: str

    @property
    def place(self) -> Location:
        """The repository, as commands see it."""
        return locate(self.workshop.root)

    def copy(self, to: Path) -> "Pair":
        """Copy it, cache included."""
        root = Path(shutil.copytree(self.workshop.root, to / "a cöpy", symlinks=True))
        return Pair(Workshop(root, self.workshop.home), self.old, self.new)

    def errors(self, commit: str) -> Errors:
        """Return what the evaluate stage committed."""
        return Errors.parse(self.file(commit, "models/ridership/errors.json"))

    def file(self, commit: str, path: str) -> bytes:
        """Return a file of a commit."""
        (found,) = objects.read(self.place.git, [f"{commit}:{path}"])
        assert found
        return found.content

    def kept(self, commit: str, path: str) -> Path:
        """Return where the cache has a file that DVC recorded at a commit."""
        stages = yaml.safe_load(self.file(commit, "dvc.lock"))["stages"].values()
        outs = {out["path"]: out["md5"] for s in stages for out in s["outs"]}
        outs[RAW] = yaml.safe_load(self.file(commit, f"{RAW}.dvc"))["outs"][0]["md5"]
        return object_in(self.workshop.root / ".dvc" / "cache", outs[path])

    def commit(self) -> str:
        """Commit everything, and return the commit's id."""
        self.workshop.run("git", "add", "--all")
        self.workshop.run("git", "commit", "--quiet", "--message", "a version")
        return self.workshop.run("git", "rev-parse", "HEAD").stdout.strip()

    def changed(self, path: str, **parts: Any) -> str:
        """Commit a YAML or JSON file in which some parts are others."""
        file = self.workshop.root / path
        document = yaml.safe_load(file.read_text(encoding="utf-8")) | parts
        file.write_text(json.dumps(document), encoding="utf-8")
        return self.commit()

    def stored(self, model: object) -> str:
        """Commit a version whose model is any object."""
        content = storage.dump(model, "joblib")
        before, after = self.kept(self.new, JOBLIB), storage.md5(content)
        lock = self.workshop.root / "dvc.lock"
        old = "".join(before.parts[-2:])
        lock.write_text(lock.read_text(encoding="utf-8").replace(old, after))
        path = object_in(self.workshop.root / ".dvc" / "cache", after)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return self.commit()


class Quitter:
    """Ends the process when it is unpickled, as if all were well."""

    def __reduce__(self) -> Any:
        return (os._exit, (0,))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Reproduce with 800 days, then with 900; tests only read it."""
    workshop = make(tmp_path_factory.mktemp("rematch"), ("seasonal_naive", "ridge"))
    raw = workshop.root / RAW
    table = pd.read_parquet(raw)
    pair = Pair(workshop, "", "")
    commits = []
    for days in (800, 900):
        kept = table[table["date"] < table["date"].min() + pd.Timedelta(days=days)]
        raw.unlink()
        kept.to_parquet(raw, index=False)
        workshop.run("dvc", "add", "--quiet", RAW)
        workshop.run("dvc", "repro", "--quiet", "evaluate@ridership")
        commits.append(pair.commit())
    return Pair(workshop, *commits)


@pytest.fixture
def pair(made: Pair, tmp_path: Path) -> Pair:
    """Return a copy that a test may change."""
    return made.copy(tmp_path)


@pytest.fixture(scope="module")
def both(made: Pair) -> tuple[Errors, Errors]:
    """Let the newer version forecast again against the older one."""
    return rematch.run(made.place, MODEL, made.new, made.old)


def test_both_versions_are_judged_by_the_very_same_rows(
    made: Pair, both: tuple[Errors, Errors]
) -> None:
    """What could not be compared as it was committed can be compared now."""
    new, old = both
    committed = made.errors(made.new), made.errors(made.old)

    with pytest.raises(DifferentRowsError):
        improvement(*committed, "wape", margin=0.0, relative=False, confidence=0.9)
    found = improvement(new, old, "wape", margin=0.0, relative=False, confidence=0.9)
    assert (new.rows, new.periods) == (old.rows, old.periods)
    assert new.metrics != old.metrics
    assert found.share is not None
    assert found.block == 7


def test_the_newest_version_scores_what_evaluate_scored(
    made: Pair, both: tuple[Errors, Errors]
) -> None:
    """Its own test period is the newest that neither learned from, bit for bit."""
    assert both[0].to_json() == made.errors(made.new).to_json()


def test_sides_do_not_matter(made: Pair, both: tuple[Errors, Errors]) -> None:
    """Nor does the process: the same commits give the same bytes."""
    old, new = contest(made.place, MODEL, made.old, made.new)

    assert [new.to_json(), old.to_json()] == [each.to_json() for each in both]


def test_the_raw_table_serves_where_the_ingested_one_is_gone(
    pair: Pair, both: tuple[Errors, Errors], capfd: pytest.CaptureFixture[str]
) -> None:
    """Teams push raw data, and make the rest again."""
    pair.kept(pair.new, INGESTED).unlink()
    found = contest(pair.place, MODEL, pair.new, pair.old)

    assert found == both
    assert "the raw table is ingested instead" in capfd.readouterr().err


def test_the_working_tree_does_not_matter(
    pair: Pair, both: tuple[Errors, Errors]
) -> None:
    """Everything is read at the commits."""
    for name in ("params.yaml", "dvc.lock", CARD, JOBLIB, RAW, INGESTED):
        (pair.workshop.root / name).unlink()

    assert contest(pair.place, MODEL, pair.new, pair.old) == both


def refusal(pair: Pair, candidate: str, incumbent: str) -> str:
    """Return why two versions cannot be judged by the same rows."""
    with pytest.raises(LinealError) as caught:
        contest(pair.place, MODEL, candidate, incumbent)
    return str(caught.value)


@pytest.mark.parametrize("path", [JOBLIB, INGESTED])
def test_missing_bytes_are_told(pair: Pair, path: str) -> None:
    """Of the data, only if the raw table is gone too."""
    pair.kept(pair.new, path).unlink()
    pair.kept(pair.new, RAW).unlink()
    found = refusal(pair, pair.new, pair.old)

    assert f"the bytes of {RAW if path == INGESTED else path}" in found
    assert "lineal push" in found


def test_bytes_that_are_not_the_recorded_ones_are_not_loaded(pair: Pair) -> None:
    """They would be run."""
    spoil(pair.kept(pair.old, JOBLIB))

    with pytest.raises(CannotRematchError, match=f"{pair.old[:10]}.*{JOBLIB}") as found:
        rematch.run(pair.place, MODEL, pair.new, pair.old)
    assert "md5" in found.value.reason
    assert "`dvc pull`" in str(found.value)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"target": "exits"}, "the target of .* is 'exits', that of .* 'entries'"),
        ({"known": ["rain"]}, "learned from 'rain', which the newest data lack"),
        ({"model": "other"}, "is not where our pipeline puts it"),
        ({"version": 2}, "has version 2"),
        ({"data": {}}, "is not where our pipeline puts it"),
        ({"data": {"last": "2001-01-01"}}, ""),
    ],
    ids=["target", "column", "name", "version", "no end", "older data"],
)
def test_a_card_of_another_kind_is_refused(
    pair: Pair, parts: dict[str, Any], reason: str
) -> None:
    """Two versions must answer the same question."""
    odd = pair.changed(CARD, **parts)

    if reason:
        with pytest.raises(LinealError, match=reason):
            contest(pair.place, MODEL, odd, pair.old)
    else:
        assert contest(pair.place, MODEL, odd, pair.new)


def test_fewer_than_two_blocks_of_days_are_refused(pair: Pair) -> None:
    """A team that wants more caution asks for more days."""
    params = yaml.safe_load(pair.file(pair.new, "params.yaml"))
    params["models"][MODEL]["significance"]["block"] = 60
    careful = pair.changed("params.yaml", **params)

    assert "fewer than two blocks of 60" in refusal(pair, careful, pair.old)


def test_params_of_another_version_of_lineal_are_refused(pair: Pair) -> None:
    """What cannot be read cannot be judged by."""
    strange = pair.changed("params.yaml", future=1)

    assert "params.yaml" in refusal(pair, strange, pair.old)


def test_what_is_no_model_of_ours_is_refused(pair: Pair) -> None:
    """Only forecasters are run, and only with a card."""
    other = pair.stored({"not": "a forecaster"})
    (pair.workshop.root / CARD).unlink()
    bare = pair.commit()

    assert "is no model of our pipeline" in refusal(pair, other, pair.old)
    assert CARD in refusal(pair, bare, pair.old)
    with pytest.raises(LinealError, match=r"other .* has no bytes to get"):
        contest(pair.place, "other", pair.new, pair.old)


def test_data_outside_of_the_repository_are_not_read(pair: Pair) -> None:
    """A commit does not choose which of our files is read."""
    params = yaml.safe_load(pair.file(pair.new, "params.yaml"))
    params["models"][MODEL]["data"]["path"] = "../secret.parquet"
    sly = pair.changed("params.yaml", **params)
    pair.kept(pair.new, INGESTED).unlink()

    assert "lies outside of the repository" in refusal(pair, sly, pair.old)


def test_a_model_that_ends_the_process_has_not_won(pair: Pair) -> None:
    """No answer is no answer, whatever the exit code says."""
    quitter = pair.stored(Quitter())

    with pytest.raises(CannotRematchError, match="ended the process"):
        rematch.run(pair.place, MODEL, quitter, pair.old)


def test_a_rematch_must_end_in_time(made: Pair) -> None:
    """A gate does not wait for ever."""
    with pytest.raises(CannotRematchError, match=r"not done within 0\.01 seconds"):
        rematch.run(made.place, MODEL, made.new, made.old, seconds=0.01)


def test_models_at_a_url_are_not_run(made: Pair) -> None:
    """Anybody may have made their commits."""
    made.workshop.run("git", "tag", "--annotate", "--message", "x", "ridership@v9.0.0")
    url = made.workshop.root.as_uri()

    with (
        foreign.open_reader(url) as reader,
        pytest.raises(CannotRematchError, match="clone it"),
    ):
        rematch.run(reader.store.place, MODEL, made.new, made.old)
