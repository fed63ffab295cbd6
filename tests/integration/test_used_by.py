"""Tests of `lineal used-by` on a repository that DVC itself made."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

import lineal
from helpers.sandbox import Sandbox
from helpers.usable import Made, ask, make, went
from lineal.bootstrap.reading import open_reader
from lineal.bootstrap.usage import UnusedError, search
from lineal.lineage.asked import readings
from lineal.registry.reader import UnknownModelError
from lineal.registry.store import ShallowCloneError


@pytest.fixture(scope="module")
def repo(changed: Made) -> Sandbox:
    """Return the repository after all changes."""
    return changed.repo


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Make versions, and change things between them."""
    return make(tmp_path_factory.mktemp("used"))


def test_what_a_change_reaches_is_what_dvc_runs(changed: Made) -> None:
    """Of code and of a parameter, with the stages that only come after."""
    assert changed.said == changed.ran
    assert changed.ran["code/prep.sh"] == {"prep", "train", "report"}
    assert changed.ran["train.ridge"] == {"train", "report"}


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ("data/raw.csv", {"m", "clean", "sub:own"}),
        ("./data/", {"m", "clean", "sub:own"}),
        ("data/fold/x", {"m", "clean"}),
        ("code", {"m", "clean"}),
        ("mid/clean.csv", {"m", "clean"}),
        ("models/m.bin", {"m"}),
        ("sub", {"sub:own"}),
        ("clean.level=3.0", {"m", "clean"}),
        ("flag=TRUE", {"m"}),
        ("train", {"m"}),
        ("lag_7", {"m"}),
        ("scikit-learn==1.9.1", {"m"}),
        ("SCIKIT.learn", {"m"}),
        ("numpy==2.1.0", {"m"}),
    ],
)
def test_a_thing_is_found_in_the_models_it_went_into(
    repo: Sandbox, text: str, models: set[str]
) -> None:
    """Data, code, what is between them, parameters, features and libraries."""
    assert {use.model for use in ask(repo, text).uses} == models


def test_values_are_the_same_however_they_are_spelled(repo: Sandbox) -> None:
    """What was taken back is found too, and a commit that nobody registered."""
    older = ["m@v1.0.0", "m@v1.1.0"]
    head = repo.id("HEAD")

    assert [went(ask(repo, f"train.ridge.alpha={v}")) for v in ("1", "1e0", "1.0")] == (
        [older] * 3
    )
    found = ask(repo, "train.ridge.alpha=0.5")
    assert went(found) == ["m@v1.2.0", f"m@{head}"]
    assert [use.withdrawn for use in found.uses] == [True, False]


def test_periods_end_where_another_began(repo: Sandbox) -> None:
    """A rollback begins a second one of the older version."""
    found = ask(repo, "code/prep.sh")
    ours = {str(u.version): u for u in found.uses if u.model == "m"}
    assert [p.began.event.stamp.tag for p in ours["v1.0.0"].periods] == [
        *("m#prod#1", "m#prod#3"),
    ]
    assert [p.ended and p.ended.event.stamp.tag for p in ours["v1.1.0"].periods] == [
        "m#prod#3"
    ]
    assert {stage for _, stage in found.holding} == {"prod", "dev"}


def test_a_hash_is_found_with_and_without_dir(repo: Sandbox) -> None:
    """DVC writes `.dir` after the md5 of a folder, and people leave it out."""
    match = ask(repo, "data/fold").uses[0].matches[0]
    plain = match.value.removesuffix(".dir")

    assert match.value.endswith(".dir")
    assert match.through == ("prep",)
    assert went(ask(repo, plain)) == went(ask(repo, match.value))
    assert went(ask(repo, plain))[0] == "clean@v1.0.0"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("lag_77", "did you mean lag_7 or"),
        ("code/prepp.sh", "did you mean code/prep.sh?"),
        ("train.ridge.alhpa", "did you mean train.ridge.alpha?"),
        ("train.ridge.alpha=7", "train.ridge.alpha was 0.5, 1.0"),
        ("numpy==9", "numpy was 2.1.0"),
        ("zzzzzzzz", "`lineal lineage MODEL@VERSION` shows"),
        ("f" * 32, "`lineal lineage MODEL@VERSION` shows"),
    ],
)
def test_where_nothing_used_it_what_is_near_is_named(
    repo: Sandbox, text: str, hint: str
) -> None:
    """A name that is nearly right, or the values that there were."""
    with pytest.raises(UnusedError, match=re.escape(hint)):
        ask(repo, text)


def test_the_command_tells_it_to_people_and_programs(repo: Sandbox) -> None:
    """What nothing used is no error of the program: it ends with 1."""
    text = repo.lineal("used-by", "code/prep.sh").stdout
    said = json.loads(repo.lineal("used-by", "lag_7", "--json").stdout)
    none = repo.lineal("used-by", "nothing", "--model", "m", ok=False)
    found = lineal.open(repo.root).used_by("lag_7", kind="feature", model="m")

    assert went(found) == went(ask(repo, "lag_7"))
    assert "file code/prep.sh went into 5 of 6 versions, of 2 models" in text
    assert "at HEAD, for m: these stages would run again: prep, train" in text
    assert "and besides: report" in text
    assert said["asked"] == {"kind": "feature", "name": "lag_7", "value": None}
    assert said["uses"][0]["periods"][0]["tag"] == "m#prod#1"
    assert (none.returncode, none.stdout) == (1, "")


@pytest.mark.measured
def test_another_registry_can_be_asked(repo: Sandbox, tmp_path: Path) -> None:
    """By URL, in a bare clone and in a shallow one, which is refused."""
    bare = repo.clone(tmp_path / "bare", bare=True)
    shallow = repo.clone(tmp_path / "shallow", "--depth", "1")
    url = f"file://{repo.root}"
    said = bare.lineal("used-by", "lag_7", "--repo", url, "--json").stdout

    assert len(json.loads(said)["uses"]) == len(ask(bare, "lag_7").uses) == 4
    with pytest.raises(ShallowCloneError):
        ask(shallow, "lag_7")
    with pytest.raises(UnknownModelError):
        search(open_reader(repo.root), readings("x"), "none")


def test_where_head_says_nothing_a_change_reaches_nothing(
    repo: Sandbox, tmp_path: Path
) -> None:
    """An unborn branch, and a commit that no longer declares the model."""
    other = repo.clone(tmp_path / "other")
    other.git("rm", "--quiet", "artifacts.yaml")
    other.commit()
    gone = ask(other, "lag_7")
    other.git("checkout", "--quiet", "--orphan", "new")
    unborn = ask(other, "code/prep.sh")

    assert (gone.impact, went(gone)) == ((), went(ask(repo, "lag_7")))
    assert (unborn.impact, unborn.others) == ((), ())


def versions(found: Sequence[str]) -> set[str]:
    """Return what stands after the model."""
    return {name.partition("@")[2] for name in found}


def test_a_damaged_index_is_made_anew(repo: Sandbox, tmp_path: Path) -> None:
    """Whatever it holds; and what is new is added to it."""
    other = repo.clone(tmp_path / "other")
    before = went(ask(other, "lag_7"))
    index = other.root / ".git/lineal/used"
    whole = index.read_bytes()
    for content in (b"", b"\xff", whole[: len(whole) // 2], whole[:-3]):
        index.write_bytes(content)
        assert went(ask(other, "lag_7")) == before
        assert index.read_bytes() == whole
    other.tag("m@v3.0.0")

    assert versions(went(ask(other, "lag_7"))) >= {"v3.0.0"}
