"""What this clone and the remote have of a model, before anything is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from shlex import quote

from lineal.doors.remote import Remote, RemoteFailedError
from lineal.errors import RefusedError
from lineal.registry import grammar, statements
from lineal.registry.store import Store


@dataclass(frozen=True, slots=True)
class OnlyHere:
    """A tag that the remote does not have, or has otherwise.

    Attributes:
        tag: Its name.
        remote: The remote's.
        differs: Whether the remote has another of that name.
        late: Whether the remote's stage went on without it.
    """

    tag: str
    remote: str
    differs: bool
    late: bool = False

    def __str__(self) -> str:
        """Say so, with what to do about it."""
        what = "is another tag here than on" if self.differs else "is here, but not on"
        return f"{self.tag} {what} {self.remote}"

    @property
    def way(self) -> str:
        """What to do about it."""
        drop, ref = f"`git tag -d '{self.tag}'`", f"refs/tags/{self.tag}"
        remote = quote(self.remote)
        if self.differs:
            return f"{drop} and `git fetch {remote} '{ref}:{ref}'` take theirs"
        if self.late:
            return f"the stage went on without it, so drop it with {drop}"
        return f"`git push {remote} '{ref}'`, or drop it with {drop}"


class OnlyHereError(RefusedError):
    """This clone has tags that the remote does not have, or has otherwise."""

    def __init__(self, found: OnlyHere) -> None:
        super().__init__(f"{found}, so nothing is written: {found.way}")


def reach(
    store: Store, remote: Remote, model: str, stage: str | None
) -> tuple[str, ...]:
    """Get the model's tags that the remote has.

    Args:
        store: This clone's tags.
        remote: The remote.
        model: Whose.
        stage: The only stage that is to be changed; None: it is not about one.

    Returns:
        What is only here and of another stage, so that it is in nobody's way.

    Raises:
        OnlyHereError: This clone has one that the remote has not, and that counts.
        RemoteFailedError: It cannot be reached.
    """
    store.check()
    # First here, then there: what is recorded in between is then fetched.
    here = _here(store, model)
    there = _ours(remote.tags(_prefixes(model)))
    found = tuple(_only_here(here, there, remote.name))
    for one in found:
        if _counts(one.tag, stage):
            raise OnlyHereError(one)
    try:
        if missing := sorted(there.keys() - here.keys()):
            remote.fetch(missing)
    except RemoteFailedError:
        # Another process of this clone may have brought them just now.
        if not there.items() <= _here(store, model).items():
            raise
    return tuple(f"{one}: {one.way}" for one in found)


def _only_here(
    here: Mapping[str, str], there: Mapping[str, str], remote: str
) -> Iterable[OnlyHere]:
    for tag, oid in sorted(here.items()):
        if there.get(tag) != oid:
            late = _is_late(tag, there)
            yield OnlyHere(tag, remote, differs=tag in there, late=late)


def _counts(tag: str, stage: str | None) -> bool:
    """Tell whether a tag matters to a request about one stage, or about none."""
    said = grammar.read(tag) or statements.read(tag)
    return stage is None or said is None or said.stage in {None, "", stage}


def _is_late(tag: str, there: Iterable[str]) -> bool:
    """Tell whether the remote's newest serial of the tag's stage is higher."""
    mine = grammar.read(tag)
    if mine is None or mine.stage is None or mine.serial is None:
        return False
    theirs = (grammar.read(other) for other in there)
    return any(
        said.serial is not None and said.serial > mine.serial
        for said in theirs
        if said and (said.model, said.stage) == (mine.model, mine.stage)
    )


def _here(store: Store, model: str) -> dict[str, str]:
    return _ours(store.tags(_prefixes(model)))


def _prefixes(model: str) -> tuple[str, ...]:
    return (*grammar.prefixes(model), *statements.prefixes(model))


def _ours(tags: Mapping[str, str]) -> dict[str, str]:
    """Leave out what has a model's prefix but is no name that the registry reads."""
    return {
        tag: oid
        for tag, oid in tags.items()
        if grammar.read(tag) or statements.read(tag)
    }
