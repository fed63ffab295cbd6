"""Random histories, read by lineal and by gto: the two must say the same.

The exceptions are in test_gto_exceptions.py; none of them is drawn here, since what is
drawn is what plain gto can write, one event a second or slower.
"""

from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import gto_oracle, lineal_answers
from helpers.histories import Commit, History, Shape, Tag, Word, histories, write
from helpers.sandbox import ANN, START, Sandbox

# Equal in precedence: the newest is the one that was registered last.
BUILDS = ("v1.0.0", "v1.0.0+b", "v1.0.0+a", "v1.0.0-rc.1+z", "v1.0.0-rc.1")
# One name begins another, and none is the folder of another, which no ref could be.
FEW = Shape(models=("m", "m-2", "d:m", "d/m"), stages=("prod", "prod-eu", "eu/prod"))
WORDS: tuple[Word, ...] = (
    *("registration", "deregistration", "unassignment", "assignment"),
    *("registration", "deprecation", "assignment", "assignment"),
)
_FOLDERS = count()
steady = settings(
    deadline=None,
    derandomize=True,  # the same examples in every run
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def repository(folder: Path, history: History) -> Path:
    """Write a history into a repository of its own."""
    sandbox = Sandbox.create(folder / str(next(_FOLDERS)))
    write(sandbox, history)
    return sandbox.root


def assert_same(root: Path) -> None:
    """Compare everything that both can be asked."""
    theirs = gto_oracle.show(root)

    assert lineal_answers.show(root) == theirs
    assert lineal_answers.table(root) == theirs
    assert lineal_answers.table(root) == theirs  # now out of what was kept
    assert lineal_answers.looked_up(root, theirs.newest) == theirs
    for (model, stage), held in theirs.holders.items():
        assert lineal_answers.at_once(root, model, stage) == held
    assert lineal_answers.history(root) == gto_oracle.history(root)
    for model in theirs.newest:
        assert lineal_answers.versions(root, model) == gto_oracle.versions(root, model)


@pytest.mark.slow
@pytest.mark.parametrize(
    "shape",
    [
        pytest.param(Shape(), id="registered"),
        pytest.param(Shape(unregistered=True), id="unregistered"),
        pytest.param(FEW, id="few names"),
        pytest.param(Shape(versions=BUILDS, models=("m",)), id="builds"),
    ],
)
@given(data=st.data())
@settings(steady, max_examples=25)
def test_lineal_reads_what_gto_reads(
    tmp_path: Path, shape: Shape, data: st.DataObject
) -> None:
    """Newest versions, holders, withdrawn, deprecated, and every line of history."""
    assert_same(repository(tmp_path, data.draw(histories(shape))))


@pytest.mark.slow
@given(history=histories(Shape(unregistered=True)), data=st.data())
@settings(steady, max_examples=25)
def test_the_past_is_what_gto_read_then(
    tmp_path: Path, history: History, data: st.DataObject
) -> None:
    """Gto knows no past: it is asked where nothing later was ever made."""
    now = data.draw(st.sampled_from([done.at for done in history]))
    before = tuple(done for done in history if done.at <= now)

    whole = repository(tmp_path, history)
    theirs = gto_oracle.show(repository(tmp_path, before))

    assert lineal_answers.show(whole, now) == theirs
    assert lineal_answers.looked_up(whole, theirs.newest, now) == theirs
    assert lineal_answers.table(whole, now) == theirs


@pytest.mark.parametrize(
    "tags",
    [
        pytest.param("m@v1.0.0 m@v1.0.0+b~ m@v1.0.0+a~~", id="builds"),
        pytest.param("m@v2.0.0-rc.1 m@v1.0.0~", id="a prerelease is newest"),
        pytest.param("m@v1.0.0 m@v2.0.0~ m@v1.0.0!~", id="withdrawn elsewhere"),
        pytest.param("m@v1.0.0 m@v1.0.0#1~ m#prod#2 m#prod#3~", id="given twice"),
        pytest.param("m#prod#1 m@v1.0.0", id="assigned before registered"),
        pytest.param("m#prod!#1 m#prod#2 m@v1.0.0", id="ended before assigned"),
        pytest.param("m@v1.0.0! m#prod#1", id="only withdrawn"),
        pytest.param("m@v1.0.0 m@v1.0.0! m#prod#1 m@v1.0.0#2", id="registered again"),
        pytest.param("m@v1.0.0 m@deprecated m@deprecated#1", id="deprecated twice"),
        pytest.param("m@v1.0.0 m@deprecated m#prod#1", id="revived"),
        pytest.param("m@deprecated", id="only deprecated"),
        pytest.param(
            "m@v1.0.0 m@v2.0.0~ m#prod#1 m#prod#2~ m#prod#3 m#prod!#4", id="back again"
        ),
        pytest.param("d=m@v1.0.0 m@v1.0.0 d=m#prod#1 m#prod~", id="monorepo"),
    ],
)
def test_lineal_surprises_as_gto_does(tmp_path: Path, tags: str) -> None:
    """A tilde after a tag is one commit back, as in Git."""
    sandbox = Sandbox.create(tmp_path / "repo")
    for _ in range(3):
        sandbox.commit()
    for tag in tags.split():
        name = tag.rstrip("~")
        sandbox.tag(name, commit=f"HEAD{tag.removeprefix(name)}")

    assert_same(sandbox.root)


@st.composite
def wild(draw: st.DrawFn) -> History:
    """Draw what gto never writes, but reads: events in any order, repeated at will.

    One name of a version may be on two commits, and an end may come first. Only what
    test_gto_exceptions.py lists is left out: two versions on a commit, and the end of
    an assignment whose commit has no version.
    """
    names = st.sampled_from((*BUILDS[:3], None))
    owned = draw(st.lists(names, min_size=2, max_size=3))
    commits = [Commit(START + place, ANN) for place in range(len(owned))]
    tags: list[Tag] = []
    for serial in range(1, draw(st.integers(4, 16))):
        commit = draw(st.integers(0, len(owned) - 1))
        version = owned[commit]
        word = draw(st.sampled_from(WORDS if version else WORDS[-3:]))
        stage = draw(st.sampled_from(("dev", "prod"))) if "assign" in word else None
        kept = None if word == "deprecation" else version
        at = START + 100 * serial
        tags.append(Tag(word, "m", kept, stage, serial, commit, at))
    # A commit whose version was never tagged has none.
    named = {tag.commit for tag in tags if tag.version and not tag.stage}
    lost = [t for t in tags if t.word == "unassignment" and t.commit not in named]
    return (*commits, *(tag for tag in tags if tag not in lost))


@pytest.mark.slow
@given(history=wild())
@settings(steady, max_examples=60)
def test_lineal_reads_wild_tags_as_gto_reads_them(
    tmp_path: Path, history: History
) -> None:
    """However little sense they make."""
    assert_same(repository(tmp_path, history))
