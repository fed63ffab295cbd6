"""Is dvc.lock up to date? Told from records alone."""

from collections.abc import Collection, Mapping
from typing import Any

import pytest

from lineal.lineage.freshness import GONE, Stale, stale, unchecked
from lineal.lineage.records import File, Records, Stage

CODE, DATA, MODEL = File("train.py", "aa"), File("data.csv", "bb"), File("m.bin", "cc")
TRAIN = Stage("train", deps=(CODE, DATA), outs=(MODEL,))
RECORDS = Records((TRAIN,), tracked={"data.csv": DATA})


def found(
    records: Records,
    git: Mapping[str, str | None],
    params: Mapping[str, tuple[Any, Any]] | None = None,
) -> tuple[Stale, ...]:
    """Judge records by what Git has, and by what parameters were and are."""
    return stale(records, _hashes(git), lambda _: params or {})


def _hashes(git: Mapping[str, str | None]) -> Any:
    def hash_of(stage: Stage, file: File) -> Collection[str] | None:
        del stage
        known = git.get(file.path, "")
        return None if known is None else {known} - {""}

    return hash_of


def test_is_fresh_where_all_is_as_recorded() -> None:
    """A stage whose inputs are what the commit has would not run again."""
    assert found(RECORDS, {"train.py": "aa"}) == ()


@pytest.mark.parametrize(
    ("git", "reason"),
    [
        ({"train.py": "other"}, "train.py changed"),
        ({}, "train.py is gone"),
        ({"train.py": "aa", "m.bin": "other"}, "m.bin is not what the stage made"),
    ],
)
def test_is_stale_by_bytes(git: dict[str, str | None], reason: str) -> None:
    """Code that changed or is gone, and outputs that were edited, are reasons."""
    assert found(RECORDS, git) == (Stale("train", (reason,)),)


def test_is_stale_where_another_stage_made_other_bytes() -> None:
    """What a stage read must be what the stage before it made last."""
    later = Stage("report", deps=(File("m.bin", "old"),))

    assert found(Records((TRAIN, later), RECORDS.tracked), {"train.py": "aa"}) == (
        Stale("report", ("m.bin changed",)),
    )


def test_is_stale_where_data_was_added_anew() -> None:
    """What a .dvc file says counts like what a stage made."""
    records = Records((TRAIN,), tracked={"data.csv": File("data.csv", "new")})

    assert found(records, {"train.py": "aa"}) == (
        Stale("train", ("data.csv changed",)),
    )


@pytest.mark.parametrize(
    ("before", "now", "reasons"),
    [
        (1, 1.0, ()),
        (0.1, 0.1, ()),
        (1, True, ("parameter alpha changed",)),
        ([1, 2], [2, 1], ("parameter alpha changed",)),
        ({"a": 1}, {"a": 1, "b": 2}, ("parameter alpha changed",)),
        (1, GONE, ("parameter alpha is gone",)),
    ],
)
def test_parameters_are_compared_as_values(
    before: object, now: object, reasons: tuple[str, ...]
) -> None:
    """1 and 1.0 are the same parameter to DVC; 1 and true are not."""
    said = found(RECORDS, {"train.py": "aa"}, {"alpha": (before, now)})

    assert said == ((Stale("train", reasons),) if reasons else ())


@pytest.mark.parametrize(
    "dep",
    [
        File("s3://bucket/a.csv", "aa", "etag"),
        File("/mnt/a.csv", "aa"),
        File("../a.csv", "aa"),
        File("parts/a.csv", "aa"),
        File("whole", "aa.dir"),
        File("link", "aa"),
    ],
)
def test_what_cannot_be_told_is_no_reason(dep: File) -> None:
    """Paths elsewhere, parts of an output and folders around one are not guessed at."""
    made = Stage("make", outs=(File("parts", "dd.dir"), File("whole/part", "ee")))
    records = Records((made, Stage("use", deps=(dep,))))
    git: dict[str, str | None] = {"whole": "zz", "link": None}

    assert found(records, git) == ()
    assert unchecked(records, _hashes(git)) == (dep.path,)
