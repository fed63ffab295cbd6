"""The verbs that write, for Python: each does what the command of its name does."""

from collections.abc import Mapping

from lineal.actions import measured
from lineal.actions.deprecate import Deprecation
from lineal.actions.plan import Request
from lineal.actions.promote import Promotion
from lineal.actions.recorder import Recorded
from lineal.actions.register import Allowed, Registration
from lineal.actions.rollback import Rollback
from lineal.actions.unassign import Unassignment
from lineal.actions.versioning import Bump, Scheme, Wish
from lineal.actions.withdraw import Withdrawal
from lineal.bootstrap import moments, registering
from lineal.bootstrap.moments import Moment
from lineal.bootstrap.registry import open_recorder, settled
from lineal.doors.clock import Clock
from lineal.doors.foreign import Foreign
from lineal.errors import BadInputError
from lineal.registry.reader import Reader
from lineal.registry.retrieval import Target
from lineal.registry.version import Version


class ReadOnlyError(BadInputError):
    """A registry at a URL was to be written to."""

    def __init__(self) -> None:
        super().__init__(
            "a registry that was opened at a URL can only be read: `git clone` it, and "
            "open its folder"
        )


class NoVersionNamedError(BadInputError):
    """The verb is about one version, and none was named."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} names no version: write MODEL@VERSION")


class Verbs:
    """What can be done to a registry; every verb pushes, unless `push` is False.

    All raise RefusedError where it must not be, BadInputError where it cannot be,
    ConflictError where somebody else was faster, OutsideError where Git or the remote
    failed; then nothing is recorded.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def register(  # noqa: PLR0913 - one parameter an option
        self,
        model: str,
        ref: str = "HEAD",
        *,
        version: str | None = None,
        bump: Bump | None = None,
        scheme: Scheme | None = None,
        reason: str = "",
        facts: Mapping[str, float] | None = None,
        share_commit: bool = False,
        allow_missing: bool = False,
        force: bool = False,
        push: bool = True,
    ) -> Recorded:
        """Give a commit a version of a model."""
        place = self._writable().store.place
        told = [measured.parse(f"{k}={v}") for k, v in (facts or {}).items()]
        request = Registration(
            model=model,
            source=registering.source(place, ref),
            wish=Wish(Version.parse(version) if version else None, bump, scheme),
            now=_now(),
            reason=reason,
            measured=measured.joined(told),
            allowed=Allowed(share_commit, allow_missing, force),
        )
        return self._carry_out(request, push=push)

    def promote(
        self,
        target: str,
        stage: str,
        *,
        reason: str,
        force: bool = False,
        push: bool = True,
    ) -> Recorded:
        """Let `MODEL@VERSION` enter a stage, instead of what is there."""
        model, version = _named(target)
        request = Promotion(model, version, stage, reason, _now(), force=force)
        return self._carry_out(request, push=push)

    def rollback(  # noqa: PLR0913 - one parameter an option
        self,
        model: str,
        stage: str,
        *,
        reason: str,
        to: str | None = None,
        force: bool = False,
        push: bool = True,
    ) -> Recorded:
        """Put a stage back to the version before, or to the one that is named."""
        version = Version.parse(to) if to else None
        request = Rollback(model, stage, reason, _now(), version, force)
        return self._carry_out(request, push=push)

    def unassign(  # noqa: PLR0913 - one parameter an option
        self,
        model: str,
        stage: str,
        *,
        reason: str,
        version: str | None = None,
        force: bool = False,
        push: bool = True,
    ) -> Recorded:
        """End the hold that a version has of a stage."""
        whose = Version.parse(version) if version else None
        request = Unassignment(model, stage, reason, whose, force)
        return self._carry_out(request, push=push)

    def withdraw(
        self, target: str, *, reason: str, force: bool = False, push: bool = True
    ) -> Recorded:
        """Take `MODEL@VERSION` back."""
        model, version = _named(target)
        request = Withdrawal(model, version, reason, force)
        return self._carry_out(request, push=push)

    def deprecate(
        self,
        target: str,
        *,
        reason: str,
        eol: Moment | None = None,
        force: bool = False,
        push: bool = True,
    ) -> Recorded:
        """Say of `MODEL` or `MODEL@VERSION` that it should no longer be used.

        Who gets it is warned until the end of life, and refused afterwards.
        """
        wanted = Target.parse(target)
        if wanted.stage is not None:
            raise NoVersionNamedError(target)
        end = None if eol is None else moments.seconds(eol, ahead=True)
        request = Deprecation(
            model=wanted.model,
            version=wanted.version,
            reason=reason,
            now=_now(),
            end=end,
            offset=0 if end is None else moments.offset(end),
            force=force,
        )
        return self._carry_out(request, push=push)

    def _carry_out(self, request: Request, *, push: bool) -> Recorded:
        reader = self._writable()
        settled(reader)  # what a killed process left is finished first
        return open_recorder(reader, push=push).carry_out(request)

    def _writable(self) -> Reader:
        if isinstance(self._reader.store.place.git, Foreign):
            raise ReadOnlyError
        return self._reader


def _named(target: str) -> tuple[str, Version]:
    wanted = Target.parse(target)
    if wanted.version is None:
        raise NoVersionNamedError(target)
    return wanted.model, wanted.version


def _now() -> int:
    return Clock.of_environment().now()
