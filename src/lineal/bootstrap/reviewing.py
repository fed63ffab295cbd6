"""Reviews for Python: each method does what the command of its name does."""

from lineal.actions.judging import panel
from lineal.actions.judging.panel import Reviews
from lineal.actions.recorder import Recorded
from lineal.actions.remark import Verdict
from lineal.actions.review import Review
from lineal.bootstrap.writer import Writer, named, now


class Reviewing(Writer):
    """What people say of versions that are to enter a stage.

    A review is in the name of `git config user.email`, and signed as tag.gpgSign says.
    """

    def approve(
        self,
        target: str,
        stage: str,
        *,
        reason: str = "",
        force: bool = False,
        push: bool = True,
    ) -> Recorded:
        """Agree that `MODEL@VERSION` enters a stage.

        Args:
            target: The version.
            stage: Which stage.
            reason: Why, or what about it.
            force: Record it though the policy wants it signed and it will not be.
            push: Whether others shall have it at once.

        Raises:
            RefusedError: It says nothing new, or would not count as it is.
        """
        return self._review("approve", target, stage, reason, (force, push))

    def reject(
        self,
        target: str,
        stage: str,
        *,
        reason: str,
        force: bool = False,
        push: bool = True,
    ) -> Recorded:
        """Say that `MODEL@VERSION` must not enter a stage, until it is withdrawn."""
        return self._review("reject", target, stage, reason, (force, push))

    def withdraw_review(
        self,
        target: str,
        stage: str,
        *,
        reason: str = "",
        force: bool = False,
        push: bool = True,
    ) -> Recorded:
        """Take the latest word back; a rejection that is withdrawn blocks no more."""
        return self._review("withdraw", target, stage, reason, (force, push))

    def reviews(self, target: str, stage: str | None = None) -> Reviews:
        """Return who said what of `MODEL@VERSION`, and what counts.

        Raises:
            UnknownVersionError: There is no such version.
        """
        return panel.reviews(self._writable(), *named(target), stage)

    def _review(
        self,
        verdict: Verdict,
        target: str,
        stage: str,
        reason: str,
        how: tuple[bool, bool],
    ) -> Recorded:
        force, push = how
        request = Review(*named(target), stage, verdict, reason, now(), force)
        return self._carry_out(request, push=push)
