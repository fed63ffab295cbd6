"""Gather how a repository is set up, and let the rules judge it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from lineal.actions.governing import FILE
from lineal.bootstrap import hooks, lockmerge, policies, stored
from lineal.bootstrap.registry import time_limit
from lineal.doors import loose, pending, remote, setup, tree
from lineal.doors.clock import Clock
from lineal.doors.dvc import outputs
from lineal.doors.dvc.names import Files, UnreadableFileError, mapping
from lineal.doors.dvc.settings import Place
from lineal.doors.git import Git, GitHungError, NotARepositoryError
from lineal.doors.location import locate
from lineal.doors.remote import Remote, RemoteFailedError, SeveralRemotesError
from lineal.errors import LinealError
from lineal.registry import grammar, trusted
from lineal.registry.chain.finding import Finding, ranked
from lineal.registry.setup.clone import Clone, Remotes, judge_clone, judge_remotes
from lineal.registry.setup.declared import (
    DVC,
    GTO,
    Declared,
    Models,
    declared,
    judge_models,
)
from lineal.registry.setup.settings import judge_stages, judge_storage, storage
from lineal.registry.store import Store
from lineal.registry.trusted import UnusableSettingsError

_SECONDS = 10.0  # for the remote: somebody waits
_NAMES = (GTO, DVC)


def examine(
    folder: Path,
    remote: stored.Depth | None = None,
    said: stored.Said = lambda *_: None,
) -> tuple[Finding, ...]:
    """Judge the repository that a folder is in; the worst finding comes first.

    Args:
        folder: Where it is.
        remote: How closely to look at the DVC remotes' objects; None: not at all.
        said: Told how far that is.
    """
    try:
        place = locate(folder)
    except NotARepositoryError as error:
        return (Finding("repository", "problem", "", f"{error}, or `git init`"),)
    except LinealError as error:
        return (Finding("repository", "problem", "", str(error)),)
    settings = setup.settings(place.git)
    store = Store(place, partial=True)
    found = [*judge_clone(_clone(store, settings))]
    found += judge_remotes(_remotes(store, settings))
    found += _policy(store)
    found += _files(store)
    if remote is not None:
        found += stored.examine(store, remote, said)
    return ranked(found)


def _clone(store: Store, settings: Mapping[str, str]) -> Clone:
    place = store.place
    signs = ""
    if place.git.attempt("config", "--type=bool", "tag.gpgSign").stdout == b"true\n":
        signs = settings.get("gpg.format", "openpgp")
    return Clone(
        git=setup.version(place.git),
        shallow=place.shallow,
        known=setup.knows_who(place.git),
        signs=signs,
        lacks=setup.lacks_key(place.git, settings) if signs else "",
        loose=loose.count(place.common),
        leftovers=setup.leftovers(place.own, Clock().now()),
        pending=tuple(intent.tag for _, intent in pending.left(place.own)),
        hooks=setup.hooks(place, settings),
        ruled=_is_ruled(store),
        guarded=hooks.guards(place.git),
    )


def _is_ruled(store: Store) -> bool:
    """Tell whether the trusted branch has a policy."""
    with suppress(LinealError):  # what is wrong with the branch is said elsewhere
        return trusted.read(store, FILE) is not None
    return False


def _policy(store: Store) -> Iterator[Finding]:
    """Judge the rules in force: those that cannot be understood allow nothing."""
    try:
        checked = policies.binding(store)
    except UnusableSettingsError as error:
        yield Finding("policy", "problem", "", str(error))
        return
    if checked is not None and checked.faults:
        number = len(checked.faults)
        said = (
            f"the trusted branch's policy has {number} "
            f"fault{'' if number == 1 else 's'}, so nothing can enter a stage by "
            "it: `lineal policy check` names them"
        )
        yield Finding("policy", "problem", "", said)


def _remotes(store: Store, settings: Mapping[str, str]) -> Remotes:
    """Ask the remote, if it is clear which one."""
    git = store.place.git
    names = tuple(git.run("remote").decode("utf-8", "replace").split())
    tagless = tuple(
        name for name in names if settings.get(f"remote.{name}.tagopt") == "--no-tags"
    )
    try:
        chosen = remote.of(git, min(time_limit(), _SECONDS))
    except SeveralRemotesError:
        return Remotes(names, tagless=tagless)
    if chosen is None:
        return Remotes(names, tagless=tagless)
    failed, unfetched = _ask(chosen, store)
    return Remotes(names or (chosen.name,), chosen.name, tagless, failed, unfetched)


def _ask(chosen: Remote, store: Store) -> tuple[str, tuple[str, ...]]:
    """Return why the remote did not answer, and which of its tags are not here."""
    try:
        there = chosen.tags()
    except (RemoteFailedError, GitHungError) as error:
        way = f"look after the network and `git remote get-url {chosen.name}`"
        return f"{error}: {way}", ()
    missing = sorted(there.keys() - store.tags().keys())
    return "", tuple(name for name in missing if grammar.read(name))


def _files(store: Store) -> Iterator[Finding]:
    """Judge the files that say where models are, and which stages there are."""
    git = store.place.git
    top = tree.top(git)
    if top is not None:
        files = Files(tree.working(top).read, lambda: _names(top))
    elif git.is_unborn():
        return
    else:
        files = tree.files(git, "HEAD")
    yield from judge_models(_models(store, files))
    yield from _merging(git, files)
    here = files.read([".gto"])[0]
    if top is not None:
        yield from judge_stages(here, _trusted(store))
        if (top / ".dvc").is_dir():
            yield from judge_storage(
                storage(each.text for each in Place.at(top).layers)
            )


def _merging(git: Git, files: Files) -> Iterator[Finding]:
    """Say that branches which change dvc.lock will be in each other's way."""
    locks = (name.rpartition("/")[2] == lockmerge.PATTERN for name in files.names())
    if any(locks) and not lockmerge.is_installed(git):
        said = (
            "git merges dvc.lock as any text, so branches that run different stages "
            "come into conflict: `lineal hooks install` lets it merge stage by stage"
        )
        yield Finding("merging", "note", "", said)


def _names(top: Path) -> list[str]:
    """List what is or could be committed."""
    words = ("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    listed = Git(top).run(*words).decode("utf-8", "surrogateescape")
    return listed.split("\0")[:-1]


def _trusted(store: Store) -> bytes | None:
    """Return `.gto` of the trusted branch; before the first commit there is none."""
    with suppress(UnusableSettingsError):  # said where the policy is judged
        return trusted.read(store, ".gto")
    return None


def _models(store: Store, files: Files) -> Models:
    sources = [name for name in files.names() if name.rpartition("/")[2] in _NAMES]
    found: list[Declared] = []
    unreadable: list[str] = []
    for source, text in files.texts(sources).items():
        try:
            found += declared(source, mapping(text, source))
        except UnreadableFileError as error:
            unreadable.append(str(error))
    return Models(
        declared=tuple(found),
        registered=frozenset(store.read().events),
        nowhere=frozenset(_nowhere(found, files)),
        unreadable=tuple(unreadable),
    )


def _nowhere(found: Iterable[Declared], files: Files) -> Iterator[str]:
    """Return the paths that neither Git nor DVC has."""
    # What Git ignores lies here by chance: DVC's outputs, or what nobody keeps.
    known = frozenset(files.names())

    def read(paths: Sequence[str]) -> list[bytes | None]:
        wanted = [path for path in paths if path in known]
        texts = dict(zip(wanted, files.read(wanted), strict=True))
        return [texts.get(path) for path in paths]

    kept = Files(read, lambda: known)
    for path in {each.path for each in found if each.path}:
        try:
            where = outputs.locate_path(path, kept)
        except UnreadableFileError:
            continue  # another finding says so
        if isinstance(where, outputs.Unrecorded):
            yield path
