"""Which version a model gets: the one asked for, or the next one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from lineal.actions.changes import Change
from lineal.errors import BadInputError, RefusedError
from lineal.registry.state import ModelState
from lineal.registry.version import Part, Version

Scheme = Literal["semver", "calver"]
Bump = Part | Literal["auto"]
_FIRST = Version(0, 1, 0)
_YEARS = range(1970, 3000)  # no model is older, and few have so many major versions


class ContradictoryWishError(BadInputError):
    """Two options name two versions."""

    def __init__(self, options: tuple[str, str]) -> None:
        both = " and ".join(options)
        super().__init__(f"{both} contradict each other: pass one of them")


class TooHighError(RefusedError):
    """No calendar version is higher than the newest version."""

    def __init__(self, newest: Version, calendar: Version) -> None:
        super().__init__(
            f"the calendar version {calendar} would sort before {newest}, the newest: "
            "name one with --version"
        )


class VersionExistsError(RefusedError):
    """The version was given already."""

    def __init__(self, model: str, version: Version, *, standing: bool) -> None:
        state = "exists already" if standing else "was withdrawn, and its name is used"
        super().__init__(
            f"{model} {version} {state}: name another with --version, or leave that out "
            "to get the next one"
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for.

    Attributes:
        version: This one.
        bump: The next one, counted up in this part; None means auto.
        scheme: How to count; None: as the newest version does.
    """

    version: Version | None = None
    bump: Bump | None = None
    scheme: Scheme | None = None

    def __post_init__(self) -> None:
        if self.version is not None and self.bump is not None:
            raise ContradictoryWishError(("--version", "--bump"))
        if self.version is not None and self.scheme is not None:
            raise ContradictoryWishError(("--version", "--scheme"))
        if self.scheme == "calver" and self.bump not in {None, "auto"}:
            raise ContradictoryWishError(("--scheme calver", f"--bump {self.bump}"))


@dataclass(frozen=True, slots=True)
class Choice:
    """A version for a model.

    Attributes:
        version: It.
        reason: Why this one, such as `minor: feature lag_7 added`; None: it was asked
            for.
        notes: What the user should know beside that.
    """

    version: Version
    reason: str | None = None
    notes: tuple[str, ...] = ()


def choose(
    wish: Wish, state: ModelState, now: int, change: Callable[[], Change]
) -> Choice:
    """Choose a version that the model does not have.

    Args:
        wish: What was asked for.
        state: The model before.
        now: Seconds since 1970.
        change: Tells what changed since the newest version; asked only if it matters.

    Raises:
        VersionExistsError: It was given already, though perhaps taken back since.
        TooHighError: A calendar version would sort before the newest.
    """
    highest = max((found.version for found in state.versions), default=None)
    if wish.version is not None:
        return _named(wish.version, state)
    dated = highest is not None and instant(highest) is not None
    if wish.scheme == "calver" or (dated and _open(wish)):
        return _calendar(wish, highest, now, change)
    if highest is None:
        return _first(wish)
    return _next(wish, highest, change, dated=dated)


def instant(version: Version) -> datetime | None:
    """Return the instant that a calendar version tells, None if it is not one.

    >>> instant(Version.parse("v2026.1121.93015"))
    datetime.datetime(2026, 11, 21, 9, 30, 15, tzinfo=datetime.timezone.utc)
    >>> instant(Version.parse("v1.2.3")) is None
    True
    """
    if version.major not in _YEARS:
        return None
    month, day = divmod(version.minor, 100)
    hours, rest = divmod(version.patch, 10_000)
    try:
        return datetime(
            version.major, month, day, hours, *divmod(rest, 100), tzinfo=UTC
        )
    except (ValueError, OverflowError):
        return None


def _open(wish: Wish) -> bool:
    """Tell whether it was left to us how to count."""
    return wish.scheme is None and wish.bump in {None, "auto"}


def _named(version: Version, state: ModelState) -> Choice:
    found = state.find(version)
    if found is not None:
        raise VersionExistsError(state.model, version, standing=found.active)
    newest = state.newest
    if newest is None or newest.version < version:
        return Choice(version)
    note = f"{version} is lower than {newest.version}, which stays the newest"
    return Choice(version, None, (note,))


def _first(wish: Wish) -> Choice:
    """Start with v0.1.0, as long as nothing else was asked for."""
    part = wish.bump or "auto"
    if part == "auto":
        return Choice(_FIRST, "first version")
    return Choice(Version(0, 0, 0).bump(part), f"first version, {part}")


def _next(
    wish: Wish, highest: Version, change: Callable[[], Change], *, dated: bool
) -> Choice:
    if wish.bump in {None, "auto"}:
        found = change()
        reason = f"{found.part}: {found.reason}"
        return Choice(highest.bump(found.part), reason)
    part: Part = wish.bump  # type: ignore[assignment] # auto was handled
    note = f"{highest} looks like a calendar version; --scheme calver counts on in time"
    return Choice(highest.bump(part), None, (note,) if dated else ())


def _calendar(
    wish: Wish, highest: Version | None, now: int, change: Callable[[], Change]
) -> Choice:
    """Take the time, or the second after the highest version if clocks disagree."""
    at = datetime.fromtimestamp(now, UTC)
    last = instant(highest) if highest else None
    if last is not None and last >= at:
        at = last + timedelta(seconds=1)
    version = Version.calendar(at)
    if highest is not None and version < highest:
        raise TooHighError(highest, version)
    notes = () if wish.scheme else (f"{highest} looks like calver, so this is calver",)
    why = change().reason if highest else "first version"
    return Choice(version, f"calver: {why}", notes)
