"""Tests of how a version is named that somebody wants."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.sandbox import START
from helpers.tales import MODEL, Tale, v
from lineal.errors import BadInputError
from lineal.registry.retrieval import InvalidTargetError, NoVersionError, Target, pick
from lineal.registry.version import Version


def test_the_three_forms_are_read() -> None:
    """A version, a stage, and neither; folders of monorepos too."""
    assert Target.parse("a:m@v1.0.0-rc.1") == Target("a:m", Version(1, 0, 0, "rc.1"))
    assert Target.parse("m#pre/prod") == Target("m", stage="pre/prod")
    assert Target.parse("m") == Target("m")
    assert Target.parse("m").is_newest
    assert not Target.parse("m#prod").is_newest


@pytest.mark.parametrize("text", ["", "@v1.0.0", "#prod", "m@", "m#", "m#prod@v1.0.0"])
def test_a_part_that_is_missing_is_said(text: str) -> None:
    """So are two parts of which one would do."""
    with pytest.raises(InvalidTargetError, match="names no version: write MODEL@"):
        Target.parse(text)


@given(st.text(st.sampled_from("am1v.0@#!:/-= \n\u00e9"), max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing else happens, and what is read prints back the same."""
    try:
        found = Target.parse(text)
    except BadInputError:
        return
    named = f"@{found.version}" if found.version else ""
    staged = f"#{found.stage}" if found.stage else ""
    assert f"{found.model}{named}{staged}" == text


def test_a_model_of_which_no_version_stands_has_no_newest() -> None:
    """All were taken back; the way to a new one is named."""
    reader = Tale.of(1, 2).withdraw(1).withdraw(2).reader

    with pytest.raises(NoVersionError, match="`lineal register churn` gives one"):
        pick(reader, Target(MODEL), START)


def test_the_newest_that_stands_is_picked() -> None:
    """Versions that were taken back, and what stages hold, do not matter."""
    reader = Tale.of(1, 2, 3).withdraw(3).promote(1).reader

    assert pick(reader, Target(MODEL), START).version == v(2)
