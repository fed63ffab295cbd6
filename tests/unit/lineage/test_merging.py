"""Tests of merging dvc.lock: each stage's record comes whole from one side."""

from collections.abc import Mapping

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lineal.lineage.merging import Merged, UnmergeableError, merge

HEAD = "schema: '2.0'\n"
Records = Mapping[str, str]


def record(md5: str, reads: str = "") -> str:
    """Return the lines of a stage as DVC writes them."""
    deps = f"    deps:\n    - path: raw\n      md5: {reads}\n" if reads else ""
    return f"    cmd: run {md5}\n{deps}    outs:\n    - path: made\n      md5: {md5}\n"


def lock(records: Records) -> str:
    """Return a whole file."""
    if not records:
        return HEAD
    blocks = (f"  {name}:\n{text}" for name, text in records.items())
    return f"{HEAD}stages:\n{''.join(blocks)}"


NAMES = st.sampled_from(["clean", "train@a-b", "'train@ü b'", '"12"', "report@1"])
RECORDS = st.dictionaries(NAMES, st.sampled_from("abcd").map(record))
LOCKS = RECORDS.map(lock)


def read(text: str) -> dict[str, object]:
    """Return the stages."""
    return dict(yaml.safe_load(text).get("stages") or {})


@given(LOCKS, LOCKS)
def test_what_one_side_changed_is_taken_byte_for_byte(base: str, other: str) -> None:
    """Whichever side it is."""
    assert merge(base, other, base) == merge(base, base, other) == Merged(other)
    assert merge(base, other, other) == Merged(other)


@given(RECORDS, RECORDS, RECORDS)
def test_every_stage_comes_whole_from_a_side(
    base: Records, ours: Records, theirs: Records
) -> None:
    """A conflict is what both changed in different ways, and nothing else."""
    done = merge(lock(base), lock(ours), lock(theirs))
    found = read(done.text)
    b, o, t = (read(lock(side)) for side in (base, ours, theirs))

    for name in {*b, *o, *t}:
        before, here, there = b.get(name), o.get(name), t.get(name)
        if there in (here, before):
            assert found.get(name) == here
        elif here == before:
            assert found.get(name) == there
        else:
            assert name in done.conflicts
            assert found[name] in (here, there)
    assert set(done.conflicts) <= found.keys() <= {*o, *t}


@given(RECORDS, RECORDS, RECORDS)
def test_the_sides_may_change_places(
    base: Records, ours: Records, theirs: Records
) -> None:
    """But for the order, and for what is in conflict."""
    one = merge(lock(base), lock(ours), lock(theirs))
    other = merge(lock(base), lock(theirs), lock(ours))
    left, right = read(one.text), read(other.text)

    assert set(one.conflicts) == set(other.conflicts)
    for name in left.keys() | right.keys() - set(one.conflicts):
        assert name in one.conflicts or left[name] == right[name]


def test_additions_stand_where_the_other_side_has_them() -> None:
    """Behind what they follow there; ours keeps its order."""
    base = {"b": record("1")}
    ours = {"b": record("1"), "c": record("1")}
    theirs = {"a": record("1"), "b": record("1"), "b2": record("1")}

    assert list(read(merge(lock(base), lock(ours), lock(theirs)).text)) == [
        *("a", "b", "b2", "c")
    ]


def test_what_one_side_deleted_and_the_other_changed_is_a_conflict() -> None:
    """The record that is left is in the file, so that nothing is lost."""
    base, ours = {"a": record("1"), "b": record("1")}, {"a": record("2")}
    theirs = {"a": record("1"), "b": record("2")}

    done = merge(lock(base), lock(ours), lock(theirs))
    assert (read(done.text), done.conflicts, done.deleted) == (
        read(lock({"a": record("2"), "b": record("2")})),
        ("b",),
        frozenset("b"),
    )
    emptied = merge(lock(base), "", lock(theirs))
    assert (emptied.text, emptied.conflicts) == (lock({"b": record("2")}), ("b",))


@pytest.mark.parametrize("before", [{}, {"a": record("0")}])
def test_a_stage_that_was_in_conflict_is_in_conflict_again(
    before: dict[str, str],
) -> None:
    """Where branches were merged into each other, and each kept another record."""
    sides = [lock({"a": record(each)}) for each in ("1", "2")]
    begun = merge(lock(before), *sides, inner=True)

    assert begun.conflicts == ()
    assert merge(begun.text, *sides).conflicts == ("a",)
    assert merge(begun.text, sides[0], sides[0]).text == sides[0]


def test_a_stage_that_reads_what_the_other_side_made_is_due() -> None:
    """No side ever ran it so; what was stale before is not news."""
    base = {"a": record("1"), "b": "    cmd: x\n"}
    reads = "    cmd: x\n    deps:\n    - path: made\n      md5: {}\n"
    ours = {"a": record("2"), "b": "    cmd: x\n"}
    done = merge(
        lock(base), lock(ours), lock({"a": record("1"), "b": reads.format("1")})
    )

    assert (done.conflicts, done.due) == ((), ("b",))
    stale = {"a": record("1"), "b": reads.format("9")}
    assert merge(lock(stale), lock({**stale, "a": record("2")}), lock(stale)).due == ()


def test_one_and_true_are_different_parameters() -> None:
    """Though they are equal in Python; types of parameters count."""
    one, true = {"a": "    cmd: 1\n"}, {"a": "    cmd: true\n"}
    both = {**one, "b": record("1")}

    assert read(merge(lock(one), lock(both), lock(true)).text)["a"] == {"cmd": True}


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        ("", lock({"a": record("1")}), lock({"b": record("1")})),
        (HEAD, lock({"a": record("1")}), f"{HEAD}stages: {{}}\n"),
        (f"{HEAD}stages:\n", lock({"a": record("1")}), f"{HEAD}stages:\n\n"),
        (HEAD, lock({"a": record("1")}).removesuffix("\n"), lock({"b": record("1")})),
    ],
)
def test_a_file_may_have_no_stages(base: str, ours: str, theirs: str) -> None:
    """Or not be there at all, or lack its last line end."""
    done = merge(base, ours, theirs)

    assert read(done.text) == read(theirs) | read(ours)
    assert done.conflicts == ()


def test_any_blocks_will_do_and_keep_their_text() -> None:
    """Other indentation, comments, blank lines, datasets behind, and Windows' ends."""
    base = "stages:\n    a:\n        cmd: 1\n\n    b:\n        cmd: |\n            x\n"
    ours, theirs = base.replace("1", "2  # why"), base.replace("x", "\n            y")
    tail = "datasets:\n- name: d\n"

    said = merge(base, ours, theirs + tail).text
    assert said == ours.replace("x", "\n            y") + tail
    crlf = [side.replace("\n", "\r\n") for side in (base, ours, theirs)]
    assert merge(*crlf).text == merge(base, ours, theirs).text.replace("\n", "\r\n")


@pytest.mark.parametrize(
    "odd",
    [
        "<<<<<<< ours\nstages:\n",
        "stages: {a: {cmd: 1}}\n",
        "- a\n",
        "text",
        "a: {cmd: 1}\n",
        "stages:\n  a: {}\n  a: {}\n",
        "stages:\n    a:\n        cmd: 1\n",
        "schema: '3.0'\nstages:\n  a:\n    cmd: 1\n",
        "stages: 3\n",
        "stages: &x\n  a: *x\n",
        "\x00",
    ],
)
def test_what_has_another_form_is_left_to_git(odd: str) -> None:
    """Nothing is guessed; also where both sides changed what is around the stages."""
    base = lock({"a": record("1")})
    ours = lock({"a": record("1"), "b": record("1")})
    other = "schema: '4.0'\nstages:\n  b:\n    cmd: 1\n"

    with pytest.raises(UnmergeableError):
        merge(other if "3.0" in odd else base, ours, odd)
