"""Laws of choosing a version: it is new, higher, and its reason is told."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.actions.changes import Change
from lineal.actions.versioning import (
    Choice,
    ContradictoryWishError,
    Scheme,
    TooHighError,
    VersionExistsError,
    Wish,
    choose,
    instant,
)
from lineal.registry.events import Registered, Stamp, Withdrawn
from lineal.registry.state import ModelState, VersionState
from lineal.registry.version import Part, Version

NOW = int(datetime(2026, 11, 21, 9, 30, 15, tzinfo=UTC).timestamp())
PARTS: tuple[Part, ...] = ("major", "minor", "patch")
numbers = st.integers(0, 30)
words = st.sampled_from(["", "rc.1", "rc", "0", "a-b"])
semvers = st.builds(Version, numbers, numbers, numbers, words, words)
calvers = st.integers(0, 32_000_000_000).map(
    lambda second: Version.calendar(datetime.fromtimestamp(second, UTC))
)
changes = st.builds(Change, st.sampled_from(PARTS), st.text(max_size=5))


def model(*texts: str) -> ModelState:
    """Return a model with some versions; a `!` marks a withdrawn one."""
    return state({Version.parse(t.rstrip("!")): t.endswith("!") for t in texts})


def state(versions: dict[Version, bool]) -> ModelState:
    """Return a model with some versions, and whether each was withdrawn."""
    found = []
    for version in sorted(versions):
        stamp = Stamp(f"m@{version}", "1", "2", 0, None)
        gone = Withdrawn(stamp, "m", version) if versions[version] else None
        given_ = Registered(stamp, "m", version)
        found.append(VersionState(version, "2", given_, gone))
    return ModelState("m", tuple(found), {})


def chosen(before: ModelState, change: Change | None = None, **wish: object) -> Choice:
    """Choose a version at a fixed time."""

    def asked() -> Change:
        assert change is not None, "nobody needed to compare"
        return change

    return choose(Wish(**wish), before, NOW, asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("part", "found"), [("major", "v2.0.0"), ("minor", "v1.3.0"), ("patch", "v1.2.4")]
)
def test_auto_counts_up_the_part_that_changed(part: Part, found: str) -> None:
    """And says what changed."""
    choice = chosen(model("v1.2.3", "v0.9.0"), Change(part, "input a removed"))

    assert choice == Choice(Version.parse(found), f"{part}: input a removed")


@pytest.mark.parametrize(
    ("bump", "found", "reason"),
    [
        (None, "v0.1.0", "first version"),
        ("auto", "v0.1.0", "first version"),
        ("major", "v1.0.0", "first version, major"),
        ("minor", "v0.1.0", "first version, minor"),
        ("patch", "v0.0.1", "first version, patch"),
    ],
)
def test_the_first_version_starts_at_nought(
    bump: str | None, found: str, reason: str
) -> None:
    """Nothing is compared."""
    assert chosen(model(), bump=bump) == Choice(Version.parse(found), reason)


def test_a_withdrawn_version_is_counted_over() -> None:
    """Its name is used for ever, so the next one is after it."""
    choice = chosen(model("v1.0.0", "v1.1.0!"), bump="minor")

    assert choice.version == Version.parse("v1.2.0")


@pytest.mark.parametrize(("text", "said"), [("v1.0.0", "exists"), ("v2.0.0", "withdr")])
def test_a_version_is_given_once(text: str, said: str) -> None:
    """Though it was taken back since."""
    with pytest.raises(VersionExistsError, match=said):
        chosen(model("v1.0.0", "v2.0.0!"), version=Version.parse(text))


def test_a_lower_version_is_noted() -> None:
    """It may mend an old line."""
    choice = chosen(model("v1.0.0", "v2.0.0"), version=Version.parse("v1.0.1"))

    assert choice.notes == ("v1.0.1 is lower than v2.0.0, which stays the newest",)
    assert choice.reason is None


def test_a_higher_version_needs_no_words() -> None:
    """A prerelease neither."""
    choice = chosen(model("v1.0.0"), version=Version.parse("v1.1.0-rc.1"))

    assert choice == Choice(Version.parse("v1.1.0-rc.1"))


def test_calver_is_the_time_in_utc() -> None:
    """And the reason tells what changed all the same."""
    choice = chosen(model("v1.0.0"), Change("minor", "input a added"), scheme="calver")

    assert str(choice.version) == "v2026.1121.93015"
    assert choice.reason == "calver: input a added"


def test_a_model_of_calendar_versions_gets_the_next_one() -> None:
    """It is said that the scheme was guessed."""
    choice = chosen(model("v2026.1120.0"), Change("major", "x"))

    assert str(choice.version) == "v2026.1121.93015"
    assert choice.notes == ("v2026.1120.0 looks like calver, so this is calver",)


def test_a_clock_behind_the_newest_counts_on_from_it() -> None:
    """Two versions in one second differ, too."""
    choice = chosen(model("v2026.1231.235959"), Change("patch", "x"))

    assert str(choice.version) == "v2027.101.0"


def test_who_asks_for_a_part_gets_it_of_a_calendar_version_too() -> None:
    """With a word of warning."""
    choice = chosen(model("v2026.1121.0"), bump="minor")

    assert str(choice.version) == "v2026.1122.0"
    assert "looks like a calendar version" in choice.notes[0]


def test_semver_can_be_asked_for_after_calver() -> None:
    """The scheme that is named wins."""
    choice = chosen(model("v2026.1121.0"), Change("major", "x"), scheme="semver")

    assert str(choice.version) == "v2027.0.0"


def test_no_calendar_version_goes_below_the_newest() -> None:
    """It would never be the newest."""
    with pytest.raises(TooHighError):
        chosen(model("v9999.0.0"), scheme="calver")


@pytest.mark.parametrize(
    "wish",
    [
        {"version": Version(1, 0, 0), "bump": "major"},
        {"version": Version(1, 0, 0), "scheme": "calver"},
        {"bump": "minor", "scheme": "calver"},
    ],
)
def test_wishes_that_contradict_are_refused(wish: dict[str, object]) -> None:
    """Nobody guesses which was meant."""
    with pytest.raises(ContradictoryWishError):
        Wish(**wish)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["v1.2.3", "v2026.1300.0", "v2026.0.0", "v2026.1121.240000", "v2026.1121.6060"],
)
def test_most_versions_tell_no_time(text: str) -> None:
    """No month, no hour or no minute is left out of the count."""
    assert instant(Version.parse(text)) is None


@given(calvers)
def test_a_calendar_version_tells_its_instant(version: Version) -> None:
    """It reads back."""
    found = instant(version)

    assert found is not None
    assert Version.calendar(found) == version


@given(
    st.dictionaries(semvers | calvers, st.booleans(), max_size=4),
    changes,
    st.sampled_from([None, "auto", *PARTS]),
    st.sampled_from([None, "semver"]),
)
def test_the_chosen_version_is_higher_than_all(
    versions: dict[Version, bool],
    change: Change,
    bump: str | None,
    scheme: Scheme | None,
) -> None:
    """And unless a part was asked for, the reason tells what changed."""
    choice = chosen(state(versions), change, bump=bump, scheme=scheme)

    assert all(choice.version > version for version in versions)
    if bump in {None, "auto"} and versions:
        assert choice.reason is not None
        assert choice.reason.endswith(change.reason)
