"""What all that writes for Python has in common."""

from lineal.actions.plan import Request
from lineal.actions.recorder import Recorded
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


class Writer:
    """A registry that can be written to."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def _carry_out(self, request: Request, *, push: bool) -> Recorded:
        reader = self._writable()
        settled(reader)  # what a killed process left is finished first
        return open_recorder(reader, push=push).carry_out(request)

    def _writable(self) -> Reader:
        if isinstance(self._reader.store.place.git, Foreign):
            raise ReadOnlyError
        return self._reader


def named(target: str) -> tuple[str, Version]:
    """Read `MODEL@VERSION`.

    Raises:
        NoVersionNamedError: It is something else.
    """
    wanted = Target.parse(target)
    if wanted.version is None:
        raise NoVersionNamedError(target)
    return wanted.model, wanted.version


def now() -> int:
    """Return seconds since 1970."""
    return Clock.of_environment().now()
