"""Tests of models as bytes."""

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.preprocessing import FunctionTransformer

from helpers.programs import python
from lineal.modeling import storage
from lineal.modeling.candidates import KINDS, Forecaster, forecaster
from lineal.modeling.storage import Format, WrongBytesError

FEATURES = ("lag", "lag_364_of_date", "weekday_lag_0", "weekday", "segment_code")
SMALL: dict[str, dict[str, Any]] = {
    "forest": {"n_estimators": 3},
    "boosting": {"max_iter": 3, "max_depth": 3},
    "xgboost": {"n_estimators": 3, "max_depth": 3},
}


def rows() -> pd.DataFrame:
    """Return features with holes, and a scale."""
    rng = np.random.default_rng(3)
    table = pd.DataFrame(rng.random((120, 5)), columns=list(FEATURES)).astype("float32")
    table["weekday"] = np.arange(120, dtype=np.float32) % 7
    table["segment_code"] = np.arange(120, dtype=np.float32) % 3
    table.loc[::9, "lag"] = np.nan
    return table.assign(scale=rng.uniform(1, 3, 120))


def trained(kind: str) -> Forecaster:
    """Return a small candidate that has learned."""
    target = np.random.default_rng(4).uniform(1, 5, 120)
    blank = forecaster(kind, SMALL.get(kind, {}), FEATURES, seed=1, threads=1)
    return blank.fit(rows(), target)


class Explosive:
    """An object that creates a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        """Tell pickle to call `Path.touch`."""
        return Path.touch, (self.path,)


@pytest.mark.parametrize("form", ["joblib", "skops"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_candidate_comes_back_as_it_was(kind: str, form: Format) -> None:
    """What was loaded forecasts the same, to the last bit."""
    model = trained(kind)
    content = storage.dump(model, form)

    found = storage.load(content, storage.md5(content), form, name="model")

    assert found.predict(rows()).tolist() == model.predict(rows()).tolist()


@pytest.mark.parametrize("form", ["joblib", "skops"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_training_gives_the_same_bytes(kind: str, form: Format) -> None:
    """Two dumps of one model, and of one trained again, are equal."""
    model = trained(kind)
    first = storage.dump(model, form)

    assert storage.dump(model, form) == first
    assert storage.dump(trained(kind), form) == first


def test_another_process_gives_the_same_skops_bytes() -> None:
    """No memory address, random name, hash seed or time gets into the file."""
    script = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from test_storage import storage, trained\n"
        "for kind in ('ridge', 'forest'):\n"
        "    print(storage.md5(storage.dump(trained(kind), 'skops')))\n"
    )
    here = Path(__file__)
    done = python("-c", script, str(here.parent), str(here.parents[2]))

    kinds = ("ridge", "forest")
    expected = [storage.md5(storage.dump(trained(kind), "skops")) for kind in kinds]
    assert done.stdout.split() == expected


@pytest.mark.parametrize("form", ["joblib", "skops"])
def test_other_bytes_are_refused_before_they_are_read(form: Format) -> None:
    """Text that is no model at all is refused for its hash alone."""
    with pytest.raises(WrongBytesError, match=r"model has md5 \w{32}, but 0{32} was"):
        storage.load(b"no model", "0" * 32, form, name="model")


def test_nothing_runs_when_the_hash_differs(tmp_path: Path) -> None:
    """A joblib file can run code, and does when its hash is the recorded one."""
    stored, mark = io.BytesIO(), tmp_path / "ran"
    joblib.dump(Explosive(mark), stored)
    content = stored.getvalue()

    with pytest.raises(WrongBytesError):
        storage.load(content, storage.md5(b"the model"), "joblib", name="model")
    refused = mark.exists()
    storage.load(content, storage.md5(content), "joblib", name="model")

    assert (refused, mark.exists()) == (False, True)


def test_skops_refuses_types_that_are_not_allowed() -> None:
    """Even with the right hash, skops builds only what a model needs."""
    content = skops.io.dumps(FunctionTransformer(os.system))

    with pytest.raises(WrongBytesError, match=r"not trusted: .*system"):
        storage.load(content, storage.md5(content), "skops", name="model")


def test_a_skops_file_has_fixed_times_and_names() -> None:
    """Members are numbered in order of use and dated at the zip format's zero."""
    content = storage.dump(trained("linear"), "skops")

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
    assert {item.date_time for item in members} == {(1980, 1, 1, 0, 0, 0)}
    assert members[0].filename == "schema.json"
    assert members[1].filename == "000000.npy"


def test_what_skops_cannot_store_is_refused() -> None:
    """With the way out: the other format."""
    with pytest.raises(storage.UnstorableError, match="joblib"):
        storage.dump((step for step in range(3)), "skops")
