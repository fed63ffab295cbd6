"""Tests of writing down what went into versions, and finding it again."""

from hypothesis import given
from hypothesis import strategies as st

from lineal.lineage.asked import Asked
from lineal.lineage.ledger import Ledger, features, libraries, line
from lineal.lineage.trail import Step
from lineal.lineage.usage import Match

ONE, TWO = ("m", "1" * 40), ("sub:m", "2" * 40)
# All that a file's name can have: DVC and YAML keep line ends, Git any byte.
NAMES = st.text(min_size=1, max_size=8) | st.sampled_from(
    ["a\tb", "a\nb", "\x1f", "\\", '"', '\\"', "\udcff", "é", "\u2028", "a b", "\x85"]
)
STEPS = st.builds(
    Step, st.just("file"), NAMES, NAMES, st.lists(NAMES, max_size=2).map(tuple)
)


@given(st.lists(STEPS, max_size=5), st.lists(STEPS, max_size=5))
def test_what_is_written_is_found_again(one: list[Step], two: list[Step]) -> None:
    """Whatever is in a name; and in a file that is read by another program later."""
    made = Ledger()
    made.put(ONE, map(line, one))
    made.put(TWO, map(line, two))
    read = Ledger.read(str(made).encode("ascii").decode())

    assert read.rows == made.rows
    for step in one:
        found = read.find(Asked("hash", step.value))
        assert Match(step.name, step.value, step.through) in found[ONE]
        assert (TWO in found) == any(_same(step, other) for other in two)
    assert read.names("file") == {step.name for step in (*one, *two)}


def _same(one: Step, other: Step) -> bool:
    return other.value.startswith(one.value.removesuffix(".dir"))


@given(st.lists(NAMES, min_size=1, max_size=4), NAMES)
def test_features_are_kept_as_they_are(names: list[str], other: str) -> None:
    """Another name is not among them."""
    made = Ledger()
    made.put(ONE, [features(names)])
    read = Ledger.read(str(made))

    assert all(read.find(Asked("feature", name)) for name in names)
    assert bool(read.find(Asked("feature", other))) == (other in names)
    assert read.names("feature") == {*names}


def test_libraries_are_found_by_name_and_version() -> None:
    """One that is not pinned has no version."""
    made = Ledger()
    made.put(ONE, [libraries({"numpy": "2.1.0", "pandas": ""})])
    read = Ledger.read(str(made))

    assert read.find(Asked("library", "numpy"))[ONE] == (Match("numpy", "2.1.0"),)
    assert read.find(Asked("library", "pandas", ""))[ONE] == (Match("pandas"),)
    assert not read.find(Asked("library", "numpy", "2.1"))
    assert read.names("library") == {"numpy", "pandas"}


def test_a_version_that_nothing_went_into_is_known() -> None:
    """So nobody reads it again."""
    made = Ledger()
    made.put(ONE, [])

    assert Ledger.read(str(made)).rows == {ONE: ""}
    assert not made.find(Asked("file", "a"))


def test_a_file_that_is_not_whole_is_none() -> None:
    """Nor one of another version of this program."""
    made = Ledger()
    made.put(ONE, [line(Step("param", "a", "1"))])
    text = str(made)

    assert Ledger.read(text).rows
    for spoiled in ("", "x\n" + text, text[:-1], text[:-3], text.replace("used", "u")):
        assert not Ledger.read(spoiled).rows
