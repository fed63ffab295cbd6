"""The verbs that write, for Python: each does what the command of its name does."""

from collections.abc import Mapping

from lineal.actions import measured
from lineal.actions.deprecate import Deprecation
from lineal.actions.promote import Promotion
from lineal.actions.recorder import Recorded
from lineal.actions.register import Allowed, Registration
from lineal.actions.rollback import Rollback
from lineal.actions.unassign import Unassignment
from lineal.actions.versioning import Bump, Scheme, Wish
from lineal.actions.withdraw import Withdrawal
from lineal.bootstrap import moments, registering
from lineal.bootstrap.moments import Moment
from lineal.bootstrap.proving import Proving
from lineal.bootstrap.rematches import Rematches
from lineal.bootstrap.writer import NoVersionNamedError as NoVersionNamedError
from lineal.bootstrap.writer import ReadOnlyError as ReadOnlyError
from lineal.bootstrap.writer import named, now
from lineal.registry.retrieval import Target
from lineal.registry.version import Version


class Verbs(Proving):
    """What can be done to a registry; every verb pushes, unless `push` is False.

    All raise RefusedError where it must not be, BadInputError where it cannot be,
    ConflictError where somebody else was faster, OutsideError where Git or the remote
    failed; then nothing is recorded.
    """

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
            now=now(),
            reason=reason,
            measured=measured.joined(told),
            allowed=Allowed(share_commit, allow_missing, force),
        )
        return self._carry_out(request, push=push)

    def promote(  # noqa: PLR0913 - one parameter an option
        self,
        target: str,
        stage: str,
        *,
        reason: str,
        force: bool = False,
        bypass: bool = False,
        push: bool = True,
    ) -> Recorded:
        """Let `MODEL@VERSION` enter a stage, instead of what is there.

        Args:
            target: The version.
            stage: Where to.
            reason: Why.
            force: Do it though the stage holds it, or is new and looks mistyped.
            bypass: Do it though the team's rules refuse it, if they let this user.
            push: Whether others shall have it at once.
        """
        again = Rematches(self._reader)
        request = Promotion(*named(target), stage, reason, now(), force, bypass, again)
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
        request = Rollback(model, stage, reason, now(), version, force)
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
        model, version = named(target)
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
            now=now(),
            end=end,
            offset=0 if end is None else moments.offset(end),
            force=force,
        )
        return self._carry_out(request, push=push)
