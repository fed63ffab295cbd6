"""Git's tags as events: which there are, and what their objects say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lineal.doors import objects, refs
from lineal.doors.location import Location
from lineal.errors import OutsideError
from lineal.registry import grammar, memo
from lineal.registry.brief import Brief
from lineal.registry.events import (
    Assigned,
    Deprecated,
    Event,
    Registered,
    Stamp,
    Unassigned,
    Withdrawn,
)
from lineal.registry.grammar import Words
from lineal.registry.index import Index
from lineal.registry.tagobject import TagObject
from lineal.registry.version import Version

_MISSING = Brief("missing").row


class ShallowCloneError(OutsideError):
    """History was cut off, so tags may be missing."""

    def __init__(self) -> None:
        super().__init__(
            "this clone is shallow, so its registry may lack tags: run `git fetch "
            "--unshallow --tags` (in GitHub Actions: actions/checkout with "
            "fetch-depth: 0)"
        )


class MissingObjectError(OutsideError):
    """A ref names a tag object that is not there."""

    def __init__(self, tag: str) -> None:
        super().__init__(
            f"the object of tag {tag} is missing, so the repository is damaged: run "
            f"`git fsck`, then `git tag -d '{tag}'` and `git fetch --tags` to get it "
            "again"
        )


@dataclass(frozen=True, slots=True)
class Ignored:
    """A tag that has a registry's name but is no event.

    Attributes:
        tag: Its name.
        id: What it points to.
        why: What is wrong with it.
    """

    tag: str
    id: str
    why: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that was read at one time.

    Attributes:
        events: By model, in no order.
        ignored: What has a registry's name but is no event.
    """

    events: Mapping[str, tuple[Event, ...]]
    ignored: tuple[Ignored, ...]


@dataclass(frozen=True, slots=True)
class Store:
    """The registry in one repository.

    Attributes:
        place: The repository.
        indexed: Whether to keep what was parsed between runs.
        partial: Whether a shallow clone is fine, because we made it.
    """

    place: Location
    indexed: bool = True
    partial: bool = False

    def read(self, model: str | None = None) -> Snapshot:
        """Read the events of one model, or of all.

        Raises:
            ShallowCloneError: Tags may be missing.
            GitFailedError: git failed.
        """
        self.check()
        wanted = ("",) if model is None else grammar.prefixes(model)
        names = self.tags(wanted)
        if model is not None:
            tagged = model.replace(":", "=")
            names = {tag: names[tag] for tag in names if memo.group(tag) == tagged}
        return self.said_by(names, every=model is None)

    def said_by(self, names: Mapping[str, str], *, every: bool) -> Snapshot:
        """Read the events of certain tags.

        Args:
            names: Their object ids.
            every: Whether they are so many that the index helps.

        Raises:
            GitFailedError: git failed.
        """
        words = {tag: found for tag in names if (found := grammar.read(tag))}
        briefs = self._briefs({names[tag] for tag in words}, every=every)
        return _snapshot(words, names, briefs)

    def check(self) -> None:
        """Refuse a clone whose tags may be missing.

        Raises:
            ShallowCloneError: It is one.
        """
        if self.place.shallow and not self.partial:
            raise ShallowCloneError

    def tags(self, prefixes: Iterable[str] = ("",)) -> dict[str, str]:
        """Return the object id of every tag, or of those with certain beginnings."""
        return refs.tags(self.place.git, self.place.common, prefixes)

    def models(self) -> frozenset[str]:
        """Return the models that tags are named after, events or not."""
        words = (grammar.read(tag) for tag in self.tags())
        return frozenset(said.model for said in words if said)

    def serial(self, model: str) -> int:
        """Return the next serial of a model, counted as GTO does.

        That is over all its stages, and over tags that are no events too: their names
        are taken.
        """
        words = (grammar.read(tag) for tag in self.tags(grammar.prefixes(model)))
        taken = (said.serial or 0 for said in words if said and said.model == model)
        return 1 + max(taken, default=0)

    def objects(self, ids: Iterable[str]) -> dict[str, TagObject]:
        """Read tag objects in full; what is none is left out."""
        found = objects.read(self.place.git, dict.fromkeys(ids))
        return {
            item.id: TagObject.read(item.content)
            for item in found
            if item is not None and item.kind == "tag"
        }

    def _briefs(self, ids: set[str], *, every: bool) -> dict[str, Brief]:
        """Read what replay needs of tag objects, from the index where it is known."""
        # The index is one big file: for the tags of one model, Git is quicker.
        index = Index(self.place.own / "tags" if every and self.indexed else None)
        rows = index.load()
        missing = [oid for oid in ids if oid not in rows]
        for oid, found in zip(
            missing, objects.read(self.place.git, missing), strict=True
        ):
            rows[oid] = Brief.of(found).row
        if missing or len(rows) > 2 * len(ids):
            # What is missing now may be fetched.
            index.save({oid: rows[oid] for oid in ids if rows[oid] != _MISSING})
        return {oid: Brief.parse(rows[oid]) for oid in ids}


def _snapshot(
    words: Mapping[str, Words], names: Mapping[str, str], briefs: Mapping[str, Brief]
) -> Snapshot:
    events: dict[str, list[Event]] = {}
    ignored: list[Ignored] = []
    for tag, said in words.items():
        oid = names[tag]
        brief = briefs[oid]
        # A signature is made over the object's name: under another it proves nothing.
        problem = brief.problem or ("" if brief.name == tag else "renamed")
        if problem:
            ignored.append(Ignored(tag, oid, problem))
            continue
        stamp = Stamp(tag, oid, brief.commit, brief.time, said.serial)
        events.setdefault(said.model, []).append(_event(said, stamp, brief))
    return Snapshot({m: tuple(e) for m, e in events.items()}, tuple(ignored))


def _event(said: Words, stamp: Stamp, brief: Brief) -> Event:
    """Put together what the name and the object say."""
    model, stage = said.model, said.stage or ""
    if said.kind == "assignment":
        return Assigned(stamp, model, stage, brief.named, brief.rollback)
    if said.kind == "unassignment":
        return Unassigned(stamp, model, stage, brief.named, brief.violation)
    version = Version.trusted(said.version) if said.version else None
    if version is None or said.kind == "deprecation":
        return Deprecated(stamp, model, version, brief.end)
    if said.kind == "registration":
        return Registered(stamp, model, version)
    return Withdrawn(stamp, model, version)
