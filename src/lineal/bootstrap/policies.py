"""Gather what a policy and its repository say, and let the rules judge it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from lineal.actions.governing import FILE
from lineal.doors import branches, tree
from lineal.doors.git import NotARepositoryError
from lineal.doors.location import locate
from lineal.errors import BadInputError
from lineal.policy import reading, signers, surroundings
from lineal.policy.config import Policy
from lineal.policy.faults import Fault
from lineal.policy.reading import InvalidPolicyError
from lineal.policy.surroundings import Around, Checked, Located, warn
from lineal.registry import trusted
from lineal.registry.store import Store
from lineal.registry.trusted import Trusted, UnusableSettingsError

_HERE = "the repository"

Read = Callable[[str], bytes | None]


class NoPolicyError(BadInputError):
    """There is nothing to check."""

    def __init__(self, branch: str) -> None:
        super().__init__(
            f"{branch} has no {FILE}, and neither has the working tree: write one, or "
            "name the file to check"
        )


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a policy comes from.

    Attributes:
        name: What the policy is called.
        prefix: What the names of other files from there begin with.
        there: What it is called where they are.
        read: Reads such files.
    """

    name: str
    prefix: str
    there: str
    read: Read


def check(folder: Path) -> tuple[Checked, ...]:
    """Check the policy in force, and the working tree's where that is another one.

    Raises:
        NoPolicyError: There is neither.
    """
    store = Store(locate(folder), partial=True)
    where = trusted.branch(store)
    name = branches.called(store.place.git, where.name)
    binding, here = _read(where, FILE), _working(store)
    mine = here(FILE) if here else None
    if binding is None and mine is None:
        raise NoPolicyError(name)
    checks = []
    if binding is not None:
        prefix = "" if mine in {binding, None} else f"{name}:"
        source = _Source(prefix + FILE, prefix, name, lambda path: _read(where, path))
        checks.append(_check(store, binding, source))
    if mine not in {binding, None} and here:
        ours = _Source(FILE, "", _HERE, lambda path: here(path) or _read(where, path))
        note = f"it binds nobody until {name} has it"
        checks.append(_check(store, mine or b"", ours, note))
    return tuple(checks)


def binding(store: Store) -> Checked | None:
    """Check the policy in force, None where there is none."""
    where = trusted.branch(store)
    content = _read(where, FILE)
    if content is None:
        return None
    name = branches.called(store.place.git, where.name)
    source = _Source(FILE, f"{name}:", name, lambda path: _read(where, path))
    return _check(store, content, source)


def check_content(folder: Path, content: bytes, name: str) -> Checked:
    """Check a policy that may be put into a repository.

    Args:
        folder: Which repository; one that is in none knows nothing more.
        content: What the file says.
        name: What it is called.
    """
    try:
        store = Store(locate(folder), partial=True)
    except NotARepositoryError:
        return _parse(content, name)
    where, here = trusted.branch(store), _working(store)

    def read(path: str) -> bytes | None:
        return (here(path) if here else None) or _read(where, path)

    return _check(store, content, _Source(name, "", _HERE, read))


def _check(store: Store, content: bytes, source: _Source, *notes: str) -> Checked:
    """Check a policy by itself, and then against its repository."""
    found = _parse(content, source.name)
    if found.policy is None:
        return replace(found, warnings=notes)
    lines, faults = _signers(found.policy, content, source)
    stages, said = _stages(store)
    absent = _absent(store, found.policy)
    around = Around(lines, store.models(), stages, absent)
    # Where keys are missing altogether, that is one fault, not a warning a person.
    warnings = () if faults else tuple(warn(found.policy, around))
    return Checked(found.name, found.policy, faults, (*notes, *said, *warnings))


def _parse(content: bytes, name: str) -> Checked:
    try:
        return Checked(name, reading.read(content, name))
    except InvalidPolicyError as error:
        return Checked(name, None, tuple(Located(name, each) for each in error.faults))


def _signers(
    policy: Policy, content: bytes, source: _Source
) -> tuple[tuple[signers.Signer, ...], tuple[Located, ...]]:
    """Read the file of SSH keys; return also what is wrong with it."""
    if policy.signers is None:
        return (), ()
    text = source.read(policy.signers)
    if text is None:
        way = f"{policy.signers} is not in {source.there}: no SSH signature could count"
        fault = Fault(*reading.place(content, "signers"), way)
        return (), (Located(source.name, fault),)
    lines, faults = signers.parse(text)
    name = source.prefix + policy.signers
    return lines, tuple(Located(name, each) for each in faults)


def _stages(store: Store) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """Return the stages that GTO allows, or why that cannot be told."""
    try:
        return trusted.stages(store), ()
    except UnusableSettingsError as error:
        return None, (str(error),)


def _absent(store: Store, policy: Policy) -> dict[str, str]:
    """Return what branches would be called here that rules name and that are not."""
    git, where = store.place.git, trusted.branch(store).name
    named = dict.fromkeys(r.branch for r in surroundings.rules(policy) if r.branch)
    refs = {branch: branches.sibling(where, branch) for branch in named}
    gone = {branch: ref for branch, ref in refs.items() if not branches.there(git, ref)}
    return {branch: branches.called(git, ref) for branch, ref in gone.items()}


def _working(store: Store) -> Read | None:
    """Return what reads files of the working tree, None where there is none."""
    top = tree.top(store.place.git)
    if top is None:
        return None
    files = tree.working(top)
    return lambda path: files.read([path])[0]


def _read(where: Trusted, path: str) -> bytes | None:
    found = where.files([path]).get(path)
    return found.content if found else None
