"""Laws of versions: which texts are one, how they are ordered, what comes next."""

from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.published_versions import (
    ASCENDING,
    BUMPS,
    EQUAL_IN_ORDER,
    INVALID_VERSIONS,
    VALID_VERSIONS,
)
from lineal.registry.version import SEMVER, InvalidVersionError, Part, Version

PARTS: tuple[Part, ...] = ("major", "minor", "patch")
INSTANTS = st.datetimes(timezones=st.just(UTC))
numbers = st.integers(0, 3) | st.integers(0, 10**25)
words = st.sampled_from(("0", "1", "10", "rc", "rc1", "a-b", "0a", "-", "Z"))
dotted = st.lists(words, max_size=3).map(".".join)
versions = st.builds(Version, numbers, numbers, numbers, dotted, dotted)


def whole(instant: datetime) -> datetime:
    """Return an instant without the part of a second."""
    return instant.replace(microsecond=0)


@pytest.mark.parametrize("text", VALID_VERSIONS)
def test_a_valid_version_prints_as_it_was_read(text: str) -> None:
    """Nothing of it is lost."""
    assert str(Version.parse(text)) == text


@pytest.mark.parametrize("text", [*INVALID_VERSIONS, f"v{'9' * 5000}.0.0"])
def test_an_invalid_version_is_refused_by_name(text: str) -> None:
    """The error shows the text and a version as it should be."""
    with pytest.raises(InvalidVersionError, match="is not a version such as") as raised:
        Version.parse(text)

    assert raised.value.text == text


@pytest.mark.parametrize(("text", "next_ones"), BUMPS)
def test_a_release_is_counted_up_as_gto_does(
    text: str, next_ones: tuple[str, str, str]
) -> None:
    """Only a prerelease differs: it becomes the release that it announces."""
    version = Version.parse(text)

    mine = tuple(str(version.bump(part)) for part in PARTS)

    assert mine == (("v1.0.0",) * 3 if version.prerelease else next_ones)


@pytest.mark.parametrize(
    ("text", "next_ones"),
    [
        ("v2.0.0-rc.1", ("v2.0.0", "v2.0.0", "v2.0.0")),
        ("v1.3.0-rc.1", ("v2.0.0", "v1.3.0", "v1.3.0")),
        ("v1.2.4-rc.1+b", ("v2.0.0", "v1.3.0", "v1.2.4")),
    ],
)
def test_a_prerelease_becomes_what_it_announces(
    text: str, next_ones: tuple[str, str, str]
) -> None:
    """Unless more is asked for than it announces."""
    version = Version.parse(text)

    assert tuple(str(version.bump(part)) for part in PARTS) == next_ones


@given(version=versions, part=st.sampled_from(PARTS))
def test_what_comes_next_is_a_later_release(version: Version, part: Part) -> None:
    """It has neither a prerelease nor build metadata."""
    bumped = version.bump(part)

    assert bumped.precedence > version.precedence
    assert not bumped.prerelease
    assert not bumped.build


def test_versions_ascend_as_published() -> None:
    """Every earlier one is less than every later one, and not the reverse."""
    versions = [Version.parse(text) for text in ASCENDING]

    wrong = [(a, b) for a, b in combinations(versions, 2) if not a < b or b < a]

    assert not wrong
    assert sorted(versions, reverse=True) == versions[::-1]


@pytest.mark.parametrize(("one", "other"), EQUAL_IN_ORDER)
def test_build_metadata_has_no_precedence(one: str, other: str) -> None:
    """It only makes the order total."""
    first, second = Version.parse(one), Version.parse(other)

    assert first.precedence == second.precedence
    assert first != second
    assert (first < second) is not (second < first)


@given(text=st.from_regex(SEMVER, fullmatch=True).filter(lambda text: len(text) < 99))
def test_reading_and_printing_is_the_identity(text: str) -> None:
    """A version is known by its text."""
    assert str(Version.parse(text)) == text


@given(one=versions, other=versions, third=versions)
def test_the_order_is_total(one: Version, other: Version, third: Version) -> None:
    """Of two versions one is less unless they are equal; and less is transitive."""
    first, second, last = sorted((one, other, third))

    assert (one < other) + (other < one) + (one == other) == 1
    assert not second < first
    assert not last < second
    assert not last < first


@given(one=INSTANTS, other=INSTANTS)
def test_calendar_versions_sort_by_time(one: datetime, other: datetime) -> None:
    """To the second; and each is a semver."""
    first, second = sorted((one, other))
    earlier, later = Version.calendar(first), Version.calendar(second)

    assert (earlier < later) is (whole(first) < whole(second))
    assert (earlier == later) is (whole(first) == whole(second))
    assert Version.parse(str(earlier)) == earlier


def test_a_calendar_version_has_no_leading_noughts() -> None:
    """Semver forbids them, so that January is 1xx and midnight is 0."""
    version = Version.calendar(datetime(2026, 1, 2, tzinfo=UTC))

    assert str(version) == "v2026.102.0"
