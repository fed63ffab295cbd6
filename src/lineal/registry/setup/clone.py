"""Whether a clone is fit to read and write a registry."""

from collections.abc import Iterator
from dataclasses import dataclass

from lineal.registry.chain import names
from lineal.registry.chain.finding import Finding, Severity

_OLDEST = (2, 30)  # `git fetch --stdin`, `--no-write-fetch-head`
_OLDEST_SSH = (2, 34)


@dataclass(frozen=True, slots=True)
class Clone:
    """What is known of a clone.

    Attributes:
        git: The version of git.
        shallow: Whether history was cut off.
        known: Whether git could say who makes a tag.
        signs: How tags are signed: openpgp, ssh or x509; empty: they are not.
        lacks: What is missing to sign; empty if nothing is.
        loose: How many tags are loose.
        leftovers: What killed commands left in `.git/lineal`.
        pending: Tags whose writing was cut off.
        hooks: The hooks that git runs.
        ruled: Whether the trusted branch has a policy.
        guarded: Whether a hook judges the tags that are pushed from here.
    """

    git: tuple[int, int]
    shallow: bool = False
    known: bool = True
    signs: str = ""
    lacks: str = ""
    loose: int = 0
    leftovers: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    hooks: tuple[str, ...] = ()
    ruled: bool = False
    guarded: bool = False


@dataclass(frozen=True, slots=True)
class Remotes:
    """What is known of a clone's remotes.

    Attributes:
        names: All of them.
        chosen: The one that holds the registry; empty if that is not clear.
        tagless: Those that are fetched without tags.
        failed: Why the chosen one could not be asked; empty if it could.
        unfetched: Tags of the registry that it has and the clone has not.
    """

    names: tuple[str, ...] = ()
    chosen: str = ""
    tagless: tuple[str, ...] = ()
    failed: str = ""
    unfetched: tuple[str, ...] = ()


def judge_clone(clone: Clone) -> Iterator[Finding]:
    """Judge a clone by itself."""
    yield from _judge_git(clone)
    yield from _judge_tags(clone)
    yield from _judge_files(clone)


def _judge_tags(clone: Clone) -> Iterator[Finding]:
    """Judge whether tags can be read and made."""
    if clone.shallow:
        yield _say(
            "shallow",
            "problem",
            "this clone is shallow, so its registry may lack tags: run `git fetch "
            "--unshallow --tags` (in GitHub Actions: actions/checkout with "
            "fetch-depth: 0)",
        )
    if not clone.known:
        yield _say(
            "identity",
            "problem",
            "git does not know who you are, so it makes no tag: `git config user.name "
            "NAME` and `git config user.email ADDRESS`",
        )
    if clone.signs and clone.lacks:
        said = (
            f"tag.gpgSign asks for signed tags, but {clone.lacks}: set user.signingKey "
            "to your key (and gpg.format to ssh for an SSH key), or unset tag.gpgSign"
        )
        yield _say("key", "problem", said)


def judge_remotes(remotes: Remotes) -> Iterator[Finding]:
    """Judge what a clone is told by others."""
    yield from _judge_choice(remotes)
    if remotes.failed:
        yield _say("unreachable", "problem", remotes.failed)
    for name in remotes.tagless:
        severity: Severity = "warning" if name == remotes.chosen else "note"
        said = (
            f"{name} is fetched without tags, so this clone will miss what others "
            f"record: `git config --unset remote.{name}.tagOpt`"
        )
        yield _say("tagless", severity, said)
    if number := len(remotes.unfetched):
        verb = "is" if number == 1 else "are"
        yield _say(
            "unfetched",
            "problem",
            f"{number} of the registry's tags on {remotes.chosen} {verb} not here, such as "
            f"{remotes.unfetched[0]}: `git fetch {remotes.chosen} --tags` (in GitHub "
            "Actions: actions/checkout with fetch-depth: 0 and fetch-tags: true)",
        )


def _judge_choice(remotes: Remotes) -> Iterator[Finding]:
    """Judge whether it is clear where the registry is shared."""
    if not remotes.names:
        yield _say(
            "remote",
            "note",
            "there is no remote, so nobody else sees what is recorded here: `git remote "
            "add origin URL`",
        )
    elif not remotes.chosen:
        yield _say(
            "remote",
            "problem",
            f"none of the remotes {', '.join(remotes.names)} is called origin: say "
            "which one holds the registry with `git config lineal.remote NAME`",
        )


def _judge_git(clone: Clone) -> Iterator[Finding]:
    version = ".".join(map(str, clone.git))
    if clone.git < _OLDEST:
        yield _say("git", "problem", f"git {version} is too old: 2.30 is the least")
    elif clone.signs == "ssh" and clone.git < _OLDEST_SSH:
        said = f"git {version} cannot sign with SSH keys: 2.34 is the least"
        yield _say("git", "problem", said)


def _judge_files(clone: Clone) -> Iterator[Finding]:
    for tag in clone.pending:
        yield _say(
            "pending",
            "warning",
            f"writing {tag} was cut off: `lineal show` finds out what became of it",
        )
    if clone.leftovers:
        said = (
            f"killed commands left {', '.join(clone.leftovers)} in .git/lineal: the "
            "next write deletes folders, and all of it can be deleted by hand"
        )
        yield _say("leftovers", "note", said)
    yield from names.crowded(clone.loose)
    if clone.ruled and not clone.guarded:
        yield _say(
            "hooks",
            "warning",
            "the trusted branch has a policy, and no hook here judges the tags that "
            "git or gto push: `lineal hooks install`",
        )
    elif "pre-push" not in clone.hooks and not clone.guarded:
        yield _say(
            "hooks",
            "note",
            "no pre-push hook is installed, so nothing looks at tags that git or gto "
            "push from here: `lineal hooks install`",
        )


def _say(rule: str, severity: Severity, sentence: str) -> Finding:
    return Finding(rule, severity, "", sentence)
