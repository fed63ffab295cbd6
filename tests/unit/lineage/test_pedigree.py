"""Tests of following a path back to all that made it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lineal.lineage.pedigree import reached, trace
from lineal.lineage.records import File, Origin, Records, Stage


def stage(name: str, deps: str, outs: str) -> Stage:
    """Make a stage of words."""
    return Stage(
        name,
        deps=tuple(File(path, "1") for path in deps.split()),
        outs=tuple(File(path, "2") for path in outs.split()),
    )


CHAIN = (
    stage("choose", "parts code/choose.py", "model.bin"),
    stage("train@a", "clean.csv code/train.py", "parts/a"),
    stage("clean", "raw raw.csv code", "clean.csv other.csv"),
    stage("report", "model.bin", "report.md"),
)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Stage, ...]:
    """Draw stages of which each needs what some before it made."""
    count = draw(st.integers(1, 8))
    found = []
    for place in range(count):
        before = (
            st.lists(st.integers(0, place - 1), unique=True) if place else st.just([])
        )
        deps = " ".join(f"out{each}/x" for each in draw(before))
        found.append(stage(f"s{place}", deps, f"out{place}"))
    return tuple(draw(st.permutations(found)))


@given(graphs(), st.integers(0, 7))
def test_stages_come_after_those_that_they_need(
    stages: tuple[Stage, ...], wanted: int
) -> None:
    """In whatever order dvc.lock has them; each once, and no other."""
    found = trace(Records(stages), f"out{wanted}").stages
    made = [out.path for each in found for out in each.outs]
    needs = [[dep.path.removesuffix("/x") for dep in each.deps] for each in found]

    assert all(set(deps) <= set(made[:place]) for place, deps in enumerate(needs))
    assert len(made) == len(set(made))
    assert not found or made[-1] == f"out{wanted}"


@given(graphs(), st.integers(0, 7))
def test_what_is_reached_is_what_comes_of_it(
    stages: tuple[Stage, ...], changed: int
) -> None:
    """The two directions agree."""
    reaching = {each.name for each in reached(stages, [f"out{changed}"])}

    for each in stages:
        makers = {s.name for s in trace(Records(stages), each.outs[0].path).stages}
        assert (each.name in reaching) == (f"s{changed}" in makers - {each.name})


def test_data_and_code_are_told_apart() -> None:
    """Data are tables, what DVC tracks, and what Git has not."""
    tracked = {"code/table": File("code/table", "9")}
    found = trace(Records(CHAIN, tracked), "model.bin", lambda path: path != "raw")

    assert [each.name for each in found.stages] == ["clean", "train@a", "choose"]
    assert [each.path for each in found.data] == [
        "code",
        "code/table",
        "raw",
        "raw.csv",
    ]
    assert [each.path for each in found.code] == ["code/choose.py", "code/train.py"]


def test_a_circle_has_an_end() -> None:
    """DVC refuses them, and an old commit may have them all the same."""
    circle = (stage("a", "y", "x"), stage("b", "x", "y"))

    assert {each.name for each in trace(Records(circle), "x").stages} == {"a", "b"}
    assert len(reached(circle, ["x"])) == 2


def test_two_makers_of_one_file_are_noted() -> None:
    """One of the records is stale, and nobody knows which."""
    found = trace(Records((stage("a", "", "x"), stage("b", "", "x"))), "x")

    assert found.notes == ("several stages are recorded to make x: a, b",)


def test_an_import_is_named_only_where_its_bytes_were_read() -> None:
    """A .dvc file that was renewed after the run tells nothing of the model."""
    origin = Origin("https://x.org/d", "src/raw", "", "abc")
    tracked = {
        path: File(path, "1", origin=origin, rows=5) for path in ("raw", "raw.csv")
    }
    same = trace(Records(CHAIN, tracked), "model.bin").data
    other = {
        path: File(path, "7", origin=origin, rows=5) for path in ("raw", "raw.csv")
    }
    found = trace(Records(CHAIN, other), "model.bin")

    assert [(f.origin, f.rows) for f in same if f.path in tracked] == [(origin, 5)] * 2
    assert [(f.origin, f.rows) for f in found.data if f.path in other] == [
        (None, None)
    ] * 2
    assert len(found.notes) == 2


def test_a_part_of_an_imported_folder_names_its_own_place() -> None:
    """The folder's hash and rows are not the part's."""
    origin = Origin("https://x.org/d", "src", "", "abc")
    tracked = {"raw": File("raw", "7", rows=5, origin=origin)}
    reading = stage("a", "raw/in/a.csv", "x")
    (part,) = trace(Records((reading,), tracked), "x").data

    assert part == File(
        "raw/in/a.csv", "1", origin=replace(origin, path="src/in/a.csv")
    )


def test_what_was_added_is_made_by_no_stage() -> None:
    """It is its own data."""
    tracked = {"w.bin": File("w.bin", "7")}
    found = trace(Records((), tracked), "w.bin")

    assert (found.made, found.stages) == (tracked["w.bin"], ())
    assert trace(Records((), tracked), "none").made is None
