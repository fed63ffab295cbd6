"""Laws of briefs: what replay needs of an object, and its row in the index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.doors.objects import Found
from lineal.registry.brief import PROBLEMS, Brief
from lineal.registry.version import Version

ID = "0123456789" * 4
names = st.from_regex(r"[\"-~][!-~]*", fullmatch=True)
words = st.sampled_from(("", "0", "rc.1", "a-b.0a", "-"))
versions = st.builds(Version, *[st.integers(0, 10**25)] * 3, words, words)
briefs = st.builds(Brief, st.sampled_from(sorted(PROBLEMS))) | st.builds(
    Brief,
    problem=st.just(""),
    name=names,
    commit=st.sampled_from((ID, ID + "0" * 24)),
    time=st.integers(-(2**31), 2**40),
    named=st.none() | versions,
    rollback=st.booleans(),
    end=st.none() | st.integers(0, 2**40),
    violation=st.none() | names,
)


def of(text: str = "why", *, name: str = "m#prod#1", kind: str = "commit") -> Brief:
    """Brief an object."""
    head = f"object {ID}\ntype {kind}\ntag {name}\ntagger A <a@x.org> 7 +0000"
    return Brief.of(Found("", "tag", f"{head}\n\n{text}\n".encode()))


@given(brief=briefs)
def test_a_row_reads_back(brief: Brief) -> None:
    """On one line, in ASCII, without its object's id."""
    assert Brief.parse(brief.row) == brief
    assert brief.row.isascii()
    assert brief.row.splitlines() == [brief.row]


def test_a_plain_tag_has_a_short_row() -> None:
    """Most of them are gto's, and the index is read whole."""
    assert of().row == f"m#prod#1 {ID} 7"


def test_trailers_are_read() -> None:
    """Those that decide what an event means."""
    brief = of("x\n\nVersion: v1.0.0\nRollback: yes\nEnd-Of-Life: 9 (1970-01-01)")

    assert brief == Brief(
        "", "m#prod#1", ID, 7, named=Version(1, 0, 0), rollback=True, end=9
    )


def test_a_reversal_names_the_assignment_that_broke_the_rules() -> None:
    """It alone makes a row longer."""
    brief = of("x\n\nViolation: m#prod#7")

    assert brief.violation == "m#prod#7"
    assert brief.row == f"m#prod#1 {ID} 7  0  m#prod#7"


@pytest.mark.parametrize(
    "trailer",
    [
        *("Version: 1.0.0", "Version:", "Version: v1.0.0 x", "End-Of-Life:"),
        *(f"Version: v{'9' * 5000}.0.0", f"End-Of-Life: {'9' * 5000}"),
        *("Violation:", "Violation: m#prod 7", "Violation: m#pr\u043ed#7"),
        *("Violation: !m", "Violation: m\x7f"),
        *("End-Of-Life: soon", "End-Of-Life: -9", "End-Of-Life: \u0661 (x)"),
    ],
)
def test_a_trailer_that_means_nothing_says_nothing(trailer: str) -> None:
    """Anyone may write one."""
    assert of(f"x\n\n{trailer}") == of()


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        (None, "missing"),
        (Found("", "commit", b"tree 0"), "lightweight"),
        (Found("", "blob", b""), "lightweight"),
        (Found("", "tag", b"damaged"), "no-commit"),
    ],
)
def test_what_is_no_tag_object_has_a_problem(found: Found | None, problem: str) -> None:
    """And says nothing else."""
    assert Brief.of(found) == Brief(problem)


@pytest.mark.parametrize(
    ("kind", "problem"), [("tag", "nested"), ("tree", "no-commit")]
)
def test_a_tag_of_no_commit_has_a_problem(kind: str, problem: str) -> None:
    """It can name no version."""
    assert of(kind=kind) == Brief(problem)


@pytest.mark.parametrize("name", ["", "a b", "!x", "m@v1.0.\u0661", "m\x7f"])
def test_a_name_that_no_tag_of_ours_has_has_a_problem(name: str) -> None:
    """It is not kept, since a row has blanks between its words."""
    assert of(name=name) == Brief("renamed")


def test_every_problem_has_a_sentence() -> None:
    """Readers are told more than a word."""
    assert all(PROBLEMS.values())
    assert {"missing", "lightweight", "nested", "no-commit", "renamed"} == set(PROBLEMS)
