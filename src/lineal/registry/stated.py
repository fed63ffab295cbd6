"""What was stated of a version: the tags of its reviews and reproductions, judged."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from lineal.registry import identities, statements
from lineal.registry.identities import Identity, Signers
from lineal.registry.statements import (
    ENVIRONMENT,
    VERDICT,
    VERDICTS,
    Statement,
    Verdict,
    Words,
)
from lineal.registry.store import Store
from lineal.registry.tagobject import TagObject
from lineal.registry.version import Version

_COMMENT = "Reason"


@dataclass(frozen=True, slots=True)
class Stated:
    """What was stated.

    Attributes:
        statements: Those that can be counted on, as far as they are verified.
        unclear: Why each of the others cannot be counted.
    """

    statements: tuple[Statement, ...] = ()
    unclear: tuple[str, ...] = ()


def load(
    store: Store,
    model: str,
    version: Version,
    commit: str,
    signers: Signers | None,
) -> Stated:
    """Read what was stated of one version.

    Args:
        store: The registry.
        model: Its name.
        version: The version.
        commit: What the version names; what was stated of another commit counts for
            nothing.
        signers: Whose signatures count.
    """
    names = store.tags(statements.prefixes(model, version))
    return _judged(store, names, {(model, version): {commit}}, signers)


def of_versions(
    store: Store,
    commits: Mapping[tuple[str, Version], Container[str]],
    signers: Signers | None,
) -> Stated:
    """Read what was stated of many versions at once.

    Args:
        store: The registry.
        commits: What each version names, or named; other versions are left out.
        signers: Whose signatures count.
    """
    names = store.tags(("review/", "reproduction/")) if commits else {}
    wanted = {
        tag: oid
        for tag, oid in names.items()
        if (said := statements.read(tag)) and (said.model, said.version) in commits
    }
    return _judged(store, wanted, commits, signers)


def _judged(
    store: Store,
    names: Mapping[str, str],
    commits: Mapping[tuple[str, Version], Container[str]],
    signers: Signers | None,
) -> Stated:
    read = {tag: said for tag in names if (said := statements.read(tag))}
    # The name of a model in a folder may begin like this one's.
    words = {tag: s for tag, s in read.items() if (s.model, s.version) in commits}
    tags = store.objects(names[tag] for tag in words)
    proven = identities.prove(store, tags, signers)
    kept, unclear = [], []
    for tag, said in sorted(words.items()):
        oid = names[tag]
        found = tags.get(oid)
        known = commits.get((said.model, said.version), ())
        commit = found.target if found and found.target in known else None
        why = fault(tag, said, found, commit)
        if why:
            unclear.append(f"{tag} does not count: {why}")
        else:
            kept.append(_statement(said, oid, tags[oid], proven[oid]))
    return Stated(tuple(kept), (*unclear, *_odd(names, read)))


def fault(tag: str, said: Words, found: TagObject | None, commit: str | None) -> str:
    """Say why a tag is no statement that counts; empty if it is one.

    Args:
        tag: Its name.
        said: What the name says.
        found: Its object; None where it is no annotated tag.
        commit: What the version names; None where there is no such version.
    """
    if found is None:
        return "it is a lightweight tag, which says neither who nor when"
    elsewhere = found.kind != "commit" or found.target != commit
    known = VERDICTS[said.kind]
    checks = (
        (found.name != tag, f"its object was made under another name, {found.name}"),
        (elsewhere, f"it is not about the commit of {said.model} {said.version}"),
        (
            statements.same(found.actor.email) != said.who,
            f"{found.actor} made it in the name of {said.who}",
        ),
        (
            found.message.get(VERDICT) not in known,
            f"its {VERDICT} is none of {', '.join(known)}",
        ),
    )
    return next((why for is_so, why in checks if is_so), "")


def verdict(tag: TagObject, said: Words) -> Verdict:
    """Return the verdict of a tag that has no fault."""
    word = tag.message.get(VERDICT)
    return next(known for known in VERDICTS[said.kind] if known == word)


def _statement(said: Words, oid: str, tag: TagObject, identity: Identity) -> Statement:
    return Statement(
        words=said,
        id=oid,
        commit=tag.target,
        time=tag.time,
        verdict=verdict(tag, said),
        comment=tag.message.get(_COMMENT) or "",
        verified=identity.verified,
        why=identity.why,
        environment=tag.message.get(ENVIRONMENT) or "",
    )


def _odd(names: Iterable[str], words: Mapping[str, Words]) -> Iterator[str]:
    for tag in sorted(names):
        if tag not in words:
            yield f"{tag} does not count: its name cannot be read"
