"""What can go wrong while a tag is written to a repository and its remote."""

from lineal.doors.pending import Intent
from lineal.doors.remote import RemoteFailedError
from lineal.errors import ConflictError, LinealError, OutsideError, RefusedError


class LostRaceError(ConflictError):
    """Somebody else took the name, again and again."""

    def __init__(self, tag: str, tries: int) -> None:
        super().__init__(
            f"somebody else was faster {tries} times, last with {tag}, so nothing was "
            "recorded: look at `lineal history` and ask again"
        )


class UnsureError(OutsideError):
    """The remote stopped answering while it was told to record the tag."""

    def __init__(self, tag: str, remote: str, error: LinealError) -> None:
        super().__init__(
            f"{remote} was told to record {tag}, and whether it did is not known yet "
            f"({error}): the next command asks again and says so"
        )


class NotHereError(OutsideError):
    """The remote has the tag, and this clone could not take it."""

    def __init__(self, intent: Intent, why: str) -> None:
        tag, remote = intent.tag, intent.remote
        super().__init__(
            f"{tag} is recorded on {remote}, but not in this clone ({why}): mend that "
            f"and run `git fetch {remote} 'refs/tags/{tag}:refs/tags/{tag}'`"
        )


class UnreachableError(RemoteFailedError):
    """The remote cannot be asked, so nobody knows what is to be followed."""

    def __init__(self, error: LinealError) -> None:
        OutsideError.__init__(
            self,
            f"{error}; --no-push records it in this clone only, to be pushed later",
        )


class DeclinedError(RefusedError):
    """The remote does not take the tag."""
