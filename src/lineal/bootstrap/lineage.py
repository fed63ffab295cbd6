"""Gather the whole story of one version."""

import hashlib
import os
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from lineal.bootstrap.pedigrees import Library
from lineal.bootstrap.proven import makers
from lineal.doors import objects, tree, urls
from lineal.doors.dvc.names import UnreadableFileError
from lineal.doors.foreign import Foreign
from lineal.doors.git import Git
from lineal.lineage.pedigree import Pedigree
from lineal.lineage.records import File
from lineal.lineage.story import Held, Lineage, counted
from lineal.registry import facts, retrieval
from lineal.registry.events import Deprecated, Withdrawn
from lineal.registry.history import replay
from lineal.registry.journal import Entry
from lineal.registry.order import Dated
from lineal.registry.periods import Period, periods
from lineal.registry.reader import Reader
from lineal.registry.retrieval import Target
from lineal.registry.state import ModelState, VersionState
from lineal.registry.store import MissingObjectError, Store
from lineal.registry.tagobject import TagObject
from lineal.registry.version import Version

_COMMITTER = re.compile(rb"^committer .*> (-?[0-9]{1,18})\b", re.MULTILINE)
Said = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Files:
    """What a commit has of a model.

    Attributes:
        git: Where it is.
        library: What DVC and GTO recorded there.
        model: The model.
        commit: The commit.
    """

    git: Git
    library: Library
    model: str
    commit: str

    def path(self) -> tuple[str | None, tuple[str, ...]]:
        """Return where the model lies, and why nobody knows if nobody does."""
        try:
            path = self.library.declared(self.model, self.commit)
        except UnreadableFileError as error:
            return None, (str(error),)
        unsaid = (
            f"the commit does not say where {self.model} lies: neither dvc.yaml nor "
            "artifacts.yaml declares its path"
        )
        return path, () if path else (unsaid,)

    def in_git(self, path: str) -> File | None:
        """Return a file that Git keeps; of a folder, what Git calls it."""
        found = objects.read(self.git, [f"{self.commit}:{path}"])[0]
        if found is None:
            return None
        if found.kind != "blob":
            return File(path, found.id, "git tree")
        if (pointed := tree.pointed(found.content)) is not None:
            size = tree.size(self.git, found.id)
            return File(path, pointed, "sha256", size)
        md5 = hashlib.md5(found.content, usedforsecurity=False).hexdigest()
        return File(path, md5, "md5", len(found.content))


def _silent(_done: int, _all: int) -> None:
    """Tell nobody how far it is."""


def gather(reader: Reader, target: Target, said: Said = _silent) -> Lineage:
    """Gather what made a version and what became of it; of a withdrawn one too.

    Args:
        reader: The registry.
        target: The version; of a model alone, the newest that stands.
        said: Told how many of how many signatures were checked.

    Raises:
        UnknownModelError: There is no such model.
        UnknownVersionError: It has no such version.
        EmptyStageError: The stage holds nothing.
        NoVersionError: No version of it stands.
        OutsideError: Git failed.
    """
    ordered = reader.ordered(target.model)
    if not ordered:
        raise reader.unknown(target.model)
    state = replay(target.model, ordered)
    version, commit = retrieval.meant(state, target)
    git = reader.store.place.git
    library = Library.open(git, [commit])
    told = _told(_Files(git, library, state.model, commit))
    events = _Events.read(reader.store, ordered, state, (version, commit))
    return replace(
        told,
        version=version,
        registered=events.registered,
        endings=events.endings,
        held=events.held,
        makers=makers(reader.store, events.tags, said),
    )


def namespace(reader: Reader) -> str:
    """Return what a repository is called by the world: its URL, or its folder's name."""
    git, common = reader.store.place.git, reader.store.place.common
    if isinstance(git, Foreign):
        return urls.shown(git.url)
    done = git.attempt("config", "--get", "remote.origin.url")
    url = os.fsdecode(done.stdout).strip()
    if urls.is_url(url) and not url.startswith("file:"):
        return urls.shown(url)
    folder = common.parent if common.name == ".git" else common
    return folder.name


@dataclass(frozen=True, slots=True)
class _Events:
    """What happened to a version.

    Attributes:
        tags: The objects of all tags that tell it, by id.
        registered: What gave the version its name.
        endings: What withdrew it, or deprecated it or its model.
        held: When stages held it.
    """

    tags: Mapping[str, TagObject]
    registered: Entry | None
    endings: tuple[Entry, ...]
    held: tuple[Held, ...]

    @classmethod
    def read(
        cls,
        store: Store,
        ordered: tuple[Dated, ...],
        state: ModelState,
        meant: tuple[Version | None, str],
    ) -> "_Events":
        """Read the tags that tell of a version, or of a commit without one."""
        version = meant[0]
        known = state.find(version) if version else None
        own = [known.registered if known else None, *_ends(state, known)]
        dated = {
            event: d for event in own if event for d in ordered if d.event == event
        }
        ours = tuple(
            period
            for period in periods(state.model, ordered)
            if (period.holder.version, period.holder.commit) == meant
        )
        both = (d for period in ours for d in (period.began, period.ended) if d)
        tags = store.objects(d.event.stamp.id for d in (*dated.values(), *both))
        entry = partial(_entry, tags)
        registered = dated.get(own[0]) if own[0] else None
        return cls(
            tags,
            entry(registered) if registered else None,
            tuple(entry(dated[each]) for each in own[1:] if each in dated),
            tuple(_held(period, entry) for period in ours),
        )


def _ends(
    state: ModelState, known: VersionState | None
) -> tuple[Withdrawn | Deprecated | None, ...]:
    version = (known.withdrawn, known.deprecated) if known else ()
    return (*version, state.retired)


def _entry(tags: Mapping[str, TagObject], dated: Dated) -> Entry:
    stamp = dated.event.stamp
    if stamp.id not in tags:  # only the index knows it
        raise MissingObjectError(stamp.tag)
    return Entry(dated.since, dated.event, None, tags[stamp.id])


def _held(period: Period, entry: Callable[[Dated], Entry]) -> Held:
    ended = entry(period.ended) if period.ended else None
    return Held(period.holder.assigned.stage, entry(period.began), ended)


def _told(files: _Files) -> Lineage:
    """Tell what the commit has; of one that is not here, that it is not."""
    model, commit = files.model, files.commit
    path, unsaid = files.path()
    card = posixpath.join(posixpath.dirname(path or ""), facts.CARD)
    when, counts = objects.read(files.git, [commit, f"{commit}:{card}"])
    if when is None:
        lost = f"commit {commit} is not in this clone: `git fetch` brings it"
        return Lineage(model, None, commit, notes=(lost,))
    pedigree = files.library.traced(path, commit) if path else None
    made = pedigree.made if pedigree else None
    made = made or (files.in_git(path) if path else None)
    found = _COMMITTER.search(when.content)
    return Lineage(
        model=model,
        version=None,
        commit=commit,
        committed=int(found[1]) if found else None,
        pedigree=pedigree,
        made=made,
        rows=counted(counts.content if counts and path else None),
        notes=(*unsaid, *_notes(pedigree, made)),
    )


def _notes(pedigree: Pedigree | None, made: File | None) -> Iterator[str]:
    if pedigree is None:
        return
    yield from pedigree.notes
    if made is None:
        yield f"neither DVC nor Git has {pedigree.path}, where the model should lie"
    elif not pedigree.stages:
        yield f"no stage in a dvc.lock made {pedigree.path}"
